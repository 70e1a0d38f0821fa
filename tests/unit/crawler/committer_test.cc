// SPDX-License-Identifier: Apache-2.0
#include "crawler/committer.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <map>

#include "tests/unit/crawler/archive_fixture.h"

namespace nightjar::crawler {
namespace {

class CommitterTest : public ArchiveTest {
 protected:
  void Start(std::chrono::milliseconds checkpoint_interval = std::chrono::hours(1)) {
    committer_ = std::make_unique<Committer>(
        std::move(writer_),
        Committer::Options{.batch = 4, .checkpoint_interval = checkpoint_interval, .clock = &SystemClock()});
  }
  // What comes out until `count` exchanges are durable or half a minute has passed.
  std::map<std::string, std::uint64_t> TakeUntil(std::size_t count) {
    std::map<std::string, std::uint64_t> taken;
    const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(30);
    while (taken.size() < count && SystemClock().Mono() < deadline) {
      pollfd waiting{committer_->fd(), POLLIN, 0};
      ::poll(&waiting, 1, 1000);
      for (const auto& committed : committer_->Take()) {
        EXPECT_TRUE(archive_->GetRow(committed.number)) << "acknowledged before it was stored";
        taken.emplace(committed.fetch_id, committed.number.value);
      }
    }
    return taken;
  }
  std::unique_ptr<Committer> committer_;
};

TEST_F(CommitterTest, GivesBackEveryExchangeWithItsNumberOnceItIsStored) {
  Start();
  for (int i = 0; i < 20; ++i) {
    const auto record = maker_.MakeRecord("http://a.onion/" + std::to_string(i));
    ASSERT_TRUE(committer_->Put(record.fetch_id, maker_.Sign(record)));
  }
  const auto taken = TakeUntil(20);
  EXPECT_EQ(taken.size(), 20U);
  for (const auto& [fetch_id, number] : taken)
    EXPECT_EQ(archive_->GetRow(CaptureNumber{number})->record.fetch_id, fetch_id);
  EXPECT_EQ(committer_->archive_size(), 20U);
  EXPECT_TRUE(committer_->Finish());
}

TEST_F(CommitterTest, CommitsAndSignsWhatIsLeftWhenItFinishes) {
  Start();
  for (int i = 0; i < 3; ++i) {
    const auto record = maker_.MakeRecord("http://a.onion/" + std::to_string(i));
    ASSERT_TRUE(committer_->Put(record.fetch_id, maker_.Sign(record)));
  }
  ASSERT_TRUE(committer_->Finish());
  EXPECT_EQ(committer_->Take().size(), 3U);
  EXPECT_EQ(archive_->LatestCheckpoint()->checkpoint.size, 3U);
  EXPECT_FALSE(committer_->Put("late", {}));
}

TEST_F(CommitterTest, SignsACheckpointSoonAfterANewLeaf) {
  Start(std::chrono::milliseconds(50));
  const auto record = maker_.MakeRecord("http://a.onion/");
  ASSERT_TRUE(committer_->Put(record.fetch_id, maker_.Sign(record)));
  ASSERT_EQ(TakeUntil(1).size(), 1U);
  const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(30);
  auto checkpoint = archive_->LatestCheckpoint();
  while (!checkpoint && SystemClock().Mono() < deadline) {
    std::this_thread::yield();
    checkpoint = archive_->LatestCheckpoint();
  }
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->checkpoint.size, 1U);
}

TEST_F(CommitterTest, StopsAndSaysWhyWhenTheArchiveIsFull) {
  OpenArchive({.folder = folder_ + "/small", .map_size = 1 << 20});
  Start();
  bool taken = true;
  for (int i = 0; taken && i < 1000; ++i) {
    const auto record = maker_.MakeRecord("http://a.onion/" + std::to_string(i));
    taken = committer_->Put(record.fetch_id, maker_.Sign(record, maker_.random.Take(64 << 10)));
  }
  EXPECT_FALSE(taken) << "nothing is taken in that cannot be stored";
  const std::uint64_t acknowledged = committer_->archive_size();
  EXPECT_EQ(committer_->failure()->code, Code::kFull);
  EXPECT_EQ(committer_->Finish().error().code, Code::kFull);
  EXPECT_EQ(archive_->Size().value_or(0), acknowledged);
}

TEST_F(CommitterTest, PutsLeavesOfACrashUnderACheckpointAtOnce) {
  ASSERT_TRUE(writer_->Append(std::vector{maker_.Sign(maker_.MakeRecord("http://a.onion/"))}));
  Start();
  ASSERT_TRUE(committer_->Finish());
  EXPECT_EQ(archive_->LatestCheckpoint()->checkpoint.size, 1U);
}

}  // namespace
}  // namespace nightjar::crawler
