// SPDX-License-Identifier: Apache-2.0
#include "cli/item_view.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kShownValue = 60;  // bytes of one value in a line

std::string Shown(const items::Value& value) {
  std::string text(Utf8Prefix(value.value, kShownValue));
  if (text.size() < value.value.size()) text += "…";
  return ForTerminal(value.unit.empty() ? text : text + " " + value.unit);
}

std::string Joined(const std::vector<items::Value>& values) {
  std::string all;
  for (const items::Value& value : values) all += (all.empty() ? "" : ", ") + Shown(value);
  return all.empty() ? "-" : all;
}

std::string ChangeText(const items::Change& change) {
  if (change.field.empty()) return std::string(items::ChangeKindName(change.kind));
  return fmt::format("{}: {} {} -> {}", items::ChangeKindName(change.kind), change.field,
                     Joined(change.before), Joined(change.after));
}

std::vector<items::Change> ChangesBefore(const std::vector<items::Version>& versions, std::size_t i) {
  if (i == 0) return {};
  return items::Differences(versions[i - 1].values, versions[i].values);
}

std::string VersionsText(const std::vector<items::Version>& versions) {
  Table table(
      {"VERSION>", "FIRST SEEN (UTC)", "LAST SEEN (UTC)", "CAPTURES>", "FIRST>", "LAST>", "WHAT CHANGED"});
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const items::Version& version = versions[i];
    std::vector<std::string> row{std::to_string(version.number),
                                 fmt::format("{:.19}", FormatUtc(version.first_seen)),
                                 fmt::format("{:.19}", FormatUtc(version.last_seen)),
                                 std::to_string(version.captures),
                                 std::to_string(version.first_capture.value),
                                 std::to_string(version.last_capture.value)};
    const auto changes = ChangesBefore(versions, i);
    row.push_back(i == 0 ? "first seen" : changes.empty() ? "back" : ChangeText(changes.front()));
    table.Add(row);
    for (std::size_t more = 1; more < changes.size(); ++more)
      table.Add({"", "", "", "", "", "", ChangeText(changes[more])});
  }
  return table.Format();
}

json::array ValuesAsJson(const std::vector<items::Value>& values) {
  json::array all;
  for (const items::Value& value : values)
    all.push_back(json::object{{"name", value.name}, {"value", value.value}, {"unit", value.unit}});
  return all;
}

}  // namespace

std::string DifferenceText(const items::Version& before, const items::Version& after) {
  std::string text = fmt::format("version {} ({:.19}Z) against version {} ({:.19}Z)\n", before.number,
                                 FormatUtc(before.first_seen), after.number, FormatUtc(after.first_seen));
  const auto changes = items::Differences(before.values, after.values);
  for (const items::Change& change : changes) text += "  " + ChangeText(change) + "\n";
  return changes.empty() ? text + "  no difference\n" : text;
}

std::string ItemText(const ItemView& item) {
  const items::State& state = item.state;
  std::string text = fmt::format("{}  {}\n", items::ItemKindName(state.key.kind), ForTerminal(state.title));
  text += fmt::format("  id    {}\n  case  {}\n  site  {}\n  at    {}\n", HexEncode(item.id.value),
                      ForTerminal(state.key.case_id), ForTerminal(state.key.site), ForTerminal(state.url));
  if (state.gone) text += fmt::format("  gone  since {:.19}Z\n", FormatUtc(state.gone_at));
  Table values({"FIELD", "VALUE NOW", "CAPTURE>"});
  for (const items::KnownValue& known : state.values)
    values.Add({ForTerminal(known.value.name), Shown(known.value), std::to_string(known.capture.value)});
  return text + "\n" + VersionsText(item.versions) + "\n" + values.Format();
}

json::object ItemAsJson(const ItemView& item) {
  const items::State& state = item.state;
  json::array versions;
  for (const items::Version& version : item.versions)
    versions.push_back(json::object{{"number", version.number},
                                    {"first_seen", FormatUtc(version.first_seen)},
                                    {"last_seen", FormatUtc(version.last_seen)},
                                    {"captures", version.captures},
                                    {"first_capture", version.first_capture.value},
                                    {"last_capture", version.last_capture.value},
                                    {"values", ValuesAsJson(version.values)}});
  json::array now;
  for (const items::KnownValue& known : state.values)
    now.push_back(json::object{{"name", known.value.name},
                               {"value", known.value.value},
                               {"unit", known.value.unit},
                               {"capture", known.capture.value}});
  json::object object{{"id", HexEncode(item.id.value)},
                      {"kind", items::ItemKindName(state.key.kind)},
                      {"case", state.key.case_id},
                      {"site", state.key.site},
                      {"url", state.url},
                      {"title", state.title},
                      {"gone", state.gone},
                      {"now", std::move(now)},
                      {"versions", std::move(versions)}};
  if (state.gone) object["gone_at"] = FormatUtc(state.gone_at);
  return object;
}

}  // namespace nightjar::cli
