// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "tests/world/content/forum.h"

namespace nightjar::world {

void Forum::Live(Day day, Names& names) {
  const auto dice_for = [&](std::string_view what, std::uint64_t number = 0) {
    return Dice(plan_.seed, fmt::format("forum/day {}/{}", day, what), number);
  };
  for (std::size_t i = 0; i < users_.size(); ++i)
    if (dice_for("seen", i).OneIn(2)) users_[i].last_seen = day;
  for (Thread& thread : threads_) {
    Dice dice = dice_for("thread", thread.number);
    if (dice.OneIn(10)) EditOne(thread, day, dice);
    if (dice.OneIn(6) && !thread.locked) WriteToday(thread, dice.Between(1, 3), day, dice);
  }
  if (day % 2 == 0) LockOne(day);
  for (std::uint64_t more = dice_for("openings").Between(1, 3); more > 0; --more)
    OpenToday(day, dice_for("opening", threads_.size()), names);
  if (day % 3 == 0) Welcome(day, dice_for("newcomer"), names);
}

void Forum::OpenToday(Day day, Dice dice, Names& names) {
  Thread thread;
  thread.number = static_cast<std::uint32_t>(threads_.size()) + 1;
  thread.board = static_cast<std::uint32_t>(dice.Below(BoardNames().size()));
  thread.title = names.ThreadTitle(dice);
  WriteToday(thread, dice.Between(1, 4), day, dice);
  Open(std::move(thread));
}

void Forum::Welcome(Day day, Dice dice, Names& names) {
  User user;
  user.name = names.Handle(dice);
  user.joined = day;
  user.country = dice.Pick(Countries());
  user.last_seen = day;
  user.posts = 1;
  Thread* const thread = OpenThread(dice);
  if (thread == nullptr) return;
  thread->posts.push_back({.number = static_cast<std::uint32_t>(++posts_),
                           .author = static_cast<std::uint32_t>(users_.size()),
                           .day = day,
                           .minute = 24 * 60 - 1});
  users_.push_back(std::move(user));
}

Thread* Forum::OpenThread(Dice& dice) {
  std::vector<Thread*> open;
  for (Thread& thread : threads_)
    if (!thread.locked) open.push_back(&thread);
  return open.empty() ? nullptr : dice.Pick(open);
}

void Forum::WriteToday(Thread& thread, std::uint64_t posts, Day day, Dice& dice) {
  const std::uint64_t gap = 24UL * 60 / posts;  // each post in a part of the day of its own, in order
  for (std::uint64_t part = 0; part < posts; ++part) {
    Post post;
    post.number = static_cast<std::uint32_t>(++posts_);
    post.author = static_cast<std::uint32_t>(user_ranks_.Draw(dice));
    post.day = day;
    post.minute = static_cast<std::uint32_t>(part * gap + dice.Below(gap));
    ++users_[post.author].posts;
    thread.posts.push_back(std::move(post));
  }
}

void Forum::EditOne(Thread& thread, Day day, Dice& dice) {
  thread.posts[dice.Below(thread.posts.size())].edits.push_back(day);
}

void Forum::LockOne(Day day) {
  Dice dice(plan_.seed, fmt::format("forum/day {}/lock", day));
  if (Thread* const thread = OpenThread(dice)) thread->locked = true;
}

}  // namespace nightjar::world
