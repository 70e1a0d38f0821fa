// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/armor.h"

namespace nightjar::values {
namespace {

// "Version: GnuPG v2"; base64 has no colon.
bool IsHeader(std::string_view line) { return line.find(": ") != std::string_view::npos; }

}  // namespace

std::string WithHeaderEnd(std::string_view block) {
  if (!block.starts_with("-----BEGIN PGP")) return std::string(block);
  std::size_t at = block.find('\n');
  while (at != std::string_view::npos) {
    const std::string_view line = block.substr(at + 1, block.find('\n', at + 1) - (at + 1));
    if (line.empty()) return std::string(block);
    if (!IsHeader(line)) break;
    at = block.find('\n', at + 1);
  }
  if (at == std::string_view::npos) return std::string(block);
  return std::string(block.substr(0, at + 1)).append("\n").append(block.substr(at + 1));
}

}  // namespace nightjar::values
