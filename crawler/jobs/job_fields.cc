// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/decimal.h"
#include "crawler/jobs/duration.h"

namespace nightjar::jobs {
namespace {

using Kind = JobField::Kind;
using Texts = std::span<const std::string>;

constexpr std::array<std::string_view, 3> kDiscoveryNames = {"off", "record", "crawl"};
constexpr std::array<std::string_view, 3> kRobotsNames = {"ignore", "record", "obey"};

tl::unexpected<Error> Must(std::string form) {
  return Fail(Code::kInvalidInput, "must be " + std::move(form));
}

// One type of member: its text, and its reading.
std::string Write(const std::string& text) { return text; }
Status Read(const std::string& text, std::string& value) {
  value = text;
  return {};
}

template <typename T>
Status ReadNumber(const std::string& text, T& value) {
  constexpr std::uint64_t kMost = std::numeric_limits<T>::max();
  const auto number = ParseDecimal(text, kMost);
  if (!number) return Must(fmt::format("a whole number from 0 to {}", kMost));
  value = static_cast<T>(*number);
  return {};
}
std::string Write(std::uint32_t value) { return std::to_string(value); }
Status Read(const std::string& text, std::uint32_t& value) { return ReadNumber(text, value); }
std::string Write(std::uint64_t value) { return std::to_string(value); }
Status Read(const std::string& text, std::uint64_t& value) { return ReadNumber(text, value); }

std::string Write(double value) { return fmt::format("{}", value); }
Status Read(const std::string& text, double& value) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return Must("a number, such as 0.5");
  return {};
}

std::string Write(bool value) { return value ? "yes" : "no"; }
Status Read(const std::string& text, bool& value) {
  if (text != "yes" && text != "no") return Must("yes or no");
  value = text == "yes";
  return {};
}

std::string Write(std::chrono::seconds value) { return FormatDuration(value); }
Status Read(const std::string& text, std::chrono::seconds& value) {
  ASSIGN_OR_RETURN(value, ParseDuration(text));
  return {};
}

std::string Write(std::chrono::milliseconds value) { return std::to_string(value.count()); }
Status Read(const std::string& text, std::chrono::milliseconds& value) {
  std::uint32_t number = 0;
  RETURN_IF_ERROR(ReadNumber(text, number));
  value = std::chrono::milliseconds(number);
  return {};
}

std::string Write(const std::optional<UtcTime>& value) { return value ? FormatUtc(*value) : ""; }
Status Read(const std::string& text, std::optional<UtcTime>& value) {
  value.reset();
  if (text.empty()) return {};
  const auto time = ParseUtc(text);
  if (!time) return Must("a moment in UTC such as 2026-07-01T02:30:00Z");
  value = *time;
  return {};
}

template <typename E, std::size_t N>
Status ReadName(const std::array<std::string_view, N>& names, const std::string& text, E& value) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return Must(fmt::format("one of: {}", fmt::join(names, ", ")));
  value = static_cast<E>(found - names.begin());
  return {};
}
std::string Write(Discovery value) {
  return std::string(kDiscoveryNames.at(static_cast<std::size_t>(value)));
}
Status Read(const std::string& text, Discovery& value) { return ReadName(kDiscoveryNames, text, value); }
std::string Write(RobotsPolicy value) {
  return std::string(kRobotsNames.at(static_cast<std::size_t>(value)));
}
Status Read(const std::string& text, RobotsPolicy& value) { return ReadName(kRobotsNames, text, value); }

std::string Write(const Window& value) { return FormatWindow(value); }
Status Read(const std::string& text, Window& value) {
  ASSIGN_OR_RETURN(value, ParseWindow(text));
  return {};
}

template <typename T>
Status ReadAll(Texts texts, std::vector<T>& values) {
  std::vector<T> read(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) RETURN_IF_ERROR(Read(texts[i], read[i]));
  values = std::move(read);
  return {};
}
template <typename T>
std::vector<std::string> WriteAll(const std::vector<T>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const auto& value : values) texts.push_back(Write(value));
  return texts;
}

template <auto Member>
constexpr JobField One(std::string_view name, std::string_view flag, Kind kind, std::string_view help) {
  return {name,
          flag,
          kind,
          help,
          [](Job& job, Texts texts) -> Status {
            return texts.size() == 1 ? Read(texts[0], job.*Member) : Must("one value");
          },
          [](const Job& job) { return std::vector<std::string>{Write(job.*Member)}; }};
}
template <auto Member>
constexpr JobField Many(std::string_view name, std::string_view flag, std::string_view help) {
  return {name,
          flag,
          Kind::kList,
          help,
          [](Job& job, Texts texts) -> Status { return ReadAll(texts, job.*Member); },
          [](const Job& job) { return WriteAll(job.*Member); }};
}
constexpr JobField Named(std::string_view name, std::string_view flag, std::string_view help) {
  return {name,
          flag,
          Kind::kText,
          help,
          [](Job& job, Texts texts) -> Status {
            return texts.size() == 1 ? Read(texts[0], job.case_id.value) : Must("one value");
          },
          [](const Job& job) { return std::vector<std::string>{job.case_id.value}; }};
}

constexpr std::array kFields = {
    Named("case", "--case", "the case it belongs to; its legal basis is copied"),
    Many<&Job::seeds>("seeds", "--seed", "onion URL to start from"),
    Many<&Job::hosts>("scope.hosts", "--host",
                      "onion host in scope, sub-domains included; default: the seeds' own"),
    Many<&Job::include>("scope.include", "--include",
                        "regular expression; only paths with query that match one"),
    Many<&Job::exclude>("scope.exclude", "--exclude",
                        "regular expression; no path with query that matches one"),
    Many<&Job::strip_params>("scope.strip_params", "--strip-param",
                             "query parameter that is no part of a page's name"),
    One<&Job::keep_session_params>("scope.keep_session_params", "--keep-session-params", Kind::kFlag,
                                   "yes: well-known session ids stay in URLs"),
    One<&Job::sort_query>("scope.sort_query", "--sort-query", Kind::kFlag,
                          "yes: the order of query parameters does not matter"),
    One<&Job::max_depth>("scope.depth", "--depth", Kind::kNumber, "links away from a seed"),
    One<&Job::max_urls_per_host>("scope.urls_per_host", "--urls-per-host", Kind::kNumber,
                                 "URLs of one host that are taken at all; 0: no bound"),
    One<&Job::max_urls_per_shape>("scope.urls_per_shape", "--urls-per-shape", Kind::kNumber,
                                  "... that differ only in numbers and random strings; 0: no bound"),
    One<&Job::discovery>("discovery.mode", "--discovery", Kind::kText,
                         "hosts linked to: off, record or crawl"),
    One<&Job::discovery_hosts>("discovery.hosts", "--new-hosts", Kind::kNumber,
                               "of these, how many may join"),
    One<&Job::discovery_depth>("discovery.depth", "--new-host-depth", Kind::kNumber,
                               "links from their first page"),
    One<&Job::discovery_pages>("discovery.pages_per_host", "--new-host-pages", Kind::kNumber,
                               "requests to each in a run"),
    One<&Job::cron>("schedule.cron", "--cron", Kind::kText,
                    "when a run begins, UTC: \"30 2 * * mon-fri\", @daily"),
    One<&Job::at>("schedule.at", "--at", Kind::kText, "... or at one moment: 2026-07-01T02:30:00Z"),
    Many<&Job::windows>("schedule.windows", "--window", "open only then, UTC: \"mon-fri 22:00-06:00\""),
    One<&Job::max_pages>("budget.pages", "--pages", Kind::kNumber,
                         "requests of a run at most, failures included"),
    One<&Job::max_pages_per_host>("budget.pages_per_host", "--pages-per-host", Kind::kNumber,
                                  "... to one host; 0: no bound"),
    One<&Job::max_bytes>("budget.bytes", "--bytes", Kind::kNumber,
                         "bytes received in a run at most; 0: no bound"),
    One<&Job::max_bytes_per_host>("budget.bytes_per_host", "--bytes-per-host", Kind::kNumber,
                                  "... from one host; 0: no bound"),
    One<&Job::max_time>("budget.time", "--time", Kind::kText,
                        "length of a run at most: 90m, 12h, 7d; 0: no bound"),
    One<&Job::max_time_per_host>("budget.time_per_host", "--time-per-host", Kind::kText,
                                 "... at one host, from the run's first request to it; 0: no bound"),
    One<&Job::delay>("politeness.delay_ms", "--delay-ms", Kind::kNumber,
                     "least time between two requests to one host"),
    One<&Job::jitter>("politeness.jitter", "--jitter", Kind::kNumber,
                      "random part added to the delay, as a fraction of it"),
    One<&Job::per_host>("politeness.per_host", "--per-host", Kind::kNumber, "requests at once to one host"),
    Many<&Job::nights>("politeness.nights", "--night", "the job rests then, UTC: 01:00-07:00"),
    One<&Job::persona>("persona", "--persona", Kind::kText, "name of the account to crawl as"),
    One<&Job::robots>("robots", "--robots", Kind::kText, "robots.txt: ignore, record or obey"),
    Many<&Job::media>("media", "--media", "type allowed besides text: image/png, image/*"),
    One<&Job::retention>("retention", "--retention", Kind::kText, "class of retention of what is captured"),
    One<&Job::priority>("priority", "--priority", Kind::kNumber, "0 to 9, higher first"),
    One<&Job::recrawl_min>("recrawl.min", "--recrawl-min", Kind::kText,
                           "least wait before a page is fetched again; 0: never again"),
    One<&Job::recrawl_max>("recrawl.max", "--recrawl-max", Kind::kText, "... and the longest"),
};

}  // namespace

std::span<const JobField> JobFields() { return kFields; }

const JobField* FindJobField(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &JobField::name);
  return found == kFields.end() ? nullptr : found;
}

}  // namespace nightjar::jobs
