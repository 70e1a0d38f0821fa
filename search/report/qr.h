// SPDX-License-Identifier: Apache-2.0
// QR codes (ISO/IEC 18004) as squares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nightjar::report {

struct Qr {
  std::size_t width = 0;   // modules in a row; 0: the text is too long for a code
  std::vector<bool> dark;  // row by row
  [[nodiscard]] bool At(std::size_t x, std::size_t y) const { return dark[y * width + x]; }
};

// At the error correction level M: fifteen in a hundred may be dirty.
[[nodiscard]] Qr MakeQr(const std::string& text);

// The dark squares as the path of an SVG in units of one module, with the quiet zone of 4 around.
[[nodiscard]] std::string SvgPath(const Qr& qr);

inline constexpr std::size_t kQuietZone = 4;

}  // namespace nightjar::report
