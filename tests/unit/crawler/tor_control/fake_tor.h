// SPDX-License-Identifier: Apache-2.0
// A control socket that answers as a test tells it. No thread: it acts when the test calls Serve().
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/file.h"
#include "base/unique_fd.h"
#include "crawler/tor_control/words.h"

namespace nightjar::tor_control {

class FakeTor final {
 public:
  explicit FakeTor(const std::string& folder) : path_(folder + "/control"), cookie_file_(folder + "/cookie") {
    if (!WriteFileDurably(cookie_file_, cookie_)) std::abort();
    Listen();
  }

  void Listen() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.data(), path_.size());
    ::unlink(path_.c_str());
    listener_ = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    if (::listen(listener_.get(), 4) != 0) std::abort();
  }
  void Die() {
    listener_.Reset();
    client_.Reset();
    pending_.clear();
  }

  // Takes a client and answers every command that has arrived.
  void Serve() {
    if (const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK); fd >= 0)
      client_ = UniqueFd(fd);
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(client_.get(), piece, sizeof piece, 0)) > 0;)
      pending_.append(piece, static_cast<std::size_t>(got));
    for (std::size_t end = 0; (end = pending_.find("\r\n")) != std::string::npos;
         pending_.erase(0, end + 2)) {
      const std::string command = pending_.substr(0, end);
      commands_.push_back(command);
      if (!silent_) Say(Answer(command));
    }
  }
  void Say(const std::string& bytes) const {
    (void)::send(client_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  std::string Answer(const std::string& command) {
    if (command == "PROTOCOLINFO 1")
      return "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=" + methods_ + " COOKIEFILE=\"" + cookie_file_ +
             "\"\r\n250-VERSION Tor=\"0.4.9.11\"\r\n250 OK\r\n";
    if (command.starts_with("AUTHCHALLENGE SAFECOOKIE ")) return Challenge(command.substr(25));
    if (command.starts_with("AUTHENTICATE"))
      return command == "AUTHENTICATE" + proof_ ? "250 OK\r\n" : "515 Authentication failed\r\n";
    if (command.starts_with("GETINFO status/")) return health_;
    if (command == "GETINFO circuit-status") return "250+circuit-status=\r\n.\r\n250 OK\r\n";
    if (command.starts_with("GETINFO dir/")) return "250+dir/x=\r\nvalid-after\r\n.\r\n250 OK\r\n";
    return "250 OK\r\n";
  }

  std::string Challenge(const std::string& hex) {
    std::string lower = hex;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    const Bytes server_nonce(32, 's');
    const Bytes told = server_cookie_ + *HexDecode(lower) + server_nonce;
    const auto hash = HmacSha256("Tor safe cookie authentication server-to-controller hash", told).Hex();
    proof_ = " " + HmacSha256("Tor safe cookie authentication controller-to-server hash", told).Hex();
    return "250 AUTHCHALLENGE SERVERHASH=" + hash + " SERVERNONCE=" + HexEncode(server_nonce) + "\r\n";
  }

  static std::string HealthAt(int progress, const std::string& tag, bool circuits) {
    return "250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=" + std::to_string(progress) +
           " TAG=" + tag + " SUMMARY=\"Phase " + tag +
           "\"\r\n250-status/circuit-established=" + (circuits ? "1" : "0") +
           "\r\n250-version=0.4.9.11\r\n250 OK\r\n";
  }

  std::string path_;
  std::string cookie_file_;
  Bytes cookie_ = Bytes(32, 'c');
  Bytes server_cookie_ = cookie_;  // differs: an impostor
  std::string methods_ = "COOKIE,SAFECOOKIE";
  std::string health_ = HealthAt(100, "done", true);
  std::string proof_;
  bool silent_ = false;
  std::vector<std::string> commands_;

 private:
  UniqueFd listener_;
  UniqueFd client_;
  std::string pending_;
};

}  // namespace nightjar::tor_control
