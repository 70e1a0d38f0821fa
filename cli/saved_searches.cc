// SPDX-License-Identifier: Apache-2.0
#include "cli/saved_searches.h"

#include <fmt/format.h>

#include "archive/blocklist/blocklist.h"
#include "cli/terminal.h"
#include "indexer/sinks/courier.h"

namespace nightjar::cli {
namespace {

Status CheckSink(const config::Settings& settings, const std::string& sink) {
  const bool known = sink == sinks::kWebhookSink || sink == sinks::kMailSink;
  if (!known) return Fail(Code::kInvalidInput, "there are the sinks webhook and mail", sink);
  const bool set = sink == sinks::kWebhookSink ? settings.alerts.webhook_url != config::kNone
                                               : settings.alerts.mail_folder != config::kNone;
  if (set) return {};
  return Fail(Code::kInvalidInput,
              sink == sinks::kWebhookSink ? "the settings name no alerts.webhook_url"
                                          : "the settings name no alerts.mail_folder",
              sink);
}

}  // namespace

Result<std::shared_ptr<query::Searcher>> OpenSearcher(const config::Settings& settings) {
  ASSIGN_OR_RETURN(std::shared_ptr<query::Searcher> searcher,
                   query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
  const auto blocked =
      std::make_shared<blocklist::LiveBlocklist>(blocklist::ReadingOptionsOf(settings), SystemClock());
  searcher->Hide([blocked](const std::string& host) { return blocked->Ask(host); });
  return searcher;
}

Status SaveSearch(const config::Settings& settings, watch::SavedSearch search) {
  for (const std::string& sink : search.sinks) RETURN_IF_ERROR(CheckSink(settings, sink));
  if (!search.case_id.empty()) RETURN_IF_ERROR(CheckName("case", search.case_id));
  std::string there = "there is no index yet";
  if (const auto searcher = OpenSearcher(settings)) {
    ASSIGN_OR_RETURN(
        const auto answer,
        (*searcher)->Search(
            {.text = search.text, .limit = 1, .snippets = false, .cases = query::OnlyCase(search.case_id)}));
    there = fmt::format("{} page version(s) match already and raise nothing", answer.total);
  }
  search.created = SystemClock().Utc();
  ASSIGN_OR_RETURN(const auto store,
                   watch::WatchStore::Open(settings.WatchFolder(), watch::WatchStore::Mode::kWrite));
  ASSIGN_OR_RETURN(const watch::SavedSearch saved, store->Save(std::move(search)));
  fmt::print("saved {}; {}\n", saved.name, there);
  return {};
}

}  // namespace nightjar::cli
