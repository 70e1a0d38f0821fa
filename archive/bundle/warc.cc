// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/warc.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "archive/captures/redaction.h"

namespace nightjar::bundle {
namespace {

using captures::Outcome;

// WARC 1.1 section 5.13, seen from how the exchange ended.
std::string_view Truncation(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk:
      return {};
    case Outcome::kTruncated:
      return "length";
    case Outcome::kTimedOut:
      return "time";
    case Outcome::kDisconnected:
      return "disconnect";
    default:
      return "unspecified";
  }
}

// What a record's header says beside size and digest of its block.
struct Fields {
  std::string_view type;
  std::string id;
  UtcTime date;
  std::string more;  // whole lines
  std::string_view content_type;
};

Bytes Header(const Fields& fields, std::uint64_t size, const Digest& sha256) {
  return fmt::format(
      "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: <{}>\r\nWARC-Date: {}\r\n{}Content-Type: {}\r\n"
      "WARC-Block-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n",
      fields.type, fields.id, FormatUtc(fields.date), fields.more, fields.content_type, sha256.Hex(), size);
}

WarcRecord TextRecord(const Fields& fields, Bytes text) {
  const Digest sha256 = Sha256(text);
  const std::uint64_t size = text.size();
  return {fields.type, fields.id, Header(fields, size, sha256), WarcBlock::kText, std::move(text),
          size,        sha256};
}

Bytes MetadataText(const WarcSubject& subject) {
  constexpr std::uint32_t kMostHops = 100;  // the field is one letter a hop; beyond this it says "far"
  const captures::Record& record = subject.record;
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(record.ended_mono - record.started_mono);
  return fmt::format(
      "{}hopsFromSeed: {}\r\nfetchTimeMs: {}\r\ncapture: {}\r\noutcome: {}\r\ndetail: {}\r\n"
      "record-sha256: {}\r\n{}{}",
      record.via == "-" ? "" : fmt::format("via: {}\r\n", record.via),
      std::string(std::min(record.depth, kMostHops), 'L'), took.count(), subject.number.value,
      subject.rejected ? "rejected" : captures::OutcomeName(record.outcome), record.detail,
      subject.record_sha256.Hex(),
      captures::IsRedacted(record) ? "redacted: request secrets, response cookies\r\n" : "",
      record.origin.empty() ? "" : fmt::format("imported: {}\r\n", record.origin));
}

// A block as it is exported: whole, or in the redacted form that the record was signed with.
struct Shown {
  std::uint64_t size = 0;
  Digest sha256;
};
Shown ShownRequest(const captures::Record& record) {
  if (const auto& redacted = record.redacted_request) return {redacted->size, redacted->sha256};
  return {record.request_size, record.request_sha256};
}
Shown ShownResponse(const captures::Record& record) {
  if (const auto& redacted = record.redacted_response) return {redacted->size, redacted->sha256};
  return {record.response_size, record.response_sha256};
}

}  // namespace

std::string NamedUuid(std::string_view type, std::string_view subject) {
  std::string hex = Sha256(fmt::format("nightjar-warc-id/v1\n{}\n{}\n", type, subject)).Hex().substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<unsigned>(hex[16]) % 4];
  return fmt::format("urn:uuid:{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

WarcRecord WarcInfo(const CaseId& case_id, UtcTime first_started, std::string_view file_name) {
  return TextRecord(
      {.type = "warcinfo",
       .id = NamedUuid("warcinfo", case_id.value),
       .date = first_started,
       .more = fmt::format("WARC-Filename: {}\r\n", file_name),
       .content_type = "application/warc-fields"},
      fmt::format("software: Nightjar\r\nformat: WARC File Format 1.1\r\n"
                  "conformsTo: http://iipc.github.io/warc-specifications/specifications/"
                  "warc-format/warc-1.1/\r\ndescription: nightjar-bundle/v1\r\nisPartOf: {}\r\n",
                  case_id.value));
}

std::vector<WarcRecord> WarcRecords(const WarcSubject& subject) {
  const captures::Record& record = subject.record;
  const std::string digest = subject.record_sha256.Hex();
  const bool has_request = !subject.rejected && record.request_size > 0;
  const bool has_response = !subject.rejected && record.response_size > 0;
  const auto beside = [&](std::string_view type, bool there) {
    return there ? fmt::format("WARC-Concurrent-To: <{}>\r\n", NamedUuid(type, digest)) : std::string();
  };
  const auto fields = [&](std::string_view type, std::string_view content_type, const std::string& more) {
    return Fields{type, NamedUuid(type, digest), record.started,
                  fmt::format("WARC-Target-URI: {}\r\n{}", record.url, more), content_type};
  };
  std::vector<WarcRecord> made;
  if (has_request) {
    const Fields of = fields("request", "application/http;msgtype=request", beside("response", has_response));
    const Shown shown = ShownRequest(record);
    made.push_back({of.type,
                    of.id,
                    Header(of, shown.size, shown.sha256),
                    WarcBlock::kRequest,
                    {},
                    shown.size,
                    shown.sha256});
  }
  if (has_response) {
    const std::string_view cut = Truncation(record.outcome);
    const Fields of = fields(
        "response", "application/http;msgtype=response",
        beside("request", has_request) + (cut.empty() ? "" : fmt::format("WARC-Truncated: {}\r\n", cut)));
    const Shown shown = ShownResponse(record);
    made.push_back({of.type,
                    of.id,
                    Header(of, shown.size, shown.sha256),
                    WarcBlock::kResponse,
                    {},
                    shown.size,
                    shown.sha256});
    if (const auto& redacted = record.redacted_response)
      made.back().body = std::pair(redacted->head_size, record.body_sha256);
  }
  made.push_back(TextRecord(fields("metadata", "application/warc-fields",
                                   beside("request", has_request) + beside("response", has_response)),
                            MetadataText(subject)));
  return made;
}

}  // namespace nightjar::bundle
