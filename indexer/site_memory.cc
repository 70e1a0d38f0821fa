// SPDX-License-Identifier: Apache-2.0
#include "indexer/site_memory.h"

#include <algorithm>

#include "base/log.h"
#include "base/url.h"
#include "indexer/query/schema.h"

namespace nightjar::indexer {
namespace {

// No host has this sign, no profile a host's dot in its place.
constexpr std::string_view kProfileMark = "profile:";

std::string SiteNameOf(const Observation& observation) {
  const std::string& profile = observation.facts.profile;  // "apollon sha256:<16 hex digits>"
  if (!profile.empty()) return std::string(kProfileMark) + profile.substr(0, profile.find(' '));
  const auto url = Url::Parse(observation.record.url);
  return url ? url->host() : std::string();
}

}  // namespace

Result<SiteMemory> SiteMemory::Load(columns::Writer& store) {
  SiteMemory memory;
  const std::string_view prefix = query::kLinesPrefix;
  RETURN_IF_ERROR(store.EachMeta(prefix, [&](std::string_view key, std::string_view value) {
    const std::string site(key.substr(prefix.size()));
    const Status restored = memory.lines_.RestoreSite(site, value);
    if (!restored) log::warn("what {} repeats is learned anew: {}", site, restored.error().Format());
    if (site.starts_with(kProfileMark)) memory.profiles_.insert(site);
  }));
  return memory;
}

Status SiteMemory::Save(columns::Writer& store) {
  for (const std::string& site : lines_.TakeChanged())
    RETURN_IF_ERROR(store.SetMeta(std::string(query::kLinesPrefix) + site, lines_.EncodeSite(site)));
  return {};
}

void SiteMemory::Learn(const Observation& observation) {
  const std::string site = SiteNameOf(observation);
  lines_.Learn(site, observation.record.url, observation.facts);
  if (site.starts_with(kProfileMark)) profiles_.insert(site);
}

std::vector<wire::Span> SiteMemory::Repeated(const Observation& observation) const {
  return lines_.Boilerplate(SiteNameOf(observation), observation.facts);
}

void SiteMemory::ForgetHost(std::string_view host) {
  lines_.ForgetSite(host);
  for (const std::string& profile : profiles_) lines_.ForgetSite(profile);
  profiles_.clear();
}

std::vector<wire::Span> JoinRanges(const std::vector<wire::Span>& a, const std::vector<wire::Span>& b) {
  std::vector<wire::Span> all;
  std::ranges::merge(a, b, std::back_inserter(all), {}, &wire::Span::begin, &wire::Span::begin);
  std::vector<wire::Span> joined;
  for (const wire::Span& range : all) {
    if (!joined.empty() && range.begin <= joined.back().end + 1) {
      joined.back().end = std::max(joined.back().end, range.end);
    } else if (joined.size() < wire::kMaxFurniture) {
      joined.push_back(range);
    } else {
      break;
    }
  }
  return joined;
}

}  // namespace nightjar::indexer
