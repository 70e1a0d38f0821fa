// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/session_request.h"

#include <algorithm>

#include "crawler/fetcher/options.h"

namespace nightjar::fetcher {
namespace {

bool HasControl(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool IsField(const std::string& line, std::string_view lower_case_name) {
  return line.size() > lower_case_name.size() && line[lower_case_name.size()] == ':' &&
         std::ranges::equal(line.substr(0, lower_case_name.size()), lower_case_name, {}, [](char c) {
           return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
         });
}

}  // namespace

Status CheckSessionPart(const handover::Task& untrusted_task) {
  using handover::Purpose;
  const bool may_post =
      untrusted_task.purpose == Purpose::kLogin || untrusted_task.purpose == Purpose::kAnswer;
  if (untrusted_task.post && !may_post)
    return Fail(Code::kRefused, "only a login or a person's answer may be sent by POST");
  if (!untrusted_task.post && !untrusted_task.form.empty())
    return Fail(Code::kRefused, "a form was given without POST");
  if (HasControl(untrusted_task.cookies) || HasControl(untrusted_task.form))
    return Fail(Code::kRefused, "cookies or form hold a control character");
  return {};
}

bool HasSessionPart(const handover::Task& task) { return task.post || !task.cookies.empty(); }

HeaderList MakeSessionHeader(const std::vector<std::string>& profile, const handover::Task& task,
                             const Url& url) {
  std::vector<std::string> lines = profile;
  const auto insert_after = [&](std::string_view name, const std::vector<std::string>& more) {
    auto at = std::ranges::find_if(lines, [&](const std::string& line) { return IsField(line, name); });
    if (at != lines.end()) ++at;
    lines.insert(at, more.begin(), more.end());
  };
  if (task.post) {
    insert_after("accept-encoding",
                 {"Content-Type: application/x-www-form-urlencoded",
                  "Content-Length: " + std::to_string(task.form.size()), "Origin: " + url.Origin()});
  }
  if (!task.cookies.empty()) insert_after("connection", {"Cookie: " + task.cookies});
  return MakeHeader(lines);
}

}  // namespace nightjar::fetcher
