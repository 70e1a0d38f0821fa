// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/decoys.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "base/child.h"

namespace nightjar::leak {
namespace {

using namespace std::string_view_literals;

constexpr std::array<std::uint16_t, 9> kPorts = {21, 53, 70, 80, 443, 1080, 3128, 8080, 9050};

UniqueFd WebServer(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int off = 0;
  ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(fd.get(), 64) != 0)
    std::abort();
  return fd;
}

// On its own address: from any other a resolver would not take the answer.
UniqueFd NameServer() {
  UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_IP, IP_FREEBIND, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(53);
  ::inet_pton(AF_INET, std::string(kDecoyNameServer).c_str(), &address.sin_addr);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
  return fd;
}

void TellAndClose(int listener, std::string_view text) {
  const UniqueFd caller(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
  if (caller) (void)::send(caller.get(), text.data(), text.size(), MSG_NOSIGNAL);
}

}  // namespace

void RunIp(const std::string& words) {
  std::vector<std::string> arguments;
  std::istringstream split(words);
  for (std::string word; split >> word;) arguments.push_back(word);
  const char* program = ::access("/usr/sbin/ip", X_OK) == 0 ? "/usr/sbin/ip" : "/sbin/ip";
  auto child = Child::Start({.program = program, .arguments = arguments, .descriptors = {}});
  const auto end = child ? child->WaitFor(std::chrono::seconds(60)) : std::nullopt;
  if (end && !end->signalled && end->value == 0) return;
  std::fprintf(stderr, "ip %s: %s\n", words.c_str(), end ? end->Format().c_str() : "did not run");
  std::abort();
}

Decoys::Decoys(UniqueFd daemon) : daemon_(std::move(daemon)), stop_(::eventfd(0, EFD_CLOEXEC)) {
  thread_ = std::thread([this] { Live(); });
  thread_id_.wait(0);
}

Decoys::~Decoys() {
  ::eventfd_write(stop_.get(), 1);
  if (!serving_) Order(3);
  thread_.join();
}

void Decoys::Order(int order) {
  const int before = done_;
  order_ = order;
  order_.notify_one();
  done_.wait(before);
}

void Decoys::Ip(const std::string& words) {
  ip_words_ = words;
  Order(1);
}

void Decoys::Listen() {
  Order(2);
  serving_ = true;
}

void Decoys::Live() {
  if (::unshare(CLONE_NEWNET) != 0) std::abort();
  thread_id_ = ::gettid();
  thread_id_.notify_one();
  for (;;) {
    order_.wait(0);
    const int order = order_.exchange(0);
    if (order == 1) RunIp(ip_words_);
    if (order == 2) {
      for (std::size_t i = 0; i < kPorts.size(); ++i) web_[i] = WebServer(kPorts[i]);
      dns_ = NameServer();
    }
    ++done_;
    done_.notify_one();
    if (order == 2) return Serve();
    if (order == 3) return;
  }
}

void Decoys::Serve() {
  std::vector<pollfd> waiting{{stop_.get(), POLLIN, 0}, {dns_.get(), POLLIN, 0}, {daemon_.get(), POLLIN, 0}};
  for (const UniqueFd& listener : web_) waiting.push_back({listener.get(), POLLIN, 0});
  while (true) {
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) return;
    if (waiting[1].revents != 0) AnswerDns();
    if (waiting[2].revents != 0) {
      ++daemon_connects_;
      TellAndClose(daemon_.get(), "");
    }
    for (std::size_t i = 3; i < waiting.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      ++connects_;
      TellAndClose(waiting[i].fd, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ndecoy");
    }
  }
}

// Every name is at kDecoyAddress (RFC 1035 section 4): the question comes back with one answer behind it.
void Decoys::AnswerDns() const {
  std::string message(512, '\0');
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const ssize_t got =
      ::recvfrom(dns_.get(), message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got < 17) return;
  ++dns_queries_;
  message.resize(message.find('\0', 12) + 5);  // header and question; additional records are left out
  const bool asks_address = message[message.size() - 3] == 1;
  message.replace(2, 10, asks_address ? "\x81\x80\0\1\0\1\0\0\0\0"sv : "\x81\x80\0\1\0\0\0\0\0\0"sv);
  if (asks_address) message += "\xC0\x0C\0\1\0\1\0\0\0\x3C\0\4\xCB\0\x71\x50"sv;
  (void)::sendto(dns_.get(), message.data(), message.size(), 0, reinterpret_cast<const sockaddr*>(&from),
                 size);
}

Decoys::Counts Decoys::Take() {
  return {connects_.exchange(0), dns_queries_.exchange(0), daemon_connects_.exchange(0)};
}

}  // namespace nightjar::leak
