// SPDX-License-Identifier: Apache-2.0
#include "cli/ways.h"

#include <unistd.h>

#include "crawler/tor_control/ask.h"
#include "crawler/ways_out.h"

namespace nightjar::cli {
namespace {

constexpr std::chrono::milliseconds kPatience(2000);

WayState Ask(const crawler::WaySpec& spec) {
  WayState state{.name = spec.name,
                 .route = std::string(RouteClassName(spec.route)),
                 .managed = spec.managed.has_value(),
                 .text = "takes connections"};
  if (state.managed && ::access(spec.control.c_str(), F_OK) != 0) {
    state.text = "not running; `nightjar crawl` starts it";
    return state;
  }
  const Status reached = crawler::CheckProxySocket(spec.socket, spec.route);
  if (!reached) {
    state.text = reached.error().text;
    return state;
  }
  state.ready = true;
  if (spec.control.empty()) return state;
  const tor_control::Health health = tor_control::AskHealth(spec.control, kPatience);
  state.ready = health.Bootstrapped();
  state.progress = health.watched ? health.progress : -1;
  state.text = health.Describe();
  if (health.watched && !state.ready) state.text += "; wait, or read Tor's log if it does not move on";
  return state;
}

}  // namespace

std::vector<WayState> AskWays(const config::Settings& settings) {
  std::vector<WayState> states;
  for (const auto& spec : crawler::WaysOf(settings, SystemClock())) states.push_back(Ask(spec));
  return states;
}

json::array ToJson(const std::vector<WayState>& ways) {
  json::array out;
  for (const WayState& way : ways) {
    json::object one{{"name", way.name}, {"route", way.route}, {"ready", way.ready}, {"text", way.text}};
    if (way.progress >= 0) one["bootstrap"] = way.progress;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace nightjar::cli
