// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/patterns.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <numeric>

#include "base/bytes.h"

namespace nightjar::hunt {
namespace {

constexpr std::int64_t kMemoryOfOne = 8 << 20;
constexpr std::int64_t kMemoryOfAll = 64 << 20;
constexpr std::size_t kAround = 60;  // bytes of a snippet before and behind the match
constexpr std::size_t kMostShown = 200;

RE2::Options OptionsWith(std::int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

// One line of valid text. Whole characters where the bytes are UTF-8.
std::string SnippetOf(ByteView bytes, std::size_t begin, std::size_t end) {
  const auto inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::size_t first = begin - std::min(begin, kAround);
  while (first < begin && inside(bytes[first])) ++first;
  std::size_t last = std::min({bytes.size(), end + kAround, first + kMostShown});
  while (last > first && last < bytes.size() && inside(bytes[last])) --last;
  std::string snippet = ToValidUtf8(bytes.substr(first, last - first));
  for (char& c : snippet)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
  return snippet;
}

}  // namespace

struct Patterns::Compiled {
  std::vector<std::unique_ptr<RE2>> each;
  std::unique_ptr<RE2::Set> all;  // says which of them match at all, in one pass

  // Those that may match; all of them where the set ran out of memory.
  [[nodiscard]] std::vector<int> Candidates(ByteView bytes) const {
    std::vector<int> which;
    RE2::Set::ErrorInfo problem{};
    const re2::StringPiece text(bytes.data(), bytes.size());
    if (all->Match(text, &which, &problem) || problem.kind == RE2::Set::kNoError) return which;
    which.resize(each.size());
    std::iota(which.begin(), which.end(), 0);
    return which;
  }
};

Patterns::Patterns(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

Result<Patterns> Patterns::Compile(const std::vector<std::string>& patterns) {
  if (patterns.empty() || patterns.size() > kMostPatterns)
    return Fail(Code::kInvalidInput, "a hunt has 1 to 64 patterns");
  auto compiled = std::make_unique<Compiled>();
  compiled->all = std::make_unique<RE2::Set>(OptionsWith(kMemoryOfAll), RE2::UNANCHORED);
  for (const std::string& pattern : patterns) {
    if (pattern.size() > kMostPattern)
      return Fail(Code::kInvalidInput, "the pattern is longer than 1000 bytes",
                  pattern.substr(0, 50) + "...");
    auto one = std::make_unique<RE2>(pattern, OptionsWith(kMemoryOfOne));
    if (!one->ok()) return Fail(Code::kInvalidInput, "the pattern cannot be read: " + one->error(), pattern);
    if (RE2::PartialMatch("", *one))
      return Fail(Code::kInvalidInput, "the pattern matches the empty text, and so everything", pattern);
    std::string problem;
    if (compiled->all->Add(pattern, &problem) < 0)
      return Fail(Code::kInvalidInput, "the pattern cannot be read: " + problem, pattern);
    compiled->each.push_back(std::move(one));
  }
  if (!compiled->all->Compile())
    return Fail(Code::kInvalidInput, "the patterns together need too much memory; hunt for fewer at once");
  return Patterns(std::move(compiled));
}

std::vector<Match> Patterns::Find(Part part, ByteView bytes) const {
  std::vector<Match> matches;
  if (bytes.empty()) return matches;
  const re2::StringPiece text(bytes.data(), bytes.size());
  for (const int which : compiled_->Candidates(bytes)) {
    const RE2& pattern = *compiled_->each[static_cast<std::size_t>(which)];
    std::size_t at = 0;
    re2::StringPiece found;
    for (std::size_t n = 0; n < kMostInOnePart; ++n) {
      if (!pattern.Match(text, at, text.size(), RE2::UNANCHORED, &found, 1)) break;
      const auto begin = static_cast<std::size_t>(found.data() - text.data());
      const std::size_t end = begin + found.size();
      if (!found.empty()) {
        matches.push_back({.pattern = static_cast<std::uint32_t>(which),
                           .part = part,
                           .begin = begin,
                           .end = end,
                           .snippet = SnippetOf(bytes, begin, end)});
      }
      at = std::max(end, begin + 1);  // an empty match (\b) is stepped over
      if (at >= text.size()) break;
    }
  }
  return matches;
}

}  // namespace nightjar::hunt
