// SPDX-License-Identifier: Apache-2.0
// Site profiles as the reading uses them: selectors and patterns made once, each at its first use, and kept
// for all documents of the worker. One thread.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/url.h"
#include "sandbox/css/selector.h"
#include "sandbox/match/selection.h"
#include "sandbox/profile/pattern.h"
#include "sandbox/profile/profile.h"

namespace nightjar::extract {

class SiteRules final {
 public:
  explicit SiteRules(profile::Profile rules);
  SiteRules(const SiteRules&) = delete;
  SiteRules& operator=(const SiteRules&) = delete;

  [[nodiscard]] const profile::Profile& rules() const { return rules_; }
  [[nodiscard]] const std::string& name() const { return name_; }  // with digest, for Facts::profile

  // `text`: one of rules(), known by its address. An empty list, or nullptr, for what cannot be read: config
  // refuses such profiles, so none should come here.
  [[nodiscard]] const css::SelectorList& Selector(const std::string& text) const;
  [[nodiscard]] const profile::Pattern* Pattern(const std::string& text) const;

 private:
  profile::Profile rules_;
  std::string name_;
  mutable std::unordered_map<const std::string*, css::SelectorList> selectors_;
  mutable std::unordered_map<const std::string*, std::unique_ptr<profile::Pattern>> patterns_;
};

class Profiles final {
 public:
  Profiles() = default;
  explicit Profiles(std::vector<profile::Profile> profiles);

  // The profile that names the page's host; else the first whose signs are all on the page; else nullptr.
  // `selection` is that of the page's tree.
  [[nodiscard]] const SiteRules* Choose(const Url& own, match::Selection& selection) const;
  // The one that names the host.
  [[nodiscard]] const SiteRules* ForHost(const Url& own) const;
  [[nodiscard]] bool empty() const { return sites_.empty(); }

 private:
  std::vector<std::unique_ptr<SiteRules>> sites_;
};

}  // namespace nightjar::extract
