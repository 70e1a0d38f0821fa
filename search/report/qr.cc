// SPDX-License-Identifier: Apache-2.0
#include "search/report/qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <iterator>
#include <memory>

namespace nightjar::report {

Qr MakeQr(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      QRcode_free);
  Qr qr;
  if (!code) return qr;
  qr.width = static_cast<std::size_t>(code->width);
  for (std::size_t i = 0; i < qr.width * qr.width; ++i) qr.dark.push_back((code->data[i] & 1) != 0);
  return qr;
}

std::string SvgPath(const Qr& qr) {
  std::string path;
  for (std::size_t y = 0; y < qr.width; ++y) {
    for (std::size_t x = 0; x < qr.width; ++x) {
      if (!qr.At(x, y)) continue;
      std::size_t end = x;
      while (end < qr.width && qr.At(end, y)) ++end;
      fmt::format_to(std::back_inserter(path), "M{} {}h{}v1h-{}z", x + kQuietZone, y + kQuietZone, end - x,
                     end - x);
      x = end;
    }
  }
  return path;
}

}  // namespace nightjar::report
