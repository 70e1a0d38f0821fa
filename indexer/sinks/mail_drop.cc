// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/mail_drop.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/file.h"
#include "indexer/sinks/alert_texts.h"

namespace nightjar::sinks {
namespace {

constexpr mode_t kFolderMode = 0770;  // the agent runs as another user of the same group
constexpr mode_t kFileMode = 0660;

Status Drop(const MailDrop& drop, const watch::Alert& alert) {
  for (const char* part : {"/tmp", "/new", "/cur"})
    RETURN_IF_ERROR(MakeFolders(drop.folder + part, kFolderMode));
  const std::string name = fmt::format("{}.{:.32}.nightjar", UnixSeconds(alert.when), alert.key);
  const std::string written = drop.folder + "/tmp/" + name;
  RETURN_IF_ERROR(WriteFileDurably(written, AlertMail(alert, drop.from, drop.to), kFileMode));
  if (::rename(written.c_str(), (drop.folder + "/new/" + name).c_str()) != 0)
    return FailErrno("cannot hand the message over", drop.folder);
  return SyncFolder(drop.folder + "/new");
}

}  // namespace

Sink DropMail(MailDrop drop) {
  return [drop = std::move(drop)](const watch::Alert& alert) { return Drop(drop, alert); };
}

}  // namespace nightjar::sinks
