// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/flag.h"

#include <algorithm>
#include <array>

#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

// clang-format off
constexpr std::array<std::string_view, 27> kYes = {
    "yes", "y", "true", "on", "1", "✓", "✔", "✅", "☑", "enabled", "enable", "active", "allowed", "accepted", "available",
    "verified", "supported", "ja", "oui", "sí", "si", "sì", "да", "required", "included", "possible", "permitted"};
constexpr std::array<std::string_view, 32> kNo = {
    "no", "n", "false", "off", "0", "✗", "✘", "✕", "❌", "☐", "×", "disabled", "disable", "inactive", "not allowed",
    "not accepted", "not available", "not verified", "not supported", "unavailable", "forbidden", "nein", "non", "нет",
    "nee", "none", "never", "not enabled", "not active", "not required", "not possible", "not permitted"};
// clang-format on
constexpr std::size_t kLongest = 40;

}  // namespace

std::optional<bool> FlagOf(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  std::string word = Normal(text);
  while (!word.empty() && (word.back() == '.' || word.back() == '!')) word.pop_back();
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), word) != kNo.end()) return false;
  return std::nullopt;
}

}  // namespace nightjar::values
