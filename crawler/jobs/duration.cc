// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/duration.h"

#include <array>

#include "base/decimal.h"

namespace nightjar::jobs {
namespace {

struct Unit {
  char name;
  std::int64_t seconds;
};
constexpr std::array<Unit, 4> kUnits = {{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

}  // namespace

Result<std::chrono::seconds> ParseDuration(std::string_view text) {
  if (text == "0") return std::chrono::seconds(0);
  for (const Unit& unit : kUnits) {
    if (text.empty() || text.back() != unit.name) continue;
    const auto most = static_cast<std::uint64_t>(kLongestDuration.count() / unit.seconds);
    const auto number = ParseDecimal(text.substr(0, text.size() - 1), most);
    if (number) return std::chrono::seconds(static_cast<std::int64_t>(*number) * unit.seconds);
  }
  return Fail(Code::kInvalidInput,
              "a span of time is a number with s, m, h or d, such as 90s or 12h; 0 is none");
}

std::string FormatDuration(std::chrono::seconds duration) {
  if (duration.count() == 0) return "0";
  for (const Unit& unit : kUnits)
    if (duration.count() % unit.seconds == 0)
      return std::to_string(duration.count() / unit.seconds) + unit.name;
  return std::to_string(duration.count()) + "s";
}

}  // namespace nightjar::jobs
