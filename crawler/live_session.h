// SPDX-License-Identifier: Apache-2.0
// A session while a crawl runs: what is stored of it, and what it is doing. Part of session_keeper.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crawler/handover/messages.h"
#include "crawler/sessions/rules.h"
#include "crawler/sessions/session_store.h"

namespace nightjar::crawler {

// A request of a session's own.
struct Errand {
  std::string session;  // key
  JobId job;
  std::string host;
  handover::Purpose purpose = handover::Purpose::kLogin;
  sessions::Asked asked = sessions::Asked::kLoginPage;
  std::string url;
  bool post = false;
  Bytes form = {};
  std::string via = "-";
  std::uint32_t depth = 0;
  sessions::WallId wall = {};  // of kAnswer and kWallImage
  std::size_t picture = 0;     // of kWallImage: which one
  MonoTime due = {};
  std::uint32_t tries = 0;
};

struct LiveSession {
  explicit LiveSession(sessions::Session stored, sessions::Jar cookies)
      : session(std::move(stored)), jar(std::move(cookies)) {}

  sessions::Session session;
  sessions::Jar jar;
  std::optional<sessions::Persona> persona;  // as last read; none for an anonymous session
  const config::LoginRecipe* recipe = nullptr;

  std::optional<Errand> errand;  // waits for its time, is under way, or waits for its page to be read
  std::string fetch_id;          // of the errand once it was sent

  std::optional<std::string> applied;  // the hold reason the frontier has, "" for none; nothing: not known
  std::vector<std::string> again;      // URLs to put back in the next tick
  std::map<std::string, int> walled;  // how often a URL met a wall: one that always does is a page of its own

  [[nodiscard]] sessions::Means means() const {
    return {.recipe = recipe,
            .has_secret = persona && !persona->username.empty() && !persona->password.empty()};
  }
  // Why its queue must rest now; "" if it need not.
  [[nodiscard]] std::string ReasonToHold(UtcTime now) const;
};

}  // namespace nightjar::crawler
