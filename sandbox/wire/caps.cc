// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sandbox/wire/members.h"

namespace nightjar::wire {
namespace {

constexpr std::size_t kPerString = sizeof(std::uint32_t);

// Bytes that Encode() makes of an element, caps held.
class Counter final {
 public:
  void Text(const std::string& text, std::size_t) { size += kPerString + text.size(); }
  void Whole(const std::string& text, std::size_t) { size += kPerString + text.size(); }
  void Raw(const Bytes& bytes, std::size_t) { size += kPerString + bytes.size(); }
  template <typename Enum>
  void Choice(Enum, Enum) {
    ++size;
  }
  void Number(std::uint8_t, std::uint8_t) { ++size; }
  void Flag(bool) { ++size; }
  void U32(std::uint32_t) { size += sizeof(std::uint32_t); }
  void Range(const Span&) { size += sizeof(Span); }
  template <typename T>
  void List(const std::vector<T>& list, std::size_t) {
    size += kPerString;
    for (const T& element : list) VisitMembers(*this, element);
  }
  std::size_t size = 0;
};

// Half a URL is another URL: an element that lost one is of no use.
bool IsUseless(const Link& link) { return link.url.empty(); }
bool IsUseless(const Picture& picture) { return picture.url.empty() && picture.bytes.empty(); }
bool IsUseless(const Entity& entity) { return entity.value.empty(); }
template <typename T>
bool IsUseless(const T&) {
  return false;
}

// Makes caps hold, and the whole frame's budget: of each list the longest prefix stays that fits.
class Cutter final {
 public:
  explicit Cutter(std::size_t budget) : budget_(budget) {}

  static void Text(std::string& text, std::size_t max) {
    if (text.size() > max) text.resize(Utf8Prefix(text, max).size());
  }
  static void Whole(std::string& text, std::size_t max) {
    if (text.size() > max) text.clear();
  }
  static void Raw(Bytes& bytes, std::size_t max) {
    if (bytes.size() > max) bytes.clear();
  }
  template <typename Enum>
  static void Choice(Enum&, Enum) {}
  static void Number(std::uint8_t& value, std::uint8_t max) { value = std::min(value, max); }
  static void Flag(bool&) {}
  static void U32(std::uint32_t&) {}
  static void Range(Span&) {}

  template <typename T>
  void List(std::vector<T>& list, std::size_t max) {
    Cutter inner(SIZE_MAX);
    for (T& element : list) VisitMembers(inner, element);
    std::erase_if(list, [](const T& element) { return IsUseless(element); });
    if (list.size() > max) list.resize(max);
    std::size_t kept = 0;
    for (; kept < list.size(); ++kept) {
      Counter counter;
      VisitMembers(counter, list[kept]);
      if (counter.size > budget_) break;
      budget_ -= counter.size;
    }
    list.resize(kept);
  }

 private:
  std::size_t budget_;
};

}  // namespace

void HoldCaps(Facts& facts) {
  // What stands outside the lists: three long texts and the short ones with their lengths.
  constexpr std::size_t kOutside = 2 * kMaxText + kMaxHiddenText + kMaxTitle + 32 * kMaxShort + (64 << 10);
  Cutter cutter(kMaxEncodedFacts - kOutside);
  VisitMembers(cutter, facts);
}

}  // namespace nightjar::wire
