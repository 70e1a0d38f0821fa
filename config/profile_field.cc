// SPDX-License-Identifier: Apache-2.0
#include "config/profile_field.h"

#include <algorithm>

#include "base/bytes.h"
#include "config/field_types.h"
#include "sandbox/css/selector.h"
#include "sandbox/profile/pattern.h"

namespace nightjar::config {
namespace {

static_assert(css::kMaxSelector <= wire::kMaxShort, "a profile's texts cross the wall of the jail");

using profile::FieldRule;
using profile::Part;

const std::set<std::string> kKeys = {"select", "label",     "attribute", "text",        "pattern", "split",
                                     "join",   "unit",      "values",    "only_values", "all",     "count",
                                     "exists", "otherwise", "in",        "hidden",      "type"};

}  // namespace

Result<std::string> FieldReader::Name(const YAML::Node& node) const {
  ASSIGN_OR_RETURN(std::string name, yaml_.Scalar(node, "a name", 64));
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
    return yaml_.Refuse(node, "'" + name + "' is no name: a to z, 0 to 9 and _ make one");
  return name;
}

Result<std::vector<std::string>> FieldReader::Selectors(const YAML::Node& map, const std::string& key) const {
  ASSIGN_OR_RETURN(std::vector<std::string> texts, yaml_.Texts(map, key, css::kMaxSelector));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto parsed = css::ParseSelector(texts[i]);
    if (parsed) continue;
    const YAML::Node node = map[key].IsSequence() ? map[key][i] : map[key];
    return yaml_.Refuse(
        node, "the selector '" + texts[i] + "', " + parsed.error().where + ": " + parsed.error().text);
  }
  return texts;
}

Result<std::string> FieldReader::Pattern(const YAML::Node& map, const std::string& key) const {
  ASSIGN_OR_RETURN(std::string text, yaml_.Scalar(map[key], "'" + key + "'", profile::kMaxRuleText));
  const auto compiled = profile::Pattern::Compile(text);
  if (!compiled) return yaml_.Refuse(map[key], "'" + text + "' " + compiled.error().text);
  return text;
}

Result<std::vector<FieldRule>> FieldReader::ReadAll(const YAML::Node& map) const {
  std::vector<FieldRule> rules;
  if (!map) return rules;
  if (!map.IsMap() || map.size() > profile::kMaxRules)
    return yaml_.Refuse(map, "'fields' maps names (title, price, ...) to rules");
  for (const auto& entry : map) {
    FieldRule rule;
    ASSIGN_OR_RETURN(rule.name, Name(entry.first));
    if (std::ranges::any_of(rules, [&](const FieldRule& known) { return known.name == rule.name; }))
      return yaml_.Refuse(entry.first,
                          "the field '" + rule.name + "' is there twice; list several selectors in one");
    rule.type = UsualTypeOf(rule.name);
    RETURN_IF_ERROR(ReadRule(entry.second, rule));
    rules.push_back(std::move(rule));
  }
  return rules;
}

Status FieldReader::ReadRule(const YAML::Node& node, FieldRule& rule) const {
  if (!node.IsMap()) {
    YAML::Node map(YAML::NodeType::Map);
    map["select"] = node;
    ASSIGN_OR_RETURN(rule.select, Selectors(map, "select"));
    return {};
  }
  RETURN_IF_ERROR(yaml_.CheckKeys(node, kKeys));
  RETURN_IF_ERROR(ReadWhere(node, rule));
  RETURN_IF_ERROR(ReadHow(node, rule));
  RETURN_IF_ERROR(ReadValues(node["values"], rule));
  return CheckTogether(node, rule);
}

Status FieldReader::ReadWhere(const YAML::Node& map, FieldRule& rule) const {
  ASSIGN_OR_RETURN(rule.select, Selectors(map, "select"));
  ASSIGN_OR_RETURN(rule.label, yaml_.Texts(map, "label", 512));
  if (map["attribute"]) {
    ASSIGN_OR_RETURN(rule.attribute, yaml_.Text(map, "attribute"));
  }
  if (map["text"]) {
    ASSIGN_OR_RETURN(const std::string part, yaml_.Text(map, "text"));
    if (part == "lines")
      rule.part = Part::kLines;
    else if (part == "own")
      rule.part = Part::kOwn;
    else if (part == "after")
      rule.part = Part::kAfter;
    else if (part == "own-lines")
      rule.part = Part::kOwnLines;
    else if (part != "all")
      return yaml_.Refuse(map["text"], "'text' is all, lines, own, own-lines or after");
  }
  if (map["in"]) {
    ASSIGN_OR_RETURN(const std::string in, yaml_.Text(map, "in"));
    if (in == "page")
      rule.place = profile::Place::kPage;
    else if (in == "before")
      rule.place = profile::Place::kBefore;
    else if (in != "row")
      return yaml_.Refuse(map["in"], "'in' is row, page or before");
  }
  ASSIGN_OR_RETURN(rule.hidden, yaml_.Flag(map, "hidden"));
  return {};
}

Status FieldReader::ReadHow(const YAML::Node& map, FieldRule& rule) const {
  if (map["type"]) {
    ASSIGN_OR_RETURN(const std::string name, yaml_.Text(map, "type"));
    const auto type = FieldTypeNamed(name);
    if (!type)
      return yaml_.Refuse(
          map["type"],
          "'type' is text, money, count, country, date, duration, rating, enum, flag, link or pgp");
    rule.type = *type;
  }
  for (const auto& [key, pattern] : {std::pair{"pattern", &rule.pattern}, std::pair{"split", &rule.split}}) {
    if (!map[key]) continue;
    ASSIGN_OR_RETURN(*pattern, Pattern(map, key));
  }
  if (map["join"]) {
    rule.joined = true;
    if (!map["join"].IsScalar()) return yaml_.Refuse(map["join"], "'join' is the text between the pieces");
    rule.join = map["join"].as<std::string>();
    if (rule.join.size() > profile::kMaxRuleText || !IsValidUtf8(rule.join))
      return yaml_.Refuse(map["join"], "'join' is too long or no UTF-8");
  }
  for (const auto& [key, text] : {std::pair{"unit", &rule.unit}, std::pair{"otherwise", &rule.otherwise}}) {
    if (!map[key]) continue;
    ASSIGN_OR_RETURN(*text, yaml_.Text(map, key));
  }
  for (const auto& [key, flag] :
       {std::pair{"all", &rule.all}, std::pair{"count", &rule.count}, std::pair{"exists", &rule.exists},
        std::pair{"only_values", &rule.only_values}}) {
    ASSIGN_OR_RETURN(*flag, yaml_.Flag(map, key));
  }
  return {};
}

Status FieldReader::ReadValues(const YAML::Node& map, FieldRule& rule) const {
  if (!map) return {};
  if (!map.IsMap() || map.size() > profile::kMaxRules)
    return yaml_.Refuse(map, "'values' maps printed words to what they mean");
  for (const auto& entry : map) {
    ASSIGN_OR_RETURN(std::string printed, yaml_.Scalar(entry.first, "a printed word"));
    ASSIGN_OR_RETURN(std::string value, yaml_.Scalar(entry.second, "its meaning"));
    rule.values.push_back({std::move(printed), std::move(value)});
  }
  return {};
}

Status FieldReader::CheckTogether(const YAML::Node& map, const FieldRule& rule) const {
  if (rule.select.empty() && rule.label.empty() && rule.otherwise.empty())
    return yaml_.Refuse(map, "the field '" + rule.name + "' is looked for nowhere; give select or label");
  if (rule.count && rule.exists) return yaml_.Refuse(map, "'count' and 'exists' exclude each other");
  if ((rule.count || rule.exists) && rule.select.empty())
    return yaml_.Refuse(map, "'count' and 'exists' look at what 'select' finds");
  if (rule.type == wire::FieldType::kEnum && rule.values.empty())
    return yaml_.Refuse(map, "a field of type enum lists its words under 'values'");
  return {};
}

}  // namespace nightjar::config
