// SPDX-License-Identifier: Apache-2.0
// An HTTP server of a test's own on 127.0.0.1: keeps what was posted, answers as it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/unique_fd.h"

namespace nightjar::sinks {

class HttpReceiver final {
 public:
  struct Post {
    std::map<std::string, std::string> headers;  // names as sent
    std::string body;
  };

  // The first `failures` posts get status 503; then 200.
  explicit HttpReceiver(int failures = 0, std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
      : failures_(failures), answer_(std::move(answer)), listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool listens =
        ::bind(listening_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listening_.get(), 16) == 0;
    if (!listens) std::abort();
    socklen_t size = sizeof address;
    ::getsockname(listening_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { Serve(stop); });
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  [[nodiscard]] std::vector<Post> posts() const {
    const std::scoped_lock lock(mutex_);
    return posts_;
  }

 private:
  void Serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd ready{listening_.get(), POLLIN, 0};
      if (::poll(&ready, 1, 50) <= 0) continue;
      const UniqueFd client(::accept(listening_.get(), nullptr, nullptr));
      const Post post = Read(client.get());
      std::string answer = answer_;
      {
        const std::scoped_lock lock(mutex_);
        posts_.push_back(post);
        if (static_cast<int>(posts_.size()) <= failures_)
          answer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      }
      [[maybe_unused]] const auto sent = ::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }

  static Post Read(int fd) {
    std::string text;
    char buffer[4096];
    std::size_t head = std::string::npos;
    std::size_t whole = SIZE_MAX;
    while (text.size() < whole) {
      const auto got = ::recv(fd, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      text.append(buffer, static_cast<std::size_t>(got));
      head = text.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      const std::size_t length = text.find("Content-Length: ");
      whole = head + 4 + (length < head ? std::stoul(text.substr(length + 16)) : 0);
    }
    Post post;
    if (head == std::string::npos) return post;
    post.body = text.substr(head + 4);
    for (std::size_t at = text.find("\r\n") + 2; at < head + 2;) {
      const std::size_t end = text.find("\r\n", at);
      const std::string line = text.substr(at, end - at);
      if (const std::size_t colon = line.find(": "); colon != std::string::npos)
        post.headers[line.substr(0, colon)] = line.substr(colon + 2);
      at = end + 2;
    }
    return post;
  }

  const int failures_;
  const std::string answer_;
  UniqueFd listening_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards posts_
  std::vector<Post> posts_;
  std::jthread thread_;
};

}  // namespace nightjar::sinks
