// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.h"
#include "cli/facts_view.h"
#include "cli/page_reading.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

// The fields that a rule of the profile names and the page does not yield.
std::vector<std::string> Missing(const std::vector<profile::FieldRule>& rules,
                                 const std::vector<wire::Field>& fields) {
  std::vector<std::string> missing;
  for (const profile::FieldRule& rule : rules)
    if (std::ranges::none_of(fields, [&](const wire::Field& field) { return field.name == rule.name; }))
      missing.push_back(rule.name);
  return missing;
}

std::string FormatItems(const wire::Facts& facts, const std::vector<profile::ItemRule>& rules) {
  std::string out;
  for (const profile::ItemRule& rule : rules) {
    const auto rows = std::ranges::count(facts.items, rule.kind, &wire::Item::kind);
    out += fmt::format("\n{}: {} rows\n", rule.kind, rows);
    const auto first = std::ranges::find(facts.items, rule.kind, &wire::Item::kind);
    if (first == facts.items.end()) continue;
    out += "the first of them:\n" + FormatFields(first->fields, facts);
    if (const auto missing = Missing(rule.fields, first->fields); !missing.empty())
      out += fmt::format("not in it: {}\n", fmt::join(missing, ", "));
  }
  return out;
}

std::string FormatTest(const wire::Facts& facts, const profile::Profile& rules) {
  std::string out = fmt::format("class {} ({} %): {}\nkind  {}\n\n", wire::PageClassName(facts.page_class),
                                facts.decision.confidence,
                                ForTerminal(fmt::format("{}", fmt::join(facts.decision.reasons, "; "))),
                                wire::PageKindName(facts.page_kind));
  out += FormatFields(facts.fields, facts);
  const auto page = std::ranges::find(rules.pages, facts.page_kind, &profile::PageRule::kind);
  if (page == rules.pages.end()) out += "no rule under 'pages' holds for this page\n";
  for (const profile::PageRule* rule : {page == rules.pages.end() ? nullptr : &*page, &rules.every}) {
    if (rule == nullptr) continue;
    if (const auto missing = Missing(rule->fields, facts.fields); !missing.empty())
      out += fmt::format("not found: {}\n", fmt::join(missing, ", "));
    out += FormatItems(facts, rule->items);
  }
  return out;
}

Status Test(const SavedPage& page) {
  ASSIGN_OR_RETURN(const wire::Document document, DocumentOf(page));
  ASSIGN_OR_RETURN(const auto profiles, ProfilesOf(page, document));
  ASSIGN_OR_RETURN(const wire::Facts facts, ReadInJail(document, profiles));
  fmt::print("{}", FormatTest(facts, profiles.front().rules));
  return {};
}

}  // namespace

void AddProfile(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "profile", "Site profiles: how the pages of one site are read",
                           "nightjar profile test market.yaml page.html");
  verb->require_subcommand(1);
  CLI::App* test =
      AddVerb(*verb, "test", "Show what a profile yields for a saved page, field by field",
              "nightjar profile test market.yaml page.html --url http://<56 characters>.onion/item/7");
  auto page = std::make_shared<SavedPage>();
  test->add_option("PROFILE", page->profile, "site profile (YAML)")->required();
  test->add_option("PAGE", page->path, "file of the page; - is standard input")->required();
  test->add_option("--url", page->url, "where the page came from");
  test->add_option("--header", page->header, "file with its status line and header fields");
  test->callback([&context, page] { context.action = [page] { return Test(*page); }; });
}

}  // namespace nightjar::cli
