// SPDX-License-Identifier: Apache-2.0
#include "cli/outside_view.h"

#include <fmt/format.h>

#include "cli/doors.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

// "3 min ago": a clock that is ahead of ours counts as now.
std::string Age(std::int64_t then, UtcTime now) {
  const std::int64_t seconds = std::max<std::int64_t>(0, UnixSeconds(now) - then);
  if (seconds < 120) return fmt::format("{} s ago", seconds);
  if (seconds < 7200) return fmt::format("{} min ago", seconds / 60);
  if (seconds < 172800) return fmt::format("{} h ago", seconds / 3600);
  return fmt::format("{} days ago", seconds / 86400);
}

std::string WitnessSentence(const OutsideState& state, UtcTime now) {
  if (!state.has_witness) return "witness   none: checkpoints are not cosigned (evidence.witness_url)";
  if (!state.status.cosigned_at) return "witness   NEVER: no checkpoint was cosigned yet";
  return fmt::format("witness   {} captures cosigned {}", state.status.cosigned_size,
                     Age(*state.status.cosigned_at, now));
}

std::string AuthoritySentence(const OutsideState& state, UtcTime now) {
  if (!state.has_authority) return "time      none: checkpoints are not stamped (notary.tsa_url)";
  if (!state.status.stamped_at) return "time      NEVER: no checkpoint was stamped yet";
  return fmt::format("time      {} captures stamped {}", state.status.stamped_size,
                     Age(UnixSeconds(*state.status.stamped_at), now));
}

}  // namespace

Result<OutsideState> ReadOutside(const config::Settings& settings) {
  OutsideState state;
  state.has_witness = settings.evidence.witness_url != config::kNone;
  state.has_authority = settings.notary.tsa_url != config::kNone;
  ASSIGN_OR_RETURN(state.status, notary::ReadNotaryStatus(settings));
  return state;
}

json::object ToJson(const OutsideState& state, UtcTime now) {
  json::object witness{{"configured", state.has_witness}, {"size", state.status.cosigned_size}};
  if (state.status.cosigned_at) witness["age_seconds"] = UnixSeconds(now) - *state.status.cosigned_at;
  json::object authority{{"configured", state.has_authority}, {"size", state.status.stamped_size}};
  if (state.status.stamped_at) {
    authority["at"] = FormatUtc(*state.status.stamped_at);
    authority["age_seconds"] = UnixSeconds(now) - UnixSeconds(*state.status.stamped_at);
  }
  json::object both{{"witness", std::move(witness)}, {"time_stamp", std::move(authority)}};
  if (state.status.trouble) both["trouble"] = state.status.trouble->text;
  return both;
}

std::vector<std::string> Sentences(const OutsideState& state, UtcTime now) {
  std::vector<std::string> lines{WitnessSentence(state, now), AuthoritySentence(state, now)};
  if (state.status.trouble && (state.has_witness || state.has_authority)) {
    lines.push_back(fmt::format("NOTARY    {} (first {})", ForTerminal(state.status.trouble->text),
                                Age(UnixSeconds(state.status.trouble->since), now)));
  }
  return lines;
}

void ReportOutside(const config::Settings& settings,
                   const std::function<void(const std::string& what, const Status& status)>& report) {
  const auto outside = notary::OutsideOf(settings);
  if (!outside) return report("witness and time stamps", tl::unexpected<Error>(outside.error()));
  const auto state = ReadOutside(settings);
  if (!state) return report("witness and time stamps", tl::unexpected<Error>(state.error()));
  for (const std::string& url : {outside->witness_url, outside->tsa_url}) {
    if (url.empty()) continue;
    const auto door = notary::DoorTo(url, DoorsOf(settings));
    report("the way to " + url, door ? Status() : tl::unexpected<Error>(door.error()));
  }
  const auto& trouble = state->status.trouble;
  for (const std::string& sentence : Sentences({state->has_witness,
                                                state->has_authority,
                                                {state->status.cosigned_at,
                                                 state->status.cosigned_size,
                                                 state->status.stamped_at,
                                                 state->status.stamped_size,
                                                 {}}},
                                               SystemClock().Utc()))
    report(sentence, {});
  if (trouble && !outside->nobody())
    report("the notary's last try", Fail(Code::kUnavailable, ForTerminal(trouble->text)));
}

}  // namespace nightjar::cli
