// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/capture_row.h"

#include "archive/evidence/leaf.h"
#include "base/codec.h"

namespace nightjar::captures {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxTexts = 256 << 20;  // record, request and head; far above any fetcher's limits

tl::unexpected<Error> Damaged(CaptureNumber number, std::string text) {
  return Fail(Code::kCorrupt, std::move(text), "capture " + std::to_string(number.value));
}

Status CheckCommitment(const StoredRow& row, CaptureNumber number) {
  const auto leaf = evidence::ParseLeaf(row.leaf);
  if (!leaf) return Damaged(number, "its stored leaf " + leaf.error().text);
  if (evidence::Commitment(row.salt, Sha256(row.record)) != leaf->commitment)
    return Damaged(number, "its record does not match the commitment in its leaf");
  const bool is_capture = leaf->kind == evidence::LeafKind::kCapture;
  if (is_capture != row.rejected.empty()) return Damaged(number, "its leaf is of another kind than its row");
  return {};
}

}  // namespace

Bytes EncodeRow(const StoredRow& row, store::Compressor& compressor) {
  const Bytes texts = Encoder().Str(row.record).Str(row.request).Str(row.head).Take();
  Bytes bytes = Encoder()
                    .U8(kVersion)
                    .Hash(row.salt)
                    .Str(row.leaf)
                    .Str(row.signature)
                    .Str(row.rejected)
                    .Str(compressor.Pack(texts))
                    .Take();
  bytes.append(Sha256(bytes).View());  // LMDB 0.9 has no checksums of its own
  return bytes;
}

Result<StoredRow> DecodeRow(ByteView bytes, CaptureNumber number) {
  if (bytes.size() < Digest::kSize) return Damaged(number, "its row is cut short");
  const ByteView content = bytes.substr(0, bytes.size() - Digest::kSize);
  if (Sha256(content).View() != bytes.substr(content.size()))
    return Damaged(number, "its row does not match the row's digest");
  Decoder decoder(content);
  if (decoder.U8() != kVersion) return Damaged(number, "its row has an unknown version");
  StoredRow row;
  row.salt = decoder.Hash();
  row.leaf = decoder.Str();
  row.signature = decoder.Str();
  row.rejected = decoder.Str();
  const ByteView packed = decoder.View();
  RETURN_IF_ERROR(decoder.Finish("a capture row"));
  ASSIGN_OR_RETURN(const Bytes texts, store::Unpack(packed, kMaxTexts));
  Decoder text_decoder(texts);
  row.record = text_decoder.Str();
  row.request = text_decoder.Str();
  row.head = text_decoder.Str();
  RETURN_IF_ERROR(text_decoder.Finish("the texts of a capture row"));
  RETURN_IF_ERROR(CheckCommitment(row, number));
  return row;
}

}  // namespace nightjar::captures
