// SPDX-License-Identifier: Apache-2.0
#include "archive/cases/exports.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace nightjar::cases {
namespace {

class Exports : public testing::Test {
 protected:
  Exports() { EXPECT_NE(::mkdtemp(folder_), nullptr); }
  ~Exports() override { std::filesystem::remove_all(folder_); }
  char folder_[32] = "/tmp/nightjar-test-XXXXXX";
};

ExportEntry Example(const std::string& case_id, std::uint64_t captures) {
  return {.case_id = CaseId{case_id},
          .at = FromUnixMicros(1767225600000000),
          .by = "Analyst 3",
          .reason = "Hearing",
          .selection = "query owl",
          .checkpoint = "unit.example\n8\n",
          .captures = captures,
          .sha256 = Sha256("bundle")};
}

TEST_F(Exports, ComeBackByCaseInTheOrderTheyWereMade) {
  const auto log = ExportLog::Open(folder_).value();
  for (const std::uint64_t n : {7, 3, 9}) ASSERT_TRUE(log->Add(Example("owl-7", n)));
  ASSERT_TRUE(log->Add(Example("owl", 1)));
  ASSERT_TRUE(log->Add(Example("owl-77", 2)));
  const auto all = log->Of(CaseId{"owl-7"}).value();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].captures, 7U);
  EXPECT_EQ(all[2].captures, 9U);
  EXPECT_EQ(all[0].by, "Analyst 3");
  EXPECT_EQ(all[0].reason, "Hearing");
  EXPECT_EQ(all[0].selection, "query owl");
  EXPECT_EQ(all[0].checkpoint, "unit.example\n8\n");
  EXPECT_EQ(all[0].sha256, Sha256("bundle"));
  EXPECT_EQ(all[0].at, FromUnixMicros(1767225600000000));
  EXPECT_EQ(log->Of(CaseId{"fox"}).value().size(), 0U);
}

TEST_F(Exports, CutAListOfNumbersThatIsTooLong) {
  const auto log = ExportLog::Open(folder_).value();
  ExportEntry entry = Example("owl-7", 1);
  entry.selection = std::string(100'000, '1');
  ASSERT_TRUE(log->Add(entry));
  EXPECT_EQ(log->Of(CaseId{"owl-7"}).value()[0].selection.size(), 64U << 10);
}

}  // namespace
}  // namespace nightjar::cases
