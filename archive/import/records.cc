// SPDX-License-Identifier: Apache-2.0
#include "archive/import/records.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/build_info.h"
#include "base/url.h"

namespace nightjar::import {
namespace {

using captures::Outcome;
using captures::Record;
using captures::Withheld;

constexpr std::size_t kMaxOriginText = 1024;  // of the file's words in a record, each

std::string Bounded(std::string_view untrusted_text) {
  const std::string valid = ToValidUtf8(untrusted_text);
  return std::string(Utf8Prefix(valid, kMaxOriginText));
}

// What every imported record says; only a fetcher could know the rest.
Record BaseRecord(const Request& request, const SigningKey& key, std::string_view identity) {
  Record record;
  record.job = request.job;
  record.case_id = request.case_id;
  record.legal_basis = request.legal_basis;
  record.fetch_id = Sha256(identity).Hex().substr(0, 32);
  record.clock_state = "unknown";
  record.consensus = "unknown";
  record.tool = BuildId();
  record.fetcher_key = KeyId(key.public_key());
  return record;
}

captures::Exchange Signed(const Record& record, const SigningKey& key, Bytes request, Bytes head,
                          Bytes body) {
  captures::Exchange exchange{.record = captures::FormatRecord(record),
                              .signature = {},
                              .request = std::move(request),
                              .head = std::move(head),
                              .body = std::move(body)};
  exchange.signature = key.Sign(exchange.record);
  return exchange;
}

void DescribeBytes(Record& record, const wire::ForeignExchange& from) {
  Sha256Stream both;
  both.Update(from.head);
  both.Update(from.body);
  record.http_status =
      from.http_status >= 100 && from.http_status <= 999 ? static_cast<int>(from.http_status) : 0;
  record.request_size = from.request.size();
  record.request_sha256 = Sha256(from.request);
  record.head_size = from.head.size();
  record.response_size = from.head.size() + from.body.size();
  record.response_sha256 = both.Finish();
  record.body_sha256 = Sha256(from.body);
}

void DescribeOutcome(Record& record, const wire::ForeignExchange& from) {
  if (!from.withheld.empty()) {
    record.outcome = Outcome::kWithheld;
    record.detail = Bounded(from.withheld);
    record.withheld = {from.by_hash_list ? Withheld::By::kHashList : Withheld::By::kMediaPolicy,
                       from.withheld_size, from.withheld_sha256};
  } else if (from.type == "request") {
    record.outcome = Outcome::kDisconnected;
    record.detail = "the imported file holds no response to this request";
  } else if (!from.truncated.empty()) {
    record.outcome = Outcome::kTruncated;
    record.detail = "the imported file says that it was truncated: " + Bounded(from.truncated);
  }
}

}  // namespace

Result<UtcTime> ParseWarcDate(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // "YYYY-MM-DDTHH:MM:SS"
  constexpr std::size_t kMicros = 6;
  constexpr std::size_t kMostDigits = 9;
  std::string plain(text);
  if (plain.size() > kSeconds + 2 && plain[kSeconds] == '.' && plain.back() == 'Z') {
    std::string digits = plain.substr(kSeconds + 1, plain.size() - kSeconds - 2);
    if (digits.size() > kMostDigits || digits.find_first_not_of("0123456789") != std::string::npos)
      return Fail(Code::kInvalidInput, "its WARC-Date is no time");
    digits.resize(kMicros, '0');
    plain = plain.substr(0, kSeconds + 1) + digits + "Z";
  }
  const auto time = ParseUtc(plain);
  if (!time) return Fail(Code::kInvalidInput, "its WARC-Date is no time");
  return *time;
}

Result<Made> MakeExchange(wire::ForeignExchange untrusted, const Request& request, const Digest& file,
                          const SigningKey& key) {
  const auto url = Url::Parse(untrusted.url);
  if (!url) return Fail(url.error().code, "its URL: " + url.error().text);
  ASSIGN_OR_RETURN(const UtcTime date, ParseWarcDate(untrusted.date));
  Record record = BaseRecord(request, key,
                             fmt::format("nightjar-import/v1\n{}\n{}\n{}\n{}\n", file.Hex(), untrusted.offset,
                                         untrusted.type, untrusted.record_id));
  record.url = url->WithoutFragment();
  record.started = record.ended = date;
  record.origin = fmt::format("warc sha256={} offset={} type={} date={} id={}", file.Hex(), untrusted.offset,
                              Bounded(untrusted.type), Bounded(untrusted.date), Bounded(untrusted.record_id));
  DescribeOutcome(record, untrusted);
  DescribeBytes(record, untrusted);
  return Made{
      Signed(record, key, std::move(untrusted.request), std::move(untrusted.head), std::move(untrusted.body)),
      url->host()};
}

captures::Exchange MakeFileExchange(const Request& request, const Digest& file, std::uint64_t bytes,
                                    UtcTime now, const SigningKey& key) {
  Record record =
      BaseRecord(request, key, fmt::format("nightjar-import-file/v1\n{}\n{}\n", file.Hex(), FormatUtc(now)));
  record.url = "http://imported.invalid/" + file.Hex();  // RFC 2606: a name that no host will ever have
  record.started = record.ended = now;
  const std::string name = std::filesystem::path(request.path).filename().string();
  record.origin = fmt::format("file sha256={} size={} name={}", file.Hex(), bytes, Bounded(name));
  record.outcome = Outcome::kNotAttempted;
  record.detail = fmt::format("a file given by {} was brought in{}", Bounded(request.source),
                              request.by.empty() ? "" : " by " + Bounded(request.by));
  record.request_sha256 = record.response_sha256 = record.body_sha256 = Sha256("");
  return Signed(record, key, {}, {}, {});
}

}  // namespace nightjar::import
