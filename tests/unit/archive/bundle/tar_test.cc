// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/tar.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "base/file.h"
#include "base/random.h"
#include "tests/unit/archive/bundle/temporary_folder.h"

namespace nightjar::bundle {
namespace {

UniqueFd NewFile(const std::string& path) {
  return UniqueFd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

// Two members, one of them of a size that was not known at its start.
Bytes SmallTar(const TemporaryFolder& folder) {
  const std::string path = folder / "small.tar";
  ::unlink(path.c_str());
  TarWriter tar(NewFile(path), "bag", path);
  EXPECT_TRUE(tar.Add("one.txt", "first"));
  EXPECT_TRUE(tar.Begin("data/two"));
  EXPECT_TRUE(tar.Write(std::string(600, 'x')));
  EXPECT_TRUE(tar.Write("end"));
  EXPECT_TRUE(tar.End());
  EXPECT_TRUE(tar.Finish());
  return ReadFile(path).value();
}

Result<TarListing> List(const TemporaryFolder& folder, ByteView content) {
  const std::string path = folder / "listed.tar";
  std::ofstream(path, std::ios::binary) << content;
  auto file = TarFile::Open(path);
  EXPECT_TRUE(file);
  return file->List();
}

// What a shell command prints.
std::string Output(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return out;
}

TEST(Tar, ListsWhatWasWrittenWithItsDigests) {
  const TemporaryFolder folder;
  const auto listing = List(folder, SmallTar(folder));
  ASSERT_TRUE(listing) << listing.error().Format();
  EXPECT_EQ(listing->folder, "bag");
  ASSERT_EQ(listing->members.size(), 2U);
  EXPECT_EQ(listing->members[0].name, "one.txt");
  EXPECT_EQ(listing->members[0].sha256, Sha256("first"));
  EXPECT_EQ(listing->members[1].name, "data/two");
  EXPECT_EQ(listing->members[1].size, 603U);
  EXPECT_EQ(listing->members[1].sha256, Sha256(std::string(600, 'x') + "end"));
}

TEST(Tar, GivesMembersBackAndRefusesOversizedOnes) {
  const TemporaryFolder folder;
  const auto listing = List(folder, SmallTar(folder));
  const auto file = TarFile::Open(folder / "listed.tar");
  EXPECT_EQ(file->Read(listing->members[0], 5).value(), "first");
  EXPECT_EQ(file->Read(listing->members[0], 4).error().code, Code::kCorrupt);
  EXPECT_EQ(file->Read(listing->members[0], 4).error().where, "one.txt");
}

TEST(Tar, IsReadByTheTarCommandAndByPython) {
  const TemporaryFolder folder;
  SmallTar(folder);
  EXPECT_EQ(Output("tar tf " + (folder / "small.tar")), "bag/one.txt\nbag/data/two\n");
  EXPECT_EQ(Output("tar xOf " + (folder / "small.tar") + " bag/one.txt"), "first");
  EXPECT_EQ(Output("python3 -c 'import tarfile; print(tarfile.open(\"" + (folder / "small.tar") +
                   "\").getmember(\"bag/data/two\").size)'"),
            "603\n");
}

TEST(Tar, RefusesEverySingleChangedByteOfHeadersPaddingAndEnd) {
  const TemporaryFolder folder;
  const Bytes good = SmallTar(folder);
  const auto listing = List(folder, good);
  ASSERT_TRUE(listing);
  int outside = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    bool in_content = false;
    for (const Member& member : listing->members)
      in_content |= at >= member.offset && at < member.offset + member.size;
    Bytes bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x01);
    const auto read = List(folder, bad);
    if (in_content) {
      EXPECT_TRUE(read) << at;
      continue;
    }
    ++outside;
    // A name may change into another well-formed name only together with its checksum: two bytes, never one.
    EXPECT_FALSE(read) << "byte " << at;
  }
  EXPECT_EQ(outside, 2 * 512 + (512 - 5) + (1024 - 603) + 1024);
}

TEST(Tar, RefusesAnythingBeforeOrAfterItsEnd) {
  const TemporaryFolder folder;
  const Bytes good = SmallTar(folder);
  EXPECT_FALSE(List(folder, good + "x"));
  EXPECT_FALSE(List(folder, good + Bytes(512, '\0')));
  EXPECT_FALSE(List(folder, ByteView(good).substr(0, good.size() - 1)));
  EXPECT_FALSE(List(folder, ByteView(good).substr(0, good.size() - 512)));
  EXPECT_FALSE(List(folder, ByteView(good).substr(512)));
  EXPECT_FALSE(List(folder, ""));
}

TEST(Tar, RefusesASizeBeyondTheFileBeforeReadingIt) {
  const TemporaryFolder folder;
  const auto huge = List(folder, TarHeader("bag", "x", 1ULL << 40) + Bytes(1024, '\0'));
  ASSERT_FALSE(huge);
  EXPECT_EQ(huge.error().where, "x");
}

TEST(Tar, RefusesAnotherWritersSpelling) {
  const TemporaryFolder folder;
  EXPECT_TRUE(WriteFileDurably(folder / "a", "content"));
  Output("tar --format=ustar -C " + folder.path() + " -cf " + (folder / "gnu.tar") + " a");
  EXPECT_FALSE(TarFile::Open(folder / "gnu.tar")->List());
}

TEST(TarHeader, WritesSizesFromEightGibibytesOnInBase256) {
  const Bytes below = TarHeader("bag", "warc", (1ULL << 33) - 1);
  EXPECT_EQ(below.substr(124, 12), Bytes("77777777777\0", 12));
  const Bytes above = TarHeader("bag", "warc", 1ULL << 33);
  EXPECT_EQ(HexEncode(above.substr(124, 12)), "800000000000000200000000");
}

TEST(TarWriter, AppendsASpoolAsIfItsMembersHadBeenWrittenDirectly) {
  const TemporaryFolder folder;
  SeededRandom random(7);
  const Bytes big = random.Take(700'000);  // more than one buffer
  TarWriter direct(NewFile(folder / "direct"), "bag", "direct");
  TarWriter main(NewFile(folder / "main"), "bag", "main");
  TarWriter spool(NewFile(folder / "spool"), "bag", "spool");
  for (TarWriter* tar : {&direct, &main}) EXPECT_TRUE(tar->Add("a", big));
  for (TarWriter* tar : {&direct, &spool}) {
    EXPECT_TRUE(tar->Add("b", big));
    EXPECT_TRUE(tar->Add("c", "small"));
  }
  EXPECT_TRUE(main.Append(spool));
  for (TarWriter* tar : {&direct, &main}) EXPECT_TRUE(tar->Finish());
  EXPECT_EQ(ReadFile(folder / "direct").value(), ReadFile(folder / "main").value());
  EXPECT_EQ(main.members().at(2).offset, direct.members().at(2).offset);
}

}  // namespace
}  // namespace nightjar::bundle
