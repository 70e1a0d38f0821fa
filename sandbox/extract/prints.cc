// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/prints.h"

#include "base/url.h"
#include "sandbox/fingerprint/dom_hash.h"
#include "sandbox/fingerprint/fingerprint.h"
#include "sandbox/language/language.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::extract {
namespace {

// Is this the little picture that browsers show beside a site's name? By its type, or by the name under which
// they ask for it.
bool IsFavicon(const wire::Document& document, const parse::Page& page) {
  if (page.media != parse::Media::kNotText || page.not_text.empty()) return false;
  const std::string_view type = page.head.First("content-type");
  if (parse::StartsWithNoCase(type, "image/x-icon") ||
      parse::StartsWithNoCase(type, "image/vnd.microsoft.icon")) {
    return true;
  }
  const std::string_view path = std::string_view(document.url).substr(0, document.url.find_first_of("?#"));
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const bool picture = type.empty() || parse::StartsWithNoCase(type, "image/") ||
                       parse::StartsWithNoCase(type, "application/octet-stream");
  return picture && parse::StartsWithNoCase(name, "favicon.");
}

}  // namespace

wire::Fingerprints ReadFingerprints(const wire::Document& document, const parse::Page& page,
                                    std::string_view main_text) {
  wire::Fingerprints prints;
  prints.body_sha256 = page.body_digest.Hex();
  prints.simhash = fingerprint::Simhash(main_text);
  if (page.tree != nullptr) prints.dom_hash = fingerprint::DomHash(page.text.utf8);
  prints.hhhash = fingerprint::HhHash(document.head);
  if (IsFavicon(document, page)) prints.favicon_mmh3 = fingerprint::FaviconMmh3(page.not_text);
  return prints;
}

std::vector<wire::Language> ReadLanguages(std::string_view main_text) {
  std::vector<wire::Language> languages;
  for (language::Share& share : language::Languages(main_text)) {
    languages.push_back({std::move(share.code), share.percent});
  }
  return languages;
}

}  // namespace nightjar::extract
