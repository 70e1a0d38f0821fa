// SPDX-License-Identifier: Apache-2.0
#include "base/ids.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <unordered_set>

namespace nightjar {
namespace {

static_assert(!std::is_convertible_v<CaseId, JobId>);
static_assert(!std::is_convertible_v<std::uint64_t, CaptureNumber>);

TEST(Name, IsTakenInItsPlainForm) {
  for (const std::string& name : {std::string("a"), std::string("2026-op.north_1"), std::string(64, 'x')}) {
    EXPECT_TRUE(CheckName("case", name)) << name;
  }
}

TEST(Name, IsRefusedInAnyOther) {
  using namespace std::string_literals;
  for (const auto& name : {""s, std::string(65, 'x'), "Upper"s, "-dash"s, ".hidden"s, ".."s, "a b"s, "a/b"s,
                           "a\n"s, "a\0b"s, "caf\xC3\xA9"s}) {
    const auto checked = CheckName("case", name);
    ASSERT_FALSE(checked) << name;
    EXPECT_EQ(checked.error().code, Code::kInvalidInput);
    EXPECT_TRUE(checked.error().text.starts_with("a case name")) << checked.error().text;
  }
}

TEST(Id, OrdersAndHashesAsItsValue) {
  EXPECT_LT(CaptureNumber{1}, CaptureNumber{2});
  EXPECT_EQ(CaseId{"a"}, CaseId{"a"});
  const std::unordered_set<CaptureNumber> set = {CaptureNumber{1}, CaptureNumber{1}, CaptureNumber{2}};
  EXPECT_EQ(set.size(), 2U);
}

}  // namespace
}  // namespace nightjar
