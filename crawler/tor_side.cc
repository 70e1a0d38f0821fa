// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_side.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/unique_fd.h"

namespace nightjar::crawler {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kName = "a.invalid";
constexpr char kNotAllowed = 2;  // RFC 1928 section 6

tl::unexpected<Error> NoSocks(const std::string& path) {
  return Fail(Code::kUnavailable, "does not answer as Tor's SOCKS socket does", path);
}

Result<UniqueFd> Connect(const std::string& path, std::chrono::milliseconds patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return NoSocks(path);
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval limit{patience.count() / 1000, patience.count() % 1000 * 1000};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return FailErrno("Tor's SOCKS socket cannot be reached", path);
  return fd;
}

// Sends `question` and waits for `size` bytes; fewer when time is up or the other side closes.
Bytes Ask(const UniqueFd& fd, std::string_view question, std::size_t size) {
  if (::send(fd.get(), question.data(), question.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(question.size()))
    return {};
  Bytes answer(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::recv(fd.get(), answer.data() + have, size - have, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  answer.resize(have);
  return answer;
}

}  // namespace

Result<TorSide> ProbeTorSide(const std::string& socket_path, std::chrono::milliseconds patience) {
  ASSIGN_OR_RETURN(const UniqueFd fd, Connect(socket_path, patience));
  // RFC 1928 section 3 and RFC 1929: user and password, as every fetch of ours has.
  if (Ask(fd, "\5\1\2"sv, 2) != "\5\2"sv) return NoSocks(socket_path);
  if (Ask(fd, "\1\5probe\5probe"sv, 2) != "\1\0"sv) return NoSocks(socket_path);
  Bytes request("\5\1\0\3"sv);
  request += static_cast<char>(kName.size());
  request += kName;
  request += "\0\x50"sv;
  const Bytes reply = Ask(fd, request, 2);
  if (reply.size() < 2) return TorSide::kSaidNothing;
  return reply[1] == kNotAllowed ? TorSide::kOnionOnly : TorSide::kClearnetToo;
}

Status CheckTorSide(const std::string& socket_path) {
  ASSIGN_OR_RETURN(const TorSide side, ProbeTorSide(socket_path));
  if (side == TorSide::kOnionOnly) return {};
  return Fail(
      Code::kRefused,
      "this Tor would also fetch from the clearnet; write 'SocksPort unix:" + socket_path +
          " OnionTrafficOnly IsolateSOCKSAuth ExtendedErrors' in torrc (or set walls.tor_side to warn, and "
          "one wall fewer stands)",
      socket_path);
}

}  // namespace nightjar::crawler
