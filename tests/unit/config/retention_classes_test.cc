// SPDX-License-Identifier: Apache-2.0
#include "config/retention_classes.h"

#include <gtest/gtest.h>

namespace nightjar::config {
namespace {

TEST(RetentionClasses, AreNamesWithDaysToReviewAndToErasure) {
  const auto classes = ParseRetentionClasses("standard:180:730  long:365:3650");
  ASSERT_TRUE(classes);
  ASSERT_EQ(classes->size(), 2U);
  EXPECT_EQ((*classes)[1], (RetentionClass{"long", std::chrono::days(365), std::chrono::days(3650)}));
  EXPECT_TRUE(ParseRetentionClasses("none")->empty());
}

TEST(RetentionClasses, NameTheEntryThatIsNone) {
  for (const std::string bad :
       {"standard", "standard:1", "a:2:1", "A:1:2", "a:1:2:3", "a:-1:2", "a:1:40000", ":1:2"}) {
    const auto classes = ParseRetentionClasses("fine:1:2 " + bad);
    ASSERT_FALSE(classes) << bad;
    EXPECT_EQ(classes.error().where, bad);
  }
  EXPECT_FALSE(ParseRetentionClasses("a:1:2 a:3:4"));
}

}  // namespace
}  // namespace nightjar::config
