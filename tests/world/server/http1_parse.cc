// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "tests/world/server/http1.h"

namespace nightjar::world {
namespace {

bool IsToken(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != kMarks.npos;
  });
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes a line off the front, without its CRLF. Whoever calls knows that one is there.
std::string_view TakeLine(std::string_view& head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  head.remove_prefix(line.size() + 2);
  return line;
}

// 0 when the line is right; else the status to refuse with.
int ReadRequestLine(std::string_view line, Request& request) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || first == last) return 400;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  const auto visible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (!IsToken(method) || target.empty() || target[0] != '/' ||
      !std::all_of(target.begin(), target.end(), visible))
    return 400;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return version.substr(0, 5) == "HTTP/" ? 505 : 400;
  if (method != "GET" && method != "HEAD" && method != "POST") return 405;
  request = GetRequest(target);
  request.method = method;
  request.http10 = version == "HTTP/1.0";
  return 0;
}

int ReadHeader(std::string_view line, Request& request) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || !IsToken(line.substr(0, colon)))
    return 400;  // also a folded line: it begins with a blank
  const std::string_view value = Trimmed(line.substr(colon + 1));
  const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; };
  if (std::any_of(value.begin(), value.end(), control)) return 400;
  request.headers.emplace_back(Lower(line.substr(0, colon)), value);
  return 0;
}

// What the headers say about the connection and the body; `body_size` is that of Content-Length.
int ReadMeaning(Request& request, std::size_t& body_size) {
  const auto count = [&](std::string_view name) {
    return std::count_if(request.headers.begin(), request.headers.end(),
                         [&](const auto& header) { return header.first == name; });
  };
  if (count("host") > 1 || (count("host") == 0 && !request.http10) || count("content-length") > 1) return 400;
  if (count("transfer-encoding") > 0) return 501;
  const std::string length = request.Header("content-length").value_or("0");
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), body_size);
  if (end != length.data() + length.size() || error == std::errc::invalid_argument) return 400;
  if (error != std::errc() || body_size > kMaxBody) return 413;
  const std::string connection = Lower(request.Header("connection").value_or(""));
  request.keep_alive = request.http10 ? connection == "keep-alive" : connection != "close";
  // Quality values are read no further than to see whether the coding is refused.
  const std::string codings = Lower(request.Header("accept-encoding").value_or(""));
  request.accepts_gzip = codings.find("gzip") != codings.npos && codings.find("gzip;q=0") == codings.npos;
  return 0;
}

Parsed Bad(int status) {
  Parsed parsed;
  parsed.state = Parsed::State::kBad;
  parsed.status = status;
  return parsed;
}

}  // namespace

Parsed ParseRequest(ByteView bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  const std::string_view seen = bytes.substr(0, head_end);
  // A line feed alone never ends a line here: waiting for more would only hide the mistake.
  for (std::size_t at = seen.find('\n'); at != seen.npos; at = seen.find('\n', at + 1)) {
    if (at == 0 || seen[at - 1] != '\r') return Bad(400);
  }
  if (seen.size() > kMaxHead) return Bad(431);
  if (head_end == bytes.npos) return {};

  Parsed parsed;
  std::string_view head = bytes.substr(0, head_end + 2);
  if (const int status = ReadRequestLine(TakeLine(head), parsed.request)) return Bad(status);
  while (!head.empty()) {
    if (const int status = ReadHeader(TakeLine(head), parsed.request)) return Bad(status);
  }
  std::size_t body_size = 0;
  if (const int status = ReadMeaning(parsed.request, body_size)) return Bad(status);
  if (bytes.size() < head_end + 4 + body_size) return {};
  parsed.request.body = bytes.substr(head_end + 4, body_size);
  parsed.consumed = head_end + 4 + body_size;
  parsed.state = Parsed::State::kDone;
  return parsed;
}

}  // namespace nightjar::world
