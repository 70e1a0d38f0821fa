// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/tor_stub.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace nightjar::leak {
namespace {

constexpr int kSilent = -1;
constexpr int kNotAllowed = 2;

std::optional<std::string> ReadExactly(int fd, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t have = 0; have < size;) {
    const ssize_t got = ::recv(fd, bytes.data() + have, size - have, 0);
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

// A byte count and that many bytes, as RFC 1928 and 1929 write names.
std::optional<std::string> ReadCounted(int fd) {
  const auto size = ReadExactly(fd, 1);
  return size ? ReadExactly(fd, static_cast<unsigned char>(size->front())) : std::nullopt;
}

// The server's half of RFC 1928 and 1929, up to the request; insists on user and password.
std::optional<Visit> ReadSocks(int fd) {
  Visit visit;
  if (!ReadExactly(fd, 1) || !ReadCounted(fd)) return std::nullopt;  // version, methods
  Stream(fd).Write({"\x05\x02", 2});
  if (!ReadExactly(fd, 1)) return std::nullopt;
  const auto user = ReadCounted(fd);
  const auto password = ReadCounted(fd);
  Stream(fd).Write({"\x01\x00", 2});
  const auto request = ReadExactly(fd, 4);  // version, command, reserved, address type
  if (!user || !password || !request || (*request)[3] != 3) return std::nullopt;
  const auto host = ReadCounted(fd);
  const auto port = ReadExactly(fd, 2);
  if (!host || !port) return std::nullopt;
  const auto byte = [&](int i) { return static_cast<int>(static_cast<unsigned char>((*port)[i])); };
  return Visit{*user, *password, *host, byte(0) << 8 | byte(1)};
}

}  // namespace

std::string Stream::ReadRequest() const {
  std::string request;
  while (!request.ends_with("\r\n\r\n")) {
    const auto byte = ReadExactly(fd_, 1);
    if (!byte) return {};
    request += *byte;
  }
  return request;
}

void Stream::Write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t put = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void Stream::WaitForEnd() const {
  while (ReadExactly(fd_, 1)) {
  }
}

TorStub::TorStub(std::string socket_path)
    : path_(std::move(socket_path)),
      listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.size() >= sizeof address.sun_path) std::abort();
  std::memcpy(address.sun_path, path_.data(), path_.size());
  ::unlink(path_.c_str());
  if (::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_.get(), 128) != 0) {
    std::abort();
  }
  acceptor_ = std::thread([this] { AcceptAll(); });
}

TorStub::~TorStub() { Stop(); }

void TorStub::Serve(Service service) {
  ServeEach([service = std::move(service)](const Visit&) { return service; });
}

void TorStub::ServeEach(std::function<Service(const Visit&)> of) {
  const std::scoped_lock lock(mutex_);
  service_of_ = std::move(of);
  reply_ = 0;
  instead_of_socks_.reset();
}

void TorStub::SpeakInsteadOfSocks(std::string bytes) {
  const std::scoped_lock lock(mutex_);
  instead_of_socks_ = std::move(bytes);
}

void TorStub::ServeWithoutSocks(Service service) {
  Serve(std::move(service));
  const std::scoped_lock lock(mutex_);
  socks_ = false;
}

std::size_t TorStub::connections() const {
  const std::scoped_lock lock(mutex_);
  return connections_;
}

std::size_t TorStub::most_waiting() const {
  const std::scoped_lock lock(mutex_);
  return most_waiting_;
}

void TorStub::TakeTime(std::chrono::milliseconds circuit) {
  const std::scoped_lock lock(mutex_);
  circuit_time_ = circuit;
}

void TorStub::AnswerSocks(int reply) {
  const std::scoped_lock lock(mutex_);
  reply_ = reply;
}

void TorStub::AlsoServeTheClearnet() {
  const std::scoped_lock lock(mutex_);
  onion_only_ = false;
}

std::vector<Visit> TorStub::clearnet_visits() const {
  const std::scoped_lock lock(mutex_);
  return clearnet_visits_;
}

void TorStub::StaySilent() { AnswerSocks(kSilent); }

std::vector<Visit> TorStub::visits() const {
  const std::scoped_lock lock(mutex_);
  return visits_;
}

void TorStub::AcceptAll() {
  while (true) {
    pollfd waiting[] = {{listener_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
    ::poll(waiting, 2, -1);
    if (waiting[1].revents != 0) return;
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const std::scoped_lock lock(mutex_);
    open_.push_back(fd);
    ++connections_;
    conversations_.emplace_back([this, fd] { Converse(fd); });
  }
}

void TorStub::Converse(int fd) {
  std::unique_lock lock(mutex_);
  const bool socks = socks_;
  const Service plain = socks ? Service() : service_of_(Visit{});
  const auto instead = instead_of_socks_;
  lock.unlock();
  if (instead) Stream(fd).Write(*instead);
  const auto visit = socks && !instead ? ReadSocks(fd) : std::nullopt;
  if (!socks) plain(Stream(fd));
  lock.lock();
  const Service service = visit && service_of_ ? service_of_(*visit) : Service();
  const bool onion = visit && visit->host.ends_with(".onion");
  const int reply = !onion && onion_only_ ? kNotAllowed : reply_;
  if (visit) (onion ? visits_ : clearnet_visits_).push_back(*visit);
  const bool builds = visit && circuit_time_.count() > 0 && built_.insert(visit->user).second;
  if (builds) {
    most_waiting_ = std::max(most_waiting_, ++waiting_);
    lock.unlock();
    std::this_thread::sleep_for(circuit_time_);
    lock.lock();
    --waiting_;
  }
  lock.unlock();
  if (visit && reply == kSilent) Stream(fd).WaitForEnd();
  if (visit && reply >= 0) {
    const char answer[] = {5, static_cast<char>(reply), 0, 1, 0, 0, 0, 0, 0, 0};
    Stream(fd).Write({answer, sizeof answer});
    if (reply == 0 && service) service(Stream(fd));
  }
  lock.lock();
  std::erase(open_, fd);
  ::close(fd);
}

void TorStub::Stop() {
  if (!acceptor_.joinable()) return;
  ::eventfd_write(stop_.get(), 1);
  acceptor_.join();
  listener_.Reset();
  ::unlink(path_.c_str());
  std::unique_lock lock(mutex_);
  for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  std::vector<std::thread> ending = std::move(conversations_);
  lock.unlock();
  for (auto& thread : ending) thread.join();
}

}  // namespace nightjar::leak
