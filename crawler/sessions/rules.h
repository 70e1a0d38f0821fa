// SPDX-License-Identifier: Apache-2.0
// What a page means for the session that fetched it: the whole state machine, as pure functions.
//
//              login works            wall, and there is a recipe
//   logging-in ───────────▶ alive ───────────────────────────────▶ expired ──▶ logging-in
//       │                   ▲  │ ├── waiting room ──▶ waiting ──▶ alive
//       │ picture, or       │  │ └── "you are banned" ──▶ banned
//       │ failed twice      │  ▼ wall that only a person can pass
//       └──────────────▶ needs-human ──(answer, cookies, `session resume`)──▶ alive
#pragma once

#include <optional>
#include <string>

#include "config/site_profile.h"
#include "crawler/sessions/session.h"
#include "sandbox/wire/facts.h"

namespace nightjar::sessions {

inline constexpr std::uint32_t kMostLogins = 2;       // attempts in a row before a person is asked
inline constexpr std::uint32_t kMostWaits = 30;       // rounds in a waiting room before a person is asked
inline constexpr std::uint32_t kMostNewCircuits = 3;  // in a row, for a job that a site turns away
inline constexpr std::size_t kStreakOfWalls = 3;      // see Judge()
inline constexpr std::chrono::seconds kDefaultWait{10};
inline constexpr std::chrono::seconds kLongestWait{600};

// Why the page was asked for.
enum class Asked : std::uint8_t {
  kPage,       // a URL of the frontier
  kLoginPage,  // for its form
  kLogin,      // the form, filled in by the recipe
  kAnswer,     // the form, filled in by a person
  kWait,       // is the waiting room still there?
};

// A page as the index role read it.
struct PageSeen {
  CaptureNumber number;
  Asked asked = Asked::kPage;
  std::string url;
  std::string route = {};  // as in its record
  std::uint32_t depth = 0;
  UtcTime started;
  int status = 0;
  const wire::Facts* facts = nullptr;  // never null
};

// What the session could do by itself.
struct Means {
  const config::LoginRecipe* recipe = nullptr;  // null: none for this site
  bool has_secret = false;                      // user name and password are known
  [[nodiscard]] bool CanLogIn() const { return recipe != nullptr && has_secret; }
};

enum class Move : std::uint8_t {
  kGoOn,         // nothing to do with a wall
  kAskAgain,     // fetched behind a wall that is known already: only the URL goes back
  kLogIn,        // fetch the login page
  kSubmitLogin,  // fill in the form of this page by the recipe
  kAskHuman,     // offer this page's form
  kWait,         // ask again after `wait`
  kNewCircuit,   // go on alive, as another visitor
  kBan,
  kOpen,  // the wall is gone
};
struct Step {
  Move move = Move::kGoOn;
  std::string cause;             // a sentence for the history; empty for kGoOn and kAskAgain
  std::chrono::seconds wait{0};  // of kWait
};

// A job without a persona meets login pages as ordinary pages of an open site. There they count as a wall
// only where nothing else was ever seen of the site, or kStreakOfWalls came in a row; captchas and waiting
// rooms always do. It has no account that a site could ban: what is turned away is its circuit.
[[nodiscard]] Step Judge(const Session& session, const PageSeen& page, const Means& means);

// The page as its session must see it: a redirect to the login page of the recipe is a logged-out page.
[[nodiscard]] wire::PageClass ClassFor(const PageSeen& page, const Means& means);

// Where a redirect of this page leads, "" for none.
[[nodiscard]] std::string RedirectTarget(const PageSeen& page);

// The path of a URL, "" if it is none: pages that differ only in their query are one login page.
[[nodiscard]] std::string PathOf(const std::string& url);

// Whether the path says that this is where a wall stands ("/captcha", "/login.php"), not a page behind it.
[[nodiscard]] bool IsAddressOfAWall(const std::string& url);

// Links that would end a persona's session are not followed: paths that speak of logging out.
[[nodiscard]] bool EndsASession(const std::string& url);

}  // namespace nightjar::sessions
