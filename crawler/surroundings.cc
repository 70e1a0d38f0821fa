// SPDX-License-Identifier: Apache-2.0
#include "crawler/surroundings.h"

#include <sys/timex.h>

#include "archive/consensus/consensus.h"
#include "base/file.h"
#include "base/log.h"

namespace nightjar::crawler {
namespace {

constexpr auto kReadEvery = std::chrono::minutes(1);

}  // namespace

std::string ReadClockState() {
  timex state{};
  const int answer = ::adjtimex(&state);
  if (answer < 0) return "unknown";
  return answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0 ? "unsynchronised" : "synchronised";
}

std::string DescribeConsensus(const std::string& document) {
  const auto name = consensus::NameOf(document);
  return name ? consensus::FormatName(*name) : "unknown";
}

std::string NoteConsensus(const std::string& document, const std::string& folder) {
  std::string description = DescribeConsensus(document);
  if (folder.empty() || description == "unknown") return description;
  if (const Status kept = consensus::Store(folder).Keep(document); !kept)
    log::warn("Tor's consensus is not kept for exports: {}", kept.error().Format());
  return description;
}

const std::string& ConsensusFile::Describe(MonoTime now) {
  if (!description_.empty() && now - read_at_ < kReadEvery) return description_;
  const auto document = ReadFile(path_, consensus::kMaxDocument);
  description_ = document ? NoteConsensus(*document, folder_) : "unknown";
  read_at_ = now;
  return description_;
}

}  // namespace nightjar::crawler
