// SPDX-License-Identifier: Apache-2.0
#include "indexer/repetition/site_lines.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "base/digest.h"

namespace nightjar::repetition {
namespace {

constexpr std::uint8_t kShapeLife = 2;  // windows
constexpr std::size_t kFewestLetters = 3;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

void ForgetOneWindow(std::map<LineHash, std::uint8_t>& shapes) {
  for (auto& [shape, life] : shapes) --life;
  std::erase_if(shapes, [](const auto& row) { return row.second == 0; });
}

// Rows of a hash and a small number, in the order of the hashes.
template <typename Fits>
bool DecodeRows(Decoder& decoder, std::size_t most, const Fits& fits,
                std::map<LineHash, std::uint8_t>& rows) {
  const std::uint32_t count = decoder.Count(static_cast<std::uint32_t>(most), sizeof(LineHash) + 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const LineHash hash = decoder.U64();
    const std::uint8_t number = decoder.U8();
    const bool in_order = rows.empty() || rows.rbegin()->first < hash;
    if (!in_order || !fits(number)) return false;
    rows.emplace_hint(rows.end(), hash, number);
  }
  return true;
}

}  // namespace

LineHash HashOfLine(std::string_view line) {
  const Digest digest = Sha256(line);
  LineHash hash = 0;
  std::memcpy(&hash, digest.bytes.data(), sizeof hash);
  return hash;
}

std::string ShapeOf(std::string_view line) {
  if (line.size() > kLongestShape) return {};
  std::string shape;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool inside = !shape.empty() && shape.back() == '#' && i > 0;
    const bool between = inside && IsDigit(line[i - 1]) && (line[i] == '.' || line[i] == ',') &&
                         i + 1 < line.size() && IsDigit(line[i + 1]);
    if (between || (inside && IsDigit(line[i]))) continue;
    shape.push_back(IsDigit(line[i]) ? '#' : line[i]);
  }
  const bool has_number = std::ranges::any_of(line, IsDigit);
  if (!has_number || std::ranges::count_if(line, IsLetter) < std::ptrdiff_t{kFewestLetters}) return {};
  return shape;
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

void SiteLines::LearnShape(LineHash shape) {
  if (shapes_.size() < kMostShapes || shapes_.contains(shape)) shapes_[shape] = kShapeLife;
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
  ForgetOneWindow(shapes_);
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
  encoder.U32(static_cast<std::uint32_t>(shapes_.size()));
  for (const auto& [shape, life] : shapes_) encoder.U64(shape).U8(life);
}

bool SiteLines::DecodeFrom(Decoder& decoder) {
  last_use = decoder.U64();
  const std::uint32_t pages = decoder.Count(kWindow - 1, sizeof(LineHash));
  for (std::uint32_t i = 0; i < pages; ++i) {
    const LineHash page = decoder.U64();
    if (std::ranges::find(pages_, page) != pages_.end()) return false;
    pages_.push_back(page);
  }
  const auto count_fits = [&](std::uint8_t count) { return count > 0 && count <= pages_.size(); };
  const auto life_fits = [](std::uint8_t life) { return life > 0 && life <= kShapeLife; };
  return DecodeRows(decoder, kMostLines, count_fits, counts_) &&
         DecodeRows(decoder, kMostShapes, life_fits, shapes_) && decoder.ok();
}

}  // namespace nightjar::repetition
