// SPDX-License-Identifier: Apache-2.0
#include "indexer/repetition/repetition.h"

#include <algorithm>

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

bool HoldsAValue(std::string_view line, const std::vector<wire::Field>& fields) {
  const std::size_t count = std::min(fields.size(), kMostFields);
  return std::any_of(
      fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(count), [&](const wire::Field& field) {
        return field.raw.size() >= kShortestValue && line.find(field.raw) != std::string_view::npos;
      });
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
}

std::vector<wire::Span> Repetition::Boilerplate(std::string_view site, const wire::Facts& facts) const {
  std::vector<wire::Span> ranges;
  const auto found = sites_.find(site);
  if (found == sites_.end()) return ranges;
  bool open = false;
  for (const wire::Span& span : LinesOf(facts.text)) {
    const std::string_view line = At(facts.text, span);
    const bool repeated = found->second.IsRepeated(HashOfLine(line)) && !HoldsAValue(line, facts.fields);
    if (repeated && open) ranges.back().end = span.end;
    if (repeated && !open) {
      if (ranges.size() == wire::kMaxFurniture) break;
      ranges.push_back(span);
    }
    open = repeated;
  }
  return ranges;
}

void Repetition::ForgetOldest() {
  sites_.erase(std::min_element(sites_.begin(), sites_.end(), [](const auto& a, const auto& b) {
    return a.second.last_use < b.second.last_use;
  }));
}

Bytes Repetition::Encode() const {
  Encoder encoder;
  encoder.U8(kFormat).U32(static_cast<std::uint32_t>(sites_.size()));
  for (const auto& [site, lines] : sites_) {
    encoder.Str(site);
    lines.EncodeTo(encoder);
  }
  return encoder.Take();
}

Result<Repetition> Repetition::Decode(ByteView bytes) {
  const auto corrupt = [] { return Fail(Code::kCorrupt, "the table of repeated lines is not one of ours"); };
  constexpr std::size_t kShortestRow = 4 + 1 + 8 + 4 + 4;
  Decoder decoder(bytes);
  Repetition table;
  if (decoder.U8() != kFormat) return corrupt();
  const std::uint32_t sites = decoder.Count(kMostSites, kShortestRow);
  for (std::uint32_t i = 0; i < sites; ++i) {
    const std::string_view site = decoder.View(kLongestSite);
    const bool in_order = table.sites_.empty() || table.sites_.rbegin()->first < site;
    SiteLines lines;
    if (site.empty() || !in_order || !lines.DecodeFrom(decoder)) return corrupt();
    table.uses_ = std::max(table.uses_, lines.last_use);
    table.sites_.emplace_hint(table.sites_.end(), site, std::move(lines));
  }
  RETURN_IF_ERROR(decoder.Finish("the table of repeated lines"));
  return table;
}

}  // namespace nightjar::repetition
