// SPDX-License-Identifier: Apache-2.0
// One jailed process and the pipe pair to it. One thread at a time.
#pragma once

#include <chrono>
#include <string>

#include "base/child.h"
#include "base/result.h"
#include "base/unique_fd.h"
#include "sandbox/wire/hello.h"

namespace nightjar::pool {

using Deadline = std::chrono::steady_clock::time_point;

class Worker final {
 public:
  // Starts the program, waits for its first frame and sends it the site profiles. The calling thread must
  // live as long as the worker (base/child).
  [[nodiscard]] static Result<Worker> Start(const std::string& program, ByteView profiles, Deadline deadline);

  // Sends a document, returns the untrusted answer. kTimeout or kUnavailable: the worker is of no further
  // use.
  [[nodiscard]] Result<Bytes> Exchange(ByteView request, Deadline deadline);

  // Still there and silent, as an idle worker must be. One that died while idle is not the next document's
  // fault.
  [[nodiscard]] bool IsReady() const;

  // After kUnavailable: how it ended ("killed by signal 31 (Bad system call)").
  [[nodiscard]] std::string HowItEnded();

  [[nodiscard]] const wire::Hello& hello() const { return hello_; }
  unsigned documents = 0;            // read so far
  std::chrono::nanoseconds busy{0};  // spent in Exchange() so far

 private:
  Worker(Child child, UniqueFd to, UniqueFd from)
      : child_(std::move(child)), to_(std::move(to)), from_(std::move(from)) {}
  [[nodiscard]] Status Send(ByteView bytes, Deadline deadline);
  [[nodiscard]] Result<Bytes> Receive(std::size_t max_bytes, Deadline deadline);

  Child child_;
  UniqueFd to_;    // write end, non-blocking
  UniqueFd from_;  // read end, non-blocking
  wire::Hello hello_;
};

}  // namespace nightjar::pool
