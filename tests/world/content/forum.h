// SPDX-License-Identifier: Apache-2.0
// What a forum holds: boards, users, threads and posts, without any page.
#pragma once

#include "tests/world/content/market.h"

namespace nightjar::world {

struct Post {
  std::uint32_t number = 0;  // unique in the forum, shown in anchors
  std::uint32_t author = 0;  // index of the user
  Day day = 0;
  std::uint32_t minute = 0;     // of the day
  std::vector<Day> edits = {};  // oldest first
};

struct Thread {
  std::uint32_t number = 0;
  std::uint32_t board = 0;
  std::string title;
  std::vector<Post> posts;  // oldest first, at least one
  bool locked = false;      // no more posts
};

struct User {
  std::string name;
  Day joined = 0;
  std::string_view country;
  std::uint32_t posts = 0;
  std::vector<std::uint32_t> threads;  // opened by this user: indices
  std::optional<Day> last_seen = {};   // shown from the second day on
};

struct ForumPlan {
  std::uint64_t seed = 1;
  std::size_t threads = 40;
  std::size_t users = 20;
};

[[nodiscard]] const std::array<std::string_view, 5>& BoardNames();

// Stands at day 0 after construction; texts are made at each call, as in Market.
class Forum final {
 public:
  Forum(const ForumPlan& plan, const Vocabulary& vocabulary, Names& names);

  // Brings the forum from the day before `day` to `day`, before it is shown; days are lived in order, from 1.
  // README.md has the rates.
  void Live(Day day, Names& names);

  [[nodiscard]] const std::vector<Thread>& threads() const { return threads_; }
  [[nodiscard]] const std::vector<User>& users() const { return users_; }
  [[nodiscard]] const std::vector<std::uint32_t>& OnBoard(std::size_t board) const {
    return by_board_[board];
  }
  [[nodiscard]] std::size_t posts() const { return posts_; }

  [[nodiscard]] std::vector<std::string> Text(const Post& post) const;  // paragraphs

 private:
  [[nodiscard]] Thread MakeThread(std::size_t index, Names& names);
  void Open(Thread thread);  // puts it on its board
  void WriteToday(Thread& thread, std::uint64_t posts, Day day, Dice& dice);
  void EditOne(Thread& thread, Day day, Dice& dice);
  void LockOne(Day day);
  void OpenToday(Day day, Dice dice, Names& names);
  void Welcome(Day day, Dice dice, Names& names);  // a new member, who writes into a thread
  [[nodiscard]] Thread* OpenThread(Dice& dice);    // null: all are locked

  ForumPlan plan_;
  const Vocabulary& vocabulary_;
  Zipf user_ranks_;
  std::vector<User> users_;
  std::vector<Thread> threads_;
  std::vector<std::vector<std::uint32_t>> by_board_;
  std::size_t posts_ = 0;
};

}  // namespace nightjar::world
