// SPDX-License-Identifier: Apache-2.0
#include "crawler/surroundings.h"

#include <sys/timex.h>

#include "base/digest.h"
#include "base/file.h"

namespace nightjar::crawler {
namespace {

constexpr std::size_t kMaxConsensus = 64 << 20;
constexpr auto kReadEvery = std::chrono::minutes(1);

}  // namespace

std::string ReadClockState() {
  timex state{};
  const int answer = ::adjtimex(&state);
  if (answer < 0) return "unknown";
  return answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0 ? "unsynchronised" : "synchronised";
}

std::string DescribeConsensus(const std::string& document) {
  // dir-spec.txt 3.4.1: "valid-after" SP YYYY-MM-DD SP HH:MM:SS NL
  constexpr std::string_view kLine = "\nvalid-after ";
  constexpr std::size_t kTimeLength = 19;
  const auto at = document.find(kLine);
  if (at == std::string::npos) return "unknown";
  std::string text = document.substr(at + kLine.size(), kTimeLength);
  if (text.size() != kTimeLength) return "unknown";
  text[10] = 'T';
  const auto time = ParseUtc(text + "Z");
  return time ? "sha256=" + Sha256(document).Hex() + " valid-after=" + FormatUtc(*time) : "unknown";
}

const std::string& ConsensusFile::Describe(MonoTime now) {
  if (!description_.empty() && now - read_at_ < kReadEvery) return description_;
  const auto document = ReadFile(path_, kMaxConsensus);
  description_ = document ? DescribeConsensus(*document) : "unknown";
  read_at_ = now;
  return description_;
}

}  // namespace nightjar::crawler
