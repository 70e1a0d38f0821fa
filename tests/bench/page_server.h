// SPDX-License-Identifier: Apache-2.0
// A site of many pages for benches, quick enough to be nobody's limit: one thread, epoll, keep-alive, every
// response made beforehand. The same pages on a unix socket that speaks SOCKS5 as Tor's does (any onion is
// this site), and on a TCP port of loopback for programs that know no SOCKS over unix sockets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nightjar::bench {

class PageServer final {
 public:
  // Pages "/p/0" to "/p/<count - 1>", each of about `page_bytes` of text in tags, no two alike. Listens when
  // it returns.
  PageServer(std::size_t count, std::size_t page_bytes, const std::string& socks_path);
  [[nodiscard]] std::uint16_t tcp_port() const { return port_; }

  // Serves until the process is killed. For a process of its own.
  [[noreturn]] void Serve() const;

 private:
  std::vector<std::string> responses_;
  int unix_listener_ = -1;
  int tcp_listener_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace nightjar::bench
