// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/traps.h"

#include <gtest/gtest.h>

#include <set>

namespace nightjar::scope {
namespace {

Exclusion Judge(const std::string& path, const std::string& user = "") {
  const Url url = *Url::Parse("http://" + user + "a.onion" + path);
  return JudgeTraps(url, url.WithoutFragment());
}

std::string Segments(int count) {
  std::string path;
  for (int i = 0; i < count; ++i) path += "/" + std::string(1, static_cast<char>('a' + i));
  return path;
}

TEST(Traps, BoundLengthAndDepthAtTheirLimits) {
  const std::size_t origin = std::string("http://a.onion/").size();
  EXPECT_EQ(Judge("/" + std::string(kMaxUrlLength - origin, 'y')), Exclusion::kNone);
  EXPECT_EQ(Judge("/" + std::string(kMaxUrlLength - origin + 1, 'y')), Exclusion::kUrlTooLong);
  EXPECT_EQ(Judge(Segments(16)), Exclusion::kNone);
  EXPECT_EQ(Judge(Segments(17)), Exclusion::kPathTooDeep);
}

TEST(Traps, RefuseCredentials) { EXPECT_EQ(Judge("/", "user:pass@"), Exclusion::kCredentials); }

TEST(Traps, FindSegmentsThatRepeat) {
  for (const char* trap : {"/a/a/a", "/x/a/a/a/y", "/a/b/a/b/a/b", "/shop/a/b/c/a/b/c/a/b/c",
                           "/a/b/c/d/a/b/c/d/a/b/c/d", "/a/1/a/2/a/3/a/4/a/5/a/6", "/a//a///a"})
    EXPECT_EQ(Judge(trap), Exclusion::kRepeatedSegments) << trap;
  for (const char* honest :
       {"/", "/a", "/a/a", "/a/b/a/b", "/2026/05/05", "/forum/1/1", "/a/b/c/a/b/c", "/en/en/shop"})
    EXPECT_EQ(Judge(honest), Exclusion::kNone) << honest;
}

TEST(Exclusions, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (std::uint8_t i = 0; i < kExclusions; ++i) names.insert(ExclusionName(static_cast<Exclusion>(i)));
  EXPECT_EQ(names.size(), kExclusions);
  EXPECT_FALSE(names.contains("unknown"));
}

}  // namespace
}  // namespace nightjar::scope
