// SPDX-License-Identifier: Apache-2.0
#include "archive/blocklist/freshness.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/decimal.h"
#include "base/file.h"

namespace nightjar::blocklist {
namespace {

constexpr std::size_t kMaxState = 1 << 20;
constexpr auto kClockSlack = std::chrono::hours(24);

std::string Days(Micros time) {
  return fmt::format("{} days", std::chrono::duration_cast<std::chrono::hours>(time).count() / 24);
}

}  // namespace

Result<Accepted> ReadAccepted(const std::string& state_file) {
  const auto text = ReadFile(state_file, kMaxState);
  if (!text && text.error().code == Code::kNotFound) return Accepted();
  if (!text) return tl::unexpected<Error>(text.error());
  Accepted accepted;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::size_t gap = rest.find(' ');
    const auto entries = gap < end ? ParseDecimal(rest.substr(0, gap)) : std::nullopt;
    if (end == std::string_view::npos || !entries)
      return Fail(Code::kCorrupt, "is damaged; run nightjar blocklist accept", state_file);
    accepted[std::string(rest.substr(gap + 1, end - gap - 1))] = *entries;
    rest.remove_prefix(end + 1);
  }
  return accepted;
}

Status WriteAccepted(const std::string& state_file, const Accepted& accepted) {
  std::string text;
  for (const auto& [path, entries] : accepted) text += fmt::format("{} {}\n", entries, path);
  const std::string folder = state_file.substr(0, state_file.rfind('/'));
  RETURN_IF_ERROR(MakeFolders(folder));
  return WriteFileDurably(state_file, text);
}

Result<UtcTime> MadeWhen(const std::string& path, const DigestList& list) {
  if (list.made()) return *list.made();
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return FailErrno("cannot ask for the time of the list", path);
  return UtcTime(std::chrono::seconds(info.st_mtim.tv_sec));
}

Status CheckAge(const Listed& list, UtcTime now, std::chrono::hours max_age) {
  if (list.made > now + kClockSlack)
    return Fail(Code::kUnavailable, "the list was made in the future; set the clock of this machine right",
                list.path);
  if (now - list.made <= max_age) return {};
  return Fail(Code::kUnavailable,
              fmt::format("the list is {} old, more than blocklist.max_age_days allows; fetch a new one",
                          Days(now - list.made)),
              list.path);
}

Status CheckLength(const Listed& list, const Accepted& accepted) {
  const auto before = accepted.find(list.path);
  if (before == accepted.end() || 5 * list.entries >= 4 * before->second) return {};
  return Fail(
      Code::kUnavailable,
      fmt::format("the list has shrunk from {} entries to {}; a cut-off download? If it is right, run "
                  "nightjar blocklist accept",
                  before->second, list.entries),
      list.path);
}

std::string StampOf(const std::vector<Source>& sources) {
  std::string stamp;
  for (const Source& source : sources) stamp += FileStamp(source.path) + " ";
  return stamp;
}

}  // namespace nightjar::blocklist
