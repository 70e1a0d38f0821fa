// SPDX-License-Identifier: Apache-2.0
#include "indexer/repetition/repetition.h"

#include <algorithm>
#include <utility>

namespace nightjar::repetition {
namespace {

constexpr std::size_t kMostFields = 64;    // of the item that are looked for in a line
constexpr std::size_t kShortestValue = 2;  // bytes; a single digit stands anywhere

std::vector<wire::Span> LinesOf(std::string_view text) {
  std::vector<wire::Span> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) lines.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end + 1;
  }
  return lines;
}

std::string_view At(std::string_view text, wire::Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool IsWordByte(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// As words of its own: a stock of "16" does not stand in "Figurines16".
bool StandsIn(std::string_view line, std::string_view value) {
  for (std::size_t at = line.find(value); at != std::string_view::npos; at = line.find(value, at + 1)) {
    const std::size_t end = at + value.size();
    const bool begins = at == 0 || !IsWordByte(line[at - 1]) || !IsWordByte(value.front());
    const bool ends = end == line.size() || !IsWordByte(line[end]) || !IsWordByte(value.back());
    if (begins && ends) return true;
  }
  return false;
}

bool HoldsAValue(std::string_view line, const std::vector<wire::Field>& fields) {
  const std::size_t count = std::min(fields.size(), kMostFields);
  return std::any_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](const wire::Field& field) {
                       return field.raw.size() >= kShortestValue && StandsIn(line, field.raw);
                     });
}

void LearnShapes(SiteLines& site, std::string_view text) {
  std::size_t looked = 0;
  for (const wire::Span& span : LinesOf(text)) {
    if (looked++ == kMostLinesOfPage) break;
    const std::string shape = ShapeOf(At(text, span));
    if (!shape.empty() && site.IsRepeated(HashOfLine(At(text, span)))) site.LearnShape(HashOfLine(shape));
  }
}

bool IsRepeated(const SiteLines& site, std::string_view line) {
  if (site.IsRepeated(HashOfLine(line))) return true;
  const std::string shape = ShapeOf(line);
  return !shape.empty() && site.IsKnownShape(HashOfLine(shape));
}

}  // namespace

void Repetition::Learn(std::string_view site, std::string_view url, const wire::Facts& facts) {
  if (facts.verdict != wire::Verdict::kOk || facts.page_class != wire::PageClass::kContent) return;
  if (site.empty() || site.size() > kLongestSite) return;
  std::vector<LineHash> lines;
  for (const wire::Span& span : LinesOf(facts.text)) {
    if (lines.size() == kMostLinesOfPage) break;
    lines.push_back(HashOfLine(At(facts.text, span)));
  }
  auto found = sites_.find(site);
  if (found == sites_.end()) {
    if (sites_.size() == kMostSites) ForgetOldest();
    found = sites_.emplace(site, SiteLines()).first;
  }
  found->second.last_use = ++uses_;
  found->second.Learn(HashOfLine(url), std::move(lines));
  LearnShapes(found->second, facts.text);
  changed_.emplace(site);
}

std::vector<wire::Span> Repetition::Boilerplate(std::string_view site, const wire::Facts& facts) const {
  std::vector<wire::Span> ranges;
  const auto found = sites_.find(site);
  if (found == sites_.end()) return ranges;
  bool open = false;
  bool says_more = false;
  for (const wire::Span& span : LinesOf(facts.text)) {
    const std::string_view line = At(facts.text, span);
    const bool repeated = IsRepeated(found->second, line) && !HoldsAValue(line, facts.fields);
    if (repeated && open) ranges.back().end = span.end;
    if (repeated && !open) {
      if (ranges.size() == wire::kMaxFurniture) break;
      ranges.push_back(span);
    }
    open = repeated;
    says_more = says_more || !repeated;
  }
  if (!says_more) ranges.clear();
  return ranges;
}

void Repetition::ForgetOldest() {
  const auto oldest = std::min_element(sites_.begin(), sites_.end(), [](const auto& a, const auto& b) {
    return a.second.last_use < b.second.last_use;
  });
  changed_.insert(oldest->first);
  sites_.erase(oldest);
}

void Repetition::ForgetSite(std::string_view site) {
  const auto found = sites_.find(site);
  if (found == sites_.end()) return;
  changed_.insert(found->first);
  sites_.erase(found);
}

std::set<std::string> Repetition::TakeChanged() { return std::exchange(changed_, {}); }

Bytes Repetition::EncodeSite(std::string_view site) const {
  const auto found = sites_.find(site);
  if (found == sites_.end()) return {};
  Encoder encoder;
  encoder.U8(kFormat);
  found->second.EncodeTo(encoder);
  return encoder.Take();
}

Status Repetition::RestoreSite(std::string_view site, ByteView bytes) {
  Decoder decoder(bytes);
  SiteLines lines;
  const bool fits = !site.empty() && site.size() <= kLongestSite && sites_.size() < kMostSites;
  if (!fits || decoder.U8() != kFormat || !lines.DecodeFrom(decoder))
    return Fail(Code::kCorrupt, "the table of repeated lines is not one of ours", std::string(site));
  RETURN_IF_ERROR(decoder.Finish("the table of repeated lines"));
  uses_ = std::max(uses_, lines.last_use);
  sites_.insert_or_assign(std::string(site), std::move(lines));
  return {};
}

}  // namespace nightjar::repetition
