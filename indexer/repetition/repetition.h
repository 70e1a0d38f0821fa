// SPDX-License-Identifier: Apache-2.0
// Boilerplate by repetition: what stands on most pages of a site (menus, rate tables, footers, warnings) is
// not what a page says, whatever its template calls it. The rule: a line of the visible text that stood on at
// least 60 % of the site's last pages (at least 5, at most 64 different ones), and that holds no value of the
// page's own item (its title, price, vendor, ...). Lines are compared whole and as they are: "Balance: 5" and
// "Balance: 6" are two.
//
// Only pages of class `content`, read without a fault, are learned: walls and error pages repeat themselves.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "indexer/repetition/site_lines.h"
#include "sandbox/wire/facts.h"

namespace nightjar::repetition {

inline constexpr std::size_t kMostSites =
    2048;  // then the one that was learned from longest ago is forgotten
inline constexpr std::size_t kLongestSite = 256;
inline constexpr std::uint8_t kFormat = 1;

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

  // base/codec.h, first byte kFormat; the same state gives the same bytes.
  [[nodiscard]] Bytes Encode() const;
  // Strict: kCorrupt for anything that Encode() does not write.
  [[nodiscard]] static Result<Repetition> Decode(ByteView bytes);

 private:
  void ForgetOldest();

  std::map<std::string, SiteLines, std::less<>> sites_;
  std::uint64_t uses_ = 0;
};

}  // namespace nightjar::repetition
