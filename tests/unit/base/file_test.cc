// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar {
namespace {

using namespace std::string_literals;

TEST(File, IsReadBackAsWritten) {
  const TemporaryFolder folder;
  for (const Bytes& content : {""s, "text\0\xFF"s, Bytes(200000, 'x')}) {
    ASSERT_TRUE(WriteFileDurably(folder / "file", content));
    EXPECT_EQ(ReadFile(folder / "file").value(), content);
  }
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(File, OverTheLimitOfItsReaderIsRefused) {
  const TemporaryFolder folder;
  ASSERT_TRUE(WriteFileDurably(folder / "file", "12345"));
  EXPECT_TRUE(ReadFile(folder / "file", 5));
  EXPECT_EQ(ReadFile(folder / "file", 4).error().code, Code::kFull);
  EXPECT_EQ(ReadFile("/dev/zero", 1000).error().code, Code::kFull);
}

TEST(File, ThatCannotBeReadNamesItsPath) {
  const TemporaryFolder folder;
  const auto missing = ReadFile(folder / "missing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kNotFound);
  EXPECT_EQ(missing.error().where, folder / "missing");
  EXPECT_EQ(ReadFile(folder.path()).error().code, Code::kIo);
}

TEST(File, GetsTheModeAskedFor) {
  const TemporaryFolder folder;
  ASSERT_TRUE(WriteFileDurably(folder / "secret", "x", 0600));
  struct stat info {};
  ASSERT_EQ(::stat((folder / "secret").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST(File, WrittenByManyThreadsAtOnceHoldsTheContentOfOne) {
  const TemporaryFolder folder;
  std::vector<std::thread> threads;
  for (char letter = 'a'; letter <= 'h'; ++letter) {
    threads.emplace_back(
        [&, letter] { EXPECT_TRUE(WriteFileDurably(folder / "file", Bytes(5000, letter))); });
  }
  for (auto& thread : threads) thread.join();
  const Bytes content = ReadFile(folder / "file").value();
  EXPECT_EQ(content, Bytes(5000, content.at(0)));
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(File, KeepsItsOldContentAndLeavesNoLitterWhenItCannotBeReplaced) {
  const TemporaryFolder folder;
  ASSERT_TRUE(MakeFolders(folder / "file/inside"));  // a folder cannot be replaced by a file
  EXPECT_FALSE(WriteFileDurably(folder / "file", "x"));
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(File, IsCreatedByExactlyOneOfManyThreads) {
  const TemporaryFolder folder;
  std::vector<Status> ends(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    threads.emplace_back([&, i] { ends[i] = CreateFileDurably(folder / "file", std::to_string(i)); });
  }
  for (auto& thread : threads) thread.join();
  const Bytes content = ReadFile(folder / "file").value();
  for (std::size_t i = 0; i < ends.size(); ++i) {
    EXPECT_EQ(ends[i].has_value(), content == std::to_string(i)) << i;
    if (!ends[i]) {
      EXPECT_EQ(ends[i].error().code, Code::kAlreadyExists);
    }
  }
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(File, GrowsAtItsEnd) {
  const TemporaryFolder folder;
  ASSERT_TRUE(AppendFileDurably(folder / "log", "one\n"));
  ASSERT_TRUE(AppendFileDurably(folder / "log", "two\n"));
  EXPECT_EQ(ReadFile(folder / "log").value(), "one\ntwo\n");
  EXPECT_FALSE(AppendFileDurably(folder / "missing/log", "x"));
}

TEST(Folders, AreMadeWithAllTheirParents) {
  const TemporaryFolder folder;
  EXPECT_TRUE(MakeFolders(folder / "a/b/c"));
  EXPECT_TRUE(MakeFolders(folder / "a/b/c"));
  EXPECT_TRUE(MakeFolders(folder / "a/b/d/"));
  EXPECT_TRUE(WriteFileDurably(folder / "a/b/c/file", "x"));
  EXPECT_FALSE(MakeFolders(folder / "a/b/c/file"));
  EXPECT_FALSE(MakeFolders(folder / "a/b/c/file/under"));
  EXPECT_FALSE(MakeFolders(""));
}

TEST(Folders, CanBeSyncedAndFilesCannot) {
  const TemporaryFolder folder;
  EXPECT_TRUE(SyncFolder(folder.path()));
  ASSERT_TRUE(WriteFileDurably(folder / "file", "x"));
  EXPECT_FALSE(SyncFolder(folder / "file"));
}

TEST(OverwriteAndRemove, LeavesZerosUnderEveryOtherName) {
  const TemporaryFolder folder;
  const Bytes secret(3'000'000, 's');
  ASSERT_TRUE(WriteFileDurably(folder / "file", secret));
  std::filesystem::create_hard_link(folder / "file", folder / "other");
  ASSERT_TRUE(OverwriteAndRemove(folder / "file"));
  EXPECT_FALSE(std::filesystem::exists(folder / "file"));
  EXPECT_EQ(ReadFile(folder / "other").value(), Bytes(secret.size(), '\0'));
  EXPECT_FALSE(OverwriteAndRemove(folder / "file")) << "it is gone";
}

TEST(OverwriteAndRemove, TakesAFolderWithAllBelowIt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(MakeFolders(folder / "a/b"));
  ASSERT_TRUE(WriteFileDurably(folder / "a/b/file", "x") && WriteFileDurably(folder / "a/file", "y"));
  ASSERT_TRUE(OverwriteAndRemoveFolder(folder / "a"));
  EXPECT_FALSE(std::filesystem::exists(folder / "a"));
  EXPECT_TRUE(OverwriteAndRemoveFolder(folder / "a")) << "nothing to do";
}

TEST(FileStamp, ChangesWithTheFileAndOnlyThen) {
  const TemporaryFolder folder;
  const std::string path = folder / "file";
  const std::string missing = FileStamp(path);
  ASSERT_TRUE(WriteFileDurably(path, "one"));
  const std::string first = FileStamp(path);
  EXPECT_NE(first, missing);
  EXPECT_EQ(FileStamp(path), first);
  ASSERT_TRUE(WriteFileDurably(path, "two"));
  EXPECT_NE(FileStamp(path), first) << "same length, another file";
}

}  // namespace
}  // namespace nightjar
