// SPDX-License-Identifier: Apache-2.0
#include "config/site_profile.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/ids.h"
#include "base/onion.h"
#include "config/profile_rules.h"
#include "config/yaml_map.h"

namespace nightjar::config {
namespace {

constexpr std::size_t kMaxList = 64;
// As wire::PageClassName; the classes that may follow a login that worked.
constexpr std::array<std::string_view, 5> kSuccess = {"content", "empty", "not-found", "maintenance",
                                                      "error"};

class ProfileReader final {
 public:
  explicit ProfileReader(const std::string& file) : yaml_(file) {}

  Result<SiteProfile> Read(const YAML::Node& root) {
    SiteProfile profile;
    std::set<std::string> keys = RuleKeys();
    keys.insert({"name", "hosts", "login"});
    RETURN_IF_ERROR(yaml_.CheckKeys(root, keys));
    ASSIGN_OR_RETURN(profile.name, yaml_.Text(root, "name"));
    if (const Status name = CheckName("site profile", profile.name); !name)
      return yaml_.Refuse(root["name"], name.error().text);
    RETURN_IF_ERROR(ReadHosts(root, profile.hosts));
    profile.rules.name = profile.name;
    profile.rules.hosts = profile.hosts;
    RETURN_IF_ERROR(ReadRules(yaml_, root, profile.rules));
    if (profile.hosts.empty() && profile.rules.signs.empty())
      return yaml_.Refuse(root, "names no site: give 'hosts', or 'signs' by which its pages are known");
    if (root["login"]) {
      ASSIGN_OR_RETURN(profile.login, ReadLogin(root["login"]));
    }
    return profile;
  }

 private:
  Status ReadHosts(const YAML::Node& root, std::vector<std::string>& hosts) {
    const YAML::Node list = root["hosts"];
    if (!list) return {};
    if (!list.IsSequence() || list.size() == 0 || list.size() > kMaxList)
      return yaml_.Refuse(list, "'hosts' is a list of 1 to 64 onion addresses");
    for (const auto& item : list) {
      ASSIGN_OR_RETURN(const std::string text, yaml_.Scalar(item, "a host"));
      const auto onion = OnionAddress::Parse(text);
      if (!onion) return yaml_.Refuse(item, "the host " + onion.error().text);
      hosts.push_back(onion->host());
    }
    return {};
  }

  Result<LoginRecipe> ReadLogin(const YAML::Node& map) {
    LoginRecipe recipe;
    RETURN_IF_ERROR(yaml_.CheckKeys(map, {"url", "user_field", "password_field", "extra", "success"}));
    ASSIGN_OR_RETURN(recipe.url, yaml_.Text(map, "url"));
    if (!recipe.url.starts_with('/') || recipe.url.starts_with("//"))
      return yaml_.Refuse(map["url"], "'url' is a path on the site that begins with one /");
    ASSIGN_OR_RETURN(recipe.user_field, yaml_.Text(map, "user_field"));
    ASSIGN_OR_RETURN(recipe.password_field, yaml_.Text(map, "password_field"));
    RETURN_IF_ERROR(ReadExtra(map["extra"], recipe));
    RETURN_IF_ERROR(ReadSuccess(map["success"], recipe));
    return recipe;
  }

  Status ReadExtra(const YAML::Node& map, LoginRecipe& recipe) {
    if (!map) return {};
    if (!map.IsMap() || map.size() > kMaxList)
      return yaml_.Refuse(map, "'extra' maps names of fields to values");
    for (const auto& entry : map) {
      ASSIGN_OR_RETURN(std::string name, yaml_.Scalar(entry.first, "the name of a field"));
      ASSIGN_OR_RETURN(std::string value, yaml_.Scalar(entry.second, "the value of a field"));
      recipe.extra.emplace_back(std::move(name), std::move(value));
    }
    return {};
  }

  Status ReadSuccess(const YAML::Node& list, LoginRecipe& recipe) {
    if (!list) return {};
    if (!list.IsSequence() || list.size() == 0)
      return yaml_.Refuse(list, "'success' is a list of page classes");
    for (const auto& item : list) {
      ASSIGN_OR_RETURN(std::string name, yaml_.Scalar(item, "a page class"));
      if (std::ranges::find(kSuccess, name) == kSuccess.end())
        return yaml_.Refuse(
            item, "after a login that worked stands content, empty, not-found, maintenance or error");
      recipe.success.push_back(std::move(name));
    }
    return {};
  }

  const YamlMap yaml_;
};

Result<std::vector<std::string>> FilesOf(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code bad;
  for (std::filesystem::directory_iterator entry(folder, bad), end; !bad && entry != end;
       entry.increment(bad))
    if (entry->path().extension() == ".yaml") files.push_back(entry->path().string());
  if (bad && bad != std::errc::no_such_file_or_directory)
    return Fail(Code::kIo, "cannot list the site profiles: " + bad.message(), folder);
  std::ranges::sort(files);
  return files;
}

}  // namespace

Result<SiteProfile> ParseSiteProfile(const std::string& yaml, const std::string& file) {
  try {
    return ProfileReader(file).Read(YAML::Load(yaml));
  } catch (const YAML::Exception& e) {
    return Fail(Code::kInvalidInput, e.msg, file + ":" + std::to_string(e.mark.line + 1));
  }
}

Result<std::vector<SiteProfile>> LoadSiteProfiles(const std::string& folder) {
  std::vector<SiteProfile> profiles;
  std::set<std::string> taken;
  ASSIGN_OR_RETURN(const auto files, FilesOf(folder));
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(file, kMaxProfileBytes));
    ASSIGN_OR_RETURN(SiteProfile profile, ParseSiteProfile(yaml, file));
    for (const std::string& host : profile.hosts)
      if (!taken.insert(host).second)
        return Fail(Code::kInvalidInput, "another site profile has this host already: " + host, file);
    if (!taken.insert(profile.name).second)
      return Fail(Code::kInvalidInput, "another site profile has this name already: " + profile.name, file);
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

Bytes ReadingRulesOf(const std::vector<SiteProfile>& sites) {
  std::vector<profile::Profile> rules;
  rules.reserve(sites.size());
  for (const SiteProfile& site : sites) rules.push_back(site.rules);
  return profile::Encode(rules);
}

}  // namespace nightjar::config
