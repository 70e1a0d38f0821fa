// SPDX-License-Identifier: Apache-2.0
// Orders to the crawl role: a request is left in the control store, which the role reads once a second
// whether it runs now or later.
#pragma once

#include "cli/commands.h"
#include "crawler/jobs/requests.h"

namespace nightjar::cli {

struct MailOptions {
  bool wait = false;  // for the result
  bool json = false;
};

// --wait and --json.
void AddMailOptions(CLI::App& verb, MailOptions& options);

// Leaves the request and says so, with whether a crawl is running; with `wait` says what came of it. Fails
// when the request did, when no crawl is running to wait for, and with kTimeout after a minute.
[[nodiscard]] Status Order(const Context& context, jobs::Request request, const MailOptions& options);

// Whether the crawl role runs on this data folder now.
[[nodiscard]] bool CrawlRuns(const config::Settings& settings);

}  // namespace nightjar::cli
