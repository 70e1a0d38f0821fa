// SPDX-License-Identifier: Apache-2.0
#include "sandbox/profile/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace nightjar::profile {
namespace {

constexpr std::int64_t kMemory = 1 << 20;  // for each pattern: a profile has a hundred, a jail 512 MiB
constexpr int kMostGroups = 8;

}  // namespace

struct Pattern::State {
  explicit State(const std::string& text, const re2::RE2::Options& options) : regex(text, options) {}
  re2::RE2 regex;
};

Pattern::Pattern(std::unique_ptr<State> state) : state_(std::move(state)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::Compile(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  auto state = std::make_unique<State>(pattern, options);
  if (!state->regex.ok()) return Fail(Code::kInvalidInput, "is no pattern: " + state->regex.error());
  return Pattern(std::move(state));
}

std::optional<Pattern::Match> Pattern::Find(std::string_view text, std::size_t from) const {
  std::array<re2::StringPiece, kMostGroups> groups;
  const int count = std::min(kMostGroups, state_->regex.NumberOfCapturingGroups() + 1);
  if (from > text.size() || !state_->regex.Match(re2::StringPiece(text.data(), text.size()), from,
                                                 text.size(), re2::RE2::UNANCHORED, groups.data(), count))
    return std::nullopt;
  const auto view = [](const re2::StringPiece& piece) {
    return std::string_view(piece.data(), piece.size());
  };
  const auto* first = std::find_if(groups.begin() + 1, groups.begin() + count,
                                   [](const re2::StringPiece& group) { return group.data() != nullptr; });
  return Match{view(groups[0]), first == groups.begin() + count ? view(groups[0]) : view(*first)};
}

}  // namespace nightjar::profile
