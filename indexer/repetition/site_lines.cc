// SPDX-License-Identifier: Apache-2.0
#include "indexer/repetition/site_lines.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "base/digest.h"

namespace nightjar::repetition {

LineHash HashOfLine(std::string_view line) {
  const Digest digest = Sha256(line);
  LineHash hash = 0;
  std::memcpy(&hash, digest.bytes.data(), sizeof hash);
  return hash;
}

void SiteLines::Learn(LineHash page, std::vector<LineHash> lines) {
  if (std::ranges::find(pages_, page) != pages_.end()) return;
  if (lines.size() > kMostLinesOfPage) lines.resize(kMostLinesOfPage);
  pages_.push_back(page);
  std::unordered_set<LineHash> seen;
  std::vector<LineHash> fresh;  // in page order: menus come before what they lead to
  for (const LineHash line : lines) {
    if (!seen.insert(line).second) continue;
    if (const auto known = counts_.find(line); known != counts_.end()) {
      ++known->second;
    } else {
      fresh.push_back(line);
    }
  }
  if (counts_.size() + fresh.size() > kMostLines) ForgetRare();
  for (const LineHash line : fresh) {
    if (counts_.size() == kMostLines) break;
    counts_.emplace(line, 1);
  }
  if (pages_.size() == kWindow) ForgetOlderHalf();
}

bool SiteLines::IsRepeated(LineHash line) const {
  if (pages_.size() < kFewestPages) return false;
  const auto found = counts_.find(line);
  return found != counts_.end() && std::size_t{100} * found->second >= pages_.size() * kRepeatedPercent;
}

void SiteLines::ForgetOlderHalf() {
  pages_.erase(pages_.begin(), pages_.begin() + kWindow / 2);
  for (auto& [line, count] : counts_) count /= 2;
  std::erase_if(counts_, [](const auto& row) { return row.second == 0; });
}

// Lines of one page only are what fills the table; menus have more to show.
void SiteLines::ForgetRare() {
  std::erase_if(counts_, [](const auto& row) { return row.second == 1; });
}

void SiteLines::EncodeTo(Encoder& encoder) const {
  encoder.U64(last_use).U32(static_cast<std::uint32_t>(pages_.size()));
  for (const LineHash page : pages_) encoder.U64(page);
  encoder.U32(static_cast<std::uint32_t>(counts_.size()));
  for (const auto& [line, count] : counts_) encoder.U64(line).U8(count);
}

bool SiteLines::DecodeFrom(Decoder& decoder) {
  last_use = decoder.U64();
  const std::uint32_t pages = decoder.Count(kWindow - 1, sizeof(LineHash));
  for (std::uint32_t i = 0; i < pages; ++i) {
    const LineHash page = decoder.U64();
    if (std::ranges::find(pages_, page) != pages_.end()) return false;
    pages_.push_back(page);
  }
  const std::uint32_t lines = decoder.Count(kMostLines, sizeof(LineHash) + 1);
  for (std::uint32_t i = 0; i < lines; ++i) {
    const LineHash line = decoder.U64();
    const std::uint8_t count = decoder.U8();
    const bool in_order = counts_.empty() || counts_.rbegin()->first < line;
    if (!in_order || count == 0 || count > pages_.size()) return false;
    counts_.emplace_hint(counts_.end(), line, count);
  }
  return decoder.ok();
}

}  // namespace nightjar::repetition
