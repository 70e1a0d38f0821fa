// SPDX-License-Identifier: Apache-2.0
// The hand-off: what a person needs to pass a wall, without a browser. The command line uses it, and the web
// service will. Nothing here, and nothing else in Nightjar, guesses an answer.
#pragma once

#include "base/json.h"
#include "crawler/sessions/session_store.h"

namespace nightjar::sessions {

using Answers = std::vector<std::pair<std::string, std::string>>;  // field, value

// The walls that wait for a person, oldest first.
[[nodiscard]] Result<std::vector<Wall>> ListOpenWalls(const SessionStore& store);

// What a person is shown: page, text, fields to fill in (those marked "by us" are filled in from the persona
// when left out), hidden ones with their values, pictures with size and digest. No secret of the persona.
[[nodiscard]] json::object ToJson(const Wall& wall);

// Stores the answer; the crawl role sends it on the same circuit with the same cookies. kInvalidInput: a
// field the form does not have, or no form; kRefused: the wall is answered or closed already.
[[nodiscard]] Status SubmitAnswer(SessionStore& store, WallId id, const Answers& answers);

}  // namespace nightjar::sessions
