// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile/made_pages.h"

#include <brotli/encode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <array>

namespace nightjar::hostile {
namespace {

using wire::Verdict;

// zlib's window bits choose the container.
Bytes Pack(const Bytes& plain, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
  Bytes out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A small generator of its own, so that the pages are the same with every library.
class Words final {
 public:
  explicit Words(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::uint64_t Number() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 33;
  }
  std::string Some(std::size_t count) {
    static constexpr std::array<std::string_view, 24> kWords = {
        "blue",   "ceramic", "owl",     "shipped", "from",    "germany", "with",  "care",
        "sealed", "sample",  "quality", "fast",    "stealth", "small",   "large", "vendor",
        "since",  "best",    "price",   "per",     "piece",   "escrow",  "only",  "tracked"};
    std::string line;
    for (std::size_t i = 0; i < count; ++i)
      line.append(i == 0 ? "" : " ").append(kWords[Number() % kWords.size()]);
    return line;
  }

 private:
  std::uint64_t state_;
};

std::string Offer(Words& words, std::uint64_t id) {
  const std::uint64_t vendor = words.Number() % 500;
  const std::string title = words.Some(5);
  return fmt::format(
      "<div class=\"col-md-4 offer offer-{0}\" data-id=\"{0}\"><div class=\"card card-body shadow-sm\">\n"
      "<a class=\"title\" href=\"/listing/{0}\"><b>{1}</b></a>\n"
      "<span class=\"badge badge-info\" style=\"float:right\">{2}.{3:02} USD</span>\n"
      "<p class=\"text-muted\">by <a href=\"/vendor/{4}\">vendor{4}</a> &middot; {5} sold</p>\n"
      "<p>{6}</p></div></div>\n",
      id, title, words.Number() % 900, words.Number() % 100, vendor, words.Number() % 300, words.Some(10));
}

std::string Style() {
  std::string sheet = "<style>\n";
  for (int i = 0; i < 20; ++i)
    sheet +=
        fmt::format(".offer-kind-{} {{ color: #{:06x}; margin: {}px; display: block; }}\n", i, i * 4097, i);
  return sheet + ".trap { display: none }\n</style>\n";
}

std::string ManyAttributes(std::size_t count) {
  std::string tag = "<p";
  for (std::size_t i = 0; i < count; ++i) tag += fmt::format(" a{}=1", i);
  return tag;
}

std::string FormattingThatIsReopened() {
  std::string page;
  for (int i = 0; i < 3000; ++i) page += fmt::format("<b a={}><p>word</p>", i);
  return page;
}

std::vector<Bomb> TagBombs() {
  return {
      {"unclosed tags", "", Repeat("<span>word ", 20'000), Verdict::kFallbackDeep, "word word"},
      {"100,000 div", "", Repeat("<div>", 100'000) + "the end", Verdict::kFallbackDeep, "the end", 64, 100},
      {"200,000 div", "", Repeat("<div>", 200'000) + "the end", Verdict::kFallbackDeep, "the end", 64, 100},
      {"formatting reopened for ever", "", FormattingThatIsReopened(), Verdict::kFallbackDeep, "word", 64,
       100},
      {"tables in tables", "", Repeat("<table><tr><td>", 5000) + "deep", Verdict::kFallbackDeep, "deep", 64,
       100},
      {"markup in svg", "", Repeat("<svg><style><g>", 5000) + "deep", Verdict::kFallbackDeep, "", 64, 100},
      {"40,000 attributes", "", ManyAttributes(40'000) + ">still here</p>", Verdict::kFallbackLarge,
       "still here", 64, 100},
      {"a tag of 2 MiB", "", "<p title='" + std::string(2 << 20, 'x') + "'>after it", Verdict::kFallbackLarge,
       "after it", 64, 100},
      {"2.7 million tags", "", Repeat("<p>", 2'700'000), Verdict::kFallbackLarge, "", 64, 400},
      {"a comment without an end", "", "before<!--" + Repeat("--", 3 << 20), Verdict::kOk, "before", 200,
       400},
      {"quotes without an end", "", "before" + Repeat("<a href=\"", 200'000), Verdict::kFallbackLarge,
       "before", 64, 400},
      {"angle brackets", "", Repeat("<", 4 << 20), Verdict::kOk, "", 300, 800},
  };
}

std::vector<Bomb> CodingBombs() {
  const Bytes zeros(64 << 20, '\0');
  constexpr auto kBad = Verdict::kBadCoding;
  return {
      {"gzip bomb", "Content-Encoding: gzip\r\n", Gzip(zeros), kBad, "", 64, 100},
      {"zlib bomb", "Content-Encoding: deflate\r\n", Deflate(zeros, false), kBad, "", 64, 100},
      {"bare deflate bomb", "Content-Encoding: deflate\r\n", Deflate(zeros, true), kBad, "", 64, 100},
      {"brotli bomb", "Content-Encoding: br\r\n", Brotli(zeros), kBad, "", 64, 100},
      {"zstd bomb", "Content-Encoding: zstd\r\n", Zstd(zeros), kBad, "", 64, 100},
      {"gzip in gzip", "Content-Encoding: gzip, gzip\r\n", Gzip(Gzip(zeros)), kBad, "", 64, 100},
      {"zstd in brotli", "Content-Encoding: zstd, br\r\n", Brotli(Zstd(zeros)), kBad, "", 64, 100},
      {"three codings", "Content-Encoding: gzip, br, gzip\r\n", "x", kBad, "", 64, 100},
      {"a coding nobody knows", "Content-Encoding: compress\r\n", "x", kBad, "", 64, 100},
  };
}

}  // namespace

std::string Repeat(std::string_view piece, std::size_t count) {
  std::string all;
  all.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) all.append(piece);
  return all;
}

Bytes Gzip(const Bytes& plain) { return Pack(plain, 31); }
Bytes Deflate(const Bytes& plain, bool bare) { return Pack(plain, bare ? -15 : 15); }

Bytes Zstd(const Bytes& plain) {
  Bytes out(ZSTD_compressBound(plain.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  return out;
}

Bytes Brotli(const Bytes& plain) {
  std::size_t size = BrotliEncoderMaxCompressedSize(plain.size());
  Bytes out(size, '\0');
  BrotliEncoderCompress(5, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, plain.size(),
                        reinterpret_cast<const std::uint8_t*>(plain.data()), &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

std::string OrdinaryPage(std::uint64_t number) {
  Words words(number);
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Offers {0}</title>\n{1}"
      "</head>\n<body><nav><ul>\n",
      number, Style());
  for (int i = 0; i < 10; ++i)
    page += fmt::format("<li class=\"nav-item\"><a href=\"/category/{}\">{}</a></li>\n", i, words.Some(2));
  page += "</ul></nav><div class=\"trap\">" + words.Some(20) + "</div>\n<h1>" + words.Some(4) + "</h1>\n";
  for (std::uint64_t i = 0; i < 40; ++i) page += Offer(words, number * 40 + i);
  return page + "<footer><p>" + words.Some(40) + "</p></footer></body></html>\n";
}

wire::Document DocumentOf(Bytes body, const std::string& more_head, const std::string& url) {
  wire::Document document;
  document.url = url;
  document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + more_head + "\r\n";
  document.body = std::move(body);
  return document;
}

const std::vector<Bomb>& Bombs() {
  static const std::vector<Bomb> bombs = [] {
    std::vector<Bomb> all = TagBombs();
    for (Bomb& bomb : CodingBombs()) all.push_back(std::move(bomb));
    return all;
  }();
  return bombs;
}

}  // namespace nightjar::hostile
