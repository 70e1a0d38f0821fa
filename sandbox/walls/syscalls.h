// SPDX-License-Identifier: Apache-2.0
// Wall: a seccomp filter over system calls (seccomp(2), through libseccomp). The filter of each program is a
// list of its own (parser_syscalls, fetcher_syscalls). Foreign ABIs of the machine (x32, 32-bit) always kill.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>

#include "base/result.h"

namespace nightjar::walls {

// (argument `index` & `mask`) == `value`. Compared as 64 bits: rubbish in the upper half of a 32-bit argument
// is refused, never let through.
struct ArgumentIs {
  unsigned index;
  std::uint64_t mask;
  std::uint64_t value;
};

class SyscallFilter final {
 public:
  enum class Otherwise { kKill, kRefuse };  // SIGSYS for the whole process, or EPERM

  explicit SyscallFilter(Otherwise otherwise);
  ~SyscallFilter();
  SyscallFilter(SyscallFilter&&) noexcept;

  SyscallFilter& Allow(std::initializer_list<int> calls);
  SyscallFilter& AllowIf(int call, std::initializer_list<ArgumentIs> all_of);
  SyscallFilter& Refuse(int error_number, std::initializer_list<int> calls);
  SyscallFilter& RefuseUnless(int error_number, int call, unsigned index,
                              std::uint64_t value);  // ... allows the rest
  SyscallFilter& Kill(std::initializer_list<int> calls);

  // Loads the filter into the kernel, for good. Any rule that could not be made is an error here.
  [[nodiscard]] Status Load() const;

 private:
  SyscallFilter& Note(int libseccomp_answer);
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace nightjar::walls
