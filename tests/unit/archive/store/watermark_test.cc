// SPDX-License-Identifier: Apache-2.0
#include "archive/store/watermark.h"

#include <gtest/gtest.h>

namespace nightjar::store {
namespace {

class WatermarkTest : public testing::Test {
 protected:
  bool LowWith(std::uint64_t free) {
    free_ = free;
    clock_.Advance(std::chrono::seconds(1));
    return mark_.Low();
  }
  Result<std::uint64_t> free_ = 0;
  int asked_ = 0;
  ManualClock clock_;
  Watermark mark_{"/data", 1000, clock_, [this](const std::string&) {
                    ++asked_;
                    return free_;
                  }};
};

TEST_F(WatermarkTest, PausesBelowItsMarkAndGoesOnFromAQuarterMore) {
  EXPECT_FALSE(LowWith(1000));
  EXPECT_TRUE(LowWith(999));
  EXPECT_TRUE(LowWith(1249));
  EXPECT_FALSE(LowWith(1250));
  EXPECT_FALSE(LowWith(1001));
}

TEST_F(WatermarkTest, AsksTheDiskOnceASecond) {
  for (int i = 0; i < 10; ++i) (void)mark_.Low();
  EXPECT_EQ(asked_, 1);
}

TEST_F(WatermarkTest, KeepsItsMindWhereTheDiskCannotBeAsked) {
  EXPECT_TRUE(LowWith(10));
  free_ = Fail(Code::kIo, "gone");
  clock_.Advance(std::chrono::seconds(1));
  EXPECT_TRUE(mark_.Low());
}

TEST_F(WatermarkTest, IsOffAtZero) {
  Watermark off("/data", 0, clock_, [](const std::string&) { return Result<std::uint64_t>(0); });
  EXPECT_FALSE(off.Low());
}

TEST(FreeBytes, AsksTheRealDisk) {
  EXPECT_GT(FreeBytes("/").value(), 0U);
  EXPECT_FALSE(FreeBytes("/no/such/folder"));
}

}  // namespace
}  // namespace nightjar::store
