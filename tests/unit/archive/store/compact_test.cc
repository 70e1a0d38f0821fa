// SPDX-License-Identifier: Apache-2.0
#include "archive/store/compact.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "archive/store/store.h"
#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::store {
namespace {

constexpr Table kTable{0};
const std::string kCanary = "canary-7f3a";

class CompactTest : public testing::Test {
 protected:
  void FillAndDelete() {
    const auto env = Env::Open({.folder = path_, .tables = {"t"}}).value();
    auto txn = env->Write().value();
    for (int i = 0; i < 200; ++i)
      ASSERT_TRUE(txn.Put(kTable, std::to_string(i), kCanary + std::string(300, 'x')));
    ASSERT_TRUE(txn.Put(kTable, "stays", "value"));
    ASSERT_TRUE(txn.Commit());
    auto deleting = env->Write().value();
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(deleting.Delete(kTable, std::to_string(i)));
    ASSERT_TRUE(deleting.Commit());
  }
  [[nodiscard]] bool HoldsCanary() const {
    return ReadFile(path_ + "/data.mdb")->find(kCanary) != Bytes::npos;
  }
  [[nodiscard]] std::string Stays() const {
    const auto env = Env::Open({.folder = path_, .tables = {"t"}}).value();
    const auto txn = env->Read().value();
    EXPECT_EQ(txn.Count(kTable).value(), 1U);
    return std::string(txn.Get(kTable, "stays").value().value_or("(nothing)"));
  }
  TemporaryFolder folder_;
  const std::string path_ = folder_ / "store";
};

TEST_F(CompactTest, LeavesNothingOfWhatWasDeleted) {
  FillAndDelete();
  ASSERT_TRUE(HoldsCanary()) << "LMDB overwrites what is deleted: nothing is to be shown here";
  const auto compacted = Compact(path_);
  ASSERT_TRUE(compacted) << compacted.error().Format();
  EXPECT_FALSE(HoldsCanary());
  EXPECT_EQ(Stays(), "value");
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    files.push_back(entry.path().filename());
  EXPECT_EQ(files.size(), 2U) << "data.mdb and lock.mdb only";
}

TEST_F(CompactTest, TakesWhatACrashLeft) {
  FillAndDelete();
  std::filesystem::create_hard_link(path_ + "/data.mdb", path_ + "/data.mdb.erased");
  std::filesystem::create_directory(path_ + "/compact.new");
  ASSERT_TRUE(Compact(path_));
  EXPECT_EQ(Stays(), "value");
  ASSERT_TRUE(WriteFileDurably(path_ + "/data.mdb.erased", kCanary));
  ASSERT_TRUE(Compact(path_));
  EXPECT_FALSE(std::filesystem::exists(path_ + "/data.mdb.erased"));
  EXPECT_EQ(Stays(), "value");
}

TEST_F(CompactTest, RefusesAStoreThatAnotherProcessHasOpen) {
  FillAndDelete();
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto env = Env::Open({.folder = path_, .tables = {"t"}});
    const char byte = env ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) != 1) ::_exit(1);
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto refused = Compact(path_);
  EXPECT_FALSE(refused);
  if (!refused) {
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
    EXPECT_NE(refused.error().text.find(std::to_string(child)), std::string::npos) << refused.error().text;
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(Compact(path_));
}

TEST_F(CompactTest, RefusesAStoreThatThisProcessHasOpen) {
  FillAndDelete();
  auto env = Env::Open({.folder = path_, .tables = {"t"}}).value();
  EXPECT_EQ(Compact(path_).error().code, Code::kUnavailable);
  env.reset();
  EXPECT_TRUE(Compact(path_));
}

TEST_F(CompactTest, FindsNothingToDoWhereThereIsNoStore) { EXPECT_TRUE(Compact(path_)); }

}  // namespace
}  // namespace nightjar::store
