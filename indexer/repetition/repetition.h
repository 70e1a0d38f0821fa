// SPDX-License-Identifier: Apache-2.0
// Boilerplate by repetition: what stands on most pages of a site (menus, rate tables, footers, warnings) is
// not what a page says, whatever its template calls it. The rule: a line of the visible text that stood on at
// least 60 % of the site's last pages (at least 5, at most 64 different ones), and that holds no value of the
// page's own item (its title, price, vendor, ...). Lines are compared whole and as they are, but for the
// numbers of lines that were once found on most pages (site_lines.h). A page that says nothing else has none.
//
// Only pages of class `content`, read without a fault, are learned: walls and error pages repeat themselves.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "indexer/repetition/site_lines.h"
#include "sandbox/wire/facts.h"

namespace nightjar::repetition {

inline constexpr std::size_t kMostSites =
    2048;  // then the one that was learned from longest ago is forgotten
inline constexpr std::size_t kLongestSite = 200;
inline constexpr std::uint8_t kFormat = 2;

// Holds at most about 200 MiB, of which a site takes what its pages have. One thread. Losing it loses nothing
// but the first few pages' boilerplate: it may be kept and restored at any time.
class Repetition final {
 public:
  // `site`: the host, or whatever the caller calls one site; longer names than kLongestSite are not learned.
  // `url`: of the page, so that a page counts once.
  void Learn(std::string_view site, std::string_view url, const wire::Facts& facts);

  // Ranges of `facts.text`, in order, neighbouring lines as one, at most wire::kMaxFurniture; empty for a
  // site that is hardly known.
  [[nodiscard]] std::vector<wire::Span> Boilerplate(std::string_view site, const wire::Facts& facts) const;

  [[nodiscard]] std::size_t size() const { return sites_.size(); }

  // Sites learned from, or forgotten, since the last call.
  [[nodiscard]] std::set<std::string> TakeChanged();

  // What is known of one site; base/codec.h, first byte kFormat. Empty: nothing. The same state gives the
  // same bytes.
  [[nodiscard]] Bytes EncodeSite(std::string_view site) const;
  // Takes back what EncodeSite() gave for a site that is not known yet. Strict: kCorrupt for anything else.
  [[nodiscard]] Status RestoreSite(std::string_view site, ByteView bytes);

  void ForgetSite(std::string_view site);

 private:
  void ForgetOldest();

  std::map<std::string, SiteLines, std::less<>> sites_;
  std::set<std::string> changed_;
  std::uint64_t uses_ = 0;
};

}  // namespace nightjar::repetition
