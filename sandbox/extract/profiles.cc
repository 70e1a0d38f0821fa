// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/profiles.h"

#include <algorithm>

namespace nightjar::extract {
namespace {

// The site of a host: an onion address without its sub-domains, any other host as it is.
bool IsOf(std::string_view host, std::string_view site) {
  if (host == site) return true;
  return host.size() > site.size() && host.ends_with(site) && host[host.size() - site.size() - 1] == '.';
}

}  // namespace

SiteRules::SiteRules(profile::Profile rules)
    : rules_(std::move(rules)), name_(profile::NameAndDigest(rules_)) {}

const css::SelectorList& SiteRules::Selector(const std::string& text) const {
  const auto known = selectors_.find(&text);
  if (known != selectors_.end()) return known->second;
  auto parsed = css::ParseSelector(text);
  return selectors_.emplace(&text, parsed ? std::move(*parsed) : css::SelectorList{}).first->second;
}

const profile::Pattern* SiteRules::Pattern(const std::string& text) const {
  const auto known = patterns_.find(&text);
  if (known != patterns_.end()) return known->second.get();
  auto compiled = profile::Pattern::Compile(text);
  auto kept = compiled ? std::make_unique<profile::Pattern>(std::move(*compiled)) : nullptr;
  return patterns_.emplace(&text, std::move(kept)).first->second.get();
}

Profiles::Profiles(std::vector<profile::Profile> profiles) {
  for (profile::Profile& one : profiles) sites_.push_back(std::make_unique<SiteRules>(std::move(one)));
}

const SiteRules* Profiles::ForHost(const Url& own) const {
  for (const auto& site : sites_) {
    const auto& hosts = site->rules().hosts;
    if (std::ranges::any_of(hosts, [&](const std::string& host) { return IsOf(own.host(), host); }))
      return site.get();
  }
  return nullptr;
}

const SiteRules* Profiles::Choose(const Url& own, match::Selection& selection) const {
  if (const SiteRules* named = ForHost(own)) return named;
  for (const auto& site : sites_) {
    const auto& signs = site->rules().signs;
    const auto shows = [&](const std::string& sign) {
      return selection.FindFirst(site->Selector(sign)).has_value();
    };
    if (!signs.empty() && std::ranges::all_of(signs, shows)) return site.get();
  }
  return nullptr;
}

}  // namespace nightjar::extract
