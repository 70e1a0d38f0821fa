// SPDX-License-Identifier: Apache-2.0
#include "tests/story/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/file.h"

namespace nightjar::story {

Scratch::Scratch(bool keep) : keep_(keep) {
  std::string pattern = (std::filesystem::temp_directory_path() / "nightjar-story-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

Scratch::~Scratch() {
  if (keep_ && testing::Test::HasFailure()) {
    std::printf("kept for a look: %s\n", path_.c_str());
    return;
  }
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string NightjarPath() { return std::string(NIGHTJAR_BIN) + "/nightjar"; }

Outcome RunProgram(const std::string& program, const std::vector<std::string>& arguments,
                   std::chrono::seconds patience) {
  const Scratch scratch;  // files, not pipes: nothing blocks however much is written
  const std::string output = scratch.path() + "/output";
  const std::string errors = scratch.path() + "/errors";
  const UniqueFd out(::open(output.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  const UniqueFd err(::open(errors.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  auto child = Child::Start(
      {.program = program, .arguments = arguments, .descriptors = {{out.get(), 1}, {err.get(), 2}}});
  if (!child) {
    ADD_FAILURE() << child.error().Format();
    return {127, "", child.error().Format()};
  }
  const auto end = child->WaitFor(patience);
  if (!end) {
    ADD_FAILURE() << program << " did not end within " << patience.count() << " s";
    return {124, "", "timed out"};
  }
  return {end->signalled ? 128 + end->value : end->value, ReadFile(output).value_or(""),
          ReadFile(errors).value_or("")};
}

bool WaitUntil(std::chrono::seconds patience, const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return true;
}

}  // namespace nightjar::story
