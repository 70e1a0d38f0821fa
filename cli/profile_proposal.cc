// SPDX-License-Identifier: Apache-2.0
#include "cli/profile_proposal.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

// In single quotes, where YAML knows no escape but the doubled quote.
std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? "''" : std::string(1, c));
  return quoted + "'";
}

std::string Comment(const std::vector<wire::Field>& fields, std::string_view name) {
  constexpr std::size_t kShown = 50;
  const auto field = std::ranges::find(fields, name, &wire::Field::name);
  if (field == fields.end()) return {};
  const std::string shown = ForTerminal(field->value);
  return fmt::format("   # {}{}{}", Utf8Prefix(shown, kShown), shown.size() > kShown ? "..." : "",
                     field->unit.empty() ? "" : " " + ForTerminal(field->unit));
}

std::string Rule(std::string_view selector, bool list) {
  const std::size_t at = selector.rfind(" @");
  const std::string all = list ? ", all: true" : "";
  if (at != std::string_view::npos)
    return fmt::format("{{select: {}, attribute: {}{}}}", Quoted(selector.substr(0, at)),
                       selector.substr(at + 2), all);
  return list ? fmt::format("{{select: {}{}}}", Quoted(selector), all) : Quoted(selector);
}

std::string FieldLines(const wire::Facts& facts, const std::vector<wire::Field>& fields,
                       const std::string& prefix, const std::string& indent) {
  std::string out;
  for (const wire::Statement& statement : facts.statements) {
    if (!statement.name.starts_with(prefix)) continue;
    const std::string name = statement.name.substr(prefix.size());
    const bool list = std::ranges::count(fields, name, &wire::Field::name) > 1;
    out += fmt::format("{}{}: {}{}\n", indent, name, Rule(statement.value, list), Comment(fields, name));
  }
  return out;
}

// The site's name is what stands behind the last divider of the page's title, most often.
std::string SignOf(const wire::Facts& facts) {
  std::size_t at = 0;
  for (const std::string_view divider : {" - ", " | ", " · ", " :: ", " – "}) {
    const std::size_t found = facts.title.rfind(divider);
    if (found != std::string::npos) at = std::max(at, found + divider.size());
  }
  return fmt::format("title:contains(\"{}\")", facts.title.substr(at));
}

std::string SelectOf(const wire::Facts& facts) {
  for (const wire::Statement& statement : facts.statements)
    if (statement.name == "field.title" || statement.name.rfind("item.", 0) == 0)
      return statement.value.substr(0, statement.value.rfind(" @"));
  return "body";
}

}  // namespace

std::string FormatProposal(const wire::Facts& facts, const std::string& host) {
  std::string out =
      "# Proposed from one page by generic rules. Keep what is right, mend what is not (config/PROFILES.md), "
      "and try it\n"
      "# on other pages: nightjar profile test THIS PAGE\nname: new-site\n";
  out += host.ends_with(".onion") ? "hosts: [" + host + "]\n" : "signs: [" + Quoted(SignOf(facts)) + "]\n";
  out += fmt::format("\npages:\n  - kind: {}\n    select: {}\n", wire::PageKindName(facts.page_kind),
                     Quoted(SelectOf(facts)));
  if (const std::string fields = FieldLines(facts, facts.fields, "field.", "      "); !fields.empty())
    out += "    fields:\n" + fields;
  std::string items;
  for (const wire::Statement& statement : facts.statements) {
    const std::string kind = statement.name.substr(statement.name.find('.') + 1);
    if (!statement.name.starts_with("item.") || kind.find('.') != std::string::npos) continue;
    const auto first = std::ranges::find(facts.items, kind, &wire::Item::kind);
    if (first == facts.items.end()) continue;
    const std::string fields = FieldLines(facts, first->fields, "item." + kind + ".", "          ");
    if (fields.empty()) continue;
    items += fmt::format("      {}:   # {} on this page\n        rows: {}\n        fields:\n{}", kind,
                         std::ranges::count(facts.items, kind, &wire::Item::kind), Quoted(statement.value),
                         fields);
  }
  return items.empty() ? out : out + "    items:\n" + items;
}

}  // namespace nightjar::cli
