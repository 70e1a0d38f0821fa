// SPDX-License-Identifier: Apache-2.0
#include "config/header_profile.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "base/log.h"
#include "embedded/tor_browser_yaml.h"

namespace nightjar::config {
namespace {

constexpr std::size_t kMostFields = 64;  // as the handover to the fetcher takes
constexpr std::size_t kLongestValue = 1024;
constexpr std::array<std::string_view, 6> kNotOurs = {"host",   "content-length",   "transfer-encoding",
                                                      "cookie", "proxy-connection", "expect"};

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return text;
}

bool IsToken(const std::string& text) {
  constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";
  const auto allowed = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kTokenMarks.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

bool IsValue(const std::string& text) {
  return !text.empty() && text.size() <= kLongestValue &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7e; });
}

class ProfileReader final {
 public:
  explicit ProfileReader(const std::string& file) : file_(file) {}

  Result<HeaderProfile> Read(const YAML::Node& root) {
    if (!root.IsMap()) return Refuse(root, "a header profile has the keys name and header");
    HeaderProfile profile;
    for (const auto& entry : root) {
      const std::string key = entry.first.as<std::string>();
      if (key == "name" && profile.name.empty() && entry.second.IsScalar())
        profile.name = entry.second.as<std::string>();
      else if (key == "header" && profile.header.empty() && entry.second.IsSequence())
        RETURN_IF_ERROR(ReadFields(entry.second, profile.header));
      else
        return Refuse(entry.first, "unknown, repeated or misshaped key '" + key + "'");
    }
    if (profile.name.empty()) return Refuse(root, "the key name is missing");
    if (profile.header.empty()) return Refuse(root, "the key header is missing or empty");
    return profile;
  }

 private:
  Status ReadFields(const YAML::Node& list, std::vector<std::string>& header) {
    if (list.size() > kMostFields) return Refuse(list, "more than 64 header fields");
    for (const auto& item : list) {
      if (!item.IsMap() || item.size() != 1)
        return Refuse(item, "a header field is written '- Name: \"value\"'");
      const auto entry = *item.begin();
      const auto name = entry.first.as<std::string>();
      const auto value = entry.second.as<std::string>();
      if (!IsToken(name)) return Refuse(item, "not the name of a header field: '" + log::Safe(name) + "'");
      if (!IsValue(value))
        return Refuse(item, "the value of " + name + " is empty, too long or not printable");
      if (std::ranges::find(kNotOurs, Lower(name)) != kNotOurs.end())
        return Refuse(item, name + " is made by the fetcher itself");
      if (!seen_.insert(Lower(name)).second) return Refuse(item, name + " is there twice");
      header.push_back(fmt::format("{}: {}", name, value));
    }
    return {};
  }

  tl::unexpected<Error> Refuse(const YAML::Node& node, std::string text) const {
    return Fail(Code::kInvalidInput, std::move(text), file_ + ":" + std::to_string(node.Mark().line + 1));
  }

  const std::string& file_;
  std::set<std::string> seen_;
};

}  // namespace

Result<HeaderProfile> ParseHeaderProfile(const std::string& yaml, const std::string& file) {
  try {
    return ProfileReader(file).Read(YAML::Load(yaml));
  } catch (const YAML::Exception& e) {
    return Fail(Code::kInvalidInput, e.msg, file + ":" + std::to_string(e.mark.line + 1));
  }
}

HeaderProfile TorBrowserProfile() {
  auto profile = ParseHeaderProfile(std::string(embedded::tor_browser_yaml), "config/tor-browser.yaml");
  if (!profile) {
    log::error("{}", profile.error().Format());
    std::abort();
  }
  return *std::move(profile);
}

}  // namespace nightjar::config
