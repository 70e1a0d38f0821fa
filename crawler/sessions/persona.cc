// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/persona.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codec.h"
#include "base/ids.h"
#include "base/onion.h"

namespace nightjar::sessions {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kMaxHosts = 64;
constexpr std::size_t kMaxWindows = 24;
constexpr std::size_t kMaxSecret = 1024;
constexpr std::uint16_t kDay = 24 * 60;

int TwoDigits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 2 && digit(text[0]) && digit(text[1]) ? (text[0] - '0') * 10 + (text[1] - '0') : -1;
}

// "08:30" in minutes, "24:00" included; -1 for anything else.
int MinuteOf(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hour = TwoDigits(text.substr(0, 2));
  const int minute = TwoDigits(text.substr(3));
  const bool good = hour >= 0 && minute >= 0 && minute < 60 && hour * 60 + minute <= kDay;
  return good ? hour * 60 + minute : -1;
}

Status CheckSecret(const std::string& text, const char* field) {
  const bool printable =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (text.size() > kMaxSecret || !printable || !IsValidUtf8(text))
    return Fail(Code::kInvalidInput, "is one line of UTF-8 text of at most 1024 bytes", field);
  return {};
}

}  // namespace

Result<std::vector<HourWindow>> ParseHours(std::string_view text) {
  std::vector<HourWindow> windows;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const int begin = MinuteOf(part.substr(0, std::min<std::size_t>(part.size(), 5)));
    const int end = part.size() == 11 && part[5] == '-' ? MinuteOf(part.substr(6)) : -1;
    if (begin < 0 || begin == kDay || end < 0 || begin == end || windows.size() == kMaxWindows)
      return Fail(Code::kInvalidInput, "working hours are written 08:00-18:00,22:00-02:00, in UTC", "hours");
    windows.push_back({static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end)});
  }
  return windows;
}

std::string FormatHours(const std::vector<HourWindow>& windows) {
  std::string text;
  for (const HourWindow& window : windows)
    text += fmt::format("{}{:02}:{:02}-{:02}:{:02}", text.empty() ? "" : ",", window.begin / 60,
                        window.begin % 60, window.end / 60, window.end % 60);
  return text;
}

bool IsAtWork(const std::vector<HourWindow>& hours, UtcTime now) {
  if (hours.empty()) return true;
  const auto since_midnight = now - std::chrono::floor<std::chrono::days>(now);
  const auto minute = std::chrono::duration_cast<std::chrono::minutes>(since_midnight).count();
  return std::ranges::any_of(hours, [&](const HourWindow& window) {
    return window.begin < window.end ? minute >= window.begin && minute < window.end
                                     : minute >= window.begin || minute < window.end;
  });
}

Result<Persona> Validate(Persona untrusted_persona) {
  Persona persona = std::move(untrusted_persona);
  RETURN_IF_ERROR(CheckName("persona", persona.id));
  if (persona.hosts.empty() || persona.hosts.size() > kMaxHosts)
    return Fail(Code::kInvalidInput, "a persona lives at 1 to 64 onion hosts", "hosts");
  for (std::string& host : persona.hosts) {
    const auto onion = OnionAddress::Parse(host);
    if (!onion) return Fail(Code::kInvalidInput, "the host " + onion.error().text, "hosts");
    host = onion->host();
  }
  RETURN_IF_ERROR(CheckSecret(persona.username, "user"));
  RETURN_IF_ERROR(CheckSecret(persona.password, "password"));
  if (!persona.username.empty() && persona.id == persona.username)
    return Fail(Code::kRefused, "a persona's name stands in every record; it must not be the account's",
                "persona");
  if (persona.hours.size() > kMaxWindows) return Fail(Code::kInvalidInput, "at most 24 windows", "hours");
  return persona;
}

Bytes Encode(const Persona& persona) {
  Encoder row;
  row.U8(kFormat).Str(persona.id).U32(static_cast<std::uint32_t>(persona.hosts.size()));
  for (const std::string& host : persona.hosts) row.Str(host);
  row.Str(persona.username).Str(persona.password).U32(persona.per_hour).U32(persona.per_day);
  row.U32(static_cast<std::uint32_t>(persona.hours.size()));
  for (const HourWindow& window : persona.hours) row.U32(window.begin).U32(window.end);
  return row.U8(persona.paused ? 1 : 0).I64(UnixMicros(persona.created)).Take();
}

Result<Persona> DecodePersona(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat) return Fail(Code::kCorrupt, "a persona is stored in an unknown format");
  Persona persona;
  persona.id = row.Str();
  persona.hosts.resize(row.Count(kMaxHosts, sizeof(std::uint32_t)));
  for (std::string& host : persona.hosts) host = row.Str();
  persona.username = row.Str(kMaxSecret);
  persona.password = row.Str(kMaxSecret);
  persona.per_hour = row.U32();
  persona.per_day = row.U32();
  persona.hours.resize(row.Count(kMaxWindows, 2 * sizeof(std::uint32_t)));
  for (HourWindow& window : persona.hours) {
    window.begin = static_cast<std::uint16_t>(row.U32());
    window.end = static_cast<std::uint16_t>(row.U32());
  }
  persona.paused = row.U8() != 0;
  persona.created = FromUnixMicros(row.I64());
  RETURN_IF_ERROR(row.Finish("a stored persona"));
  return persona;
}

}  // namespace nightjar::sessions
