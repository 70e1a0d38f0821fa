// SPDX-License-Identifier: Apache-2.0
// A service of the test's own behind an onion address of the world.
#pragma once

#include <gtest/gtest.h>
#include <sys/eventfd.h>

#include <filesystem>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/unique_fd.h"
#include "tests/world/server/listen.h"
#include "tests/world/server/server.h"

namespace nightjar::story {

// Serves at the socket of the world's onion service, from now until it is destroyed.
class GateServer final {
 public:
  GateServer(world::Service& service, const std::string& socket, const std::string& log)
      : log_(*world::AccessLog::Open(log, SystemClock())), server_(log_), stop_(::eventfd(0, EFD_CLOEXEC)) {
    std::filesystem::remove(socket);  // a link to the directory's, or an earlier test's own
    EXPECT_TRUE(server_.Add(*world::Listen("unix:" + socket), service));
    thread_ = std::thread([this] { EXPECT_TRUE(server_.Run({stop_.get()})); });
  }
  ~GateServer() {
    ::eventfd_write(stop_.get(), 1);
    thread_.join();
  }
  GateServer(const GateServer&) = delete;
  GateServer& operator=(const GateServer&) = delete;

 private:
  world::AccessLog log_;
  world::Server server_;
  UniqueFd stop_;
  std::thread thread_;
};

}  // namespace nightjar::story
