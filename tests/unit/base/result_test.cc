// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <string>

namespace nightjar {
namespace {

Result<std::unique_ptr<int>> Make(int value) {
  if (value < 0) return Fail(Code::kInvalidInput, "is negative", "value");
  return std::make_unique<int>(value);
}

Result<int> Sum(int first, int second) {
  ASSIGN_OR_RETURN(const auto a, Make(first));
  ASSIGN_OR_RETURN(const auto b, Make(second));
  RETURN_IF_ERROR(Make(*a - *b));
  return *a + *b;
}

TEST(Result, PassesValuesOnAndErrorsUp) {
  EXPECT_EQ(Sum(3, 2).value(), 5);
  for (const auto& bad : {Sum(-1, 0), Sum(0, -1), Sum(1, 2)}) {
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().Format(), "value: is negative");
  }
}

TEST(Error, IsMadeOfErrnoWithTheCodeACallerBranchesOn) {
  const auto code = [](int number) {
    errno = number;
    return Status(FailErrno("cannot open", "path")).error().code;
  };
  EXPECT_EQ(code(ENOENT), Code::kNotFound);
  EXPECT_EQ(code(EEXIST), Code::kAlreadyExists);
  EXPECT_EQ(code(ENOSPC), Code::kFull);
  EXPECT_EQ(code(EDQUOT), Code::kFull);
  EXPECT_EQ(code(ETIMEDOUT), Code::kTimeout);
  EXPECT_EQ(code(EACCES), Code::kIo);
  errno = ENOENT;
  EXPECT_EQ(Status(FailErrno("cannot open", "path")).error().Format(),
            "path: cannot open: No such file or directory");
}

TEST(Code, HasAWordForEach) {
  EXPECT_EQ(CodeName(Code::kInvalidInput), "invalid-input");
  EXPECT_EQ(CodeName(Code::kInternal), "internal");
}

}  // namespace
}  // namespace nightjar
