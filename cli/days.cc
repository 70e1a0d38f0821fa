// SPDX-License-Identifier: Apache-2.0
#include "cli/days.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kDateSize = 10;

}  // namespace

std::string DayOf(UtcTime time) { return FormatUtc(time).substr(0, kDateSize); }

Result<UtcTime> ParseDay(const std::string& text, const std::string& option) {
  auto time = ParseUtc(text.size() == kDateSize ? text + "T00:00:00.000000Z" : text);
  if (!time) return Fail(Code::kInvalidInput, "is not a day such as 2027-01-31", option);
  return time;
}

}  // namespace nightjar::cli
