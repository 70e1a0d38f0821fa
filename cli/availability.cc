// SPDX-License-Identifier: Apache-2.0
#include "cli/availability.h"

#include <fmt/format.h>

namespace nightjar::cli {
namespace {

constexpr std::size_t kToMinutes = 16;  // "2026-01-03T04:05"

std::string ToMinutes(UtcTime time) {
  std::string text = FormatUtc(time).substr(0, kToMinutes);
  text[10] = ' ';
  return text;
}

}  // namespace

availability::DownRule DownRuleOf(const config::Settings& settings) {
  return {.tries = settings.crawl.down_tries, .over = settings.crawl.down_after};
}

void PrintAvailability(const availability::Timeline& timeline, const availability::DownRule& rule) {
  const availability::Judgement judged = Judge(timeline, rule);
  if (judged.verdict == availability::Verdict::kUnknown) {
    fmt::print("availability  unknown: no exchange ever came as far as this host\n");
  } else {
    fmt::print("availability  {} since {} UTC ({}, {} tries)\n", VerdictName(judged.verdict),
               ToMinutes(judged.since), CauseName(judged.cause), judged.tries);
  }
  if (timeline.spans.empty()) return;
  fmt::print("\n{:<16}  {:<16}  {:>8}  {}\n", "FIRST (UTC)", "LAST (UTC)", "TRIES", "SEEN");
  if (timeline.forgotten > 0)
    fmt::print("{:<16}  {:<16}  {:>8}  {} spans before these\n", "", "", "", timeline.forgotten);
  for (const auto& span : timeline.spans)
    fmt::print("{:<16}  {:<16}  {:>8}  {}\n", ToMinutes(span.first), ToMinutes(span.last), span.count,
               CauseName(span.cause));
}

json::object ToJson(const availability::Timeline& timeline, const availability::DownRule& rule) {
  const availability::Judgement judged = Judge(timeline, rule);
  json::array spans;
  for (const auto& span : timeline.spans) {
    spans.push_back({{"cause", CauseName(span.cause)},
                     {"first", FormatUtc(span.first)},
                     {"last", FormatUtc(span.last)},
                     {"count", span.count}});
  }
  json::object out{{"verdict", VerdictName(judged.verdict)}, {"tries", judged.tries}};
  if (judged.verdict != availability::Verdict::kUnknown) {
    out["cause"] = CauseName(judged.cause);
    out["since"] = FormatUtc(judged.since);
  }
  out["forgotten"] = timeline.forgotten;
  out["spans"] = std::move(spans);
  return out;
}

}  // namespace nightjar::cli
