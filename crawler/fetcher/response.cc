// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/response.h"

#include <fmt/format.h>

namespace nightjar::fetcher {
namespace {

bool IsEmptyLine(ByteView line) { return line == "\r\n" || line == "\n"; }

}  // namespace

bool Response::Break(std::string sentence) {
  broken_limit_ = std::move(sentence);
  return false;
}

bool Response::AddHeaderLine(ByteView line) {
  if (body_begun_) return Break("header fields came after the body had begun");
  if (head_complete_) {  // the head before was an interim response
    head_.clear();
    head_complete_ = false;
  }
  header_bytes_ += line.size();
  if (header_bytes_ > limits_.header_bytes)
    return Break(fmt::format("the header is longer than {} bytes", limits_.header_bytes));
  const bool status_line = head_.empty();
  // libcurl lets a lying "HTTP/2 200" pass on an HTTP/1 connection.
  if (status_line && !line.starts_with("HTTP/1.")) return Break("the status line is not HTTP/1");
  head_.append(line);
  head_complete_ = IsEmptyLine(line);
  if (!status_line && !head_complete_ && ++header_fields_ > limits_.header_fields)
    return Break(fmt::format("the header has more than {} fields", limits_.header_fields));
  return true;
}

bool Response::Withhold(captures::Withheld::By by, std::string why) {
  withheld_.by = by;
  why_withheld_ = std::move(why);
  return false;
}

bool Response::AddBody(ByteView piece) {
  const bool first = !body_begun_;
  if (first) response_hash_.Update(head_);
  body_begun_ = true;
  const ByteView kept = piece.substr(0, limits_.body_bytes - body_.size());
  response_hash_.Update(kept);
  body_hash_.Update(kept);
  body_.append(kept);
  auto objection = first ? watch_.Begin(head_) : std::nullopt;
  if (!objection) objection = watch_.Look(body_);
  if (objection) return Withhold(captures::Withheld::By::kMediaPolicy, std::move(*objection));
  body_cut_ = kept.size() < piece.size();
  if (body_cut_) return Break(fmt::format("the body was cut at {} bytes", limits_.body_bytes));
  return true;
}

void Response::End() {
  if (!why_withheld_.empty()) return;
  if (auto objection = watch_.End(body_)) {
    Withhold(captures::Withheld::By::kMediaPolicy, std::move(*objection));
  } else if (!rules_.policy.text_only() && !rules_.hash_lists->empty() && !body_.empty()) {
    const Bytes file = media::DecodedBody(head_, body_);
    if (media::IsMedia(head_, file) && (rules_.hash_lists->Know(file) || rules_.hash_lists->Know(body_)))
      Withhold(captures::Withheld::By::kHashList, "withheld: a hash list knows this file");
  }
}

Response::Kept Response::Take() {
  if (why_withheld_.empty()) {
    if (!body_begun_) response_hash_.Update(head_);
    return {std::move(head_), std::move(body_), response_hash_.Finish(), body_hash_.Finish(), {}};
  }
  withheld_.size = body_.size();
  withheld_.sha256 = body_hash_.Finish();
  Bytes().swap(body_);
  const Digest head_sha256 = Sha256(head_);
  return {std::move(head_), {}, head_sha256, Sha256(""), withheld_};
}

}  // namespace nightjar::fetcher
