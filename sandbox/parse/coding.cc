// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/coding.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "sandbox/parse/dechunk.h"
#include "sandbox/parse/decompress.h"

namespace nightjar::parse {
namespace {

std::optional<Codec> CodecNamed(std::string_view word) {
  if (word == "gzip" || word == "x-gzip") return Codec::kGzip;
  if (word == "deflate") return Codec::kDeflate;
  if (word == "br") return Codec::kBrotli;
  if (word == "zstd") return Codec::kZstd;
  return std::nullopt;
}

// Servers that announce gzip and send plain text exist; where the coding has a mark and it is missing,
// nothing is undone.
bool LacksItsMark(Codec codec, ByteView bytes) {
  if (codec == Codec::kGzip) return !bytes.starts_with("\x1f\x8b");
  if (codec == Codec::kZstd) return !bytes.starts_with("\x28\xb5\x2f\xfd");
  return false;
}

DecodedBody Bad(DecodedBody body, std::string reason) {
  body.end = CodingEnd::kBad;
  body.reason = std::move(reason);
  return body;
}

// Undoes one coding in place; false when decoding ends here.
bool UndoOne(Codec codec, DecodedBody& body) {
  if (LacksItsMark(codec, body.bytes)) return true;
  Decompressed opened = Decompress(codec, body.bytes);
  body.bytes = std::move(opened.bytes);
  switch (opened.end) {
    case StreamEnd::kWhole:
    case StreamEnd::kEarly:  // a cut transfer is the record's to tell; what came is read
      return true;
    case StreamEnd::kTooLarge:
      body.end = CodingEnd::kTooLarge;
      body.reason = "the decoded body is larger than 8 MiB";
      return false;
    case StreamEnd::kBomb:
      body = Bad(std::move(body), "the body decompresses to more than 200 times its size");
      return false;
    case StreamEnd::kDamaged:
      break;
  }
  body = Bad(std::move(body), "the compressed body is damaged");
  return false;
}

}  // namespace

DecodedBody UndoCodings(const Head& head, ByteView raw) {
  std::vector<std::string> codings = head.Words("content-encoding");
  for (std::string& word : head.Words("transfer-encoding")) codings.push_back(std::move(word));
  std::erase(codings, "identity");
  DecodedBody body;
  const bool chunked = !codings.empty() && codings.back() == "chunked";
  if (chunked) codings.pop_back();
  if (codings.size() > kMaxCodings) return Bad(std::move(body), "more than two codings over each other");
  body.bytes = chunked ? Dechunk(raw) : Bytes(raw);
  for (; !codings.empty(); codings.pop_back()) {
    const auto codec = CodecNamed(codings.back());
    if (!codec) return Bad(DecodedBody{}, "an unknown coding");
    if (!UndoOne(*codec, body)) return body;
  }
  if (body.bytes.size() > kMaxDecoded) {
    body.bytes.resize(kMaxDecoded);
    body.end = CodingEnd::kTooLarge;
    body.reason = "the body is larger than 8 MiB";
  }
  return body;
}

}  // namespace nightjar::parse
