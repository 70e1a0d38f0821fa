// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <set>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/hit_view.h"
#include "cli/saved_searches.h"
#include "cli/terminal.h"
#include "cli/width.h"
#include "indexer/own_words.h"
#include "indexer/query/every_hit.h"
#include "search/api/answers.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kRowsAtOnce = 1000;  // of a table that goes on

struct SearchArguments {
  query::Request request;
  bool as_json = false;
  bool as_csv = false;
  bool full = false;
  bool all = false;
  bool slang = false;
  std::string only_case;
  std::string save;
};

const std::map<std::string, query::Order> kOrders{
    {"relevance", query::Order::kRelevance},  {"newest", query::Order::kNewest},
    {"oldest", query::Order::kOldest},        {"first-seen", query::Order::kByCapture},
    {"cheapest", query::Order::kCheapest},    {"dearest", query::Order::kDearest},
    {"best-rated", query::Order::kBestRated}, {"most-sold", query::Order::kMostSold}};

// Every hit as it comes: nothing is held but some rows of a table.
void PrintWidened(const std::vector<query::SlangExpansion>& expanded) {
  for (const query::SlangExpansion& expansion : expanded)
    fmt::print("{} also as {}\n", ForTerminal(expansion.word),
               ForTerminal(fmt::format("{}", fmt::join(expansion.names, ", "))));
}

// What a walk over every hit cannot say: it asks window by window.
Result<std::vector<query::SlangExpansion>> WidenedBy(const query::Searcher& searcher,
                                                     query::Request request) {
  if (request.slang == nullptr) return std::vector<query::SlangExpansion>();
  request.limit = 0;
  request.facets.clear();
  ASSIGN_OR_RETURN(const query::Answer answer, searcher.Search(request));
  return answer.expanded;
}

Status PrintAll(const query::Searcher& searcher, const SearchArguments& arguments,
                const query::Request& request) {
  std::vector<query::Hit> rows;
  std::uint64_t printed = 0;
  const auto flush = [&] {
    fmt::print("{}", HitTable(rows, printed - rows.size() + 1, TerminalWidth()));
    rows.clear();
  };
  if (arguments.as_csv) fmt::print("{}", HitCsvHead());
  ASSIGN_OR_RETURN(const auto expanded, WidenedBy(searcher, request));
  Status ended = query::EveryHit(searcher, request, [&](const query::Hit& hit) -> Status {
    ++printed;
    if (arguments.as_json) {
      fmt::print("{}\n", json::serialize(api::ToJson(hit)));
    } else if (arguments.as_csv) {
      fmt::print("{}", HitCsv(hit));
    } else if (arguments.full) {
      fmt::print("{}", HitCard(hit, printed, ::isatty(STDOUT_FILENO) == 1));
    } else {
      rows.push_back(hit);
      if (rows.size() == kRowsAtOnce) flush();
    }
    return {};
  });
  flush();
  if (arguments.as_csv || arguments.as_json) return ended;
  PrintWidened(expanded);
  fmt::print("{} hit(s)\n", printed);
  return ended;
}

void Print(const SearchArguments& arguments, const query::Answer& answer) {
  if (arguments.as_json) {
    fmt::print("{}\n", json::serialize(api::ToJson(arguments.request, answer)));
    return;
  }
  if (arguments.as_csv) {
    fmt::print("{}", HitCsvHead());
    for (const query::Hit& hit : answer.hits) fmt::print("{}", HitCsv(hit));
    return;
  }
  const std::uint64_t first = std::uint64_t{arguments.request.offset} + 1;
  if (arguments.full) {
    for (std::size_t i = 0; i < answer.hits.size(); ++i)
      fmt::print("{}", HitCard(answer.hits[i], first + i, ::isatty(STDOUT_FILENO) == 1));
  } else {
    fmt::print("{}", HitTable(answer.hits, first, TerminalWidth()));
  }
  PrintWidened(answer.expanded);
  for (const query::Facet& facet : answer.facets) {
    fmt::print("{}\n", facet.name);
    for (const query::FacetValue& value : facet.values)
      fmt::print("{:>9}  {}\n", value.count, ForTerminal(value.value));
  }
  fmt::print("{} of {} hit(s), {:.1f} ms\n", answer.hits.size(), answer.total, answer.seconds * 1000);
  if (!answer.corrected.empty()) fmt::print("did you mean: {}\n", ForTerminal(answer.corrected));
}

Status Search(const Context& context, const SearchArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  if (!arguments.save.empty()) {
    return SaveSearch(
        settings, {.name = arguments.save, .case_id = arguments.only_case, .text = arguments.request.text});
  }
  ASSIGN_OR_RETURN(const auto searcher, OpenSearcher(settings));
  query::Request request = arguments.request;
  request.snippets = arguments.full || arguments.as_json;
  ASSIGN_OR_RETURN(const words::Slang slang, indexer::LoadSlang(settings.index));
  if (arguments.slang) request.slang = &slang;
  if (arguments.all) return PrintAll(*searcher, arguments, request);
  ASSIGN_OR_RETURN(const query::Answer answer, searcher->Search(request));
  Print(arguments, answer);
  return {};
}

}  // namespace

void AddSearch(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "search", "Search what was captured",
                           "nightjar search 'owl ships_from:germany' --sort newest\n"
                           "  nightjar search 'kind:listing' --all --csv > listings.csv");
  auto arguments = std::make_shared<SearchArguments>();
  verb->add_option("QUERY", arguments->request.text, "words, \"phrases\", AND OR NOT, field:value")
      ->required();
  auto* json = verb->add_flag("--json", arguments->as_json,
                              "print JSON as /api/v1/search does; with --all an object a line");
  verb->add_flag("--csv", arguments->as_csv, "print comma-separated values")->excludes(json);
  verb->add_flag("--full", arguments->full, "print a few lines a hit, with snippet and address");
  auto* sort =
      verb->add_option("--sort", arguments->request.order,
                       "relevance, newest, oldest, first-seen, cheapest, dearest, best-rated or most-sold");
  sort->transform(CLI::CheckedTransformer(kOrders))->type_name("ORDER");
  auto* limit = verb->add_option("--limit", arguments->request.limit, "hits to print");
  limit->capture_default_str()->check(CLI::Range(1, 1000));
  auto* offset =
      verb->add_option("--offset", arguments->request.offset, "hits to skip")->capture_default_str();
  verb->add_flag("--all", arguments->all, "print every hit, in the order of the archive, however many")
      ->excludes(sort)
      ->excludes(limit)
      ->excludes(offset);
  verb->add_flag("--slang", arguments->slang, "also look for other names of words (config/slang.yaml)");
  verb->add_flag("--collapse", arguments->request.collapse, "of a page's versions show only the newest");
  verb->add_option("--facet", arguments->request.facets, "count what the hits have of this field")
      ->type_name("FIELD")
      ->check(CLI::IsMember(std::set<std::string>(query::kFacets.begin(), query::kFacets.end())));
  verb->add_option("--case", arguments->only_case, "find nothing of other cases");
  verb->add_option("--save", arguments->save, "save it under this name instead: what is new raises alerts");
  verb->callback([&context, arguments] {
    arguments->request.cases = query::OnlyCase(arguments->only_case);
    context.action = [&context, arguments] { return Search(context, *arguments); };
  });
}

}  // namespace nightjar::cli
