// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/page_kind.h"

#include <algorithm>
#include <array>
#include <set>

#include "sandbox/extract/machine.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

constexpr std::array<std::string_view, 5> kThreadWords = {"viewtopic", "showthread", "/thread", "/topic",
                                                          "?t="};
constexpr std::array<std::string_view, 4> kCategoryWords = {"category", "/cat", "?cat=", "/c/"};
constexpr std::array<std::string_view, 2> kFeedbackWords = {"feedback", "/reviews"};
constexpr std::size_t kManyOffers = 3;

struct Signs {
  std::set<std::string> prices;    // distinct amounts beside a price label
  std::set<std::string> vendors;   // distinct values beside a vendor label
  std::size_t priced_lines = 0;    // lines of the matter that show an amount with a currency
  std::size_t profile_labels = 0;  // "member since", "last seen"
  bool ships_from = false;
  bool ships_to = false;
};

bool HasOrderForm(const Tree& tree) {
  constexpr std::array<std::string_view, 6> kOrderWords = {"purchase", "checkout", "order",
                                                           "cart",     "basket",   "buy"};
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    const parse::Node& node = tree[i];
    if (node.tag == Tag::kButton && ContainsAny(tree.TextBelow(i), kOrderWords)) return true;
    if (node.tag == Tag::kInput && parse::EqualsNoCase(tree.Value(node, "type"), "submit") &&
        ContainsAny(tree.Value(node, "value"), kOrderWords)) {
      return true;
    }
  }
  return false;
}

Signs Gather(const Surroundings& at) {
  Signs signs;
  for (const Pair& pair : at.pairs) {
    const std::string_view value = at.layout.At(pair.value);
    if (pair.field == "price") {
      if (const auto money = values::FindMoney(value))
        signs.prices.insert(money->amount + std::string(money->currency));
    }
    if (pair.field == "vendor") signs.vendors.insert(std::string(value.substr(0, value.find('('))));
    signs.profile_labels += pair.field == "member_since" || pair.field == "last_seen" ? 1 : 0;
    signs.ships_from |= pair.field == "ships_from";
    signs.ships_to |= pair.field == "ships_to";
  }
  for (const Line& line : at.layout.lines) {
    if (!line.navigation && !line.control && values::FindMoney(at.layout.At(line.range)))
      ++signs.priced_lines;
  }
  return signs;
}

// One offer: a price, or goods that go from one place to another, and somebody or something to buy from. An
// offer that is sold out or made for one customer may show no price at all.
bool IsListing(const Signs& signs, const Tree& tree) {
  if (signs.prices.size() >= kManyOffers || signs.vendors.size() >= kManyOffers) return false;
  if (signs.ships_from && signs.ships_to) return true;
  if (signs.prices.empty()) return signs.priced_lines > 0 && HasOrderForm(tree);
  return signs.ships_from || signs.ships_to || !signs.vendors.empty() || HasOrderForm(tree);
}

// The first page greets: in its title or a heading, or it is the root.
bool IsMain(const Surroundings& at, std::string_view target) {
  constexpr std::array<std::string_view, 7> kGreetings = {
      "welcome", "willkommen", "bienvenue", "bienvenido", "добро пожаловать", "benvenut", "welkom"};
  const auto greets = [&](std::string_view text) {
    const std::string lower = values::LowerCase(text);
    return std::any_of(kGreetings.begin(), kGreetings.end(),
                       [&](std::string_view word) { return lower.starts_with(word); });
  };
  if (target == "/" || target == "/index.php" || target == "/index.html" || greets(at.page_title))
    return true;
  return std::any_of(at.layout.lines.begin(), at.layout.lines.end(), [&](const Line& line) {
    return line.heading > 0 && !line.navigation && greets(at.layout.At(line.range));
  });
}

wire::PageKind KindOfMany(const Surroundings& at, std::string_view target) {
  if (IsMain(at, target)) return wire::PageKind::kMain;
  return ContainsAny(target, kCategoryWords) ? wire::PageKind::kCategory : wire::PageKind::kIndex;
}

}  // namespace

wire::PageKind DecideKind(const Surroundings& at, const Url& own, const Counted& counted) {
  constexpr std::size_t kManyPosts = 2;
  const Signs signs = Gather(at);
  const std::string target = own.PathAndQuery();
  if (ContainsAny(target, kThreadWords)) return wire::PageKind::kThread;
  const bool stated = StatesOneOffer(at.stated) && signs.prices.size() < kManyOffers;
  if (stated || IsListing(signs, *at.page.tree)) return wire::PageKind::kListing;
  const bool feedback = counted.feedback || ContainsAny(target, kFeedbackWords);
  if (counted.posts >= kManyPosts && counted.offers < kManyOffers && !feedback)
    return wire::PageKind::kThread;
  if (signs.profile_labels > 0) return feedback ? wire::PageKind::kFeedback : wire::PageKind::kVendor;
  if (counted.offers >= kManyOffers || signs.priced_lines >= kManyOffers) return KindOfMany(at, target);
  if (feedback) return wire::PageKind::kFeedback;
  if (counted.threads >= kManyOffers) return wire::PageKind::kBoard;
  return IsMain(at, target) ? wire::PageKind::kMain : wire::PageKind::kOther;
}

}  // namespace nightjar::extract
