// SPDX-License-Identifier: Apache-2.0
// selection.json: what was asked for, and what the archive holds of the same case beside what was exported,
// failures included. It is the only member that carries words of the exporter which nothing signs; the counts
// of exported captures are checked, the rest is a statement to question the exporter about.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "archive/captures/record.h"
#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::bundle {

// How many captures of one job, host and outcome.
struct Tally {
  std::uint64_t exported = 0;
  std::uint64_t archived = 0;  // of this case in the archive, below the checkpoint's size
  friend bool operator==(const Tally&, const Tally&) = default;
};

struct TallyKey {
  std::string job;
  std::string host;     // authority of the record's URL, "-" where it has none
  std::string outcome;  // OutcomeName, or "rejected"
  friend auto operator<=>(const TallyKey&, const TallyKey&) = default;
};
[[nodiscard]] TallyKey TallyKeyOf(const captures::Record& record, bool rejected);

struct Selection {
  std::string case_id;
  std::string case_title;
  std::string legal_basis;
  std::string officer;
  std::string selected_by;       // ExportRequest::selection
  std::string exported_by = {};  // the person, and why it was exported; may be empty
  std::string reason = {};
  std::string log;  // origin of the checkpoint
  std::uint64_t tree_size = 0;
  std::uint64_t captures = 0;
  std::uint64_t first = 0;  // lowest and highest number exported
  std::uint64_t last = 0;
  std::map<TallyKey, Tally> counts;
  std::map<std::uint64_t, std::string> rejections;  // why the archive took an exchange without its bytes
  friend bool operator==(const Selection&, const Selection&) = default;
};

// One text for one value (ASCII JSON, fixed key order, one line per row), so that two JSON readers cannot
// disagree about a bundle. Invalid UTF-8 in a string becomes U+FFFD.
[[nodiscard]] Bytes FormatSelection(const Selection& selection);

// Strict inverse: FormatSelection(*ParseSelection(text)) == text, else kCorrupt.
[[nodiscard]] Result<Selection> ParseSelection(ByteView text);

}  // namespace nightjar::bundle
