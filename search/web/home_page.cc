// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "embedded/home_template.h"
#include "indexer/query/schema.h"
#include "search/web/cards.h"
#include "search/web/pages.h"
#include "search/web/view.h"
#include "search/web/visible.h"

namespace nightjar::web {
namespace {

View Row(const char* name, const std::string& value) {
  View row;
  row.set("name", std::string(name));
  row.set("value", value);
  return row;
}

void AddNotice(View& notices, const std::string& text, bool failed = false) {
  View notice;
  SetText(notice, "text", text);
  notice.set("failed", failed);
  notices.push_back(notice);
}

// What is not as it should be, each in one sentence with what happens next.
View Notices(const api::Health& health) {
  View notices(View::type::list);
  if (health.archive == api::State::kWaiting) {
    AddNotice(notices,
              "There is no archive yet. It appears with the first capture of the crawl role; this page needs "
              "no restart.");
  }
  if (health.index == api::State::kWaiting) {
    AddNotice(notices,
              "There is no index yet. It appears when the index role has run; this page needs no restart.");
  }
  if (!health.problem.empty()) AddNotice(notices, "Something needs attention: " + health.problem, true);
  if (health.index_lag > 0 && health.index == api::State::kOk) {
    AddNotice(notices,
              fmt::format("{} captures are stored and not searchable yet.", Grouped(health.index_lag)));
  }
  return notices;
}

View Help() {
  View help(View::type::list);
  for (const query::FieldRow& field : query::kFields) {
    View row;
    row.set("name", std::string(field.name));
    row.set("text", std::string(field.help));
    row.set("example", std::string(field.example));
    help.push_back(row);
  }
  return help;
}

}  // namespace

std::string HomePage(const api::Health& health, const std::vector<query::Hit>& latest) {
  View totals(View::type::list);
  totals.push_back(Row("captures", Grouped(health.captures)));
  totals.push_back(Row("page versions", Grouped(health.totals.documents)));
  totals.push_back(Row("listings", Grouped(health.totals.listings)));
  totals.push_back(Row("hosts", Grouped(health.totals.hosts)));
  totals.push_back(Row("checkpointed", Grouped(health.checkpoint_size)));
  View view;
  view.set("totals", totals);
  view.set("notices", Notices(health));
  view.set("help", Help());
  view.set("any_latest", !latest.empty());
  SetCards(view, latest);
  return InLayout({.title = "", .small_search = false}, Render(embedded::home_template, view));
}

}  // namespace nightjar::web
