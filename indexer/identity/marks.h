// SPDX-License-Identifier: Apache-2.0
// By what a vendor can be recognised on another market.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace nightjar::identity {

// Signature of a set of word 5-shingles: equal places estimate the Jaccard similarity of the sets.
// Source: Broder, "On the resemblance and containment of documents" (1997), with the one-permutation hashing
// and densification of Shrivastava & Li, "Densifying one permutation hashing" (2014).
inline constexpr std::size_t kSketchPlaces = 64;
inline constexpr std::size_t kWordsOfShingle = 5;
inline constexpr std::size_t kFewestShingles = 12;  // shorter texts are alike by chance
using Sketch = std::array<std::uint32_t, kSketchPlaces>;

// All zero where the texts are too short to say anything. Texts are compared by their letters and digits
// alone. A hostile text could be made to look like another one's sketch, but could as well copy it: a text is
// never a hard reason.
[[nodiscard]] Sketch SketchOf(const std::vector<std::string>& texts);

// 0..100; 0 where one of the sketches says nothing.
[[nodiscard]] unsigned Resemblance(const Sketch& a, const Sketch& b);

struct Contact {
  std::string kind;   // of the entity: "btc", "xmpp", "telegram", ...
  std::string value;  // canonical
  friend auto operator<=>(const Contact&, const Contact&) = default;
};

// "Verified at another market": what the vendor's page says of the vendor elsewhere.
struct Claim {
  std::string site;  // as the page names it, lower case
  std::string name;  // there; empty: the same
  friend auto operator<=>(const Claim&, const Claim&) = default;
};

// One vendor of one site in one case.
struct Vendor {
  std::string item{};  // its item's id
  std::string site{};
  std::vector<std::string> site_names{};  // what others call the site, lower case: for claims
  std::string name{};                     // as printed
  std::vector<std::string> keys{};        // full PGP fingerprints
  std::vector<Contact> contacts{};        // addresses and handles
  std::vector<Claim> claims{};
  Sketch texts{};  // of terms and descriptions
};

// A name without what people change to look like somebody else: letter case, digits for letters, separators.
// "0wl_P0st" -> "owlpost". Look-alikes of other scripts stay: the jail folds them before (facts' folded
// text).
[[nodiscard]] std::string BareName(const std::string& printed);

}  // namespace nightjar::identity
