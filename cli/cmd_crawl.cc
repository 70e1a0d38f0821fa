// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/commands.h"
#include "crawler/crawl_role.h"

namespace nightjar::cli {

void AddCrawl(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "crawl", "Run the crawl role: fetch what the jobs ask for, over Tor, into the archive",
              "nightjar crawl --until-idle");
  auto options = std::make_shared<crawler::CrawlOptions>();
  verb->add_flag("--until-idle", options->until_idle,
                 "end when every job has nothing left to fetch (needs `index`)");
  verb->callback([&context, options] {
    context.action = [&context, options]() -> Status {
      ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("crawl"));
      return crawler::RunCrawl(settings, *options, context.stop);
    };
  });
}

}  // namespace nightjar::cli
