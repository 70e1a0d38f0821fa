// SPDX-License-Identifier: Apache-2.0
#include "crawler/robots/robots.h"

#include <algorithm>
#include <array>

#include "base/url_bytes.h"
#include "crawler/robots/pattern.h"

namespace nightjar::robots {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, url::ToLower, url::ToLower);
}

template <std::size_t N>
bool IsOneOf(std::string_view key, const std::array<std::string_view, N>& names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return EqualsIgnoringCase(key, name); });
}

// The key's names, the right one first, then the misspellings that Google's parser takes.
constexpr std::array<std::string_view, 3> kAgentKeys = {"user-agent", "useragent", "user agent"};
constexpr std::array<std::string_view, 1> kAllowKeys = {"allow"};
constexpr std::array<std::string_view, 6> kDisallowKeys = {"disallow", "dissallow", "dissalow",
                                                           "disalow",  "diasllow",  "disallaw"};

struct Pair {
  std::string_view key;
  std::string_view value;
};

// "key: value", or "key value" of exactly two words.
Pair Split(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) return {Trim(line.substr(0, colon)), Trim(line.substr(colon + 1))};
  const std::size_t blank = line.find_first_of(kBlanks);
  if (blank == std::string_view::npos) return {};
  const std::string_view value = Trim(line.substr(blank));
  if (value.find_first_of(kBlanks) != std::string_view::npos) return {};
  return {line.substr(0, blank), value};
}

// RFC 9309, section 2.2.1: a product token is letters, '_' and '-'; "FooBot/2.1" names FooBot.
std::string_view TokenOf(std::string_view value) {
  if (value == "*" || value.starts_with("* ") || value.starts_with("*\t")) return "*";
  const auto* end =
      std::ranges::find_if_not(value, [](char c) { return url::IsAlpha(c) || c == '_' || c == '-'; });
  return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

}  // namespace

// A file being read, line by line. A group is one or more agent lines and the rules up to the next agent
// line; lines of any other key stand between them without meaning.
class Reading final {
 public:
  explicit Reading(std::string_view agent) : agent_(TokenOf(agent)) {}

  void TakeLine(std::string_view line, int number) {
    line = Trim(line.substr(0, line.find('#')));
    const Pair pair = Split(line);
    if (IsOneOf(pair.key, kAgentKeys)) return TakeAgent(pair.value);
    const bool allow = IsOneOf(pair.key, kAllowKeys);
    if (!allow && !IsOneOf(pair.key, kDisallowKeys)) return;
    in_rules_ = true;
    if (pair.value.empty()) return;  // "disallow:" forbids nothing
    if (for_agent_) TakeRule(named_, {allow, number, NormalisePattern(pair.value), std::string(line)});
    if (for_all_) TakeRule(general_, {allow, number, NormalisePattern(pair.value), std::string(line)});
  }

  Robots Finish() {
    Robots robots;
    robots.rules_ = std::move(agent_named_ ? named_.rules : general_.rules);
    return robots;
  }

 private:
  struct Group {
    std::vector<Robots::Rule> rules;
    std::size_t wildcards = 0;
  };

  void TakeAgent(std::string_view value) {
    if (in_rules_) for_agent_ = for_all_ = in_rules_ = false;
    const std::string_view token = TokenOf(value);
    if (token == "*") for_all_ = true;
    if (token.empty() || !EqualsIgnoringCase(token, agent_)) return;
    for_agent_ = agent_named_ = true;
  }

  static void TakeRule(Group& group, Robots::Rule rule) {
    const std::size_t star = rule.pattern.find('*');
    if (star != std::string::npos && ++group.wildcards > kMostWildcards) {
      if (rule.allow) return;
      rule.pattern.resize(star);
    }
    group.rules.push_back(std::move(rule));
  }

  const std::string_view agent_;
  Group named_;
  Group general_;
  bool for_agent_ = false;  // the group being read names the agent
  bool for_all_ = false;    // ... names "*"
  bool in_rules_ = false;   // it has rules, so the next agent line begins another
  bool agent_named_ = false;
};

Robots Robots::Read(ByteView untrusted_text, std::string_view agent) {
  std::string_view text = untrusted_text.substr(0, kMostBytes);
  if (untrusted_text.size() > kMostBytes) text = text.substr(0, text.find_last_of("\r\n") + 1);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Reading reading(agent);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find_first_of("\r\n");
    reading.TakeLine(text.substr(0, end), number);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return reading.Finish();
}

Decision Robots::Decide(const Url& url) const {
  if (url.path() == "/robots.txt") return {};
  const std::string target = NormaliseTarget(url.PathAndQuery());
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    const bool better = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                        (rule.pattern.size() == best->pattern.size() && rule.allow && !best->allow);
    if (better && Matches(rule.pattern, target)) best = &rule;
  }
  if (best == nullptr) return {};
  return {best->allow, best->line, best->written};
}

}  // namespace nightjar::robots
