// SPDX-License-Identifier: Apache-2.0
// How story tests use the shipped programs: as a person would, through arguments, standard output and exit
// status.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/child.h"
#include "base/json.h"

namespace nightjar::story {

struct Outcome {
  int status = 0;      // exit status, or 128 + signal
  std::string output;  // standard output
  std::string errors;  // standard error
};

// Runs a program to its end. A program that outlives `patience` is killed and the test fails.
[[nodiscard]] Outcome RunProgram(const std::string& program, const std::vector<std::string>& arguments,
                                 std::chrono::seconds patience = std::chrono::seconds(120));

// The shipped `nightjar` of this build.
[[nodiscard]] std::string NightjarPath();

// True as soon as `condition` is; false once `patience` has passed. Looks ten times a second.
[[nodiscard]] bool WaitUntil(std::chrono::seconds patience, const std::function<bool()>& condition);

// A folder of this test's own, deleted at the end. With `keep` it stays, and is named, when the test has
// failed.
class Scratch final {
 public:
  explicit Scratch(bool keep = false);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  bool keep_;
  std::string path_;
};

}  // namespace nightjar::story
