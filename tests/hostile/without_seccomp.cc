// SPDX-License-Identifier: Apache-2.0
// Runs a program on what looks to it like a kernel without seccomp, as some outer containers are.
#include <linux/prctl.h>
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  const scmp_arg_cmp set_seccomp{0, SCMP_CMP_EQ, PR_SET_SECCOMP, 0};
  if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0) != 0 ||
      seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, &set_seccomp) != 0 ||
      seccomp_load(filter) != 0) {
    return 3;
  }
  ::execv(argv[1], argv + 1);
  return 127;
}
