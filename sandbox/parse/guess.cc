// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/guess.h"

#include <uchardet.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <type_traits>

namespace nightjar::parse {
namespace {

using Detector = std::unique_ptr<std::remove_pointer_t<uchardet_t>, void (*)(uchardet_t)>;

// uchardet's names that are no labels of the web.
std::string_view WebName(std::string_view name) {
  if (name == "UHC") return "euc-kr";
  if (name == "MAC-CYRILLIC") return "x-mac-cyrillic";
  return name;
}

}  // namespace

const Encoding* GuessEncoding(ByteView body) {
  const ByteView start = body.substr(0, kGuessedFrom);
  const auto high = std::count_if(start.begin(), start.end(), [](char c) { return (c & 0x80) != 0; });
  if (static_cast<std::size_t>(high) < kLeastForGuess) return nullptr;
  const Detector detector(uchardet_new(), uchardet_delete);
  if (uchardet_handle_data(detector.get(), start.data(), start.size()) != 0) return nullptr;
  uchardet_data_end(detector.get());
  return EncodingFor(WebName(uchardet_get_charset(detector.get())));
}

}  // namespace nightjar::parse
