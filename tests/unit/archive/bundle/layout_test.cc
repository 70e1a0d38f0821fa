// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nightjar::bundle {
namespace {

std::vector<Member> MembersNamed(const std::vector<std::string>& names) {
  std::vector<Member> members;
  for (const std::string& name : names) members.push_back({name, 0, name.size(), Sha256(name)});
  return members;
}

TEST(Layout, ReadsBackFromTheNamesWhatTheyWereMadeOf) {
  const std::vector<CaptureNumber> captures = {{2}, {10}, {11}};
  const std::vector<std::string> keys = {"0123456789abcdef", "fedcba9876543210"};
  const std::vector<std::string> consensuses = {std::string(64, '0'), std::string(64, 'a')};
  for (const bool all : {false, true}) {
    Contents made;
    made.captures = captures;
    made.fetcher_key_ids = keys;
    if (all) {
      made.consistency_from = 7;
      made.consensuses = consensuses;
      made.has_case_graph = made.has_report_page = made.has_report_print = true;
    }
    const auto members = MembersNamed(MemberNames(made));
    const Contents contents = ReadContents(members);
    EXPECT_EQ(contents.captures, captures);
    EXPECT_EQ(contents.fetcher_key_ids, keys);
    EXPECT_EQ(contents.consistency_from, made.consistency_from);
    EXPECT_EQ(contents.consensuses, made.consensuses);
    EXPECT_EQ(contents.has_case_graph, all);
    EXPECT_EQ(contents.has_report_page, all);
    EXPECT_EQ(contents.has_report_print, all);
    EXPECT_EQ(MemberNames(contents), MemberNames(made));
  }
}

TEST(Layout, TakesNoOtherSpellingOfAConsensusOrAnEarlierExport) {
  const auto members = MembersNamed({"consensus/" + std::string(64, 'A'), "consensus/" + std::string(63, 'a'),
                                     "consensus/", "proofs/consistency-from-07", "proofs/consistency-from-"});
  const Contents contents = ReadContents(members);
  EXPECT_THAT(contents.consensuses, testing::IsEmpty());
  EXPECT_EQ(contents.consistency_from, std::nullopt);
}

TEST(Layout, TakesNoOtherSpellingOfANumber) {
  const auto members = MembersNamed({"data/records/007.txt", "data/records/+7.txt", "data/records/ 7.txt",
                                     "data/records/.txt", "data/records/18446744073709551616.txt"});
  EXPECT_THAT(ReadContents(members).captures, testing::IsEmpty());
}

TEST(Manifest, CoversThePayloadAndTheTagManifestAllElseButItself) {
  const auto members =
      MembersNamed({"bagit.txt", "data/capture.warc", "manifest-sha256.txt", "tagmanifest-sha256.txt"});
  EXPECT_EQ(Manifest(members), Sha256("data/capture.warc").Hex() + "  data/capture.warc\n");
  EXPECT_EQ(TagManifest(members), Sha256("bagit.txt").Hex() + "  bagit.txt\n" +
                                      Sha256("manifest-sha256.txt").Hex() + "  manifest-sha256.txt\n");
}

TEST(BagInfo, SumsUpThePayloadAndTakesItsDateFromTheCaptures) {
  const auto members = MembersNamed({"bagit.txt", "data/ab", "data/c"});
  EXPECT_EQ(
      BagInfo(CaseId{"owl-7"}, FromUnixMicros(1767225600000000), members),
      "Bag-Software-Agent: Nightjar\nBagging-Date: 2026-01-01\nExternal-Description: nightjar-bundle/v1\n"
      "External-Identifier: owl-7\nPayload-Oxum: 13.2\n");
}

}  // namespace
}  // namespace nightjar::bundle
