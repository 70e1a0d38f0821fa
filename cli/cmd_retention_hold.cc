// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/places/places.h"
#include "archive/retention/holds.h"
#include "cli/commands.h"
#include "cli/days.h"
#include "cli/retention_verbs.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using retention::Hold;

Result<evidence::NumberRanges> ParseCaptures(const std::string& text) {
  auto ranges = evidence::NumberRanges::Parse(text);
  if (!ranges || ranges->empty())
    return Fail(Code::kInvalidInput, "must be ascending numbers and ranges, such as 3-5,9", "--captures");
  return ranges;
}

struct HoldArguments {
  Hold hold;
  std::string captures;
  std::string until;
  std::uint64_t number = 0;
};

Status CheckBelongs(const config::Settings& settings, const Hold& hold) {
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  for (const auto& range : hold.captures.ranges()) {
    for (std::uint64_t n = range.first; n <= range.last; ++n) {
      ASSIGN_OR_RETURN(const auto row, archive->GetRow({n}, captures::Restricted::kShow));
      if (row.rejected.empty() && row.record.case_id == hold.case_id) continue;
      return Fail(Code::kInvalidInput, "is no capture of the case " + hold.case_id.value,
                  "capture " + std::to_string(n));
    }
  }
  return {};
}

Status PlaceHold(const Context& context, const HoldArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  Hold hold = arguments.hold;
  ASSIGN_OR_RETURN(hold.captures, ParseCaptures(arguments.captures));
  ASSIGN_OR_RETURN(hold.until, ParseDay(arguments.until, "--until"));
  hold.placed = SystemClock().Utc();
  RETURN_IF_ERROR(CheckBelongs(settings, hold));
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto number, store->Place(hold));
  fmt::print("hold {}: {} capture(s) of {} will not be erased until it is released\n", number.value,
             hold.captures.Count(), hold.case_id.value);
  return {};
}

Status ReleaseHold(const Context& context, const HoldArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  RETURN_IF_ERROR(
      store->Release({arguments.number}, {arguments.hold.reason, arguments.hold.by, SystemClock().Utc()}));
  fmt::print("hold {} is released; `nightjar retention due` shows what must go now\n", arguments.number);
  return {};
}

Status ListHolds(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto holds, store->All());
  Table table({"HOLD>", "CASE", "CAPTURES", "REASON", "BY", "PLACED", "UNTIL", "RELEASED"});
  for (const Hold& hold : holds)
    table.Add({std::to_string(hold.number.value), hold.case_id.value, hold.captures.Format(),
               ForTerminal(hold.reason), ForTerminal(hold.by), DayOf(hold.placed), DayOf(hold.until),
               hold.released ? DayOf(hold.released->at) + " by " + ForTerminal(hold.released->by) + ": " +
                                   ForTerminal(hold.released->reason)
                             : "-"});
  fmt::print("{}", table.Format());
  return {};
}

void AddHoldVerbs(CLI::App& retention, Context& context) {
  auto arguments = std::make_shared<HoldArguments>();
  CLI::App* hold =
      AddVerb(retention, "hold", "Keep exhibits as evidence beyond their time",
              "nightjar retention hold --case owl-7 --captures 3-5,9 --reason 'Trial 4 KLs 7/26' "
              "--by 'Prosecutor 2' --until 2028-01-31");
  hold->add_option("--case", arguments->hold.case_id.value, "whose captures")->required();
  hold->add_option("--captures", arguments->captures, "numbers and ranges: 3-5,9")->required();
  hold->add_option("--reason", arguments->hold.reason, "what they are evidence for")->required();
  hold->add_option("--by", arguments->hold.by, "who places it")->required();
  hold->add_option("--until", arguments->until, "the day on which it is to be looked at again")->required();
  hold->callback([&context, arguments] {
    context.action = [&context, arguments] { return PlaceHold(context, *arguments); };
  });
  CLI::App* release =
      AddVerb(retention, "release", "End a hold: what is past its time is then to be erased",
              "nightjar retention release 1 --reason 'Judgment is final' --by 'Prosecutor 2'");
  release->add_option("HOLD", arguments->number, "its number")->required();
  release->add_option("--reason", arguments->hold.reason, "why")->required();
  release->add_option("--by", arguments->hold.by, "who ends it")->required();
  release->callback([&context, arguments] {
    context.action = [&context, arguments] { return ReleaseHold(context, *arguments); };
  });
  CLI::App* list =
      AddVerb(retention, "holds", "List all holds, released ones too", "nightjar retention holds");
  list->callback([&context] { context.action = [&context] { return ListHolds(context); }; });
}

}  // namespace

void AddRetentionHolds(CLI::App& retention, Context& context) { AddHoldVerbs(retention, context); }

}  // namespace nightjar::cli
