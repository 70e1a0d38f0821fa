// SPDX-License-Identifier: Apache-2.0
// Durable captures per second through the archive, beside two others that keep the same pages in the same run
// and make them durable at the same points: raw LMDB puts with the same checks, hashing, compression and
// encryption done, and a WARC file with each record gzipped on its own, which is neither checked nor sealed.
// Prints one JSON line. Usage: bench_archive [FOLDER] (default: here).
#include "archive/captures/archive.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "archive/store/compression.h"
#include "archive/store/store.h"
#include "base/cipher.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "tests/bench/must.h"
#include "tests/bench/warc_gz.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kBatches[] = {1, 16, 64, 256};
constexpr std::size_t kPagesPerRun = 2048;
constexpr std::size_t kPageSize = 20000;
constexpr std::size_t kFrame = 12000;  // of a page: what every page of the site shares
constexpr std::size_t kSamples = 64;   // that dictionaries are trained of, as the archive does
constexpr std::size_t kDictionary = 64 << 10;

Bytes Words(SeededRandom& random, std::size_t size) {
  Bytes text;
  while (text.size() < size) {
    text += "<div class=\"item\"><a href=\"/item/" + HexEncode(random.Take(2)) + "\">owl ";
    // A few words are common and most are rare, as in any language.
    for (int words = 0; words < 8; ++words) {
      const std::uint64_t rank = random.Next() % 2000;
      text += "word" + std::to_string(rank * rank / 2000) + " ";
    }
    text += "</a></div>\n";
  }
  return text;
}

// A market page: a frame that all pages of the site share, and content of its own. Real ones of 34 and 52 kB
// gave gzip 15 % and 11 % of their size, and a dictionary of their site 55 % and 66 % of what gzip left;
// these give about 21 % and 55 %.
Bytes Page(std::uint64_t n) {
  static const Bytes frame = [] {
    SeededRandom random(1);
    return Words(random, kFrame);
  }();
  SeededRandom random(n + 2);
  return "<html><title>Page " + std::to_string(n) + "</title>" + frame +
         Words(random, kPageSize - kFrame - 100);
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

using Exchanges = std::span<const Exchange>;

// Seconds of `act` over batches of exchanges.
template <typename Act>
double Time(Exchanges exchanges, std::size_t batch, const Act& act) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t at = 0; at < exchanges.size(); at += batch)
    act(exchanges.subspan(at, std::min(batch, exchanges.size() - at)));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double RunArchive(const std::string& folder, Exchanges exchanges, std::size_t batch) {
  const auto writer = Must(Writer::Open({.paths = {.folder = folder},
                                         .origin = "bench.example/nightjar/1",
                                         .log_key = SigningKey::Generate(),
                                         .fetchers = {ExampleFetcherKey().public_key()},
                                         .clock = &SystemClock(),
                                         .random = &SystemRandom()}));
  const double seconds = Time(exchanges, batch, [&](Exchanges some) { Must(writer->Append(some)); });
  Must(writer->SignCheckpoint());
  return seconds;
}

Bytes TextOf(const Exchange& exchange) {
  return Encoder()
      .Str(exchange.signature)
      .Str(exchange.record)
      .Str(exchange.request)
      .Str(exchange.head)
      .Take();
}

// Packs and seals like the archive, with one dictionary for texts and one for bodies.
class RawStore final {
 public:
  explicit RawStore(const std::string& folder)
      : env_(Must(store::Env::Open({.folder = folder, .tables = {"rows", "bodies"}}))) {}

  void Append(Exchanges exchanges) {
    auto txn = Must(env_->Write());
    for (const Exchange& exchange : exchanges) {
      Must(CheckExchange(exchange, fetcher_));
      Must(txn.PutLast({0}, BigEndianKey(count_++), Seal(TextOf(exchange), texts_)));
      Must(txn.Put({1}, Sha256(exchange.body).View(), Seal(exchange.body, bodies_)));
    }
    Must(txn.Commit());
  }

 private:
  struct Packing {
    std::vector<Bytes> samples;
    std::shared_ptr<const store::Dictionary> dictionary;
  };
  Bytes Seal(const Bytes& plain, Packing& packing) {
    if (packing.samples.size() < kSamples) {
      packing.samples.push_back(plain);
      if (packing.samples.size() == kSamples)
        packing.dictionary =
            Must(store::Dictionary::Load(store::Dictionary::Train(packing.samples, kDictionary)));
    }
    return key_.Seal(compressor_.Pack(plain, packing.dictionary.get()), "row", SystemRandom());
  }

  const std::shared_ptr<store::Env> env_;
  const VerifyKey fetcher_ = ExampleFetcherKey().public_key();
  const SealingKey key_ = SealingKey::Make(SystemRandom());
  store::Compressor compressor_;
  Packing texts_;
  Packing bodies_;
  std::uint64_t count_ = 0;
};

double RunRaw(const std::string& folder, Exchanges exchanges, std::size_t batch) {
  RawStore raw(folder);
  return Time(exchanges, batch, [&](Exchanges some) { raw.Append(some); });
}

double RunWarc(const std::string& path, Exchanges exchanges, std::size_t batch) {
  bench::WarcGz warc;
  return Time(exchanges, batch, [&](Exchanges some) {
    Bytes records;
    for (const Exchange& exchange : some) records += warc.Format(exchange);
    Must(AppendFileDurably(path, records));
  });
}

int Main(const std::string& folder) {
  const auto exchanges = MakeExchanges();
  const auto pages = static_cast<double>(exchanges.size());
  json::array runs;
  for (const std::size_t batch : kBatches) {
    const std::string name = std::to_string(batch);
    const std::string archive = folder + "/archive" + name;
    const std::string warc = folder + "/" + name + ".warc.gz";
    const double raw_seconds = RunRaw(folder + "/raw" + name, exchanges, batch);
    const double archive_seconds = RunArchive(archive, exchanges, batch);
    const double warc_seconds = RunWarc(warc, exchanges, batch);
    const auto disk = static_cast<double>(std::filesystem::file_size(archive + "/data.mdb"));
    const auto warc_disk = static_cast<double>(std::filesystem::file_size(warc));
    runs.push_back({{"batch", batch},
                    {"captures_per_s", pages / archive_seconds},
                    {"mb_per_s", pages * kPageSize / archive_seconds / 1e6},
                    {"raw_lmdb_per_s", pages / raw_seconds},
                    {"of_raw", raw_seconds / archive_seconds},
                    {"warc_gz_per_s", pages / warc_seconds},
                    {"of_warc_gz", warc_seconds / archive_seconds},
                    {"disk_bytes_per_page", disk / pages},
                    {"warc_gz_bytes_per_page", warc_disk / pages},
                    {"disk_of_warc_gz", disk / warc_disk}});
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
