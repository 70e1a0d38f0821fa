// SPDX-License-Identifier: Apache-2.0
#include "base/digest_list.h"

#include <algorithm>
#include <numeric>

#include "base/file.h"

namespace nightjar {
namespace {

constexpr std::size_t kMaxFile = 2ULL << 30;
constexpr unsigned kMaxBits = 16;
constexpr std::string_view kMade = "# made: ";

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
    line.remove_suffix(1);
  return line;
}

tl::unexpected<Error> BadLine(std::size_t number, std::string_view what) {
  return Fail(Code::kInvalidInput, "line " + std::to_string(number) + " of the list " + std::string(what));
}

Result<Bytes> ReadDigest(std::string_view line, std::size_t size, std::size_t number) {
  std::string lower(line.substr(0, 2 * size + 1));
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  auto raw = lower.size() == 2 * size ? HexDecode(lower) : Result<Bytes>(Fail(Code::kInvalidInput, ""));
  if (!raw) return BadLine(number, "is not a digest of " + std::to_string(2 * size) + " hex digits");
  return raw;
}

// Sorts fixed-size pieces of one string and drops repeats.
Bytes SortUnique(const Bytes& digests, std::size_t size) {
  const auto at = [&](std::uint32_t place) { return ByteView(digests).substr(place * size, size); };
  std::vector<std::uint32_t> order(digests.size() / size);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, at);
  order.erase(std::unique(order.begin(), order.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return at(a) == at(b); }),
              order.end());
  Bytes sorted;
  sorted.reserve(order.size() * size);
  for (const std::uint32_t place : order) sorted.append(at(place));
  return sorted;
}

}  // namespace

Result<DigestList> DigestList::Load(const std::string& path, std::size_t digest_size) {
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(path, kMaxFile));
  auto list = Parse(text, digest_size);
  if (!list) return Fail(list.error().code, list.error().text, path);
  return list;
}

Result<DigestList> DigestList::Parse(std::string_view text, std::size_t digest_size) {
  DigestList list;
  list.digest_size_ = digest_size;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.starts_with(kMade)) {
      const auto made = ParseUtc(line.substr(kMade.size()));
      if (!made) return BadLine(number, "gives no time such as 2026-11-01T00:00:00Z");
      list.made_ = *made;
    }
    if (line.empty() || line.front() == '#') continue;
    ASSIGN_OR_RETURN(const Bytes digest, ReadDigest(line, digest_size, number));
    list.digests_ += digest;
  }
  list.digests_ = SortUnique(list.digests_, digest_size);
  list.Index();
  return list;
}

void DigestList::Index() {
  while (bits_ < kMaxBits && (std::size_t{1} << bits_) < size()) ++bits_;
  starts_.assign((std::size_t{1} << bits_) + 1, 0);
  for (std::size_t place = 0; place < size(); ++place) ++starts_[BucketOf(At(place)) + 1];
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
}

std::size_t DigestList::BucketOf(ByteView digest) const {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(digest[i]));
  };
  return (byte(0) << 8 | byte(1)) >> (16 - bits_);
}

bool DigestList::Contains(ByteView raw_digest) const {
  if (size() == 0 || raw_digest.size() != digest_size_) return false;
  const std::size_t bucket = BucketOf(raw_digest);
  std::size_t low = starts_[bucket];
  std::size_t high = starts_[bucket + 1];
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (At(middle) == raw_digest) return true;
    if (At(middle) < raw_digest) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return false;
}

}  // namespace nightjar
