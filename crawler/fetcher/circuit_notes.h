// SPDX-License-Identifier: Apache-2.0
// What the role last said of the circuit of each SOCKS user.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

namespace nightjar::fetcher {

// One thread. Memory is bounded: at most kMostUsers, the oldest go first.
class CircuitNotes final {
 public:
  static constexpr std::size_t kMostUsers = 4096;

  void Keep(std::string socks_user, std::string text) {
    const auto [found, fresh] = texts_.insert_or_assign(std::move(socks_user), std::move(text));
    if (fresh) order_.push_back(found->first);
    if (order_.size() <= kMostUsers) return;
    texts_.erase(order_.front());
    order_.pop_front();
  }

  // "-" where nothing was said.
  [[nodiscard]] std::string Of(const std::string& socks_user) const {
    const auto found = texts_.find(socks_user);
    return found == texts_.end() ? "-" : found->second;
  }

 private:
  std::unordered_map<std::string, std::string> texts_;
  std::deque<std::string> order_;  // users as they first came
};

}  // namespace nightjar::fetcher
