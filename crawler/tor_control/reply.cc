// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/reply.h"

#include <algorithm>

namespace nightjar::tor_control {
namespace {

constexpr std::size_t kStatusDigits = 3;

tl::unexpected<Error> NotTheProtocol(const char* what) {
  return Fail(Code::kCorrupt, std::string("Tor's control port sent ") + what);
}

// -1 unless `line` begins with three digits, the first of them 2 to 6.
int StatusOf(std::string_view line) {
  if (line.size() <= kStatusDigits) return -1;
  int status = 0;
  for (const char digit : line.substr(0, kStatusDigits)) {
    if (digit < '0' || digit > '9') return -1;
    status = status * 10 + (digit - '0');
  }
  return status >= 200 && status < 700 ? status : -1;
}

}  // namespace

Result<std::optional<Reply>> ReplyParser::Next() {
  if (lost_) return NotTheProtocol("something before that was no reply");
  lost_ = true;  // until this call is seen to end well
  while (auto line = CutLine()) {
    reply_bytes_ += line->size() + 1;
    if (line->size() > kMaxLine && !in_data_) return NotTheProtocol("a line that is too long");
    if (reply_bytes_ > max_bytes_) return NotTheProtocol("a reply that is too long");
    if (in_data_) {
      RETURN_IF_ERROR(TakeData(std::move(*line)));
      continue;
    }
    ASSIGN_OR_RETURN(const bool whole, TakeLine(*line));
    if (!whole) continue;
    lost_ = false;
    reply_bytes_ = 0;
    return std::exchange(reply_, {});
  }
  if (pending_.size() - consumed_ + reply_bytes_ > max_bytes_)
    return NotTheProtocol("a reply that is too long");
  lost_ = false;
  return std::nullopt;
}

std::optional<std::string> ReplyParser::CutLine() {
  const std::size_t end = pending_.find('\n', consumed_);
  if (end == Bytes::npos) {
    pending_.erase(0, std::exchange(consumed_, 0));
    return std::nullopt;
  }
  std::string line = pending_.substr(consumed_, end - consumed_);
  if (line.ends_with('\r')) line.pop_back();
  consumed_ = end + 1;
  return line;
}

Status ReplyParser::TakeData(std::string line) {
  Bytes& data = reply_.lines.back().data;
  if (line == ".") {
    in_data_ = false;
    return {};
  }
  if (line.starts_with('.')) line.erase(0, 1);
  data += line;
  data += '\n';
  return {};
}

Result<bool> ReplyParser::TakeLine(const std::string& line) {
  const int status = StatusOf(line);
  if (status < 0) return NotTheProtocol("a line without a status");
  const char separator = line[kStatusDigits];
  if (separator != ' ' && separator != '-' && separator != '+')
    return NotTheProtocol("a line of unknown kind");
  const bool event = status / 100 == 6;
  if (!reply_.lines.empty() && event != reply_.IsEvent()) return NotTheProtocol("an event within a reply");
  reply_.status = status;
  reply_.lines.push_back({line.substr(kStatusDigits + 1), {}});
  in_data_ = separator == '+';
  return separator == ' ';
}

}  // namespace nightjar::tor_control
