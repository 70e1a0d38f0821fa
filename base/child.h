// SPDX-License-Identifier: Apache-2.0
// A child process that cannot outlive its owner: killed when the handle goes, and by the kernel (PDEATHSIG)
// when the owner's thread dies. Start children from a thread that lives as long as they should.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar {

struct ChildSpec {
  std::string program;                   // path; no PATH search
  std::vector<std::string> arguments{};  // without argv[0]
  // {number here, number there}. Of all others the child inherits 0, 1 and 2 only.
  std::vector<std::pair<int, int>> descriptors{};
  bool clear_environment = false;  // jailed programs start with an empty environment
};

// How a child ended.
struct ChildEnd {
  bool signalled = false;
  int value = 0;  // signal number or exit status
  [[nodiscard]] std::string Format() const;
};

class Child final {
 public:
  [[nodiscard]] static Result<Child> Start(const ChildSpec& spec);

  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&& other) noexcept;
  ~Child();  // SIGKILL and reap

  [[nodiscard]] pid_t pid() const { return pid_; }
  void Signal(int signal) const;

  // Waits up to `patience`; nothing if it still runs. After an end was returned the handle is empty.
  [[nodiscard]] std::optional<ChildEnd> WaitFor(std::chrono::milliseconds patience);

  // SIGTERM, then SIGKILL after `patience`.
  ChildEnd Stop(std::chrono::milliseconds patience);

 private:
  explicit Child(pid_t pid) : pid_(pid) {}
  pid_t pid_ = -1;
};

// The folder of the running program: the jailed programs are installed beside `nightjar`.
[[nodiscard]] std::string OwnFolder();

}  // namespace nightjar
