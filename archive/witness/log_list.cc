// SPDX-License-Identifier: Apache-2.0
#include "archive/witness/log_list.h"

#include <algorithm>
#include <set>

namespace nightjar::witness {
namespace {

std::string_view TakeUntil(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

Result<KnownLog> ParseLine(std::string_view line, std::set<std::string>& names, const std::string& where) {
  KnownLog log;
  while (!line.empty()) {
    const std::string_view word = TakeUntil(line, ' ');
    if (word.empty()) continue;
    auto key = evidence::ParseVkey(word);
    if (!key) return Fail(Code::kInvalidInput, key.error().text, where);
    if (!names.insert(key->name).second)
      return Fail(Code::kInvalidInput, "names " + key->name + " a second time", where);
    log.keys.push_back(std::move(*key));
  }
  return log;
}

}  // namespace

Result<std::vector<KnownLog>> ParseLogList(std::string_view text, const std::string& name) {
  std::vector<KnownLog> logs;
  std::set<std::string> names;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeUntil(text, '\n');
    if (line.starts_with('#')) continue;
    ASSIGN_OR_RETURN(KnownLog log, ParseLine(line, names, name + ":" + std::to_string(number)));
    if (!log.keys.empty()) logs.push_back(std::move(log));
  }
  if (logs.empty()) return Fail(Code::kInvalidInput, "names no log; put each log's key on a line", name);
  return logs;
}

}  // namespace nightjar::witness
