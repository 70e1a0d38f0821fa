// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "archive/captures/archive.h"
#include "archive/places/places.h"
#include "base/url.h"
#include "cli/commands.h"
#include "cli/facts_view.h"
#include "cli/page_reading.h"
#include "cli/profile_proposal.h"
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

// The newest capture of the URL that holds an answer, as the document it was.
Result<wire::Document> NewestCapture(const Context& context, const std::string& address) {
  ASSIGN_OR_RETURN(const Url url, Url::Parse(address));
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const std::uint64_t size, archive->Size());
  for (std::uint64_t number = size; number > 0; --number) {
    const auto row = archive->GetRow(CaptureNumber{number - 1});
    if (!row || row->record.url != url.WithoutFragment() || row->record.http_status == 0) continue;
    ASSIGN_OR_RETURN(captures::StoredCapture capture, archive->Get(CaptureNumber{number - 1}));
    return wire::Document{.number = number - 1,
                          .url = capture.record.url,
                          .head = std::move(capture.head),
                          .body = std::move(capture.body)};
  }
  return Fail(Code::kNotFound, "no capture of this URL is in the archive; give a saved page instead",
              address);
}

Status Propose(const Context& context, const SavedPage& page) {
  const bool captured = page.path.starts_with("http://") || page.path.starts_with("https://");
  ASSIGN_OR_RETURN(wire::Document document, captured ? NewestCapture(context, page.path) : DocumentOf(page));
  document.mode = wire::ReadMode::kPropose;
  ASSIGN_OR_RETURN(const wire::Facts facts, ReadInJail(document, {}));
  if (facts.page_class != wire::PageClass::kContent)
    return Fail(Code::kInvalidInput,
                fmt::format("the page is {}, not content; take a listing, a vendor or a list of them",
                            wire::PageClassName(facts.page_class)),
                page.path);
  ASSIGN_OR_RETURN(const Url url, Url::Parse(document.url));
  fmt::print("{}", FormatProposal(facts, url.host()));
  return {};
}

void AddNew(CLI::App& verb, Context& context) {
  CLI::App* fresh = AddVerb(verb, "new", "Propose a profile from one page, by generic rules",
                            "nightjar profile new page.html > market.yaml");
  auto page = std::make_shared<SavedPage>();
  fresh
      ->add_option("PAGE", page->path,
                   "file of a page (- is standard input), or a URL that the archive holds")
      ->required();
  fresh->add_option("--url", page->url, "where the saved page came from");
  fresh->add_option("--header", page->header, "file with its status line and header fields");
  fresh->callback(
      [&context, page] { context.action = [&context, page] { return Propose(context, *page); }; });
}

}  // namespace

void AddProfile(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "profile", "Site profiles: how the pages of one site are read",
                           "nightjar profile test market.yaml page.html");
  verb->require_subcommand(1);
  AddNew(*verb, context);
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
