// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/profile.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/armor.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/rating.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestName = 64;

// clang-format off
constexpr auto kBeforeName = std::to_array<std::string_view>({
    "contact ", "profile of ", "store of ", "shop of ", "user profile: ", "user profile - ", "vendor profile: ", "seller profile: ", "profile: ", "vendor: ", "user: ", "vendor ", "seller ", "user ", "member ", "profile ", "shop ", "store ", "seller: ", "viewing profile - ", "viewing profile: ", "about ",
    "profil von ", "profil de ", "perfil de ", "профиль "});
constexpr auto kAfterName = std::to_array<std::string_view>({
    "'s profile", "'s store", "'s shop", "’s profile", " - user profile", " - vendor profile", " - seller profile", " - profile", " | profile", "'s page", " - store", " - shop", "s profil"});
// clang-format on

// The name in "Contact bob", "bob - User Profile - Some Market", "bob's store"; empty where none is.
std::string_view NameInTitle(std::string_view title) {
  const std::string lower = values::LowerCase(title);
  std::string_view name;
  for (const std::string_view before : kBeforeName) {
    if (lower.starts_with(before)) name = title.substr(before.size());
    if (!name.empty()) break;
  }
  for (const std::string_view after : kAfterName) {
    const std::size_t at = name.empty() ? lower.find(after) : std::string::npos;
    if (at != std::string::npos) name = title.substr(0, at);
  }
  for (const std::string_view mark : {" - ", " | ", " (", " :: ", " — ", " – "})
    name = name.substr(0, name.find(mark));
  name = parse::Trim(name);
  const bool words = std::count(name.begin(), name.end(), ' ') > 2;
  return name.size() > kLongestName || words ? std::string_view() : name;
}

// Where the name stands in the matter as a word of its own, or an empty range.
Range FindName(const Layout& layout, std::string_view name) {
  for (const Line& line : layout.lines) {
    if (line.navigation || line.control) continue;
    const std::string_view text = layout.At(line.range);
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos || values::IsWordBefore(text, at) ||
        values::IsWordAt(text, at + name.size()))
      continue;
    return Part(line.range, at, at + name.size());
  }
  return {};
}

bool AddName(const Surroundings& at, std::string_view name, std::uint8_t confidence, FieldList& fields) {
  const Range range = name.empty() ? Range{} : FindName(at.layout, name);
  if (range.end == 0) return false;
  fields.Add({.name = "vendor", .value = std::string(name), .confidence = confidence}, range);
  return true;
}

// By a label, by the title, by a heading or another line near the beginning.
void ReadName(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "username") continue;
    const std::string_view text = at.layout.At(pair.value);
    const std::size_t end = std::min({text.find('\n'), text.find(" ("), text.find(" ["), text.find(", ")});
    const Range name = TrimIn(at.layout, Part(pair.value, 0, std::min(end, text.size())));
    if (name.begin == name.end || name.end - name.begin > kLongestName) continue;
    fields.Add({.name = "vendor", .value = std::string(at.layout.At(name)), .confidence = pair.confidence},
               name);
    return;
  }
  if (AddName(at, NameInTitle(at.page_title), 80, fields)) return;
  constexpr std::size_t kFirstLines = 60;
  std::size_t seen = 0;
  for (const Line& line : at.layout.lines) {
    if (line.navigation || line.control) continue;
    if (++seen > kFirstLines) break;
    const std::string_view text = at.layout.At(line.range);
    if (!FieldForLabel(text).empty()) continue;  // "Vendor level" names nobody
    if (text.size() <= 2 * kLongestName && AddName(at, NameInTitle(text), line.heading > 0 ? 75 : 60, fields))
      return;
  }
  // The page's headline, where it is one word: names seldom have two.
  const auto headline = FindHeadline(*at.page.tree, at.layout, at.page_title);
  if (!headline) return;
  const std::string_view name = at.layout.At(headline->range);
  if (name.size() > kLongestName || name.find(' ') != std::string_view::npos) return;
  fields.Add({.name = "vendor", .value = std::string(name), .confidence = 50}, headline->range);
}

// "0 / 3" beside "Won/Lost Disputes".
void ReadDisputes(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "disputes") continue;
    const std::string_view text = at.layout.At(pair.value);
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) continue;
    fields.AddTyped("disputes_won", wire::FieldType::kCount, Part(pair.value, 0, slash), pair.confidence,
                    at.habits);
    fields.AddTyped("disputes_lost", wire::FieldType::kCount, Part(pair.value, slash + 1, text.size()),
                    pair.confidence, at.habits);
    return;
  }
}

// Every contact, the others once.
void ReadContacts(const Surroundings& at, FieldList& fields) {
  constexpr std::size_t kLongestContact = 160;
  for (const Pair& pair : at.pairs) {
    if (pair.field != "contact") continue;
    const std::string_view text = at.layout.At(pair.value);
    const Range line = Part(pair.value, 0, std::min(text.find('\n'), text.size()));
    if (line.end - line.begin > kLongestContact || line.begin == line.end) continue;
    fields.Add({.name = "contact", .value = std::string(at.layout.At(line)), .confidence = pair.confidence},
               line);
  }
}

// The longest stretch of preformatted text, or the longest line where there is none.
void ReadTerms(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  Range best;
  for (NodeIndex i = 0; i < tree.nodes().size();) {
    if (tree[i].tag != Tag::kPre && tree[i].tag != Tag::kTextarea) {
      ++i;
      continue;
    }
    const Range text = TextOf(at.layout, LinesBelow(tree, at.layout, i));
    const bool key = at.layout.At(text).starts_with("-----BEGIN PGP");
    if (!key && text.end - text.begin > best.end - best.begin) best = text;
    i = tree[i].past;
  }
  constexpr std::uint32_t kShortest = 40;
  if (best.end - best.begin < kShortest) return;
  fields.Add({.name = "terms", .value = std::string(at.layout.At(best)), .confidence = 50}, best);
}

}  // namespace

void ReadPgpBlock(const Surroundings& at, FieldList& fields) {
  constexpr std::string_view kBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  constexpr std::string_view kEnd = "-----END PGP PUBLIC KEY BLOCK-----";
  const std::string_view text = at.layout.text;
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find(kEnd, begin);
  if (end == std::string_view::npos) return;
  const Range block{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end + kEnd.size())};
  fields.Add({.name = "pgp",
              .type = wire::FieldType::kPgp,
              .value = values::WithHeaderEnd(at.layout.At(block)),
              .confidence = 95},
             block);
}

void ReadProfile(const Surroundings& at, FieldList& fields) {
  ReadName(at, fields);
  AddLabelled(at, AllLines(at.layout), {"vendor", "username", "price", "disputes", "contact", "category"},
              fields);
  ReadDisputes(at, fields);
  ReadContacts(at, fields);
  ReadPgpBlock(at, fields);
  ReadTerms(at, fields);
}

}  // namespace nightjar::extract
