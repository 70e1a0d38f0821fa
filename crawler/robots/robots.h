// SPDX-License-Identifier: Apache-2.0
// robots.txt by RFC 9309: which rule of a file decides about a URL. Whether the answer is obeyed is the job's
// policy, not this room's.
//
// The text comes from outside. Reading it costs time linear in its size, a decision at most about
// kMostWildcards times the URL's length, whatever the file holds.
//
// Where the RFC leaves room, as Google's parser does (github.com/google/robotstxt): the colon may be missing,
// common misspellings of the keys are understood, a product token ends at its first strange character.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/url.h"

namespace nightjar::robots {

// The product token Nightjar answers to; it never sends it, for it travels under a browser's header.
inline constexpr std::string_view kAgent = "nightjar";

// RFC 9309, section 2.5: what a crawler must at least read. We read no more; a line cut by it is left out.
inline constexpr std::size_t kMostBytes = 500 << 10;

// Rules with '*' of one group that are matched in full. Of those beyond, "disallow" counts up to its first
// '*' (forbids more, never less) and "allow" not at all.
inline constexpr std::size_t kMostWildcards = 500;

struct Decision {
  bool allowed = true;
  int line = 0;      // of the deciding rule, from 1; 0 where no rule matches (then everything is allowed)
  std::string rule;  // that line as written, without comment and blanks around it; outside text
};

// The rules of one file for one agent. A value; immutable, so it may be shared between threads.
class Robots final {
 public:
  // The groups that name `agent` (letter case does not matter), merged; else those for "*", merged.
  [[nodiscard]] static Robots Read(ByteView untrusted_text, std::string_view agent = kAgent);

  // The longest matching rule decides; of two as long, "allow". /robots.txt itself is always allowed.
  [[nodiscard]] Decision Decide(const Url& url) const;

  [[nodiscard]] std::size_t size() const { return rules_.size(); }  // rules in force

 private:
  friend class Reading;
  struct Rule {
    bool allow = false;
    int line = 0;
    std::string pattern;  // normalised (pattern.h)
    std::string written;
  };
  std::vector<Rule> rules_;
};

}  // namespace nightjar::robots
