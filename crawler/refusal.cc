// SPDX-License-Identifier: Apache-2.0
#include "crawler/refusal.h"

#include <fmt/format.h>

namespace nightjar::crawler {
namespace {

std::string Printable(std::string_view untrusted_text) {
  std::string out;
  for (const char c : untrusted_text.substr(0, kMostRuleText)) {
    if (c >= 0x20 && c < 0x7F) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  if (untrusted_text.size() > kMostRuleText) out += "...";
  return out;
}

}  // namespace

std::string RobotsRefusal(const robots::Decision& decision) {
  return fmt::format("{}: {}", kRobotsRefusal, Printable(decision.rule));
}

scope::Exclusion RefusedFor(const captures::Record& record) {
  if (record.outcome != captures::Outcome::kNotAttempted) return scope::Exclusion::kNone;
  if (record.detail.starts_with(kRobotsRefusal)) return scope::Exclusion::kRobots;
  if (record.detail == kBlockedRefusal) return scope::Exclusion::kBlocked;
  return scope::Exclusion::kNone;
}

}  // namespace nightjar::crawler
