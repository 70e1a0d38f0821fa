// SPDX-License-Identifier: Apache-2.0
#include "config/header_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nightjar::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string RefusalOf(const std::string& yaml) {
  const auto profile = ParseHeaderProfile(yaml, "p.yaml");
  return profile ? "accepted" : profile.error().Format();
}

TEST(HeaderProfile, TheBuiltInOneBeginsLikeTorBrowser) {
  const HeaderProfile profile = TorBrowserProfile();
  ASSERT_GE(profile.header.size(), 6U);
  EXPECT_THAT(profile.header[0], HasSubstr("User-Agent: Mozilla/5.0 (Windows NT 10.0; rv:"));
  EXPECT_THAT(profile.header, ::testing::Contains("Accept-Encoding: gzip, deflate, br, zstd"));
}

TEST(HeaderProfile, KeepsOrderAndCase) {
  const auto profile = ParseHeaderProfile("name: x\nheader:\n  - b-B: \"1\"\n  - A: \"2: 3\"\n", "p.yaml");
  ASSERT_TRUE(profile) << profile.error().Format();
  EXPECT_THAT(profile->header, ElementsAre("b-B: 1", "A: 2: 3"));
}

TEST(HeaderProfile, RefusesWithFileAndLine) {
  EXPECT_THAT(RefusalOf("name: x\nheader:\n  - Host: a\n"),
              HasSubstr("p.yaml:3: Host is made by the fetcher"));
  EXPECT_THAT(RefusalOf("name: x\nheader:\n  - A: b\n  - a: c\n"), HasSubstr("p.yaml:4: a is there twice"));
  EXPECT_THAT(RefusalOf("name: x\ncolour: red\n"), HasSubstr("p.yaml:2: unknown"));
  EXPECT_THAT(RefusalOf("name: x\n"), HasSubstr("header is missing"));
  EXPECT_THAT(RefusalOf("header:\n  - A: b\n"), HasSubstr("name is missing"));
  EXPECT_THAT(RefusalOf("name: x\nheader: [A]\n"), HasSubstr("a header field is written"));
  EXPECT_THAT(RefusalOf("name: [\n"), HasSubstr("p.yaml:"));
}

TEST(HeaderProfile, RefusesValuesThatCouldSplitARequest) {
  EXPECT_THAT(RefusalOf("name: x\nheader:\n  - A: \"b\\r\\nC: d\"\n"), HasSubstr("not printable"));
  EXPECT_THAT(RefusalOf("name: x\nheader:\n  - \"A:B\": c\n"), HasSubstr("not the name"));
  EXPECT_THAT(RefusalOf("name: x\nheader:\n  - A: \"\"\n"), HasSubstr("empty"));
}

}  // namespace
}  // namespace nightjar::config
