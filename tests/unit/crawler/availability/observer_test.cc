// SPDX-License-Identifier: Apache-2.0
#include "crawler/availability/observer.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::availability {
namespace {

const std::string kHost = std::string(56, 'a') + ".onion";

class ObserverTest : public ::testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    observer_.reset();
    auto opened = Observer::Open(folder_.path(), clock_);
    ASSERT_TRUE(opened) << opened.error().Format();
    observer_ = std::move(*opened);
  }
  TemporaryFolder folder_;
  ManualClock clock_;
  std::unique_ptr<Observer> observer_;
};

TEST_F(ObserverTest, JoinsWhatIsOnDiskWithWhatComes) {
  observer_->Note(kHost, Cause::kDescriptor);
  ASSERT_TRUE(observer_->Write());
  clock_.Advance(std::chrono::hours(1));
  observer_->Note(kHost, Cause::kDescriptor);
  observer_->Note(kHost, Cause::kAnswered);
  Open();  // writes what waits
  const auto timeline = ReadTimeline(folder_.path(), kHost);
  ASSERT_TRUE(timeline) << timeline.error().Format();
  ASSERT_EQ(timeline->spans.size(), 2U);
  EXPECT_EQ(timeline->spans[0].count, 2U);
  EXPECT_EQ(timeline->spans[0].last - timeline->spans[0].first, std::chrono::hours(1));
}

TEST_F(ObserverTest, ForgetsHostsForGood) {
  observer_->Note(kHost, Cause::kAnswered);
  observer_->Note("other.onion", Cause::kAnswered);
  ASSERT_TRUE(observer_->Write());
  observer_.reset();
  ASSERT_TRUE(Forget(folder_.path(), std::vector{kHost, std::string("never-seen.onion")}));
  EXPECT_EQ(ReadTimeline(folder_.path(), kHost).error().code, Code::kNotFound);
  EXPECT_TRUE(ReadTimeline(folder_.path(), "other.onion"));
}

TEST_F(ObserverTest, WritesEveryTenSecondsAndNotBefore) {
  observer_->Note(kHost, Cause::kAnswered);
  ASSERT_TRUE(observer_->Step());
  EXPECT_EQ(ReadTimeline(folder_.path(), kHost).error().code, Code::kNotFound);
  clock_.Advance(std::chrono::seconds(10));
  ASSERT_TRUE(observer_->Step());
  EXPECT_TRUE(ReadTimeline(folder_.path(), kHost));
  EXPECT_EQ(ReadTimelines(folder_.path())->size(), 1U);
}

TEST_F(ObserverTest, HasNothingToTellWhereNothingWasSeen) {
  const TemporaryFolder empty;
  EXPECT_EQ(ReadTimeline(empty / "none", kHost).error().code, Code::kNotFound);
  EXPECT_TRUE(ReadTimelines(empty / "none")->empty());
}

}  // namespace
}  // namespace nightjar::availability
