// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/redaction.h"

#include <algorithm>
#include <array>
#include <span>

namespace nightjar::captures {
namespace {

constexpr std::array<std::string_view, 4> kSecretInRequest = {"cookie", "authorization",
                                                              "proxy-authorization", "content-length"};
constexpr std::array<std::string_view, 1> kSecretInResponse = {"set-cookie"};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsName(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text, lower_case, {}, Lower);
}

// A line with its end.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size() - 1);
  const std::string_view line = text.substr(0, end + 1);
  text.remove_prefix(line.size());
  return line;
}

std::string_view EndOf(std::string_view line) {
  if (line.ends_with("\r\n")) return "\r\n";
  return line.ends_with('\n') ? "\n" : "";
}

// The head with the values of those fields replaced. A line that goes on from a replaced one goes with it.
Bytes Redact(std::string_view head, std::span<const std::string_view> names) {
  Bytes out;
  bool in_secret = false;
  while (!head.empty()) {
    const std::string_view line = TakeLine(head);
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (goes_on && in_secret) continue;
    const std::string_view name = line.substr(0, line.find(':'));
    in_secret = name.size() < line.size() &&
                std::ranges::any_of(names, [&](std::string_view secret) { return IsName(name, secret); });
    if (in_secret)
      out.append(name).append(": ").append(kRedactionMark).append(EndOf(line));
    else
      out.append(line);
  }
  return out;
}

std::size_t HeadSize(ByteView message) {
  const std::size_t end = message.find("\r\n\r\n");
  return end == ByteView::npos ? message.size() : end + 4;
}

}  // namespace

Bytes RedactRequest(ByteView request) {
  const std::size_t head = HeadSize(request);
  Bytes shown = Redact(request.substr(0, head), kSecretInRequest);
  if (head < request.size()) shown.append(kRedactionMark);
  return shown;
}

Bytes RedactHead(ByteView head) { return Redact(head, kSecretInResponse); }

RedactedBlock DescribeRedactedRequest(ByteView request) {
  const Bytes shown = RedactRequest(request);
  return {.head_size = HeadSize(shown), .size = shown.size(), .sha256 = Sha256(shown)};
}

RedactedBlock DescribeRedactedResponse(ByteView head, ByteView body) {
  const Bytes shown = RedactHead(head);
  Sha256Stream hash;
  hash.Update(shown);
  hash.Update(body);
  return {.head_size = shown.size(), .size = shown.size() + body.size(), .sha256 = hash.Finish()};
}

}  // namespace nightjar::captures
