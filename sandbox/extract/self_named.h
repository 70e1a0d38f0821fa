// SPDX-License-Identifier: Apache-2.0
// Which onion service a page says it is. A page fetched from one host that names another as its own is the
// mark of a proxy that rewrites a site for its visitors.
#pragma once

#include <string>
#include <vector>

#include "base/url.h"
#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {

struct SelfNamed {
  std::string host;    // the other host, lower case; empty where there is no suspicion
  std::string reason;  // where the page says so
};

// Looks at rel=canonical, og:url, Onion-Location, the title, and sentences about the site's own address ("the
// only official address is ...", "verify that you are on ..."). Version 2 names count too. No suspicion where
// the fetched host is no onion, where the page's visible text names it (a list of mirrors), or where the page
// names so many hosts that it is a list of links. `layout` may be nullptr.
[[nodiscard]] SelfNamed FindOtherSelf(const parse::Page& page, const Layout* layout,
                                      std::string_view page_title, const Url& own);

// The onion hosts in a text, in order, without sub-domains, lower case; version 2 and 3 by their length.
[[nodiscard]] std::vector<std::string> OnionHostsIn(std::string_view text);

}  // namespace nightjar::extract
