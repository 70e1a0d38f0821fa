// SPDX-License-Identifier: Apache-2.0
// Which lines the pages of one site have in common: for each line, on how many of the last pages it stood.
//
// A page counts once, however often it is fetched: a front page that is watched every hour is no proof that
// its lines are everywhere. When kWindow pages have been seen the older half is forgotten and every count is
// halved, so that a site's new menu replaces its old one within kWindow pages.
//
// Counters: once "Orders (3)" was found on most pages, "Orders (4)" is known by its shape, "Orders (#)", for
// two windows. A page's own "Price: 20 USD" teaches no shape, for no price of it stands on most pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
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

// The line with each number ("1,204.50") as one '#'. Empty where it has no number, fewer than three letters
// beside it (bytes beyond ASCII count as letters), or is longer than a menu's entry.
inline constexpr std::size_t kLongestShape = 80;  // bytes
inline constexpr std::size_t kMostShapes = 256;   // remembered of a site
[[nodiscard]] std::string ShapeOf(std::string_view line);

// One thread.
class SiteLines final {
 public:
  // `page`: what tells it from other pages of the site. `lines`: its lines, repeats allowed.
  void Learn(LineHash page, std::vector<LineHash> lines);

  // Did the line stand on kRepeatedPercent of at least kFewestPages pages?
  [[nodiscard]] bool IsRepeated(LineHash line) const;

  // `shape`: hash of the shape of a line that is repeated.
  void LearnShape(LineHash shape);
  [[nodiscard]] bool IsKnownShape(LineHash shape) const { return shapes_.contains(shape); }

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
  std::map<LineHash, std::uint8_t> shapes_;  // windows until it is forgotten: 1 or kShapeLife
};

}  // namespace nightjar::repetition
