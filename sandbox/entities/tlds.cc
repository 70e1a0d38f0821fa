// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/tlds.h"

#include <algorithm>
#include <vector>

#include "embedded/tlds_txt.h"
#include "sandbox/entities/letters.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kLongestTld = 24;

std::vector<std::string_view> Read(std::string_view file) {
  std::vector<std::string_view> labels;
  bool comment = false;
  for (std::size_t at = 0; at < file.size();) {
    if (file[at] == '#') comment = true;
    if (file[at] == '\n') comment = false;
    const std::size_t end = EndOf(file, at, [](char c) { return IsAlnum(c) || c == '-'; });
    if (!comment && end != at) labels.push_back(file.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  std::sort(labels.begin(), labels.end());
  return labels;
}

const std::vector<std::string_view>& Labels() {
  static const std::vector<std::string_view> kLabels = Read(embedded::tlds_txt);
  return kLabels;
}

}  // namespace

bool IsTld(std::string_view label) {
  if (label.size() < 2 || label.size() > kLongestTld) return false;
  return std::binary_search(Labels().begin(), Labels().end(), std::string_view(Lower(label)));
}

void PrepareTlds() { static_cast<void>(Labels()); }

}  // namespace nightjar::entities
