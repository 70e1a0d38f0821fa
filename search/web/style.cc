// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "embedded/style_sheet.h"
#include "search/web/pages.h"

namespace nightjar::web {

std::string_view StyleSheet() { return embedded::style_sheet; }

const std::string& StyleVersion() {
  static const std::string kVersion = Sha256(embedded::style_sheet).Hex().substr(0, 12);
  return kVersion;
}

}  // namespace nightjar::web
