// SPDX-License-Identifier: Apache-2.0
#include "archive/wacz/cdxj.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/bundle/json_text.h"
#include "base/url.h"

namespace nightjar::wacz {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "www12." at the start of a host.
std::string_view WithoutWww(std::string_view host) {
  if (!host.starts_with("www")) return host;
  const std::size_t dot = std::min(host.find_first_not_of("0123456789", 3), host.size());
  return host.substr(dot).starts_with('.') ? host.substr(dot + 1) : host;
}

}  // namespace

std::string Surt(std::string_view url) {
  const auto parsed = Url::Parse(Lower(url));
  if (!parsed) return std::string(url);
  auto labels = Split(WithoutWww(parsed->host()), '.');
  std::ranges::reverse(labels);
  std::string surt = fmt::format("{}", fmt::join(labels, ","));
  if (parsed->port()) surt += ":" + std::to_string(*parsed->port());
  surt += ")" + parsed->path();
  if (!parsed->query() || parsed->query()->empty()) return surt;
  auto arguments = Split(*parsed->query(), '&');
  std::ranges::sort(arguments);
  return surt + "?" + fmt::format("{}", fmt::join(arguments, "&"));
}

std::string Timestamp(UtcTime time) {
  std::string digits;
  for (const char c : FormatUtc(time).substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

std::string MimeOf(ByteView head) {
  constexpr std::string_view kName = "content-type:";
  for (const std::string_view line : Split(head, '\n')) {
    if (!Lower(line.substr(0, kName.size())).starts_with(kName)) continue;
    std::string_view value = line.substr(kName.size());
    value = value.substr(0, value.find_first_of(";\r"));
    const std::size_t first = value.find_first_not_of(" \t");
    if (first == std::string_view::npos) break;
    return Lower(value.substr(first, value.find_last_not_of(" \t") - first + 1));
  }
  return "unk";
}

void Cdxj::Add(const captures::StoredCapture& capture, const Place& place) {
  using bundle::QuotedJson;
  const captures::Record& record = capture.record;
  lines_.push_back(fmt::format(
      R"({} {} {{"url": {}, "mime": {}, "status": "{}", "digest": "sha256:{}", "recordDigest": "sha256:{}", )"
      R"("length": "{}", "offset": "{}", "filename": {}}})",
      Surt(record.url), Timestamp(record.started), QuotedJson(record.url), QuotedJson(MimeOf(capture.head)),
      record.http_status, record.body_sha256.Hex(), place.block.Hex(), place.length, place.offset,
      QuotedJson(place.file)));
}

Bytes Cdxj::Take() {
  std::ranges::sort(lines_);
  Bytes text;
  for (const std::string& line : lines_) text += line + "\n";
  lines_.clear();
  return text;
}

}  // namespace nightjar::wacz
