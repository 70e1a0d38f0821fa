// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/document.h"

#include "base/codec.h"

namespace nightjar::wire {

Bytes EncodeDocument(const Document& document) {
  return Encoder()
      .U8(kDocumentFormat)
      .U8(static_cast<std::uint8_t>(document.mode))
      .U64(document.number)
      .Str(document.url)
      .Str(document.head)
      .Str(document.body)
      .Take();
}

Result<Document> DecodeDocument(ByteView bytes) {
  Decoder in(bytes);
  const std::uint8_t format = in.U8();
  const std::uint8_t mode = in.U8();
  Document document;
  document.number = in.U64();
  document.url = in.Str();
  document.head = in.Str();
  document.body = in.Str();
  RETURN_IF_ERROR(in.Finish("a document for the parser"));
  if (format != kDocumentFormat || mode > static_cast<std::uint8_t>(ReadMode::kPropose)) {
    return Fail(Code::kCorrupt, "a document for the parser has an unknown format");
  }
  document.mode = static_cast<ReadMode>(mode);
  return document;
}

}  // namespace nightjar::wire
