// SPDX-License-Identifier: Apache-2.0
#include "sandbox/warc/warc_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "tests/unit/sandbox/warc/example_warc.h"

namespace nightjar::warc {
namespace {

// What comes out, one line an item: the block of a record, or "offset!reason".
std::vector<std::string> ReadAll(ByteView file) {
  WarcFile reader(file);
  std::vector<std::string> out;
  while (const auto item = reader.Next()) {
    if (const auto* record = std::get_if<Record>(&*item)) {
      out.push_back(record->block);
    } else {
      const auto& fault = std::get<Fault>(*item);
      out.push_back(std::to_string(fault.offset) + "!" + fault.reason);
    }
  }
  return out;
}

TEST(WarcFile, ReadsPlainAndGzipRecordsAlike) {
  const Bytes one = Plain("resource", "one");
  const Bytes two = Plain("resource", "two");
  EXPECT_THAT(ReadAll(one + two), testing::ElementsAre("one", "two"));
  EXPECT_THAT(ReadAll(Gzip(one) + Gzip(two)), testing::ElementsAre("one", "two"));
  EXPECT_THAT(ReadAll(Gzip(one + two)), testing::ElementsAre("one", "two")) << "several in one member";
  EXPECT_THAT(ReadAll(one + Gzip(two) + one), testing::ElementsAre("one", "two", "one"));
  EXPECT_THAT(ReadAll(""), testing::IsEmpty());
}

TEST(WarcFile, GivesFieldsInLowerCaseTrimmedAndUnfolded) {
  const Bytes file =
      "WARC/1.0\nWARC-Type:  resource \nX-Long: a\n  b\nno colon here\nContent-Length: 2\n\nhi\n\n";
  WarcFile reader(file);
  const auto item = reader.Next();
  const auto& record = std::get<Record>(*item);
  EXPECT_EQ(record.Field("warc-type"), "resource");
  EXPECT_EQ(record.Field("x-long"), "a b");
  EXPECT_EQ(record.Field("absent"), "");
  EXPECT_EQ(record.block, "hi");
}

TEST(WarcFile, TellsWhereEachRecordLies) {
  const Bytes one = Gzip(Plain("resource", "one"));
  const Bytes file = one + Gzip(Plain("resource", "two"));
  WarcFile reader(file);
  EXPECT_EQ(std::get<Record>(*reader.Next()).offset, 0U);
  EXPECT_EQ(std::get<Record>(*reader.Next()).offset, one.size());
}

TEST(WarcFile, GoesOnAtTheNextRecordBehindWhatIsBroken) {
  const Bytes good = Plain("resource", "good");
  const Bytes no_length = "WARC/1.0\r\nWARC-Type: resource\r\n\r\nlost\r\n\r\n";
  EXPECT_THAT(ReadAll(no_length + good), testing::ElementsAre("0!it has no proper Content-Length", "good"));
  EXPECT_THAT(ReadAll("rubbish\n" + good), testing::ElementsAre("0!no record begins here", "good"));
  Bytes damaged = Gzip(Plain("resource", "a longer text so that there is something to damage"));
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  const auto read = ReadAll(damaged + Gzip(good));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0], "0!its gzip member is damaged or empty");
  EXPECT_EQ(read[1], "good");
}

TEST(WarcFile, LeavesOutABlockThatDoesNotHaveItsDigest) {
  const std::string right = "WARC-Block-Digest: sha256:" + Sha256("good").Hex() + "\r\n";
  const std::string right32 = "WARC-Block-Digest: SHA256:" + Base32Encode(Sha256("good").View()) + "====\r\n";
  const std::string wrong = "WARC-Block-Digest: sha256:" + Sha256("other").Hex() + "\r\n";
  const Bytes file = Plain("resource", "good", right) + Plain("resource", "good", wrong) +
                     Plain("resource", "good", right32);
  const auto read = ReadAll(file);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_THAT(read[1], testing::HasSubstr("does not have the SHA-256 it claims"));
  EXPECT_EQ(read[2], "good");
}

TEST(WarcFile, SaysOfEveryCutWhatIsMissingAndReadsWhatIsWhole) {
  const Bytes one = Plain("resource", "one");
  for (const bool gzip : {false, true}) {
    const Bytes first = gzip ? Gzip(one) : one;
    const Bytes second = gzip ? Gzip(Plain("resource", "two")) : Plain("resource", "two");
    // The four bytes of a plain record's end are not missed.
    const std::size_t whole = first.size() + second.size() - (gzip ? 0 : 4);
    for (std::size_t size = first.size() + 1; size < whole; ++size) {
      const auto read = ReadAll((first + second).substr(0, size));
      ASSERT_GE(read.size(), 2U) << size;
      EXPECT_EQ(read[0], "one");
      EXPECT_THAT(read[1], testing::StartsWith(std::to_string(first.size()) + "!")) << size;
    }
    for (std::size_t size = 0; size < first.size() - 4; ++size)
      for (const std::string& line : ReadAll(first.substr(0, size)))
        EXPECT_THAT(line, testing::StartsWith("0!")) << size;
  }
}

TEST(WarcFile, BoundsHeadersAndBlocks) {
  const Bytes long_header = "WARC/1.0\r\nX: " + Bytes(kMaxHeader, 'x') + "\r\nContent-Length: 0\r\n\r\n";
  EXPECT_THAT(ReadAll(long_header + Plain("resource", "good")),
              testing::ElementsAre("0!its header is longer than 64 KiB", "good"));
  const Bytes huge = Plain("resource", Bytes(kMaxBlock + 1, 'x'));
  EXPECT_THAT(ReadAll(huge + Plain("resource", "good")),
              testing::ElementsAre("0!its block is larger than 64 MiB", "good"));
  const Bytes whole = Plain("resource", Bytes(kMaxBlock, 'x')) + Plain("resource", Bytes(kMaxHeader, 'x'));
  EXPECT_THAT(ReadAll(Gzip(whole) + Gzip(Plain("resource", "good"))),
              testing::ElementsAre(testing::HasSubstr("must be unpacked first"), "good"));
  EXPECT_THAT(ReadAll("WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nx"),
              testing::ElementsAre("0!its block is cut short"));
}

}  // namespace
}  // namespace nightjar::warc
