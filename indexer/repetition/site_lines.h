// SPDX-License-Identifier: Apache-2.0
// Which lines the pages of one site have in common: for each line, on how many of the last pages it stood.
//
// A page counts once, however often it is fetched: a front page that is watched every hour is no proof that
// its lines are everywhere. When kWindow pages have been seen the older half is forgotten and every count is
// halved, so that a site's new menu replaces its old one within kWindow pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "base/codec.h"

namespace nightjar::repetition {

inline constexpr std::size_t kWindow = 64;      // pages
inline constexpr std::size_t kFewestPages = 5;  // below, nothing is said of a site
inline constexpr std::size_t kRepeatedPercent =
    60;  // of the pages: a line on so many is the site's, not the page's
inline constexpr std::size_t kMostLines = 2048;  // remembered of a site: about 100 KiB of memory
inline constexpr std::size_t kMostLinesOfPage = 4096;

// First 64 bits of SHA-256: hostile pages must not be able to make other pages' lines look repeated.
using LineHash = std::uint64_t;
[[nodiscard]] LineHash HashOfLine(std::string_view line);

// One thread.
class SiteLines final {
 public:
  // `page`: what tells it from other pages of the site. `lines`: its lines, repeats allowed.
  void Learn(LineHash page, std::vector<LineHash> lines);

  // Did the line stand on kRepeatedPercent of at least kFewestPages pages?
  [[nodiscard]] bool IsRepeated(LineHash line) const;

  // Counter for choosing which site to forget; set by the owner.
  std::uint64_t last_use = 0;

  void EncodeTo(Encoder& encoder) const;
  // False where the bytes are not what EncodeTo() writes.
  [[nodiscard]] bool DecodeFrom(Decoder& decoder);

 private:
  void ForgetOlderHalf();
  void ForgetRare();

  std::vector<LineHash> pages_;              // in order of arrival, fewer than kWindow
  std::map<LineHash, std::uint8_t> counts_;  // each at least 1 and at most pages_.size()
};

}  // namespace nightjar::repetition
