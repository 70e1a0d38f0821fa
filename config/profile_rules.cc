// SPDX-License-Identifier: Apache-2.0
#include "config/profile_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/profile_field.h"

namespace nightjar::config {
namespace {

using profile::Condition;

class RulesReader final {
 public:
  explicit RulesReader(const YamlMap& yaml) : yaml_(yaml), fields_(yaml) {}

  Status Read(const YAML::Node& root, profile::Profile& profile) {
    ASSIGN_OR_RETURN(profile.signs, fields_.Selectors(root, "signs"));
    if (root["habits"]) RETURN_IF_ERROR(ReadHabits(root["habits"], profile.habits));
    ASSIGN_OR_RETURN(profile.generic, yaml_.Flag(root, "generic"));
    RETURN_IF_ERROR(ReadClasses(root["classes"], profile.classes));
    RETURN_IF_ERROR(ReadPages(root["pages"], profile.pages));
    const YAML::Node every = root["every_page"];
    if (!every) return {};
    RETURN_IF_ERROR(yaml_.CheckKeys(every, {"fields", "items"}));
    return ReadMatter(every, profile.every);
  }

 private:
  Status ReadHabits(const YAML::Node& map, profile::Habits& habits) {
    RETURN_IF_ERROR(yaml_.CheckKeys(map, {"currency", "dates", "clock"}));
    if (map["currency"]) {
      ASSIGN_OR_RETURN(habits.currency, yaml_.Text(map, "currency"));
    }
    if (map["dates"]) {
      ASSIGN_OR_RETURN(const std::string order, yaml_.Text(map, "dates"));
      using profile::DateOrder;
      if (order == "day-first")
        habits.dates = DateOrder::kDayFirst;
      else if (order == "month-first")
        habits.dates = DateOrder::kMonthFirst;
      else if (order == "year-first")
        habits.dates = DateOrder::kYearFirst;
      else
        return yaml_.Refuse(map["dates"], "'dates' is day-first, month-first or year-first");
    }
    if (!map["clock"]) return {};
    ASSIGN_OR_RETURN(const std::string clock, yaml_.Text(map, "clock"));
    if (clock != "day-only" && clock != "exact")
      return yaml_.Refuse(map["clock"], "'clock' is exact or day-only");
    habits.day_only = clock == "day-only";
    return {};
  }

  static std::set<std::string> With(std::set<std::string> keys) {
    keys.insert({"url", "select", "without", "status"});
    return keys;
  }

  Status ReadCondition(const YAML::Node& map, Condition& when) {
    if (map["url"]) {
      ASSIGN_OR_RETURN(when.url, fields_.Pattern(map, "url"));
    }
    ASSIGN_OR_RETURN(when.select, fields_.Selectors(map, "select"));
    ASSIGN_OR_RETURN(when.without, fields_.Selectors(map, "without"));
    constexpr std::size_t kDigits = 3;
    ASSIGN_OR_RETURN(const auto codes, yaml_.Texts(map, "status", kDigits));
    for (const std::string& code : codes) {
      if (code.size() != kDigits || code.find_first_not_of("0123456789") != std::string::npos)
        return yaml_.Refuse(map["status"], "'status' is one HTTP status of three digits, or a list of them");
      when.status.push_back(static_cast<std::uint32_t>(std::stoi(code)));
    }
    if (when == Condition{})
      return yaml_.Refuse(map, "says nothing of when it holds; give url, select, without or status");
    return {};
  }

  Status ReadClasses(const YAML::Node& list, std::vector<profile::ClassRule>& rules) {
    if (!list) return {};
    RETURN_IF_ERROR(CheckList(list, "classes"));
    for (const auto& map : list) {
      RETURN_IF_ERROR(yaml_.CheckKeys(map, With({"class"})));
      profile::ClassRule rule;
      ASSIGN_OR_RETURN(const std::string name, yaml_.Text(map, "class"));
      ASSIGN_OR_RETURN(rule.page_class, (Named<wire::PageClass, wire::PageClass::kError>(
                                            map["class"], name, wire::PageClassName)));
      RETURN_IF_ERROR(ReadCondition(map, rule.when));
      rules.push_back(std::move(rule));
    }
    return {};
  }

  Status ReadPages(const YAML::Node& list, std::vector<profile::PageRule>& rules) {
    if (!list) return {};
    RETURN_IF_ERROR(CheckList(list, "pages"));
    for (const auto& map : list) {
      RETURN_IF_ERROR(yaml_.CheckKeys(map, With({"kind", "fields", "items"})));
      profile::PageRule rule;
      ASSIGN_OR_RETURN(const std::string name, yaml_.Text(map, "kind"));
      ASSIGN_OR_RETURN(
          rule.kind, (Named<wire::PageKind, wire::PageKind::kBoard>(map["kind"], name, wire::PageKindName)));
      RETURN_IF_ERROR(ReadCondition(map, rule.when));
      RETURN_IF_ERROR(ReadMatter(map, rule));
      rules.push_back(std::move(rule));
    }
    return {};
  }

  Status ReadMatter(const YAML::Node& map, profile::PageRule& rule) {
    ASSIGN_OR_RETURN(rule.fields, fields_.ReadAll(map["fields"]));
    const YAML::Node items = map["items"];
    if (!items) return {};
    if (!items.IsMap())
      return yaml_.Refuse(items, "'items' maps kinds (offer, feedback, post, ...) to rules");
    for (const auto& entry : items) {
      profile::ItemRule item;
      ASSIGN_OR_RETURN(item.kind, fields_.Name(entry.first));
      RETURN_IF_ERROR(ReadItem(entry.second, item));
      rule.items.push_back(std::move(item));
    }
    return {};
  }

  Status ReadItem(const YAML::Node& map, profile::ItemRule& item) {
    RETURN_IF_ERROR(yaml_.CheckKeys(map, {"rows", "fields", "need", "until_next"}));
    if (!map["rows"])
      return yaml_.Refuse(map, "the key 'rows' is missing: a selector, each match is one " + item.kind);
    ASSIGN_OR_RETURN(item.rows, fields_.Selectors(map, "rows"));
    ASSIGN_OR_RETURN(item.fields, fields_.ReadAll(map["fields"]));
    if (item.fields.empty()) return yaml_.Refuse(map, "has no 'fields'");
    ASSIGN_OR_RETURN(item.need, yaml_.Texts(map, "need", 512));
    for (const std::string& name : item.need)
      if (std::ranges::none_of(item.fields, [&](const auto& field) { return field.name == name; }))
        return yaml_.Refuse(map["need"], "'need' names a field that the rows do not have: " + name);
    ASSIGN_OR_RETURN(item.until_next, yaml_.Flag(map, "until_next"));
    return {};
  }

  Status CheckList(const YAML::Node& list, const std::string& key) {
    if (list.IsSequence() && list.size() <= profile::kMaxRules) return {};
    return yaml_.Refuse(list, fmt::format("'{}' is a list of up to {} rules", key, profile::kMaxRules));
  }

  template <typename Enum, Enum kLast>
  Result<Enum> Named(const YAML::Node& node, const std::string& name, std::string_view (*name_of)(Enum)) {
    std::string all;
    for (auto n = std::uint8_t{0}; n <= static_cast<std::uint8_t>(kLast); ++n) {
      const auto value = static_cast<Enum>(n);
      if (name_of(value) == name) return value;
      all.append(all.empty() ? "" : ", ").append(name_of(value));
    }
    return yaml_.Refuse(node, fmt::format("'{}' is none of {}", name, all));
  }

  const YamlMap& yaml_;
  FieldReader fields_;
};

}  // namespace

const std::set<std::string>& RuleKeys() {
  static const std::set<std::string> kKeys = {"signs", "habits", "classes", "pages", "every_page", "generic"};
  return kKeys;
}

Status ReadRules(const YamlMap& yaml, const YAML::Node& root, profile::Profile& profile) {
  return RulesReader(yaml).Read(root, profile);
}

}  // namespace nightjar::config
