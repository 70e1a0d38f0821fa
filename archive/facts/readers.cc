// SPDX-License-Identifier: Apache-2.0
#include "archive/facts/readers.h"

#include "base/file.h"

namespace nightjar::facts {
namespace {

std::string FileOf(const std::string& facts_folder) { return facts_folder + ".readers"; }

}  // namespace

Status NoteReaders(const std::string& facts_folder, const std::string& sandbox) {
  return WriteFileDurably(FileOf(facts_folder), sandbox + "\n");
}

Result<std::string> ReadersSandbox(const std::string& facts_folder) {
  ASSIGN_OR_RETURN(std::string line, ReadFile(FileOf(facts_folder)));
  if (line.ends_with('\n')) line.pop_back();
  if (line == "full" || line == "reduced") return line;
  return Fail(Code::kCorrupt, "does not say \"full\" or \"reduced\"", FileOf(facts_folder));
}

}  // namespace nightjar::facts
