// SPDX-License-Identifier: Apache-2.0
#include "config/retention_classes.h"

#include <algorithm>
#include <optional>

#include "base/decimal.h"
#include "base/ids.h"
#include "config/settings.h"

namespace nightjar::config {
namespace {

constexpr std::size_t kMostClasses = 64;

std::optional<RetentionClass> ParseClass(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto review = ParseDecimal(text.substr(first + 1, second - first - 1), kMostRetentionDays);
  const auto erase = ParseDecimal(text.substr(second + 1), kMostRetentionDays);
  const std::string name(text.substr(0, first));
  if (!review || !erase || *erase < *review || !CheckName("class", name)) return std::nullopt;
  return RetentionClass{name, std::chrono::days(*review), std::chrono::days(*erase)};
}

}  // namespace

Result<std::vector<RetentionClass>> ParseRetentionClasses(std::string_view text) {
  std::vector<RetentionClass> classes;
  for (const std::string& entry : ListOf(text)) {
    const auto one = ParseClass(entry);
    if (!one || std::ranges::find(classes, one->name, &RetentionClass::name) != classes.end() ||
        classes.size() == kMostClasses)
      return Fail(Code::kInvalidInput, "is no new class of the form name:days to review:days to erasure",
                  entry);
    classes.push_back(*one);
  }
  return classes;
}

}  // namespace nightjar::config
