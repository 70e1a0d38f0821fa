// SPDX-License-Identifier: Apache-2.0
// The check of meaning on what a worker says, after wire::Decode() checked its form. A worker that was taken
// over can say anything in the right form; nothing it says may reach the frontier or the index unless an
// honest worker could have said it.
#pragma once

#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::pool {

// kRefused, with what is wrong, unless: the extractor and the sandbox are those of `hello`; the verdict is
// one a worker may give; every URL is http(s), parses to itself and has no fragment; every span lies inside
// the decoded size; furniture lies inside the text, in order; names and kinds are snake_case; fingerprints
// have their form. UTF-8, counts and lengths were checked by Decode().
[[nodiscard]] Status Recheck(const wire::Facts& untrusted_facts, std::string_view sandbox);

}  // namespace nightjar::pool
