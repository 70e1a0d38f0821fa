// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/syscalls.h"

#include <seccomp.h>

#include <array>
#include <cstring>
#include <utility>

namespace nightjar::walls {

struct SyscallFilter::Context {
  scmp_filter_ctx filter = nullptr;
  int first_error = 0;

  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { seccomp_release(filter); }
};

SyscallFilter::SyscallFilter(Otherwise otherwise) : context_(std::make_unique<Context>()) {
  const bool kill = otherwise == Otherwise::kKill;
  context_->filter = seccomp_init(kill ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM));
  if (context_->filter == nullptr) {
    context_->first_error = -ENOMEM;
    return;
  }
  Note(seccomp_attr_set(context_->filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
}

SyscallFilter::~SyscallFilter() = default;
SyscallFilter::SyscallFilter(SyscallFilter&&) noexcept = default;

SyscallFilter& SyscallFilter::Note(int libseccomp_answer) {
  if (libseccomp_answer < 0 && context_->first_error == 0) context_->first_error = libseccomp_answer;
  return *this;
}

SyscallFilter& SyscallFilter::Allow(std::initializer_list<int> calls) {
  for (const int call : calls) Note(seccomp_rule_add(context_->filter, SCMP_ACT_ALLOW, call, 0));
  return *this;
}

SyscallFilter& SyscallFilter::AllowIf(int call, std::initializer_list<ArgumentIs> all_of) {
  std::array<scmp_arg_cmp, 6> tests{};
  unsigned count = 0;
  for (const ArgumentIs& test : all_of) {
    tests[count++] = scmp_arg_cmp{test.index, SCMP_CMP_MASKED_EQ, test.mask, test.value};
  }
  return Note(seccomp_rule_add_array(context_->filter, SCMP_ACT_ALLOW, call, count, tests.data()));
}

SyscallFilter& SyscallFilter::Refuse(int error_number, std::initializer_list<int> calls) {
  const std::uint32_t action = SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error_number));
  for (const int call : calls) Note(seccomp_rule_add(context_->filter, action, call, 0));
  return *this;
}

SyscallFilter& SyscallFilter::RefuseUnless(int error_number, int call, unsigned index, std::uint64_t value) {
  const std::uint32_t refuse = SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error_number));
  const scmp_arg_cmp equal{index, SCMP_CMP_EQ, value, 0};
  const scmp_arg_cmp other{index, SCMP_CMP_NE, value, 0};
  Note(seccomp_rule_add_array(context_->filter, SCMP_ACT_ALLOW, call, 1, &equal));
  return Note(seccomp_rule_add_array(context_->filter, refuse, call, 1, &other));
}

SyscallFilter& SyscallFilter::Kill(std::initializer_list<int> calls) {
  for (const int call : calls) Note(seccomp_rule_add(context_->filter, SCMP_ACT_KILL_PROCESS, call, 0));
  return *this;
}

Status SyscallFilter::Load() const {
  const int answer = context_->first_error != 0 ? context_->first_error : seccomp_load(context_->filter);
  if (answer == 0) return {};
  return Fail(Code::kRefused,
              std::string("cannot load the seccomp filter (") + std::strerror(-answer) +
                  "); without it no hostile byte is read. A kernel with CONFIG_SECCOMP_FILTER is "
                  "needed, and an outer container must allow seccomp(2)");
}

}  // namespace nightjar::walls
