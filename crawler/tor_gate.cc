// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_gate.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "base/unique_fd.h"

namespace nightjar::crawler {
namespace {

constexpr std::chrono::seconds kFirstWait(1);
constexpr std::chrono::seconds kLongestWait(60);

Status NotThere(const std::string& path, RouteClass route, const std::string& why) {
  if (route == RouteClass::kI2p)
    return Fail(Code::kUnavailable,
                "the I2P proxy's socket cannot be reached (" + why +
                    "); lead it to the router's HTTP proxy, for example with a systemd socket unit for "
                    "'systemd-socket-proxyd 127.0.0.1:4444', or set i2p.proxy to where it is",
                path);
  const std::string flags = route == RouteClass::kOnion ? " OnionTrafficOnly ExtendedErrors'" : "'";
  const std::string key = route == RouteClass::kOnion ? "tor.socks" : "tor.clearnet_socks";
  return Fail(Code::kUnavailable,
              "Tor's SOCKS socket cannot be reached (" + why + "); start Tor with 'SocksPort unix:" + path +
                  flags + ", or set " + key + " to where it is",
              path);
}

}  // namespace

Status CheckTorSocket(const std::string& path) { return CheckProxySocket(path, RouteClass::kOnion); }

Status CheckProxySocket(const std::string& path, RouteClass route) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return NotThere(path, route, "the path is too long for a socket");
  std::memcpy(address.sun_path, path.data(), path.size());
  const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!probe) return FailErrno("cannot make a socket");
  // EAGAIN: somebody listens, with a full queue.
  const bool reached =
      ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
      errno == EAGAIN;
  return reached ? Status() : NotThere(path, route, std::strerror(errno));
}

std::size_t TorGate::Allow(std::size_t wanted, std::size_t under_way, MonoTime now) {
  if (state_ == State::kOpen) return wanted;
  if (state_ == State::kShut) {
    if (now < next_look_) return 0;
    next_look_ = now + wait_;
    if (!CheckTorSocket(path_)) return 0;
    state_ = State::kTrial;
  }
  return under_way == 0 ? std::min<std::size_t>(wanted, 1) : 0;
}

void TorGate::Failed(MonoTime now) {
  if (state_ == State::kShut) return;  // a task of before
  if (state_ == State::kOpen)
    log::warn("Tor's SOCKS socket {} is gone; nothing is fetched until it is back", path_);
  state_ = State::kShut;
  wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
  next_look_ = now + wait_;
}

void TorGate::Passed() {
  if (state_ == State::kOpen) return;
  log::info("Tor's SOCKS socket {} is back", path_);
  state_ = State::kOpen;
  wait_ = std::chrono::seconds(0);
}

}  // namespace nightjar::crawler
