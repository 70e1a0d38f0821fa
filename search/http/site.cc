// SPDX-License-Identifier: Apache-2.0
#include "search/http/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "archive/captures/redaction.h"
#include "base/bytes.h"
#include "search/api/answers.h"
#include "search/http/asked.h"
#include "search/http/form.h"
#include "search/web/pages.h"

namespace nightjar::http {
namespace {

constexpr std::uint32_t kLatestListings = 8;
constexpr char kJson[] = "application/json";

int StatusOf(const Error& error) {
  switch (error.code) {
    case Code::kInvalidInput:
      return 400;
    case Code::kRefused:
      return 403;
    case Code::kNotFound:
      return 404;
    case Code::kAlreadyExists:
      return 409;
    case Code::kUnavailable:
    case Code::kFull:
      return 503;
    case Code::kTimeout:
      return 504;
    case Code::kCorrupt:
    case Code::kIo:
    case Code::kInternal:
      return 500;
  }
  return 500;
}

std::string_view HeadingOf(int status) {
  switch (status) {
    case 400:
      return "This request cannot be read";
    case 404:
      return "Not found";
    case 405:
      return "This cannot be done here";
    case 421:
      return "Wrong address";
    case 503:
      return "Not ready yet";
    default:
      return "Something went wrong";
  }
}

Response JsonResponse(const json::value& value, int status = 200) {
  return {.status = status, .content_type = kJson, .body = json::serialize(value) + "\n"};
}

// Every error in the language of who asked.
Response ErrorResponse(std::string_view path, const Error& error, int status) {
  if (path.starts_with("/api/")) return JsonResponse(api::ToJson(error), status);
  return {.status = status, .body = web::ErrorPage(HeadingOf(status), error)};
}

Response ErrorResponse(std::string_view path, const Error& error) {
  return ErrorResponse(path, error, StatusOf(error));
}

// A store that is not there yet is no missing page: it will come.
Error NotYet(Error error) {
  if (error.code != Code::kNotFound) return error;
  return {Code::kUnavailable, error.text + "; it appears when its role has run", error.where};
}

// A pattern holds at most one "{n}", which stands for a capture number.
bool Matches(std::string_view pattern, std::string_view path, std::optional<CaptureNumber>& number) {
  const std::size_t hole = pattern.find("{n}");
  if (hole == std::string_view::npos) return pattern == path;
  const std::string_view before = pattern.substr(0, hole);
  const std::string_view after = pattern.substr(hole + 3);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  const std::string_view digits = path.substr(before.size(), path.size() - before.size() - after.size());
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  number = CaptureNumber{value};
  return true;
}

}  // namespace

struct Site::Visit {
  const Request& request;
  std::string_view path;
  std::string_view query;
  std::optional<CaptureNumber> number = {};
};

struct Site::Route {
  std::string_view pattern;
  std::string_view methods;  // as the Allow field lists them
  Response (Site::*handler)(const Visit&);
};

const Site::Route Site::kRoutes[] = {
    {"/", "GET, HEAD, POST", &Site::Front},
    {"/capture/{n}", "GET, HEAD", &Site::CapturePage},
    {"/capture/{n}/raw", "GET, HEAD", &Site::RawResponse},
    {"/api/v1/search", "GET, HEAD, POST", &Site::SearchApi},
    {"/api/v1/captures/{n}", "GET, HEAD", &Site::CaptureApi},
    {"/healthz", "GET, HEAD", &Site::Health},
    {"/static/style.css", "GET, HEAD", &Site::Style},
};

Site::Site(const config::Settings& settings, const Clock& clock)
    : own_name_(settings.serve.listen.substr(0, settings.serve.listen.rfind(':'))),
      clock_(clock),
      stores_(settings) {}

Response Site::Handle(const Request& request) {
  const std::string_view target = request.target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  Visit visit{request, target.substr(0, mark), target.substr(std::min(mark + 1, target.size()))};
  if (!AnswersFor(request.host)) {
    const Error error{Code::kRefused, "open this service by its IP address or as localhost", "Host"};
    return ErrorResponse(visit.path, error, 421);
  }
  for (const Route& route : kRoutes) {
    if (!Matches(route.pattern, visit.path, visit.number)) continue;
    if ((", " + std::string(route.methods) + ",").find(", " + request.method + ",") != std::string::npos) {
      return (this->*route.handler)(visit);
    }
    Response response = ErrorResponse(
        visit.path, {Code::kInvalidInput, "this address takes " + std::string(route.methods), request.method},
        405);
    response.fields.emplace_back("Allow", route.methods);
    return response;
  }
  return ErrorResponse(visit.path, {Code::kNotFound, "there is nothing at this address", ""}, 404);
}

// A browser that was led here by a name (DNS rebinding) sends that name; only addresses and our own name
// pass.
bool Site::AnswersFor(std::string_view host) const {
  const std::size_t colon = host.rfind(':');
  const bool port = colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
  const std::string_view name = host.substr(0, port ? colon : host.size());
  if (name == "localhost" || name == own_name_) return true;
  if (name.starts_with('[') && name.ends_with(']')) return true;
  return !name.empty() && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

Response Site::Front(const Visit& visit) {
  const auto asked = ReadAsked(visit.request, visit.query, web::kPageSize);
  if (!asked) return ErrorResponse(visit.path, asked.error());
  if (asked->text.empty()) return Home();
  const auto index = stores_.Index();
  if (!index) {
    const Error error = NotYet(index.error());
    return {.status = StatusOf(error), .body = web::ResultsPage(*asked, error)};
  }
  const auto answer = (*index)->Search(*asked);
  if (!answer) return {.status = StatusOf(answer.error()), .body = web::ResultsPage(*asked, answer.error())};
  return {.body = web::ResultsPage(*asked, *answer)};
}

Response Site::Home() {
  const auto archive = stores_.Archive();
  const auto index = stores_.Index();
  const api::Health health =
      api::ReadHealth({.archive = archive.map([](const auto& store) { return store.get(); }),
                       .index = index.map([](const auto& store) { return store.get(); }),
                       .sandbox = stores_.ReadersSandbox()},
                      clock_);
  std::vector<query::Hit> latest;
  if (index) {
    auto answer =
        (*index)->Search({.text = "kind:listing", .limit = kLatestListings, .order = query::Order::kNewest});
    if (answer) latest = std::move(answer->hits);
  }
  return {.body = web::HomePage(health, latest)};
}

Response Site::CapturePage(const Visit& visit) {
  const auto archive = stores_.Archive();
  if (!archive) return ErrorResponse(visit.path, NotYet(archive.error()));
  const auto facts = stores_.Facts();
  const auto view = api::ReadCapture(**archive, facts ? facts->get() : nullptr, *visit.number);
  if (!view) return ErrorResponse(visit.path, view.error());
  return {.body = web::CapturePage(*view)};
}

Response Site::RawResponse(const Visit& visit) {
  const auto archive = stores_.Archive();
  if (!archive) return ErrorResponse(visit.path, NotYet(archive.error()));
  auto capture = (*archive)->Get(*visit.number);
  if (!capture) return ErrorResponse(visit.path, capture.error());
  return {
      .content_type = "application/octet-stream",
      .body = (captures::IsRedacted(capture->record) ? captures::RedactHead(capture->head) : capture->head) +
              capture->body,
      .fields = {{"Content-Disposition", "attachment; filename=\"capture.bin\""}}};
}

Response Site::SearchApi(const Visit& visit) {
  const auto asked = ReadAsked(visit.request, visit.query, query::Request{}.limit);
  if (!asked) return ErrorResponse(visit.path, asked.error());
  const auto index = stores_.Index();
  if (!index) return ErrorResponse(visit.path, NotYet(index.error()));
  const auto answer = (*index)->Search(*asked);
  if (!answer) return ErrorResponse(visit.path, answer.error());
  return JsonResponse(api::ToJson(*asked, *answer));
}

Response Site::CaptureApi(const Visit& visit) {
  const auto archive = stores_.Archive();
  if (!archive) return ErrorResponse(visit.path, NotYet(archive.error()));
  const auto facts = stores_.Facts();
  const auto view = api::ReadCapture(**archive, facts ? facts->get() : nullptr, *visit.number);
  if (!view) return ErrorResponse(visit.path, view.error());
  return JsonResponse(api::ToJson(*view));
}

Response Site::Health(const Visit&) {
  const auto archive = stores_.Archive();
  const auto index = stores_.Index();
  const api::Health health =
      api::ReadHealth({.archive = archive.map([](const auto& store) { return store.get(); }),
                       .index = index.map([](const auto& store) { return store.get(); }),
                       .sandbox = stores_.ReadersSandbox()},
                      clock_);
  return JsonResponse(api::ToJson(health), health.Overall() == api::State::kFailed ? 503 : 200);
}

Response Site::Style(const Visit&) {
  return {
      .content_type = "text/css; charset=utf-8", .body = std::string(web::StyleSheet()), .cacheable = true};
}

}  // namespace nightjar::http
