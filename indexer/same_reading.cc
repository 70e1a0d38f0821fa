// SPDX-License-Identifier: Apache-2.0
#include "indexer/same_reading.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/codec.h"

namespace nightjar::indexer {
namespace {

// The jail reads none of these values (sandbox/extract asks for headers by name).
constexpr std::array<std::string_view, 10> kPassing{"date",      "age",          "expires", "last-modified",
                                                    "etag",      "set-cookie",   "cf-ray",  "x-request-id",
                                                    "x-runtime", "server-timing"};

std::string Lower(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

void AddHead(Encoder& out, std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, end);
    const std::size_t colon = std::min(line.find(':'), line.size());
    const bool passing = std::ranges::count(kPassing, Lower(line.substr(0, colon))) != 0;
    out.Str(passing ? line.substr(0, colon) : line);
    head.remove_prefix(std::min(end + 1, head.size()));
  }
}

}  // namespace

Digest DigestOfReading(std::string_view reader, const captures::StoredCapture& capture) {
  Encoder all;
  all.Str(reader).Str(capture.record.url);
  AddHead(all, capture.head);
  all.Hash(Sha256(capture.body));
  return Sha256(all.bytes());
}

}  // namespace nightjar::indexer
