// SPDX-License-Identifier: Apache-2.0
// What rules of a profile take from an element.
#include <gtest/gtest.h>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

std::string Taken(profile::Part part, const std::string& body) {
  profile::FieldRule rule;
  rule.name = "text";
  rule.select = {"#it"};
  rule.part = part;
  profile::Profile site;
  site.name = "test";
  site.signs = {"body"};
  site.every.fields = {rule};
  return FieldOf(ReadDocument(PageOf(body), Profiles({site})), "text");
}

TEST(ProfileRules, TakeThePartOfAnElementThatTheyName) {
  const std::string body = "<div id=it>one<br>two <b>bold</b> three<p>below</p>four</div>after<i>not</i>";
  EXPECT_EQ(Taken(profile::Part::kAll, body), "one two bold three below four");
  EXPECT_EQ(Taken(profile::Part::kLines, body), "one\ntwo bold three\nbelow\nfour");
  EXPECT_EQ(Taken(profile::Part::kOwn, body), "one two three four");
  EXPECT_EQ(Taken(profile::Part::kOwnLines, body), "one\ntwo three\nfour");
  EXPECT_EQ(Taken(profile::Part::kAfter, body), "after");
}

}  // namespace
}  // namespace nightjar::extract
