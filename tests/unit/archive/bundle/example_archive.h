// SPDX-License-Identifier: Apache-2.0
// A small archive with every kind of capture in it, for the tests of bundles.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/bundle/bundle.h"
#include "archive/captures/archive.h"
#include "archive/consensus/consensus.h"
#include "tests/unit/archive/bundle/temporary_folder.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::bundle {

inline constexpr const char* kExampleOrigin = "unit.example/nightjar/2026a";

inline SigningKey ExampleLogKey() { return SigningKey::FromSeed(std::string(32, 'l')).value(); }
inline SigningKey OtherFetcherKey() { return SigningKey::FromSeed(std::string(32, 'g')).value(); }

inline captures::Exchange SignedBy(const SigningKey& key, captures::Record record, Bytes request, Bytes head,
                                   Bytes body) {
  record.fetcher_key = KeyId(key.public_key());
  captures::Exchange exchange{.record = captures::FormatRecord(record),
                              .signature = {},
                              .request = std::move(request),
                              .head = std::move(head),
                              .body = std::move(body)};
  exchange.signature = key.Sign(exchange.record);
  return exchange;
}

// The consensus that some of the records name.
inline const Bytes& ExampleConsensus() {
  static const Bytes kDocument =
      "network-status-version 3 microdesc\nvote-status consensus\nvalid-after 2025-12-31 23:00:00\n"
      "fresh-until 2026-01-01 00:00:00\n";
  return kDocument;
}
inline std::string ExampleConsensusName() {
  return consensus::FormatName(consensus::NameOf(ExampleConsensus()).value());
}

// A chunked answer of bytes that are no text, with a NUL among them.
inline captures::Exchange BinaryExchange(std::uint64_t n, std::size_t size) {
  using namespace std::string_literals;
  const Bytes head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const Bytes body = "5\r\n\0\r\n\xFF\xFE\r\n0\r\n\r\n"s + Bytes(size, '\x07');
  captures::Record record = captures::ExampleRecord(n, "GET /b", head, body);
  record.consensus = ExampleConsensusName();
  return captures::Signed(record, "GET /b", head, body);
}

inline captures::Exchange OfAnotherCase(std::uint64_t n) {
  captures::Record record = captures::ExampleRecord(n, "GET", "HEAD\r\n\r\n", "fox");
  record.case_id = CaseId{"fox-3"};
  return SignedBy(captures::ExampleFetcherKey(), record, "GET", "HEAD\r\n\r\n", "fox");
}

// An exchange that ended without a whole response.
inline captures::Exchange Failed(std::uint64_t n, captures::Outcome outcome, const Bytes& request,
                                 const Bytes& head, const Bytes& body) {
  captures::Record record = captures::ExampleRecord(n, request, head, body);
  record.outcome = outcome;
  record.detail = "ended early: naïvely \"so\"";
  record.http_status = head.empty() ? 0 : 200;
  record.via = "";
  return SignedBy(OtherFetcherKey(), record, request, head, body);
}

// A URL that was left out by rule: a record, and nothing else.
inline captures::Exchange LeftOut(std::uint64_t n) {
  captures::Record record = captures::ExampleRecord(n, "", "", "");
  record.route = "-";
  record.circuit = "-";
  record.robots = "disallowed sha256=" + Sha256("robots.txt").Hex();
  record.socks_reply = -1;
  record.outcome = captures::Outcome::kNotAttempted;
  record.detail = "robots.txt forbids it: Disallow: /private";
  record.http_status = 0;
  return SignedBy(captures::ExampleFetcherKey(), record, "", "", "");
}

// What a thief of the hand-over would send: a record signed by a key that is not the one it names.
inline captures::Exchange Forged(std::uint64_t n) {
  captures::Exchange exchange = captures::ExampleExchange(n);
  exchange.signature = OtherFetcherKey().Sign(exchange.record);
  return exchange;
}

// Case "owl-7" has captures 0, 1, 2 (whole), 4 (no response), 5 (nothing was sent), 6 (cut short), 7
// (rejected); capture 3 belongs to case "fox-3".
inline std::vector<captures::Exchange> EveryKindOfExchange() {
  using captures::Outcome;
  return {captures::ExampleExchange(0),
          captures::ExampleExchange(1),
          BinaryExchange(2, 5000),
          OfAnotherCase(3),
          Failed(4, Outcome::kTimedOut, "GET /4 HTTP/1.1\r\n\r\n", "", ""),
          Failed(5, Outcome::kProxyUnavailable, "", "", ""),
          Failed(6, Outcome::kTruncated, "GET /6 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "cut"),
          Forged(7)};
}

// An export that was made before, under this checkpoint.
inline cases::ExportEntry EarlierExport(const std::string& note) {
  return {.case_id = CaseId{"owl-7"},
          .at = ParseUtc("2026-01-05T09:30:00Z").value(),
          .by = "Analyst 2",
          .reason = "Letter of 5 January",
          .selection = "query: owl",
          .checkpoint = note,
          .captures = 3,
          .sha256 = Sha256("an earlier bundle")};
}

// Holds these exchanges under a checkpoint, an earlier one of their first half, and one exchange more than
// the checkpoint knows.
class ExampleArchive final {
 public:
  explicit ExampleArchive(const std::vector<captures::Exchange>& exchanges = EveryKindOfExchange()) {
    ManualClock clock;
    SeededRandom random(1);
    captures::ArchivePaths paths;
    paths.folder = folder_ / "archive";
    paths.map_size = 256 << 20;
    auto writer = captures::Writer::Open(
        {.paths = paths,
         .origin = kExampleOrigin,
         .log_key = ExampleLogKey(),
         .fetchers = {captures::ExampleFetcherKey().public_key(), OtherFetcherKey().public_key()},
         .clock = &clock,
         .random = &random});
    EXPECT_TRUE(writer) << writer.error().Format();
    const std::span all(exchanges);
    EXPECT_TRUE((*writer)->Append(all.first(all.size() / 2)));
    if (all.size() > 1) earlier_ = {EarlierExport((*writer)->SignCheckpoint().value().note)};
    EXPECT_TRUE((*writer)->Append(all.subspan(all.size() / 2)));
    EXPECT_TRUE((*writer)->SignCheckpoint());
    const std::vector<captures::Exchange> newer = {captures::ExampleExchange(exchanges.size())};
    EXPECT_TRUE((*writer)->Append(newer));
    auto reader = captures::Reader::Open(paths);
    EXPECT_TRUE(reader) << reader.error().Format();
    reader_ = std::move(*reader);
  }

  [[nodiscard]] const captures::Reader& reader() const { return *reader_; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  // An export of these captures of case "owl-7" to a file beside the archive.
  [[nodiscard]] ExportRequest Request(const std::vector<std::uint64_t>& numbers,
                                      const std::string& out) const {
    ExportRequest request{.exported_case = {.id = CaseId{"owl-7"},
                                            .title = "Owls",
                                            .legal_basis = "Order 12/2026",
                                            .officer = "Officer 7",
                                            .opened = {}},
                          .captures = {},
                          .selection = "query: owl",
                          .out_path = folder_ / out,
                          .exported_by = "Analyst 3",
                          .reason = "Hearing of 12 January",
                          .earlier = earlier_};
    request.consensus = [](const Digest& sha256) -> Result<Bytes> {
      if (sha256 != Sha256(ExampleConsensus())) return Fail(Code::kNotFound, "is not kept");
      return ExampleConsensus();
    };
    for (const std::uint64_t number : numbers) request.captures.push_back({number});
    return request;
  }

 private:
  TemporaryFolder folder_;
  std::vector<cases::ExportEntry> earlier_;  // under the checkpoint of the first half
  std::unique_ptr<captures::Reader> reader_;
};

}  // namespace nightjar::bundle
