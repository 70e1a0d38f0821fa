// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/duration.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "sandbox/values/numbers.h"

namespace nightjar::values {
namespace {

struct Unit {
  std::string_view name;
  char letter;  // of ISO 8601
  bool time;    // stands behind the T
  std::string_view words;
};

// Largest first, as ISO 8601 wants them.
// clang-format off
constexpr std::array<Unit, 7> kUnits = {{
    {"year", 'Y', false, "y yr yrs year years jahr jahre jahren an ans année années año años anno anni jaar jaren год года лет"},
    {"month", 'M', false, "mo mos mon month months monat monate monaten mois mes meses mese mesi maand maanden месяц месяца месяцев мес"},
    {"week", 'W', false, "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken неделя неделю недели недель"},
    {"day", 'D', false, "d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen день дня дней"},
    {"hour", 'H', true, "h hr hrs hour hours stunde stunden heure heures hora horas ora ore uur uren час часа часов"},
    {"minute", 'M', true, "m min mins minute minutes minuten minuto minutos minuti minuut минута минуту минуты минут мин"},
    {"second", 'S', true, "s sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi seconden секунда секунду секунды секунд сек"},
}};
constexpr std::array<std::string_view, 15> kOnes = {
    "a", "an", "one", "ein", "eine", "einem", "einer", "un", "une", "una", "uno", "een", "eén", "один", "одну"};
constexpr std::array<std::string_view, 7> kToday = {"today", "heute", "aujourd'hui", "hoy", "oggi", "vandaag", "сегодня"};
constexpr std::array<std::string_view, 7> kYesterday = {"yesterday", "gestern", "hier", "ayer", "ieri", "gisteren", "вчера"};
// clang-format on

using Words = std::unordered_map<std::string_view, const Unit*>;

Words MakeWords() {
  Words words;
  for (const Unit& unit : kUnits) {
    for (std::string_view rest = unit.words; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      words.emplace(rest.substr(0, end), &unit);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return words;
}

const Unit* UnitOf(std::string_view word) {
  static const Words words = MakeWords();
  const auto found = words.find(word);
  return found == words.end() ? nullptr : found->second;
}

template <std::size_t N>
bool IsAmong(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Part {
  const Unit* unit = nullptr;
  std::string count;
  std::size_t end = 0;
};

// A number and its unit at `at`.
std::optional<Part> PartAt(std::string_view lower, std::size_t at) {
  const auto number = NumberAt(lower, at, 6);
  if (!number) return std::nullopt;
  const std::size_t place = SkipBlanks(lower, number->end);
  const std::string_view word = WordAt(lower, place);
  const Unit* unit = UnitOf(word);
  if (unit == nullptr) return std::nullopt;
  const bool letter = word.size() == 1;  // touches its number; the next number may touch it: "1d22h"
  if (letter ? place != number->end : IsDigitAt(lower, place + word.size())) return std::nullopt;
  return Part{unit, std::to_string(number->value), place + word.size()};
}

void Write(const Part& part, bool& time_began, Duration& duration) {
  if (part.unit->time && !time_began) duration.iso.push_back('T');
  time_began |= part.unit->time;
  duration.iso.append(part.count).push_back(part.unit->letter);
  duration.unit = part.unit->name;
  duration.end = part.end;
}

// Number after number, each of a smaller unit: "1d 22h", "2 days, 3 hours and 5 minutes".
std::optional<Duration> Counted(std::string_view lower, std::size_t at) {
  Duration duration{.iso = "P", .unit = {}, .begin = at, .end = at};
  bool time_began = false;
  const Unit* last = nullptr;
  while (const auto part = PartAt(lower, at)) {
    if (last != nullptr && part->unit <= last) break;
    last = part->unit;
    Write(*part, time_began, duration);
    at = SkipBlanks(lower, duration.end);
    if (lower.substr(at, 1) == ",") at = SkipBlanks(lower, at + 1);
    for (const std::string_view word : {"and ", "und ", "et ", "y ", "e ", "en ", "и "}) {
      if (lower.substr(at).starts_with(word)) {
        at = SkipBlanks(lower, at + word.size());
        break;
      }
    }
  }
  if (last == nullptr) return std::nullopt;
  return duration;
}

// "an hour" with "ago" (or its like before it): without, "a day" is only a word.
bool SaysAgo(std::string_view lower, std::size_t begin, std::size_t end) {
  const std::string_view after = WordAt(lower, SkipBlanks(lower, end));
  for (const std::string_view word : {"ago", "назад", "geleden", "fa"}) {
    if (after == word) return true;
  }
  std::string_view before = lower.substr(0, begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (const std::string_view word : {"vor", "hace", "il y a"}) {
    if (before.ends_with(word)) return true;
  }
  return false;
}

std::optional<Duration> InWords(std::string_view lower, std::size_t at, std::string_view word) {
  const std::size_t end = at + word.size();
  if (IsAmong(kToday, word)) return Duration{.iso = "P0D", .unit = "day", .begin = at, .end = end};
  if (IsAmong(kYesterday, word)) return Duration{.iso = "P1D", .unit = "day", .begin = at, .end = end};
  if (!IsAmong(kOnes, word)) return std::nullopt;
  const std::size_t place = SkipBlanks(lower, end);
  const std::string_view unit_word = WordAt(lower, place);
  const Unit* unit = unit_word.size() < 2 ? nullptr : UnitOf(unit_word);
  if (unit == nullptr || !SaysAgo(lower, at, place + unit_word.size())) return std::nullopt;
  Duration duration{.iso = "P", .unit = {}, .begin = at, .end = at};
  bool time_began = false;
  Write({unit, "1", place + unit_word.size()}, time_began, duration);
  return duration;
}

}  // namespace

std::optional<Duration> FindAge(std::string_view text) {
  const std::string lower = LowerCase(text);
  for (std::size_t at = 0; at < lower.size();) {
    std::size_t next = at + CharacterSize(lower, at);
    std::optional<Duration> found;
    if (IsDigitAt(lower, at)) {
      const bool joined =
          IsWordBefore(lower, at) ||
          (at >= 2 && (lower[at - 1] == '.' || lower[at - 1] == ',') && IsDigitAt(lower, at - 2));
      if (!joined) found = Counted(lower, at);
      while (IsDigitAt(lower, next)) ++next;
    } else if (IsLetterAt(lower, at)) {
      std::string_view word = WordAt(lower, at);
      if (word == "aujourd" && lower.substr(at).starts_with("aujourd'hui"))
        word = std::string_view(lower).substr(at, 11);
      if (!IsWordBefore(lower, at)) found = InWords(lower, at, word);
      next = at + word.size();
    }
    if (found) return found;
    at = next;
  }
  return std::nullopt;
}

}  // namespace nightjar::values
