// SPDX-License-Identifier: Apache-2.0
// What the site's own profile says about a page: its class, what it shows, and the values on it.
#pragma once

#include <optional>
#include <vector>

#include "sandbox/extract/profiles.h"
#include "sandbox/extract/rule_reader.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct ProfileReading {
  std::optional<wire::PageClass> page_class;  // by a rule; none: generic rules decide
  std::string reason;
  std::optional<wire::PageKind> page_kind;  // of the first page rule that holds
  std::vector<wire::Field> fields;          // of that rule, and of every page
  std::vector<wire::Item> items;
  bool wants_generic = false;  // generic rules shall add what the profile does not name
};

// A class rule decides first. Then a page rule that looked at the page, not only at its address, makes it
// content. Where the profile says that the page is no content only the fields of every page are read: a frame
// around an error still names mirrors and rates.
[[nodiscard]] ProfileReading ReadByProfile(const SiteRules& site, const Url& own, RuleReader& reader);

// The host that the page says is its own (field "self_host"), where it was fetched from another onion host
// that the profile does not know; else empty.
[[nodiscard]] std::string SuspectedProxy(const SiteRules& site, const Url& own,
                                         const std::vector<wire::Field>& fields);

// Puts the profile's class, and the host it suspects of being the real one, over what generic rules decided.
void Overrule(const ProfileReading& reading, std::string proxy_suspect, wire::Facts& facts);

// Puts the profile's values before those of generic rules, and drops of these what it names too.
void Merge(ProfileReading reading, wire::Facts& facts);

}  // namespace nightjar::extract
