// SPDX-License-Identifier: Apache-2.0
// Durable captures per second through the archive, against raw LMDB puts of the same rows with the same
// checks, hashing and compression done. Prints one JSON line. Usage: bench_archive [FOLDER] (default: here).
#include "archive/captures/archive.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "archive/captures/capture_row.h"
#include "archive/store/store.h"
#include "base/codec.h"
#include "base/json.h"
#include "tests/bench/must.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kBatches[] = {1, 16, 64, 256};
constexpr std::size_t kPagesPerRun = 2048;
constexpr std::size_t kPageSize = 20000;

// A page of words in tags: compresses about as a market page does.
Bytes Page(std::uint64_t n) {
  SeededRandom random(n);
  Bytes page = "<html><title>Page " + std::to_string(n) + "</title>";
  while (page.size() < kPageSize) {
    page += "<div class=\"item\"><a href=\"/item/" + HexEncode(random.Take(4)) + "\">owl ";
    for (int words = 0; words < 8; ++words) page += "word" + std::to_string(random.Next() % 2000) + " ";
    page += "</a></div>\n";
  }
  return page;
}

std::vector<Exchange> MakeExchanges() {
  std::vector<Exchange> exchanges;
  const Bytes request = "GET / HTTP/1.1\r\nHost: example.onion\r\nUser-Agent: Mozilla/5.0\r\n\r\n";
  const Bytes head = "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
  for (std::uint64_t n = 0; n < kPagesPerRun; ++n) {
    const Bytes body = Page(n);
    exchanges.push_back(Signed(ExampleRecord(n, request, head, body), request, head, body));
  }
  return exchanges;
}

template <typename Act>
double Seconds(Act act) {
  const auto begin = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double RunArchive(const std::string& folder, std::span<const Exchange> exchanges, std::size_t batch) {
  const auto writer = Must(Writer::Open({.paths = {.folder = folder},
                                         .origin = "bench.example/nightjar/1",
                                         .log_key = SigningKey::Generate(),
                                         .fetchers = {ExampleFetcherKey().public_key()},
                                         .clock = &SystemClock(),
                                         .random = &SystemRandom()}));
  return Seconds([&] {
    for (std::size_t at = 0; at < exchanges.size(); at += batch)
      Must(writer->Append(exchanges.subspan(at, std::min(batch, exchanges.size() - at))));
    Must(writer->SignCheckpoint());
  });
}

double RunRaw(const std::string& folder, std::span<const Exchange> exchanges, std::size_t batch) {
  const auto env = Must(store::Env::Open({.folder = folder, .tables = {"rows", "bodies"}}));
  store::Compressor compressor;
  const VerifyKey key = ExampleFetcherKey().public_key();
  return Seconds([&] {
    for (std::size_t at = 0; at < exchanges.size(); at += batch) {
      auto txn = Must(env->Write());
      for (std::size_t i = at; i < std::min(at + batch, exchanges.size()); ++i) {
        const Exchange& exchange = exchanges[i];
        Must(CheckExchange(exchange, key));
        const StoredRow row{{}, {}, exchange.signature, {}, exchange.record, exchange.request, exchange.head};
        Must(txn.PutLast({0}, BigEndianKey(i), EncodeRow(row, compressor)));
        Must(txn.Put({1}, Sha256(exchange.body).View(), compressor.Pack(exchange.body)));
      }
      Must(txn.Commit());
    }
  });
}

int Main(const std::string& folder) {
  const auto exchanges = MakeExchanges();
  json::array runs;
  for (const std::size_t batch : kBatches) {
    const std::string archive = folder + "/archive" + std::to_string(batch);
    const std::string raw = folder + "/raw" + std::to_string(batch);
    const double raw_seconds = RunRaw(raw, exchanges, batch);
    const double archive_seconds = RunArchive(archive, exchanges, batch);
    const auto pages = static_cast<double>(exchanges.size());
    runs.push_back({{"batch", batch},
                    {"captures_per_s", pages / archive_seconds},
                    {"mb_per_s", pages * kPageSize / archive_seconds / 1e6},
                    {"raw_lmdb_per_s", pages / raw_seconds},
                    {"of_raw", raw_seconds / archive_seconds},
                    {"disk_bytes_per_page", std::filesystem::file_size(archive + "/data.mdb") / pages}});
  }
  std::cout << json::serialize(json::object{{"bench", "archive"}, {"page_bytes", kPageSize}, {"runs", runs}})
            << "\n";
  return 0;
}

}  // namespace
}  // namespace nightjar::captures

int main(int argc, char** argv) {
  std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/bench-archive-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  const int result = nightjar::captures::Main(folder);
  std::filesystem::remove_all(folder);
  return result;
}
