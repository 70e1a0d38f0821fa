// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/names.h"

#include <fmt/format.h>

#include <array>

namespace nightjar::world {
namespace {

template <std::size_t kSize>
std::string_view Popular(Dice& dice, const std::array<std::string_view, kSize>& from) {
  static const Zipf kZipf(kSize);
  return from[kZipf.Draw(dice)];
}

std::string Thing(Dice& dice, const Leaf& leaf) {
  const std::string_view material = Popular(dice, Materials());
  return fmt::format("{} {}", material, Popular(dice, leaf.nouns));
}

// What sellers add to tell one owl from the next; quotes, dashes and ampersands included, for they need
// escaping and an encoding.
std::string Ending(Dice& dice, const Vocabulary& vocabulary) {
  static constexpr auto kRemarks = std::to_array<std::string_view>(
      {"boxed", "restored", "with papers", "café find", "lot for collectors"});
  switch (dice.Below(8)) {
    case 0:
      return fmt::format(", set of {}", dice.Between(2, 12));
    case 1:
      return fmt::format(" No. {}", dice.Between(1, 999));
    case 2:
      return fmt::format(" ({})", dice.Between(1890, 1989));
    case 3:
      return fmt::format(" by {}", vocabulary.Name(dice));
    case 4:
      return fmt::format(" “{}”", vocabulary.Name(dice));
    case 5:
      return fmt::format(" – {}", dice.Pick(kRemarks));
    case 6:
      return fmt::format(" & {} stand", dice.Pick(Materials()));
    default:
      return {};
  }
}

std::string Capital(std::string text) {
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string Names::Once(std::string name, std::string_view counted) {
  // The size of the set never repeats after a success, so the counted form is new.
  if (given_.contains(name)) name += fmt::format(fmt::runtime(counted), given_.size());
  given_.insert(name);
  return name;
}

std::string Names::ListingTitle(Dice& dice, const Leaf& leaf) {
  const std::string_view quality = Popular(dice, Qualities());
  const std::string thing = Thing(dice, leaf);
  return Once(Capital(fmt::format("{} {}{}", quality, thing, Ending(dice, vocabulary_))), ", lot {}");
}

std::string Names::ThreadTitle(Dice& dice) {
  static constexpr auto kOpenings = std::to_array<std::string_view>(
      {"Question about a", "Review:", "Who has repaired a", "Looking for a", "How to clean a",
       "Who collects a", "Show your", "Fair price for a", "Parcel late:", "Identify this"});
  const std::string_view opening = dice.Pick(kOpenings);
  const std::string thing = Thing(dice, dice.Pick(Leaves()));
  return Once(fmt::format("{} {}{}", opening, thing, Ending(dice, vocabulary_)), " (part {})");
}

std::string Names::Handle(Dice& dice) {
  static constexpr auto kFirst =
      std::to_array<std::string_view>({"quiet", "brass", "north", "amber", "slow", "paper", "river", "winter",
                                       "copper", "little", "old", "green"});
  static constexpr auto kSecond =
      std::to_array<std::string_view>({"heron", "otter", "lantern", "finch", "anvil", "willow", "badger",
                                       "harbour", "kettle", "compass", "thistle"});
  std::string handle(dice.Pick(kFirst));
  if (dice.OneIn(2)) handle += '_';
  handle += dice.Pick(kSecond);
  if (dice.OneIn(2)) handle += std::to_string(dice.Between(2, 99));
  return Once(std::move(handle), "_{}");
}

}  // namespace nightjar::world
