// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/alert_texts.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/bytes.h"
#include "base/json.h"

namespace nightjar::sinks {
namespace {

constexpr std::size_t kBase64Line = 76;  // RFC 2045, 6.8
constexpr std::size_t kWordBytes = 42;   // 56 of base64 and the frame: within RFC 2047's 75

// RFC 2047 words, each of whole characters, folded one to a line.
std::string HeaderText(const std::string& outside_text) {
  const std::string valid = ToValidUtf8(outside_text);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view part = Utf8Prefix(rest, kWordBytes);
    out += (out.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") + Base64Encode(part) + "?=";
    rest.remove_prefix(part.size());
  }
  return out;
}

std::string Base64Lines(std::string_view text) {
  const std::string encoded = Base64Encode(text);
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += kBase64Line)
    out += encoded.substr(at, kBase64Line) + "\r\n";
  return out;
}

std::string Body(const watch::Alert& alert) {
  return fmt::format(
      "Saved search: {}\r\nWhy: {}\r\nTitle: {}\r\nAddress: {}\r\nCase: {}\r\nCapture: {}\r\n"
      "Captured: {:.19}Z\r\n\r\nnightjar alerts show {}\r\n",
      alert.name, alert.why, alert.title, alert.url, alert.case_id, alert.capture.value,
      FormatUtc(alert.seen), alert.number);
}

}  // namespace

std::string AlertJson(const watch::Alert& alert) {
  json::object object{{"version", 1},
                      {"key", alert.key},
                      {"alert", alert.number},
                      {"search", alert.name},
                      {"what", watch::WhatNames(alert.what)},
                      {"why", ToValidUtf8(alert.why)},
                      {"case", alert.case_id},
                      {"capture", alert.capture.value},
                      {"url", ToValidUtf8(alert.url)},
                      {"title", ToValidUtf8(alert.title)},
                      {"seen", FormatUtc(alert.seen)},
                      {"raised", FormatUtc(alert.when)}};
  if (!alert.owner.empty()) object["owner"] = ToValidUtf8(alert.owner);
  if (!alert.item.empty()) object["item"] = alert.item;
  return json::serialize(object);
}

std::string AlertMail(const watch::Alert& alert, const std::string& from, const std::string& to) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(alert.when);
  return fmt::format(
      "From: Nightjar <{}>\r\nTo: {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} +0000\r\n"
      "Message-ID: <{:.32}@nightjar.invalid>\r\nSubject: {}\r\nX-Nightjar-Key: {}\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
      from, to, fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), alert.key,
      HeaderText(alert.name + ": " + alert.why + ": " + alert.title), alert.key, Base64Lines(Body(alert)));
}

}  // namespace nightjar::sinks
