// SPDX-License-Identifier: Apache-2.0
#include "base/inbox.h"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <thread>
#include <vector>

namespace nightjar {
namespace {

using namespace std::chrono_literals;
constexpr auto kLong = 30s;  // a deadline no test waits for

TEST(Inbox, GivesItemsInTheOrderTheyCame) {
  Inbox<int> inbox(10);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(inbox.Put(i));
  EXPECT_EQ(inbox.size(), 5U);
  EXPECT_EQ(inbox.TakeFor(kLong), 0);
  EXPECT_EQ(inbox.TakeBatch(3, kLong), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(inbox.TakeBatch(3, kLong), (std::vector<int>{4}));
}

TEST(Inbox, GivesNothingWhenNothingCame) {
  Inbox<int> inbox(1);
  EXPECT_EQ(inbox.TakeFor(0ms), std::nullopt);
  EXPECT_TRUE(inbox.TakeBatch(9, 1ms).empty());
}

TEST(Inbox, MakesSendersWaitWhileItIsFull) {
  Inbox<int> inbox(2);
  constexpr int kItems = 1000;
  std::thread sender([&] {
    for (int i = 0; i < kItems; ++i) EXPECT_TRUE(inbox.Put(i));
  });
  for (int i = 0; i < kItems; ++i) {
    EXPECT_LE(inbox.size(), 2U);
    EXPECT_EQ(inbox.TakeFor(kLong), i);
  }
  sender.join();
}

TEST(Inbox, WakesSendersThatWaitWhenItIsClosed) {
  Inbox<int> inbox(1);
  ASSERT_TRUE(inbox.Put(1));
  std::thread sender([&] { EXPECT_FALSE(inbox.Put(2)); });
  inbox.Close();
  sender.join();
  EXPECT_FALSE(inbox.closed());  // one item is still inside
  EXPECT_EQ(inbox.TakeFor(kLong), 1);
  EXPECT_EQ(inbox.TakeFor(kLong), std::nullopt);
  EXPECT_TRUE(inbox.closed());
}

TEST(Inbox, WakesReceiversThatWaitWhenItIsClosed) {
  Inbox<int> inbox(1);
  std::thread receiver([&] { EXPECT_EQ(inbox.TakeFor(kLong), std::nullopt); });
  std::thread batch_receiver([&] { EXPECT_TRUE(inbox.TakeBatch(5, kLong).empty()); });
  inbox.Close();
  receiver.join();
  batch_receiver.join();
}

TEST(Inbox, LosesAndDoublesNothingBetweenManyThreads) {
  Inbox<std::unique_ptr<int>> inbox(7);
  constexpr int kSenders = 4;
  constexpr int kEach = 500;
  std::vector<int> seen(kSenders * kEach, 0);
  std::mutex mutex;
  std::vector<std::thread> receivers;
  for (int i = 0; i < 3; ++i) {
    receivers.emplace_back([&] {
      while (!inbox.closed()) {
        for (const auto& item : inbox.TakeBatch(5, 100ms)) {
          const std::scoped_lock lock(mutex);
          ++seen[static_cast<std::size_t>(*item)];
        }
      }
    });
  }
  std::vector<std::thread> senders;
  for (int sender = 0; sender < kSenders; ++sender) {
    senders.emplace_back([&, sender] {
      for (int i = 0; i < kEach; ++i) EXPECT_TRUE(inbox.Put(std::make_unique<int>(sender * kEach + i)));
    });
  }
  for (auto& thread : senders) thread.join();
  inbox.Close();
  for (auto& thread : receivers) thread.join();
  EXPECT_EQ(seen, std::vector<int>(seen.size(), 1));
}

}  // namespace
}  // namespace nightjar
