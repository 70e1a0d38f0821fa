// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/record.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/decimal.h"

namespace nightjar::captures {
namespace {

constexpr std::string_view kFirstLine = "nightjar-capture/v1";
constexpr std::string_view kNothing = "-";

constexpr std::array<std::string_view, 14> kOutcomeNames = {"ok",
                                                            "truncated",
                                                            "proxy-unavailable",
                                                            "descriptor-missing",
                                                            "introduction",
                                                            "rendezvous",
                                                            "client-auth",
                                                            "bad-address",
                                                            "refused",
                                                            "timed-out",
                                                            "disconnected",
                                                            "protocol",
                                                            "not-attempted",
                                                            "withheld"};
static_assert(kOutcomeNames.size() == static_cast<std::size_t>(Outcome::kWithheld) + 1);

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// One value of the text: how a type is written, and its inverse. Read() need not be strict: ParseRecord
// writes the value again and compares.
std::string Write(const std::string& value) {
  if (value.empty()) return std::string(kNothing);
  std::string out;
  for (const char c : ToValidUtf8(value)) {
    if (!IsControl(c)) {
      out += c;
      continue;
    }
    const std::string hex = HexEncode(std::string_view(&c, 1));
    out += '%';
    for (const char digit : hex) out += static_cast<char>(digit >= 'a' ? digit - 'a' + 'A' : digit);
  }
  return out;
}
bool Read(std::string_view text, std::string& value) {
  value = std::string(text);
  return !text.empty();
}

template <typename Tag>
std::string Write(const Id<Tag, std::string>& value) {
  return Write(value.value);
}
template <typename Tag>
bool Read(std::string_view text, Id<Tag, std::string>& value) {
  value.value = std::string(text);
  return CheckName("record", text).has_value();
}

std::string Write(std::uint64_t value) { return std::to_string(value); }
bool Read(std::string_view text, std::uint64_t& value) {
  const auto number = ParseDecimal(text);
  value = number.value_or(0);
  return number.has_value();
}

std::string Write(std::uint32_t value) { return std::to_string(value); }
bool Read(std::string_view text, std::uint32_t& value) {
  const auto number = ParseDecimal(text, std::numeric_limits<std::uint32_t>::max());
  value = static_cast<std::uint32_t>(number.value_or(0));
  return number.has_value();
}

std::string Write(int value) { return std::to_string(value); }
bool Read(std::string_view text, int& value) {
  const auto number = ParseDecimal(text, 999);  // HTTP status codes have three digits
  value = static_cast<int>(number.value_or(0));
  return number.has_value();
}

std::string WriteSocksReply(const Record& record) {
  return record.socks_reply < 0 ? std::string(kNothing) : std::to_string(record.socks_reply);
}
bool ReadSocksReply(std::string_view text, Record& record) {
  const auto number = ParseDecimal(text, 255);
  record.socks_reply = number ? static_cast<int>(*number) : -1;
  return number || text == kNothing;
}

std::string Write(UtcTime value) { return FormatUtc(value); }
bool Read(std::string_view text, UtcTime& value) {
  const auto time = ParseUtc(text);
  value = time.value_or(UtcTime{});
  return time.has_value();
}

std::string Write(MonoTime value) { return std::to_string(value.time_since_epoch().count()); }
bool Read(std::string_view text, MonoTime& value) {
  const auto number = ParseDecimal(text, std::numeric_limits<std::int64_t>::max());
  value = MonoTime(Micros(static_cast<std::int64_t>(number.value_or(0))));
  return number.has_value();
}

std::string Write(const Digest& value) { return value.Hex(); }
bool Read(std::string_view text, Digest& value) {
  const auto digest = Digest::FromHex(text);
  value = digest.value_or(Digest{});
  return digest.has_value();
}

std::string Write(const std::optional<RedactedBlock>& value) {
  if (!value) return {};
  return Write(value->head_size) + ' ' + Write(value->size) + ' ' + Write(value->sha256);
}
bool Read(std::string_view text, std::optional<RedactedBlock>& value) {
  const std::size_t first = text.find(' ');
  const std::size_t second = text.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return false;
  RedactedBlock block;
  const bool good = Read(text.substr(0, first), block.head_size) &&
                    Read(text.substr(first + 1, second - first - 1), block.size) &&
                    Read(text.substr(second + 1), block.sha256) && block.head_size <= block.size;
  value = block;
  return good;
}

std::string WritePurpose(const Record& record) {
  return record.purpose.empty() ? std::string() : Write(record.purpose);
}
std::string WriteOrigin(const Record& record) {
  return record.origin.empty() ? std::string() : Write(record.origin);
}
bool ReadOrigin(std::string_view text, Record& record) {
  record.origin = text;
  return text.starts_with("warc sha256=") || text.starts_with("file sha256=");
}

bool ReadPurpose(std::string_view text, Record& record) {
  constexpr std::array<std::string_view, 4> kPurposes = {"login", "answer", "wait", "wall-image"};
  record.purpose = text;
  return std::ranges::find(kPurposes, text) != kPurposes.end();
}

std::string Write(Outcome value) { return std::string(OutcomeName(value)); }
bool Read(std::string_view text, Outcome& value) {
  const auto found = std::ranges::find(kOutcomeNames, text);
  value = static_cast<Outcome>(found == kOutcomeNames.end() ? 0 : found - kOutcomeNames.begin());
  return found != kOutcomeNames.end();
}

constexpr std::string_view kMediaPolicy = "media-policy";
constexpr std::string_view kHashList = "hash-list";

std::string Write(const Withheld& value) {
  if (value.by == Withheld::By::kNothing) return std::string(kNothing);
  const std::string_view by = value.by == Withheld::By::kHashList ? kHashList : kMediaPolicy;
  return std::string(by) + " " + std::to_string(value.size) + " " + value.sha256.Hex();
}
bool Read(std::string_view text, Withheld& value) {
  if (text == kNothing) return true;
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first == last) return false;  // both npos, too
  const auto size = ParseDecimal(text.substr(first + 1, last - first - 1));
  const auto digest = Digest::FromHex(text.substr(last + 1));
  if (!size || !digest) return false;
  value = {text.starts_with(kHashList) ? Withheld::By::kHashList : Withheld::By::kMediaPolicy, *size,
           *digest};
  return true;
}

struct Line {
  std::string_view key;
  std::string (*write)(const Record&);
  bool (*read)(std::string_view, Record&);
  bool optional = false;  // no line at all for an empty text
};

template <auto Member>
constexpr Line LineOf(std::string_view key, bool optional = false) {
  return {key, [](const Record& record) { return Write(record.*Member); },
          [](std::string_view text, Record& record) { return Read(text, record.*Member); }, optional};
}

constexpr std::array kLines = {
    LineOf<&Record::url>("url"),
    LineOf<&Record::job>("job"),
    LineOf<&Record::case_id>("case"),
    LineOf<&Record::legal_basis>("legal-basis"),
    LineOf<&Record::fetch_id>("fetch-id"),
    LineOf<&Record::depth>("depth"),
    LineOf<&Record::via>("via"),
    LineOf<&Record::started>("started"),
    LineOf<&Record::ended>("ended"),
    LineOf<&Record::started_mono>("started-mono"),
    LineOf<&Record::ended_mono>("ended-mono"),
    LineOf<&Record::boot_id>("boot-id"),
    LineOf<&Record::clock_state>("clock-state"),
    LineOf<&Record::consensus>("consensus"),
    Line{"origin", WriteOrigin, ReadOrigin, true},
    Line{"purpose", WritePurpose, ReadPurpose, true},
    LineOf<&Record::route>("route"),
    LineOf<&Record::circuit>("circuit"),
    LineOf<&Record::robots>("robots"),
    Line{"socks-reply", WriteSocksReply, ReadSocksReply},
    LineOf<&Record::outcome>("outcome"),
    LineOf<&Record::detail>("detail"),
    LineOf<&Record::http_status>("http-status"),
    LineOf<&Record::request_size>("request-size"),
    LineOf<&Record::request_sha256>("request-sha256"),
    LineOf<&Record::head_size>("head-size"),
    LineOf<&Record::response_size>("response-size"),
    LineOf<&Record::response_sha256>("response-sha256"),
    LineOf<&Record::body_sha256>("body-sha256"),
    LineOf<&Record::redacted_request>("redacted-request", true),
    LineOf<&Record::redacted_response>("redacted-response", true),
    LineOf<&Record::withheld>("withheld"),
    LineOf<&Record::tool>("tool"),
    LineOf<&Record::config_sha256>("config-sha256"),
    LineOf<&Record::fetcher_key>("fetcher-key"),
};

tl::unexpected<Error> BadLine(std::size_t number, std::string_view what) {
  return Fail(Code::kCorrupt, "line " + std::to_string(number) + " of a capture record " + std::string(what));
}

bool HasKey(std::string_view line, std::string_view key) {
  return line.starts_with(key) && line.substr(key.size()).starts_with(": ");
}

// Cuts the next line off `text`; nothing when no whole line is left.
std::optional<std::string_view> CutLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) { return kOutcomeNames.at(static_cast<std::size_t>(outcome)); }

Bytes FormatRecord(const Record& record) {
  Bytes text(kFirstLine);
  text += '\n';
  for (const Line& line : kLines) {
    const std::string value = line.write(record);
    if (line.optional && value.empty()) continue;
    text += line.key;
    text += ": ";
    text += value;
    text += '\n';
  }
  return text;
}

Result<Record> ParseRecord(ByteView text) {
  if (text.size() > kMaxRecordSize) return Fail(Code::kCorrupt, "a capture record has at most 64 KiB");
  if (CutLine(text) != kFirstLine) return BadLine(1, "is not \"nightjar-capture/v1\"");
  Record record;
  std::size_t number = 1;
  for (const Line& rule : kLines) {
    if (rule.optional && !HasKey(text, rule.key)) continue;
    ++number;
    auto line = CutLine(text);
    if (!line) return BadLine(number, "is missing");
    if (!HasKey(*line, rule.key)) return BadLine(number, "is not \"" + std::string(rule.key) + ": ...\"");
    const std::string_view value = line->substr(rule.key.size() + 2);
    if (!rule.read(value, record) || rule.write(record) != value)
      return BadLine(number, "has a value that " + std::string(rule.key) + " cannot have");
  }
  if (!text.empty()) return BadLine(number + 1, "is one too many");
  if (record.redacted_request.has_value() != record.redacted_response.has_value())
    return Fail(Code::kCorrupt, "a capture record has only one of redacted-request and redacted-response");
  return record;
}

}  // namespace nightjar::captures
