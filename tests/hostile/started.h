// SPDX-License-Identifier: Apache-2.0
// Starting the shipped programs, as ourselves or as nobody.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/child.h"

namespace nightjar::hostile {

inline std::string Program(const std::string& name) { return std::string(NIGHTJAR_BIN) + "/" + name; }

using Words = std::vector<std::string>;

// The command line that runs `command` as the user nobody; only root can.
inline Words AsNobody(Words command) {
  const Words change = {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
  command.insert(command.begin(), change.begin(), change.end());
  return command;
}

inline ChildEnd RunToEnd(const Words& command) {
  constexpr std::chrono::seconds kPatience(20);
  auto child = Child::Start({.program = command.front(),
                             .arguments = Words(command.begin() + 1, command.end()),
                             .descriptors = {},
                             .clear_environment = true});
  if (!child) {
    ADD_FAILURE() << child.error().Format();
    return {};
  }
  const auto end = child->WaitFor(kPatience);
  EXPECT_TRUE(end) << command.front() << " did not end";
  return end.value_or(ChildEnd{});
}

// May nobody run programs of this build at all? (Not when it lies below a private home folder.)
inline bool NobodyCanRun(const std::string& program) {
  if (::geteuid() != 0 || ::access("/usr/bin/setpriv", X_OK) != 0) return false;
  const ChildEnd end = RunToEnd(AsNobody({program, "--selftest", "no-such-action"}));
  return !end.signalled && end.value == 13;
}

// The command line that runs `command` in a user namespace in which no further one may be made, and no
// capability is left to make others: what a system looks like that denies namespaces.
inline Words WithoutNamespaces(Words command) {
  const Words deny = {"/usr/bin/unshare",
                      "-U",
                      "-r",
                      "/bin/sh",
                      "-c",
                      "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all "
                      "--inh-caps=-all \"$@\"",
                      "sh"};
  command.insert(command.begin(), deny.begin(), deny.end());
  return command;
}

inline bool CanDenyNamespaces() {
  const ChildEnd end = RunToEnd(WithoutNamespaces({"/bin/true"}));
  return !end.signalled && end.value == 0;
}

}  // namespace nightjar::hostile
