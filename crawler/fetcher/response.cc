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

bool Response::AddBody(ByteView piece) {
  if (!body_begun_) response_hash_.Update(head_);
  body_begun_ = true;
  const ByteView kept = piece.substr(0, limits_.body_bytes - body_.size());
  response_hash_.Update(kept);
  body_hash_.Update(kept);
  body_.append(kept);
  body_cut_ = kept.size() < piece.size();
  if (body_cut_) return Break(fmt::format("the body was cut at {} bytes", limits_.body_bytes));
  return true;
}

Response::Kept Response::Take() {
  if (!body_begun_) response_hash_.Update(head_);
  return {std::move(head_), std::move(body_), response_hash_.Finish(), body_hash_.Finish()};
}

}  // namespace nightjar::fetcher
