// SPDX-License-Identifier: Apache-2.0
// Services that try to cost a crawler more than they may: time, memory, or its mind. Each is a function that
// serves one connection, with the ways in which its exchange may be recorded to have ended.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "archive/captures/record.h"
#include "tests/leak/tor_stub.h"

namespace nightjar::hostile {

struct Behaviour {
  std::string name;
  leak::Service service;
  std::set<captures::Outcome> endings;
};

// Written for limits of `body_bytes` and `header_bytes` or less, and exchanges of at most 10 s.
[[nodiscard]] const std::vector<Behaviour>& Behaviours();

}  // namespace nightjar::hostile
