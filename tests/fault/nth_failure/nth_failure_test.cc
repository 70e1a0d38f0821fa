// SPDX-License-Identifier: Apache-2.0
// The archive's writer while its first, second, third ... call fails, until a run passes in which none did:
// it never crashes, it says what failed and where, and nothing that it had acknowledged is lost. Each call
// fails once (then the same step is tried again), or it and all after it.
//
//   NIGHTJAR_NTH_STEP=1 fault_nth_failure      every call of every kind, the long form; without it every 7th
//                                              input or output call and every 997th allocation
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "base/child.h"
#include "base/file.h"
#include "tests/fault/workload/steps.h"

namespace nightjar::fault {
namespace {

std::uint64_t StepOr(std::uint64_t otherwise) {
  const char* text = std::getenv("NIGHTJAR_NTH_STEP");
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Ended {
  ChildEnd end;
  bool fired = false;
  std::vector<std::string> errors;  // "<code> <where>: <text>"
  Acknowledged acknowledged;
};

class NthFailure : public testing::Test {
 protected:
  NthFailure() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = (memory ? "/dev/shm/" : testing::TempDir()) + "nightjar-nth-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~NthFailure() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string Archive() const { return folder_ + "/archive"; }

  Ended Run(const std::string& kind, std::uint64_t at, std::uint64_t count) const {
    for (const char* old : {"/archive", "/said", "/fired", "/out"})
      std::filesystem::remove_all(folder_ + old);
    const std::string bin = NIGHTJAR_BIN;
    auto child = Child::Start(
        {.program = "/bin/sh",
         .arguments = {"-c", "exec \"$@\" > \"$0\" 2>&1", folder_ + "/out", "/usr/bin/env",
                       "LD_PRELOAD=" + bin + "/libfault-injector.so", "NIGHTJAR_FAULT_FOLDER=" + Archive(),
                       "NIGHTJAR_FAULT_KIND=" + kind, "NIGHTJAR_FAULT_AT=" + std::to_string(at),
                       "NIGHTJAR_FAULT_COUNT=" + std::to_string(count),
                       "NIGHTJAR_FAULT_FIRED=" + folder_ + "/fired", bin + "/fault-workload", Archive(),
                       folder_ + "/said"}});
    EXPECT_TRUE(child) << child.error().Format();
    const auto end = child->WaitFor(std::chrono::seconds(60));
    EXPECT_TRUE(end) << "it hangs";
    Ended ended{.end = end.value_or(ChildEnd{}),
                .fired = std::filesystem::exists(folder_ + "/fired"),
                .errors = {},
                .acknowledged = {}};
    std::istringstream out(ReadFile(folder_ + "/out").value_or(""));
    for (std::string line; std::getline(out, line);) {
      if (line.starts_with("error ")) ended.errors.push_back(line.substr(6));
    }
    ended.acknowledged.Hear(ReadFile(folder_ + "/said").value_or(""));
    return ended;
  }

  void Expect(const Ended& ended, const std::string& code) {
    EXPECT_FALSE(ended.end.signalled) << ended.end.Format() << ReadFile(folder_ + "/out").value_or("");
    EXPECT_TRUE(ended.end.value == 0 || ended.end.value == 3)
        << ended.end.Format() << ReadFile(folder_ + "/out").value_or("");
    if (ended.fired && !code.empty()) {
      ASSERT_FALSE(ended.errors.empty()) << "a failure was passed over in silence";
      EXPECT_TRUE(ended.errors[0].starts_with(code + " ")) << ended.errors[0];
    }
    if (!ended.end.signalled && ended.end.value == 3) {
      EXPECT_FALSE(ended.errors.empty()) << "it gave up and did not say why";
    }
    for (const std::string& error : ended.errors)
      EXPECT_NE(error.find(Archive()), std::string::npos) << "names no file: " << error;
    const Status left = CheckWhatIsLeft(Archive(), ended.acknowledged);
    EXPECT_TRUE(left) << left.error().Format();
  }

  // `code`: what every failure must be reported as; "" where it may be made good without a word.
  void TryAll(const std::string& kind, std::uint64_t step, const std::string& code,
              const std::vector<std::uint64_t>& counts = {1, 0}) {
    for (const std::uint64_t count : counts) {
      std::uint64_t runs = 0;
      for (std::uint64_t at = 1;; at += step, ++runs) {
        SCOPED_TRACE(fmt::format("{}, call {} of {}", kind, at, count));
        const Ended ended = Run(kind, at, count);
        Expect(ended, code);
        if (HasFailure()) return;
        if (!ended.fired) {
          EXPECT_EQ(ended.end.value, 0) << "undisturbed";
          EXPECT_TRUE(ended.acknowledged.rotated && ended.acknowledged.pages == kPages);
          break;
        }
        EXPECT_TRUE(count != 1 || ended.end.value == 0) << "a failure that passed is not got over";
      }
      fmt::print("{}, {}: {} runs\n", kind, count == 0 ? "for good" : fmt::format("{} in a row", count),
                 runs);
      EXPECT_GT(runs, 10U);
    }
  }

  std::string folder_;
};

TEST_F(NthFailure, OfNoSpaceLosesNothingAndIsReported) { TryAll("enospc", StepOr(7), "full"); }

TEST_F(NthFailure, OfInputOrOutputLosesNothingAndIsReported) { TryAll("eio", StepOr(7), "io"); }

TEST_F(NthFailure, OfAWriteThatStopsHalfwayLosesNothing) { TryAll("short", StepOr(7), ""); }

// Not always a failure: who asks for memory may do without. Of a long row not even the error may be spoken of
// in full.
TEST_F(NthFailure, OfMemoryLosesNothingAndEndsNoProcess) { TryAll("memory", StepOr(997), "", {1, 5}); }

}  // namespace
}  // namespace nightjar::fault
