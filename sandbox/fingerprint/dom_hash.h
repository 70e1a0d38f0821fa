// SPDX-License-Identifier: Apache-2.0
// AIL's dom-hash: the first 32 hex digits of SHA-256 over the page's element names in document order, joined
// by '|'. Source: ail-framework, bin/lib/objects/DomHashs.py, _compute_dom_hash(): BeautifulSoup(html,
// "lxml"), soup.findAll().
//
// "lxml" is libxml2's HTML parser, which invents and drops elements by rules of its own, unlike those of
// HTML5: nothing but libxml2 gives the same names. So it is asked, through its push interface as lxml asks
// it, and only for names: no tree is built. It is told the encoding (UTF-8), so it loads no converter and
// opens no file. Equal to AIL's value for equal markup; AIL hashes what a browser made of the page, so values
// agree for pages that a browser leaves as they are.
//
// Trust: libxml2 is written in C and has a history; it runs only inside the jail, on markup that the linear
// pre-scan found fit for the tree builder.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::fingerprint {

// `markup`: the decoded body as valid UTF-8. Empty where there is no element.
[[nodiscard]] std::string DomHash(std::string_view markup);

// The same without cutting the markup down to its skeleton first: three times as slow, and the reference for
// DomHash().
[[nodiscard]] std::string HashOfNames(std::string_view markup);

// Sets up what libxml2 keeps for the whole process. Call before the jail.
void PrepareDomHash();

}  // namespace nightjar::fingerprint
