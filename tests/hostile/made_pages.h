// SPDX-License-Identifier: Apache-2.0
// Pages made by rule: ordinary ones of the size of a real market's, and bombs, each with the verdict a reader
// owes it. The same number always gives the same page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::hostile {

[[nodiscard]] std::string Repeat(std::string_view piece, std::size_t count);

[[nodiscard]] Bytes Gzip(const Bytes& plain);
[[nodiscard]] Bytes Deflate(const Bytes& plain, bool bare);  // RFC 1950, or RFC 1951 as some servers send it
[[nodiscard]] Bytes Brotli(const Bytes& plain);
[[nodiscard]] Bytes Zstd(const Bytes& plain);

// A page of an index: about 19.5 kB of markup of which 5.6 kB are words (the mean of the pages of real
// markets that were measured), 40 offers, 90 links, a style sheet, a few hidden elements.
[[nodiscard]] std::string OrdinaryPage(std::uint64_t number);

[[nodiscard]] wire::Document DocumentOf(Bytes body, const std::string& more_head = "",
                                        const std::string& url = "http://site.example/");

struct Bomb {
  std::string name;
  std::string more_head;
  Bytes body;
  wire::Verdict verdict;
  std::string words;            // must be in the text all the same
  std::size_t most_mib = 64;    // of memory, beyond an idle reader's
  std::uint64_t most_ms = 200;  // of processor time
};

// Every attack on a reader of the catalogue, made once.
[[nodiscard]] const std::vector<Bomb>& Bombs();

}  // namespace nightjar::hostile
