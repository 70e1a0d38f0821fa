// SPDX-License-Identifier: Apache-2.0
// Site profiles: what we know of a site beforehand. Which hosts are the site's, how a persona logs in there,
// and how its pages are read. One YAML file per site; PROFILES.md explains the language, config/profiles/ has
// profiles.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sandbox/profile/profile.h"

namespace nightjar::config {

// How a login form is filled in. Hidden inputs of the form are sent as they are.
struct LoginRecipe {
  std::string url;  // path on the site, "/login.php"
  std::string user_field;
  std::string password_field;
  std::vector<std::pair<std::string, std::string>> extra;  // fields to set besides, in this order
  std::vector<std::string> success;  // page classes that mean "in"; empty: any that is no wall
  friend bool operator==(const LoginRecipe&, const LoginRecipe&) = default;
};

inline constexpr std::size_t kMaxProfileBytes = 256 << 10;

struct SiteProfile {
  std::string name;  // a-z, 0-9, '.', '_', '-'
  std::vector<std::string>
      hosts;  // onion addresses, without sub-domains; may be empty where `rules` has signs
  std::optional<LoginRecipe> login;
  profile::Profile rules{};  // how pages are read, for the jail
  friend bool operator==(const SiteProfile&, const SiteProfile&) = default;
};

// Strict: unknown, repeated, missing and misshapen keys are refused with "file:line". Never throws.
[[nodiscard]] Result<SiteProfile> ParseSiteProfile(const std::string& yaml, const std::string& file);

// Every *.yaml of the folder, by file name; none where there is no folder. kInvalidInput also for two
// profiles of one host or name.
[[nodiscard]] Result<std::vector<SiteProfile>> LoadSiteProfiles(const std::string& folder);

// The reading rules of all of them, as pool::PoolOptions::profiles takes them.
[[nodiscard]] Bytes ReadingRulesOf(const std::vector<SiteProfile>& sites);

}  // namespace nightjar::config
