// SPDX-License-Identifier: Apache-2.0
#include "base/digest_list.h"

#include <gmock/gmock.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/md5.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar {
namespace {

using ::testing::HasSubstr;

TEST(Md5, MatchesTheVectorsOfTheRfcAndOfTheBlocklists) {
  EXPECT_EQ(HexEncode(*Md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(HexEncode(*Md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(HexEncode(*Md5("abcdefghijklmnop.onion")), "c50b9578b6357a561909ff29331ad7ad");
}

TEST(DigestList, FindsEveryDigestItHoldsAndNoOther) {
  for (const std::size_t count : {0UL, 1UL, 2UL, 3UL, 1000UL}) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += Sha256(std::to_string(i)).Hex() + "\n";
    const auto list = DigestList::Parse(text + text, 32);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->size(), count) << "repeats count once";
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_TRUE(list->Contains(Sha256(std::to_string(i)).View())) << i;
    for (std::size_t i = count; i < count + 1000; ++i)
      EXPECT_FALSE(list->Contains(Sha256(std::to_string(i)).View())) << i;
  }
}

TEST(DigestList, FindsDigestsAtBothEndsOfTheirRange) {
  const auto list = DigestList::Parse(std::string(32, '0') + "\n" + std::string(32, 'F') + "\n", 16);
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->Contains(Bytes(16, '\0')));
  EXPECT_TRUE(list->Contains(Bytes(16, '\xff')));
  EXPECT_FALSE(list->Contains(Bytes(16, '\x7f')));
  EXPECT_FALSE(list->Contains(Bytes(32, '\0'))) << "another kind of digest";
}

TEST(DigestList, PassesOverCommentsAndReadsWhenItWasMade) {
  const auto list =
      DigestList::Parse("# made: 2026-01-02T03:04:05Z\r\n\r\n# words\n" + std::string(32, 'a'), 16);
  ASSERT_TRUE(list) << list.error().Format();
  EXPECT_EQ(list->size(), 1U);
  EXPECT_EQ(FormatUtc(*list->made()), "2026-01-02T03:04:05.000000Z");
  EXPECT_FALSE(DigestList::Parse("", 16)->made());
}

TEST(DigestList, NamesTheLineThatIsNoDigest) {
  const std::string good(32, 'a');
  for (const std::string& bad : {good + "a", std::string(31, 'a'), std::string("<html>"),
                                 std::string(32, 'g'), good + " " + good, std::string("# made: yesterday")}) {
    const auto list = DigestList::Parse(good + "\n" + bad + "\n", 16);
    ASSERT_FALSE(list) << bad;
    EXPECT_EQ(list.error().code, Code::kInvalidInput);
    EXPECT_THAT(list.error().text, HasSubstr("line 2"));
  }
}

TEST(DigestList, NamesTheFileThatIsMissingOrBroken) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/list";
  EXPECT_EQ(DigestList::Load(path, 16).error().code, Code::kNotFound);
  ASSERT_TRUE(WriteFileDurably(path, "rubbish"));
  EXPECT_THAT(DigestList::Load(path, 16).error().Format(), HasSubstr(path));
}

}  // namespace
}  // namespace nightjar
