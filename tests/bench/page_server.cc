// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/page_server.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>

#include "base/bytes.h"
#include "base/random.h"

namespace nightjar::bench {
namespace {

using namespace std::string_view_literals;

std::string MakeResponse(std::uint64_t n, std::size_t page_bytes) {
  SeededRandom random(n);
  std::string page = "<html><title>Page " + std::to_string(n) + "</title>";
  while (page.size() < page_bytes) {
    page += "<div class=\"item\"><a href=\"/item/" + HexEncode(random.Take(4)) + "\">owl ";
    for (int words = 0; words < 8; ++words) page += "word" + std::to_string(random.Next() % 2000) + " ";
    page += "</a></div>\n";
  }
  return "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " +
         std::to_string(page.size()) + "\r\n\r\n" + page;
}

// One connection: SOCKS5 with user and password (RFC 1928, 1929) first where it is asked for, then HTTP.
class Conversation final {
 public:
  Conversation(const std::vector<std::string>& responses, bool socks)
      : responses_(responses), stage_(socks ? Stage::kMethods : Stage::kHttp) {}

  void Take(std::string_view bytes) {
    in_ += bytes;
    while (Step()) {
    }
  }
  std::string out;

 private:
  enum class Stage { kMethods, kPassword, kAddress, kHttp };

  // Consumes one whole message; false when more bytes are needed.
  bool Step() {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(in_[i]));
    };
    if (stage_ == Stage::kMethods) return Done(in_.size() < 2 ? 2 : 2 + byte(1), Stage::kPassword, "\5\2"sv);
    if (stage_ == Stage::kPassword) {
      const std::size_t user = in_.size() < 2 ? 0 : byte(1);
      return Done(in_.size() < 3 + user ? 3 + user : 3 + user + byte(2 + user), Stage::kAddress, "\1\0"sv);
    }
    if (stage_ == Stage::kAddress) {
      const std::size_t host = in_.size() < 5 ? 0 : byte(4);
      const bool onion = in_.substr(0, 5 + host).ends_with(".onion");
      return Done(7 + host, Stage::kHttp, onion ? "\5\0\0\1\0\0\0\0\0\0"sv : "\5\2\0\1\0\0\0\0\0\0"sv);
    }
    return Answer();
  }

  bool Done(std::size_t size, Stage next, std::string_view reply) {
    if (in_.size() < size) return false;
    in_.erase(0, size);
    stage_ = next;
    out += reply;
    return true;
  }

  bool Answer() {
    const std::size_t end = in_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    std::size_t number = responses_.size();
    const std::size_t path = in_.find("/p/");
    if (path < end) std::from_chars(in_.data() + path + 3, in_.data() + end, number);
    in_.erase(0, end + 4);
    out += number < responses_.size() ? responses_[number]
                                      : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    return true;
  }

  const std::vector<std::string>& responses_;
  Stage stage_;
  std::string in_;
};

void Watch(int epoll, int fd, std::uint32_t events, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  if (::epoll_ctl(epoll, operation, fd, &event) != 0) std::abort();
}

int Listening(int fd, const sockaddr* address, socklen_t size) {
  if (::bind(fd, address, size) != 0 || ::listen(fd, 1024) != 0) std::abort();
  return fd;
}

// False when the connection is over.
bool Move(int fd, Conversation& conversation, int epoll) {
  char piece[65536];
  while (true) {
    const ssize_t got = ::recv(fd, piece, sizeof piece, MSG_DONTWAIT);
    if (got == 0) return false;
    if (got < 0) break;
    conversation.Take({piece, static_cast<std::size_t>(got)});
  }
  while (!conversation.out.empty()) {
    const ssize_t put =
        ::send(fd, conversation.out.data(), conversation.out.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put < 0) break;
    conversation.out.erase(0, static_cast<std::size_t>(put));
  }
  Watch(epoll, fd, conversation.out.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
  return true;
}

}  // namespace

PageServer::PageServer(std::size_t count, std::size_t page_bytes, const std::string& socks_path)
    : unix_listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      tcp_listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  for (std::size_t n = 0; n < count; ++n) responses_.push_back(MakeResponse(n, page_bytes));
  sockaddr_un here{};
  here.sun_family = AF_UNIX;
  socks_path.copy(here.sun_path, sizeof here.sun_path - 1);
  Listening(unix_listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here);
  sockaddr_in port{};
  port.sin_family = AF_INET;
  port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Listening(tcp_listener_, reinterpret_cast<const sockaddr*>(&port), sizeof port);
  socklen_t size = sizeof port;
  ::getsockname(tcp_listener_, reinterpret_cast<sockaddr*>(&port), &size);
  port_ = ntohs(port.sin_port);
}

void PageServer::Serve() const {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  Watch(epoll, unix_listener_, EPOLLIN, EPOLL_CTL_ADD);
  Watch(epoll, tcp_listener_, EPOLLIN, EPOLL_CTL_ADD);
  std::map<int, std::unique_ptr<Conversation>> open;
  while (true) {
    epoll_event events[64];
    const int ready = ::epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < ready; ++i) {
      const int fd = events[i].data.fd;
      if (fd == unix_listener_ || fd == tcp_listener_) {
        const int caller = ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
        if (caller < 0) continue;
        open[caller] = std::make_unique<Conversation>(responses_, fd == unix_listener_);
        Watch(epoll, caller, EPOLLIN, EPOLL_CTL_ADD);
      } else if (!Move(fd, *open.at(fd), epoll)) {
        open.erase(fd);
        ::close(fd);
      }
    }
  }
}

}  // namespace nightjar::bench
