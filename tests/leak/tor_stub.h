// SPDX-License-Identifier: Apache-2.0
// A stand-in for Tor: a SOCKS5 server on a unix socket that answers as a test tells it, and is itself the
// service behind every address.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/unique_fd.h"

namespace nightjar::leak {

// One stream to one service, after the SOCKS conversation. Ends when the service function returns.
class Stream final {
 public:
  explicit Stream(int fd) : fd_(fd) {}
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] std::string ReadRequest() const;  // up to the empty line; empty at the end of the stream
  void Write(std::string_view bytes) const;
  void WaitForEnd() const;  // until the other side closes

 private:
  int fd_;
};

// What the stub saw of one SOCKS connection.
struct Visit {
  std::string user;
  std::string password;
  std::string host;
  int port = 0;
};

using Service = std::function<void(const Stream&)>;

// Thread-safe. Connections are served in threads that the destructor joins: it closes their streams first.
class TorStub final {
 public:
  explicit TorStub(std::string socket_path);
  ~TorStub();

  // Another service for each, as `of` says.
  void ServeEach(std::function<Service(const Visit&)> of);
  void Serve(Service service);              // for every connection from now on; SOCKS reply 0
  void ServeWithoutSocks(Service service);  // as an HTTP proxy is met: the service from the first byte
  void AnswerSocks(int reply);              // refuse every connection with this reply code
  void TakeTime(std::chrono::milliseconds circuit);  // to build one: at the first connection of each user
  void StaySilent();                                 // accept, and never answer the SOCKS request
  // Sends these bytes to every connection and closes it: no SOCKS server at all.
  void SpeakInsteadOfSocks(std::string bytes);
  // Asked for anything but an onion, a stub refuses by rule (0x02), as a SocksPort with OnionTrafficOnly
  // does; this takes that wall away.
  void AlsoServeTheClearnet();
  void Stop();  // stop listening and remove the socket

  [[nodiscard]] std::vector<Visit> visits() const;           // to onions
  [[nodiscard]] std::vector<Visit> clearnet_visits() const;  // to anything else, served or refused
  [[nodiscard]] std::size_t connections() const;             // accepted so far
  [[nodiscard]] std::size_t most_waiting() const;            // for their circuits, at the same moment
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void AcceptAll();
  void Converse(int fd);

  const std::string path_;
  UniqueFd listener_;
  UniqueFd stop_;
  std::thread acceptor_;

  mutable std::mutex mutex_;  // guards everything below
  std::function<Service(const Visit&)> service_of_;
  int reply_ = 0;
  bool onion_only_ = true;
  bool socks_ = true;
  std::size_t connections_ = 0;
  std::chrono::milliseconds circuit_time_{0};
  std::set<std::string> built_;  // circuits, by user
  std::size_t waiting_ = 0;
  std::size_t most_waiting_ = 0;
  std::optional<std::string> instead_of_socks_;
  std::vector<Visit> visits_;
  std::vector<Visit> clearnet_visits_;
  std::vector<int> open_;
  std::vector<std::thread> conversations_;
};

}  // namespace nightjar::leak
