// SPDX-License-Identifier: Apache-2.0
// Everything a leak could reach, waiting for it in a network namespace of its own: a clearnet server on every
// address there is (TCP ports that proxies, web servers and others use), a name server that knows every name,
// and a name-service daemon on a unix socket, as nscd is. Each counts who comes.
#pragma once

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include "base/unique_fd.h"

namespace nightjar::leak {

inline constexpr std::string_view kDecoyAddress = "203.0.113.80";     // RFC 5737: nobody's
inline constexpr std::string_view kDecoyAddress6 = "2001:db8:2::80";  // RFC 3849
inline constexpr std::string_view kDecoyNameServer = "203.0.113.53";
inline constexpr std::string_view kDecoyName = "leak.example";  // RFC 2606

class Decoys final {
 public:
  struct Counts {
    int connects = 0;
    int dns_queries = 0;
    int daemon_connects = 0;
  };

  // `daemon`: a listening unix socket. The servers run in a new network namespace, without interfaces yet.
  explicit Decoys(UniqueFd daemon);
  ~Decoys();

  [[nodiscard]] int thread_id() const { return thread_id_; }  // names the namespace, as pid does for `ip`
  // Runs `ip` with these words in the decoys' namespace.
  void Ip(const std::string& words);
  void Listen();  // once its interfaces are up

  [[nodiscard]] Counts Take();  // since the last call

 private:
  void Live();
  void Serve();
  void AnswerDns() const;

  UniqueFd daemon_;
  UniqueFd dns_;
  std::array<UniqueFd, 9> web_;
  UniqueFd stop_;
  std::atomic<int> connects_ = 0;
  mutable std::atomic<int> dns_queries_ = 0;
  std::atomic<int> daemon_connects_ = 0;

  std::atomic<int> thread_id_ = 0;
  std::string ip_words_;
  bool serving_ = false;
  std::atomic<int> order_ = 0;  // for the thread: 1 run ip, 2 listen and serve, 3 end
  std::atomic<int> done_ = 0;   // orders carried out
  std::thread thread_;
  void Order(int order);
};

// Runs `ip` with these words in the caller's namespaces; aborts when it fails.
void RunIp(const std::string& words);

}  // namespace nightjar::leak
