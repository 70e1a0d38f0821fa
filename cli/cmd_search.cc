// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "archive/blocklist/blocklist.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "indexer/query/query.h"
#include "search/api/answers.h"

namespace nightjar::cli {
namespace {

constexpr char kMarks[] = {query::kMatchBegin, query::kMatchEnd, '\0'};

struct SearchArguments {
  query::Request request;
  bool as_json = false;
};

std::string FieldText(const query::Hit& hit, std::string_view name) {
  const auto field = std::ranges::find(hit.fields, name, &wire::Field::name);
  if (field == hit.fields.end()) return {};
  return field->unit.empty() ? field->value : field->value + " " + field->unit;
}

// The snippet with matched words in bold where the terminal can show it.
std::string Highlighted(std::string_view snippet, bool colours) {
  std::string out;
  for (std::size_t begin = 0; begin < snippet.size();) {
    const std::size_t mark = std::min(snippet.find_first_of(kMarks, begin), snippet.size());
    out += ForTerminal(snippet.substr(begin, mark - begin));
    if (colours && mark < snippet.size()) out += snippet[mark] == query::kMatchBegin ? "\x1b[1m" : "\x1b[0m";
    begin = mark + 1;
  }
  return out;
}

void PrintHit(const query::Hit& hit, std::size_t rank, bool colours) {
  fmt::print("{:>3}. {}\n", rank, ForTerminal(hit.title.empty() ? hit.url : hit.title));
  std::string facts;
  for (const char* name : {"price", "vendor", "category", "ships_from", "ships_to"}) {
    if (const std::string text = FieldText(hit, name); !text.empty()) {
      facts += fmt::format("{}{}: {}", facts.empty() ? "" : "  ", name, text);
    }
  }
  if (!facts.empty()) fmt::print("     {}\n", ForTerminal(facts));
  if (!hit.snippet.empty()) fmt::print("     {}\n", Highlighted(hit.snippet, colours));
  fmt::print("     capture {}  {:.19}Z  {}\n", hit.capture.value, FormatUtc(hit.last_seen),
             ForTerminal(hit.url));
}

Status Search(const Context& context, const SearchArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto searcher,
                   query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  searcher->Hide([&](const std::string& host) { return blocked.Ask(host); });
  ASSIGN_OR_RETURN(const query::Answer answer, searcher->Search(arguments.request));
  if (arguments.as_json) {
    fmt::print("{}\n", json::serialize(api::ToJson(arguments.request, answer)));
    return {};
  }
  const bool colours = ::isatty(STDOUT_FILENO) == 1;
  for (std::size_t i = 0; i < answer.hits.size(); ++i) {
    PrintHit(answer.hits[i], arguments.request.offset + i + 1, colours);
  }
  fmt::print("{} of {} hit(s), {:.1f} ms\n", answer.hits.size(), answer.total, answer.seconds * 1000);
  if (!answer.corrected.empty()) fmt::print("did you mean: {}\n", ForTerminal(answer.corrected));
  return {};
}

}  // namespace

void AddSearch(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "search", "Search what was captured", "nightjar search 'owl ships_from:germany' --json");
  auto arguments = std::make_shared<SearchArguments>();
  verb->add_option("QUERY", arguments->request.text, "words, \"phrases\", AND OR NOT, field:value")
      ->required();
  verb->add_flag("--json", arguments->as_json, "print JSON as /api/v1/search does");
  verb->add_option("--limit", arguments->request.limit, "hits to print")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  verb->add_option("--offset", arguments->request.offset, "hits to skip")->capture_default_str();
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Search(context, *arguments); };
  });
}

}  // namespace nightjar::cli
