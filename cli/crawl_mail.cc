// SPDX-License-Identifier: Apache-2.0
#include "cli/crawl_mail.h"

#include <fmt/format.h>

#include "archive/store/writer_lock.h"
#include "base/json.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using jobs::Request;

constexpr auto kPatience = std::chrono::seconds(60);
constexpr auto kLookEvery = std::chrono::milliseconds(100);

std::string_view StateName(Request::State state) {
  if (state == Request::State::kOpen) return "open";
  return state == Request::State::kDone ? "done" : "failed";
}

void Print(const Request& request, bool running, bool as_json) {
  if (as_json) {
    fmt::print("{}\n", json::serialize(json::object{{"request", request.id.value},
                                                    {"what", jobs::WhatName(request.what)},
                                                    {"state", StateName(request.state)},
                                                    {"result", request.result},
                                                    {"crawl_running", running}}));
  } else if (request.state == Request::State::kDone) {
    fmt::print("{}\n", ForTerminal(request.result));
  } else if (running) {
    fmt::print("asked the running crawl (request {}); it acts within a second or two\n", request.id.value);
  } else {
    fmt::print("left for the crawl role (request {}); none runs now, start one with `nightjar crawl`\n",
               request.id.value);
  }
}

Result<Request> Await(const Context& context, const jobs::Requests& requests, jobs::RequestId id) {
  const MonoTime deadline = SystemClock().Mono() + kPatience;
  while (true) {
    ASSIGN_OR_RETURN(Request request, requests.Get(id));
    if (request.state == Request::State::kFailed) return Fail(Code::kRefused, request.result);
    if (request.state == Request::State::kDone) return request;
    if (SystemClock().Mono() >= deadline || context.stop.WaitFor(kLookEvery))
      return Fail(Code::kTimeout,
                  "the crawl has not answered yet; `nightjar queue requests` shows what is open",
                  fmt::format("request {}", id.value));
  }
}

}  // namespace

void AddMailOptions(CLI::App& verb, MailOptions& options) {
  verb.add_flag("--wait", options.wait, "wait until the crawl has done it, and say what came of it");
  verb.add_flag("--json", options.json, "print JSON");
}

bool CrawlRuns(const config::Settings& settings) {
  return store::WriterLock::Holder(settings.FrontierFolder()).has_value();
}

Status Order(const Context& context, Request request, const MailOptions& options) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  const bool running = CrawlRuns(settings);
  if (options.wait && !running)
    return Fail(Code::kUnavailable,
                "no crawl runs here, so there is nothing to wait for; start `nightjar crawl`, or "
                "order it without --wait");
  ASSIGN_OR_RETURN(const auto requests, jobs::Requests::Open(settings.ControlFolder()));
  request.asked = SystemClock().Utc();
  ASSIGN_OR_RETURN(request.id, requests->Ask(request));
  if (options.wait) {
    ASSIGN_OR_RETURN(request, Await(context, *requests, request.id));
  }
  Print(request, running, options.json);
  return {};
}

}  // namespace nightjar::cli
