// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/example_bundle.h"

#include <gtest/gtest.h>

#include "archive/evidence/checkpoint.h"
#include "base/file.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::contract {
namespace {

using captures::Exchange;
using captures::Outcome;
using captures::Record;

constexpr const char* kOrigin = "unit.example/nightjar/2026a";

SigningKey OtherFetcher() { return SigningKey::FromSeed(std::string(32, 'g')).value(); }

Exchange SignedBy(const SigningKey& key, Record record, Bytes request, Bytes head, Bytes body) {
  record.fetcher_key = KeyId(key.public_key());
  Exchange exchange{.record = captures::FormatRecord(record),
                    .signature = {},
                    .request = std::move(request),
                    .head = std::move(head),
                    .body = std::move(body)};
  exchange.signature = key.Sign(exchange.record);
  return exchange;
}

Exchange OfAnotherCase(std::uint64_t n) {
  Record record = captures::ExampleRecord(n, "GET", "HEAD\r\n\r\n", "fox");
  record.case_id = CaseId{"fox-3"};
  return SignedBy(captures::ExampleFetcherKey(), record, "GET", "HEAD\r\n\r\n", "fox");
}

// An exchange that ended without a whole response.
Exchange Failed(std::uint64_t n, Outcome outcome, const Bytes& request, const Bytes& head,
                const Bytes& body) {
  Record record = captures::ExampleRecord(n, request, head, body);
  record.outcome = outcome;
  record.detail = "ended early: naïvely \"so\"";
  record.http_status = head.empty() ? 0 : 200;
  record.via = "";
  return SignedBy(OtherFetcher(), record, request, head, body);
}

// What a thief of the hand-over would send: a record signed by a key that is not the one it names.
Exchange Forged(std::uint64_t n) {
  Exchange exchange = captures::ExampleExchange(n);
  exchange.signature = OtherFetcher().Sign(exchange.record);
  return exchange;
}

std::vector<Exchange> Exchanges() {
  const Bytes head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const Bytes binary = "5\r\n\0\r\n\xFF\xFE\r\n0\r\n\r\n" + Bytes(5000, '\x07');
  return {captures::ExampleExchange(0),
          captures::ExampleExchange(1),
          captures::Signed(captures::ExampleRecord(2, "GET /2", head, binary), "GET /2", head, binary),
          OfAnotherCase(3),
          Failed(4, Outcome::kTimedOut, "GET /4 HTTP/1.1\r\n\r\n", "", ""),
          Failed(5, Outcome::kProxyUnavailable, "", "", ""),
          Failed(6, Outcome::kTruncated, "GET /6 HTTP/1.1\r\n\r\n", head, "cut"),
          Forged(7)};
}

}  // namespace

SigningKey LogKey() { return SigningKey::FromSeed(std::string(32, 'l')).value(); }

ExampleArchive::ExampleArchive() {
  ManualClock clock;
  SeededRandom random(1);
  captures::ArchivePaths paths;
  paths.folder = folder_ / "archive";
  paths.map_size = 64 << 20;
  auto writer = captures::Writer::Open(
      {.paths = paths,
       .origin = kOrigin,
       .log_key = LogKey(),
       .fetchers = {captures::ExampleFetcherKey().public_key(), OtherFetcher().public_key()},
       .clock = &clock,
       .random = &random});
  EXPECT_TRUE(writer) << writer.error().Format();
  EXPECT_TRUE((*writer)->Append(Exchanges()));
  EXPECT_TRUE((*writer)->SignCheckpoint());
  const std::vector<Exchange> newer = {captures::ExampleExchange(8)};
  EXPECT_TRUE((*writer)->Append(newer));
  auto reader = captures::Reader::Open(paths);
  EXPECT_TRUE(reader) << reader.error().Format();
  reader_ = std::move(*reader);
}

std::string ExampleArchive::log_vkey() const {
  return evidence::FormatVkey({kOrigin, LogKey().public_key()});
}

bundle::ExportRequest ExampleArchive::Request(std::vector<std::uint64_t> numbers,
                                              const std::string& out) const {
  bundle::ExportRequest request{.exported_case = {.id = CaseId{"owl-7"},
                                                  .title = "Owls",
                                                  .legal_basis = "Order 12/2026",
                                                  .officer = "Officer 7",
                                                  .opened = {}},
                                .captures = {},
                                .selection = "query: owl",
                                .out_path = folder_ / out};
  for (const std::uint64_t number : numbers) request.captures.push_back({number});
  return request;
}

const ExampleBundle& TheBundle() {
  static const ExampleBundle kBundle = [] {
    ExampleBundle made;
    made.archive = std::make_unique<ExampleArchive>();
    const auto request = made.archive->Request({7, 0, 2, 4, 5, 6, 2}, "owl-7.tar");
    const auto summary = bundle::Export(made.archive->reader(), request);
    EXPECT_TRUE(summary) << summary.error().Format();
    if (!summary) std::abort();
    made.summary = *summary;
    made.path = request.out_path;
    made.bytes = ReadFile(made.path).value();
    return made;
  }();
  return kBundle;
}

}  // namespace nightjar::contract
