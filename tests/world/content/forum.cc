// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/forum.h"

#include <array>

namespace nightjar::world {

const std::array<std::string_view, 5>& BoardNames() {
  static constexpr std::array<std::string_view, 5> kNames = {
      "Market talk", "Repairs & restoration", "Identification", "Shipping and packing", "Off topic"};
  return kNames;
}

Forum::Forum(const ForumPlan& plan, const Vocabulary& vocabulary, Names& names)
    : plan_(plan), vocabulary_(vocabulary), user_ranks_(plan.users), by_board_(BoardNames().size()) {
  users_.reserve(plan.users);
  for (std::size_t i = 0; i < plan.users; ++i) {
    Dice dice(plan.seed, "forum/user", i);
    User user;
    user.name = names.Handle(dice);
    user.joined = -static_cast<Day>(dice.Between(200, 1500));
    user.country = dice.Pick(Countries());
    users_.push_back(std::move(user));
  }
  threads_.reserve(plan.threads);
  for (std::uint32_t i = 0; i < plan.threads; ++i) Open(MakeThread(i, names));
}

void Forum::Open(Thread thread) {
  const std::uint32_t index = thread.number - 1;
  by_board_[thread.board].push_back(index);
  users_[thread.posts.front().author].threads.push_back(index);
  threads_.push_back(std::move(thread));
}

Thread Forum::MakeThread(std::size_t index, Names& names) {
  Dice dice(plan_.seed, "forum/thread", index);
  Thread thread;
  thread.number = static_cast<std::uint32_t>(index) + 1;
  thread.board = static_cast<std::uint32_t>(dice.Below(BoardNames().size()));
  thread.title = names.ThreadTitle(dice);
  Day day = -static_cast<Day>(dice.Between(30, 190));
  for (std::size_t replies = dice.Between(1, 24); replies > 0; --replies) {
    Post post;
    post.number = static_cast<std::uint32_t>(++posts_);
    post.author = static_cast<std::uint32_t>(user_ranks_.Draw(dice));
    post.day = day++;
    post.minute = static_cast<std::uint32_t>(dice.Below(24UL * 60));
    ++users_[post.author].posts;
    thread.posts.push_back(post);
  }
  return thread;
}

std::vector<std::string> Forum::Text(const Post& post) const {
  Dice dice(plan_.seed, "forum/post", post.number);
  std::vector<std::string> paragraphs;
  for (std::size_t more = dice.Between(1, 3); more > 0; --more)
    paragraphs.push_back(vocabulary_.Paragraph(dice, dice.Between(1, 5)));
  for (std::size_t i = 0; i < post.edits.size(); ++i)
    paragraphs.push_back("Edit: " + vocabulary_.Sentence(dice));
  return paragraphs;
}

}  // namespace nightjar::world
