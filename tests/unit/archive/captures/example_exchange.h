// SPDX-License-Identifier: Apache-2.0
// Exchanges as a fetcher would hand them over, for the tests of this room.
#pragma once

#include <string>

#include "archive/captures/record.h"

namespace nightjar::captures {

inline SigningKey ExampleFetcherKey() { return SigningKey::FromSeed(std::string(32, 'f')).value(); }

inline std::string ExampleId(std::uint64_t n) {
  const std::string digits = std::to_string(n);
  return std::string(32 - digits.size(), '0') + digits;
}

// The record that fits `request`, `head` and `body`, with every field filled.
inline Record ExampleRecord(std::uint64_t n, ByteView request, ByteView head, ByteView body) {
  Record record;
  record.url =
      "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/item?id=" + std::to_string(n);
  record.job = JobId{"owls"};
  record.case_id = CaseId{"owl-7"};
  record.legal_basis = "Order 12/2026, District Court";
  record.fetch_id = ExampleId(n);
  record.depth = 2;
  record.via = "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/";
  record.started = FromUnixMicros(1767225600000000);
  record.ended = FromUnixMicros(1767225600420000);
  record.started_mono = MonoTime(Micros(86400000000));
  record.ended_mono = MonoTime(Micros(86400420000));
  record.boot_id = "5f0c6e0e-3e55-4bd6-9f36-6d8a3a1f1e2b";
  record.clock_state = "synchronised";
  record.consensus = "unknown";
  record.route = "owls/pg6mmjiyjmcrsslv/-/0";
  record.circuit =
      "id=28 purpose=HS_CLIENT_REND created=2025-12-31T23:59:21.812673Z built=2025-12-31T23:59:59.507000Z "
      "length=3 hops=$5DCC16D04A58BD4795E92E38F421C613D23A53C5,$FA7F3C64B8D6C2E2F51802CC62B24543F726CF85,"
      "$316C51898874072CCABB9F6A9B0AB32F18D2FF17";
  record.robots = "ignored";
  record.socks_reply = 0;
  record.outcome = Outcome::kOk;
  record.http_status = 200;
  record.request_size = request.size();
  record.request_sha256 = Sha256(request);
  record.head_size = head.size();
  record.response_size = head.size() + body.size();
  record.response_sha256 = Sha256(std::string(head) + std::string(body));
  record.body_sha256 = Sha256(body);
  record.tool = "nightjar/0.1.0 (example)";
  record.config_sha256 = std::string(64, '0');
  record.fetcher_key = KeyId(ExampleFetcherKey().public_key());
  return record;
}

inline Exchange Signed(const Record& record, Bytes request, Bytes head, Bytes body) {
  Exchange exchange;
  exchange.record = FormatRecord(record);
  exchange.signature = ExampleFetcherKey().Sign(exchange.record);
  exchange.request = std::move(request);
  exchange.head = std::move(head);
  exchange.body = std::move(body);
  return exchange;
}

// The n-th of an endless supply of good exchanges, each with a body of its own.
inline Exchange ExampleExchange(std::uint64_t n) {
  const Bytes request = "GET /item?id=" + std::to_string(n) + " HTTP/1.1\r\nHost: example.onion\r\n\r\n";
  const Bytes head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  const Bytes body = "<html><title>Owl " + std::to_string(n) + "</title></html>";
  return Signed(ExampleRecord(n, request, head, body), request, head, body);
}

// One whose body the fetcher hashed and threw away.
inline Exchange WithheldExchange(std::uint64_t n, Withheld::By by, const Bytes& body) {
  const Bytes request = "GET /picture HTTP/1.1\r\nHost: example.onion\r\n\r\n";
  const Bytes head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n";
  Record record = ExampleRecord(n, request, head, "");
  record.outcome = Outcome::kWithheld;
  record.detail = "withheld by media policy: image/png, declared";
  record.withheld = {by, body.size(), Sha256(body)};
  return Signed(record, request, head, "");
}

}  // namespace nightjar::captures
