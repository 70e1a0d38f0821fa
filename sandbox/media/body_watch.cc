// SPDX-License-Identifier: Apache-2.0
#include "sandbox/media/body_watch.h"

#include <algorithm>

#include "sandbox/media/signatures.h"
#include "sandbox/parse/coding.h"

namespace nightjar::media {
namespace {

constexpr std::size_t kMostDecoded = 64 << 10;  // raw bytes of the start that are ever looked at

std::string Sentence(const Objection& objection) {
  return "withheld by media policy: " + objection.type + ", " + std::string(objection.by);
}

}  // namespace

std::optional<std::string> BodyWatch::Begin(ByteView head) {
  head_ = Bytes(head);
  content_type_ = std::string(parse::ParseHead(head_).First("content-type"));
  if (const Objection objection = ObjectToHeader(policy_, content_type_); objection.raised()) {
    decided_ = true;
    return Sentence(objection);
  }
  return std::nullopt;
}

std::optional<std::string> BodyWatch::Look(ByteView body) {
  if (decided_ || body.size() < look_at_) return std::nullopt;
  look_at_ = std::min(2 * body.size(), kMostDecoded);
  return Decide(body, body.size() >= kMostDecoded);
}

std::optional<std::string> BodyWatch::End(ByteView body) {
  return decided_ || body.empty() ? std::nullopt : Decide(body, true);
}

std::optional<std::string> BodyWatch::Decide(ByteView body, bool last) {
  const parse::Head head = parse::ParseHead(head_);
  const parse::DecodedBody start = parse::UndoCodings(head, body.substr(0, kMostDecoded));
  decided_ = last || start.bytes.size() >= kSniffed;
  // Nothing came out, and more bytes would change nothing. Plain text under a coding's name is a server's
  // mistake and is kept; anything else that cannot be looked into cannot be called text.
  if (start.bytes.empty() && (start.end == parse::CodingEnd::kBad || body.size() >= kMostDecoded)) {
    decided_ = true;
    if (!policy_.text_only() || !HoldsBinary(body.substr(0, kSniffed))) return std::nullopt;
    return "withheld by media policy: its content coding cannot be looked into";
  }
  const Objection objection = ObjectToBytes(policy_, content_type_, start.bytes);
  if (!objection.raised()) return std::nullopt;
  // A few bytes may look binary by chance; a mark is sure at once.
  if (!decided_ && TypeByMark(start.bytes).empty()) return std::nullopt;
  decided_ = true;
  return Sentence(objection);
}

Bytes DecodedBody(ByteView head, ByteView body) {
  return parse::UndoCodings(parse::ParseHead(head), body).bytes;
}

bool IsMedia(ByteView head, ByteView decoded_body) {
  return !KindOf(parse::ParseHead(head).First("content-type"), decoded_body).empty();
}

}  // namespace nightjar::media
