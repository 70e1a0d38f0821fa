// SPDX-License-Identifier: Apache-2.0
// kill -9 of the shipped index role at a hundred random moments, parsers, shards, columns and items at work;
// and a disk that fills up under it. In the end the index is the one of an undisturbed run, document by
// document and change by change.
//
//   NIGHTJAR_KILLS=1000 fault_index_kill      the long form
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "base/random.h"
#include "tests/fault/index_workload.h"
#include "tests/story/installation.h"

namespace nightjar {
namespace {

using story::Outcome;

class DisturbedIndex : public testing::Test {
 protected:
  // `data`: where all stores lie; empty: in the installation's own folder.
  void Fill(int pages, int rounds, const std::string& data = {}) {
    if (!data.empty()) nightjar_.Set("data", data);
    data_ = data.empty() ? nightjar_.data() : data;
    nightjar_.Set("commit_interval_milliseconds", "10");
    nightjar_.Set("commit_documents", "8");
    nightjar_.Set("pause_below_mib", "0");
    nightjar_.Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026"});
    const std::string warc = nightjar_.scratch() + "/shop.warc";
    ASSERT_TRUE(WriteFileDurably(warc, ShopArchive(pages, rounds)));
    nightjar_.Command({"import", "warc", warc, "--case", "owl-7", "--source", "Agency B"});
  }
  void Forget() const {
    std::filesystem::remove_all(Index());
    std::filesystem::remove_all(data_ + "/facts");
  }
  [[nodiscard]] std::string Index() const { return data_ + "/index"; }
  [[nodiscard]] Outcome Run() const { return nightjar_.Try({"index", "--until-caught-up"}); }

  story::Installation nightjar_{
      story::World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}};
  std::string data_;
};

TEST_F(DisturbedIndex, IsThatOfAnUndisturbedRunAfterEveryKill) {
  const char* wanted = std::getenv("NIGHTJAR_KILLS");
  const int kills = wanted == nullptr ? 100 : std::atoi(wanted);
  ASSERT_NO_FATAL_FAILURE(Fill(60, 6));
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_EQ(Run().status, 0);
  const auto whole = std::chrono::steady_clock::now() - begun;
  const std::string undisturbed = Told(Index());
  EXPECT_NE(undisturbed.find("event"), std::string::npos);
  Forget();

  SeededRandom dice(23);
  int killed = 0;
  int ended = 0;
  while (killed < kills) {
    auto role = nightjar_.Start("index", {"--until-caught-up"});
    const auto moment = whole * static_cast<int>(dice.Next() % 1000) / 1000;
    if (role.WaitFor(std::chrono::duration_cast<std::chrono::milliseconds>(moment))) {
      ++ended;
      ASSERT_EQ(Told(Index()), undisturbed) << "after " << killed << " kills";
      Forget();
      continue;
    }
    role.Signal(SIGKILL);
    (void)role.WaitFor(std::chrono::seconds(30));
    ++killed;
  }
  const Outcome last = Run();
  ASSERT_EQ(last.status, 0) << last.errors;
  EXPECT_TRUE(Told(Index()) == undisturbed);
  std::cout << killed << " kills, " << ended + 1 << " runs to the end\n";
}

// All stores on a file system of 64 MiB of their own.
class FullDiskUnderIndex : public DisturbedIndex {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "mounting a small file system needs root";
    disk_ = nightjar_.scratch() + "/disk";
    std::filesystem::create_directory(disk_);
    if (::mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=64m") != 0)
      GTEST_SKIP() << "this machine does not let us mount a small file system";
    mounted_ = true;
  }
  void TearDown() override { EXPECT_TRUE(!mounted_ || ::umount2(disk_.c_str(), MNT_DETACH) == 0); }
  // Takes all space but `left` bytes.
  void FillUp(std::uint64_t left) const {
    struct statvfs info {};
    ASSERT_EQ(::statvfs(disk_.c_str(), &info), 0);
    const std::uint64_t free = info.f_bavail * info.f_frsize;
    ASSERT_GE(free, left);
    std::ofstream ballast(disk_ + "/ballast", std::ios::binary | std::ios::app);
    ballast << std::string(free - left, 'b');
    ASSERT_TRUE(ballast.flush().good());
  }

  std::string disk_;
  bool mounted_ = false;
};

TEST_F(FullDiskUnderIndex, IsSaidClearlyAndLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(Fill(60, 4, disk_ + "/data"));
  ASSERT_EQ(Run().status, 0);
  const std::string undisturbed = Told(Index());
  int full = 0;
  for (const std::uint64_t left : {0U, 100'000U, 400'000U, 800'000U, 1'200'000U}) {
    Forget();
    FillUp(left);
    const Outcome refused = Run();
    if (refused.status != 0) {
      ++full;
      EXPECT_EQ(refused.status, 1) << refused.errors;
      EXPECT_NE(refused.errors.find("space"), std::string::npos) << refused.errors;
    }
    std::filesystem::remove(disk_ + "/ballast");
    const Outcome on = Run();
    ASSERT_EQ(on.status, 0) << "with " << left << " bytes: " << on.errors;
    EXPECT_TRUE(Told(Index()) == undisturbed) << "with " << left << " bytes";
  }
  EXPECT_GE(full, 3) << "the disk was hardly ever full";
}

}  // namespace
}  // namespace nightjar
