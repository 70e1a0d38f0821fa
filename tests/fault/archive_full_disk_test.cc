// SPDX-License-Identifier: Apache-2.0
// A disk that fills up under the archive: kFull, nothing acknowledged is lost, and work goes on once there is
// space.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>

#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

// An archive on a file system of 16 MiB of its own.
class FullDisk : public ArchiveTest {
 protected:
  void SetUp() override {
    disk_ = folder_ + "/disk";
    std::filesystem::create_directory(disk_);
    if (::geteuid() != 0) GTEST_SKIP() << "mounting a small file system needs root";
    if (::mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=16m") != 0)
      GTEST_SKIP() << "this machine does not let us mount a small file system";
    mounted_ = true;
    paths_.folder = disk_ + "/archive";
    paths_.map_size = 64 << 20;
  }
  void TearDown() override { EXPECT_TRUE(!mounted_ || ::umount2(disk_.c_str(), MNT_DETACH) == 0); }
  // Takes all space but `left` bytes.
  void FillUp(std::uint64_t left) const {
    struct statvfs info {};
    ASSERT_EQ(::statvfs(disk_.c_str(), &info), 0);
    const std::uint64_t free = info.f_bavail * info.f_frsize;
    ASSERT_GE(free, left);
    std::ofstream ballast(disk_ + "/ballast", std::ios::binary | std::ios::app);
    ballast << Bytes(free - left, 'b');
    ASSERT_TRUE(ballast.flush().good());
  }
  void MakeRoom() const { std::filesystem::remove(disk_ + "/ballast"); }

  static Exchange NoisyPage(std::uint64_t n) {
    const Bytes body = SeededRandom(n).Take(50000);
    return Signed(ExampleRecord(n, "request", "head", body), "request", "head", body);
  }
  // Appends page after page until one is refused; the refusal's code.
  static Code AppendUntilRefused(Writer& writer) {
    for (;;) {
      const auto numbers = writer.Append(std::vector{NoisyPage(writer.size())});
      if (!numbers) return numbers.error().code;
    }
  }
  void ExpectAllThere(std::uint64_t size) const {
    const auto reader = OpenReader();
    ASSERT_EQ(reader->Size().value(), size);
    for (std::uint64_t n = 0; n < size; ++n) {
      const auto capture = reader->Get(CaptureNumber{n});
      ASSERT_TRUE(capture) << capture.error().Format();
      EXPECT_EQ(capture->body, NoisyPage(n).body);
    }
  }

  std::string disk_;
  bool mounted_ = false;
};

TEST_F(FullDisk, RefusesABatchWholeAndGoesOnWhenSpaceReturns) {
  auto writer = OpenWriter();
  ASSERT_TRUE(writer->Append(std::vector{NoisyPage(0)}));
  FillUp(1 << 20);
  EXPECT_EQ(AppendUntilRefused(*writer), Code::kFull);
  const std::uint64_t acknowledged = writer->size();
  EXPECT_GT(acknowledged, 5U);
  EXPECT_EQ(AppendUntilRefused(*writer), Code::kFull);
  ExpectAllThere(acknowledged);
  MakeRoom();
  ASSERT_TRUE(writer->Append(std::vector{NoisyPage(acknowledged)}));
  ExpectAllThere(acknowledged + 1);
  ASSERT_TRUE(writer->SignCheckpoint());
  writer.reset();
  EXPECT_EQ(OpenWriter()->size(), acknowledged + 1);
}

TEST_F(FullDisk, SurvivesBeingReopenedWhileFull) {
  auto writer = OpenWriter();
  FillUp(1 << 20);
  EXPECT_EQ(AppendUntilRefused(*writer), Code::kFull);
  const std::uint64_t acknowledged = writer->size();
  writer.reset();
  writer = OpenWriter();
  EXPECT_EQ(writer->size(), acknowledged);
  ExpectAllThere(acknowledged);
}

TEST_F(FullDisk, CarriesAsManyReadersAsPromised) {
  ASSERT_NE(OpenWriter(), nullptr);
  const auto tables = OpenTables();
  FillUp(0);
  std::vector<store::ReadTxn> snapshots;  // each takes a slot of the reader table, a page of it at a time
  for (int i = 0; i < 250; ++i) {
    auto snapshot = tables->Read();
    ASSERT_TRUE(snapshot) << snapshot.error().Format();
    snapshots.push_back(std::move(*snapshot));
  }
}

TEST_F(FullDisk, CompletesACheckpointThatDidNotFitOnceThereIsSpace) {
  const auto writer = OpenWriter();
  std::uint64_t refused = 0;
  for (std::uint64_t n = 0; refused < 3; ++n) {
    ASSERT_TRUE(writer->Append(std::vector{ExampleExchange(n)}));
    FillUp(0);
    const auto checkpoint = writer->SignCheckpoint();
    if (!checkpoint) {
      EXPECT_EQ(checkpoint.error().code, Code::kFull) << checkpoint.error().Format();
      ++refused;
    }
    MakeRoom();
    const auto completed = writer->SignCheckpoint();
    ASSERT_TRUE(completed) << completed.error().Format();
    EXPECT_EQ(completed->checkpoint.size, writer->size());
    EXPECT_EQ(OpenReader()->LatestCheckpoint()->note, completed->note);
  }
}

}  // namespace
}  // namespace nightjar::captures
