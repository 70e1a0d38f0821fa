// SPDX-License-Identifier: Apache-2.0
// Inbox<T>: a bounded queue between threads. A full inbox makes the sender wait: that is how pressure runs
// backwards.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace nightjar {

// Any number of senders and receivers. After Close(), Put() returns false and Take() drains what is left.
template <typename T>
class Inbox final {
 public:
  explicit Inbox(std::size_t capacity) : capacity_(capacity) {}

  // Waits for room. False, and the item is dropped, once the inbox is closed.
  bool Put(T item) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
    if (closed_) return false;
    items_.push_back(std::move(item));
    lock.unlock();
    arrived_.notify_one();
    return true;
  }

  // The next item; nothing when the inbox is closed and empty, or `wait` has passed.
  [[nodiscard]] std::optional<T> TakeFor(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, wait, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    lock.unlock();
    room_.notify_one();
    return item;
  }

  // Everything that has arrived, up to `most`; waits up to `wait` for the first item. For group commits.
  [[nodiscard]] std::vector<T> TakeBatch(std::size_t most, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, wait, [&] { return closed_ || !items_.empty(); });
    std::vector<T> batch;
    while (!items_.empty() && batch.size() < most) {
      batch.push_back(std::move(items_.front()));
      items_.pop_front();
    }
    lock.unlock();
    room_.notify_all();
    return batch;
  }

  void Close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    room_.notify_all();
    arrived_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const std::scoped_lock lock(mutex_);
    return closed_ && items_.empty();
  }

  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return items_.size();
  }

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable room_;
  std::condition_variable arrived_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace nightjar
