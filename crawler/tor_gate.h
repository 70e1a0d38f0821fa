// SPDX-License-Identifier: Apache-2.0
// No Tor, no task: whether Tor's SOCKS socket takes connections.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/site_host.h"

namespace nightjar::crawler {

// OK if something listens there; else what is wrong and what to do.
[[nodiscard]] Status CheckTorSocket(const std::string& path);
// The same for the proxy of any class.
[[nodiscard]] Status CheckProxySocket(const std::string& path, RouteClass route);

// Shut when a fetch could not reach the socket. Then it waits, longer each time, until the socket takes a
// connection from this process, and lets a single task try: the jailed fetcher may still be refused where the
// role is not (rights of another user), and only a task that got through opens the gate for all.
class TorGate final {
 public:
  explicit TorGate(std::string path) : path_(std::move(path)) {}

  // How many of `wanted` more tasks may go out now, while `under_way` are.
  [[nodiscard]] std::size_t Allow(std::size_t wanted, std::size_t under_way, MonoTime now);

  [[nodiscard]] bool open() const { return state_ == State::kOpen; }

  void Failed(MonoTime now);  // a task could not reach the socket
  void Passed();              // a task reached it

 private:
  enum class State { kOpen, kTrial, kShut };
  std::string path_;
  State state_ = State::kOpen;
  std::chrono::seconds wait_{0};
  MonoTime next_look_;
};

}  // namespace nightjar::crawler
