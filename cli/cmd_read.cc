// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/facts_json.h"
#include "cli/facts_view.h"
#include "cli/page_reading.h"

namespace nightjar::cli {
namespace {

struct Arguments {
  SavedPage page;
  bool json = false;
};

Status ReadPage(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const wire::Document document, DocumentOf(arguments.page));
  ASSIGN_OR_RETURN(const auto profiles, ProfilesOf(arguments.page, document));
  ASSIGN_OR_RETURN(const wire::Facts facts, ReadInJail(document, profiles));
  if (arguments.json)
    fmt::print("{}\n", json::serialize(FactsAsJson(facts)));
  else
    fmt::print("{}", FormatFacts(facts));
  return {};
}

}  // namespace

void AddRead(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "read", "Read one saved page in the jail and show what it says: class, fields, entities",
              "nightjar read --profile market.yaml --url http://<56 characters>.onion/item/7 page.html");
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("PAGE", arguments->page.path, "file of the page; - is standard input")->required();
  verb->add_option("--profile", arguments->page.profile, "site profile (YAML) to read it by");
  verb->add_option("--url", arguments->page.url, "where the page came from: links count from it");
  verb->add_option("--header", arguments->page.header, "file with its status line and header fields");
  verb->add_flag("--json", arguments->json, "one JSON object");
  verb->callback([&context, arguments] { context.action = [arguments] { return ReadPage(*arguments); }; });
}

}  // namespace nightjar::cli
