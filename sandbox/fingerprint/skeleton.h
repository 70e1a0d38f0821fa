// SPDX-License-Identifier: Apache-2.0
// Markup with what cannot change its element names left out: texts, attributes, comments. A page's names are
// a tenth of its bytes, and libxml2 takes its time for the rest.
//
// Inside <body> not even libxml2 is needed for most pages: it invents elements (html, head, body, p) only
// where no body is open, and drops none but html, head and body (libxml2 2.9.14, HTMLparser.c:
// htmlCheckImplied, htmlCheckParagraph, htmlParseStartTag). So from <body> up to the next tag of those three
// the names are the start tags, one by one.
//
// Only what HTML's tokenizer and libxml2's surely read alike is cut: at the first piece of which that is not
// certain (an attribute without a proper end, a stray '<', a processing instruction, ...) cutting ends, and
// the rest follows as it stands.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::fingerprint {

struct Skeleton {
  std::string before;  // markup up to <body>, that tag included; all of it where `has_body` is not set
  bool has_body = false;
  std::string names;  // of the start tags that follow, in lower case, joined by '|'
  std::string after;  // the rest of the markup
};

// libxml2 (2.9.14) reports the same elements for `before`, `names` and `after` as for `markup`, if the last
// one it reports for `before` is the body. (It is not where something before <body> has opened one.) One
// linear pass.
[[nodiscard]] Skeleton SkeletonOf(std::string_view markup);

}  // namespace nightjar::fingerprint
