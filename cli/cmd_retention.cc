// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/places/places.h"
#include "cli/commands.h"
#include "cli/days.h"
#include "cli/retention_run.h"
#include "cli/retention_verbs.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using retention::DueRow;
using retention::Hold;

Status ShowDue(const Context& context, const std::string& at) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  UtcTime now = SystemClock().Utc();
  if (!at.empty()) {
    ASSIGN_OR_RETURN(now, ParseDay(at, "--at"));
  }
  ASSIGN_OR_RETURN(const auto clocks, ReadClocks(settings));
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto holds, store->All());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto rows, retention::Survey(*archive, clocks, retention::HeldCaptures(holds), now));
  Table table({"CASE", "HOST", "CLASS", "CAPTURES>", "OLDEST (UTC)", "TO REVIEW>", "TO ERASE>", "HELD>",
               "RESTRICTED>"});
  for (const DueRow& row : rows)
    table.Add({row.case_id.value, row.host,
               row.class_name + (row.known_class ? "" : " (not in the settings)"),
               std::to_string(row.captures), DayOf(row.oldest), std::to_string(row.review_due),
               std::to_string(row.erase_due), std::to_string(row.held), std::to_string(row.restricted)});
  fmt::print("{}", table.Format());
  for (const Hold& hold : holds)
    if (!hold.released && hold.until <= now)
      fmt::print(
          "hold {} on captures {} was to be looked at again on {}: release it, or place a new one first\n",
          hold.number.value, hold.captures.Format(), DayOf(hold.until));
  return {};
}

void AddDue(CLI::App& retention, Context& context) {
  CLI::App* verb = AddVerb(retention, "due", "Which captures are to be reviewed, and which to be erased",
                           "nightjar retention due");
  auto at = std::make_shared<std::string>();
  verb->add_option("--at", *at, "as of this day (UTC) instead of now: 2027-01-31");
  verb->callback([&context, at] { context.action = [&context, at] { return ShowDue(context, *at); }; });
}

}  // namespace

void AddRetention(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "retention", "How long captures are kept: what is due, holds, erasure by two persons",
              "nightjar retention due");
  verb->require_subcommand(1);
  AddDue(*verb, context);
  AddRetentionErase(*verb, context);
  AddRetentionHolds(*verb, context);
}

}  // namespace nightjar::cli
