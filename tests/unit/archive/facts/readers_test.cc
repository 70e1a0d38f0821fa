// SPDX-License-Identifier: Apache-2.0
#include "archive/facts/readers.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::facts {
namespace {

TEST(Readers, AreToldByTheNewestNote) {
  const TemporaryFolder folder;
  const std::string facts = folder.path() + "/facts";
  EXPECT_EQ(ReadersSandbox(facts).error().code, Code::kNotFound);
  ASSERT_TRUE(NoteReaders(facts, "reduced"));
  EXPECT_EQ(ReadersSandbox(facts).value(), "reduced");
  ASSERT_TRUE(NoteReaders(facts, "full"));
  EXPECT_EQ(ReadersSandbox(facts).value(), "full");
}

TEST(Readers, AreNotBelievedToStandInWallsThereAreNone) {
  const TemporaryFolder folder;
  ASSERT_TRUE(NoteReaders(folder.path() + "/facts", "none at all"));
  EXPECT_EQ(ReadersSandbox(folder.path() + "/facts").error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::facts
