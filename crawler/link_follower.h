// SPDX-License-Identifier: Apache-2.0
// Follows the facts of captures, in order, for links that lead on.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "crawler/frontier/frontier.h"

namespace nightjar::crawler {

// The record's value `robots` for the capture of a robots.txt that was made to learn what it says.
inline constexpr std::string_view kRobotsItself = "itself";

// What such a capture holds.
struct RobotsText {
  std::string origin;
  Digest sha256;  // of the captured body
  std::string text;
};

// A capture as the index role read it, and those of its links that may be crawled: anchors, redirects,
// refreshes and frames, one step farther from the seed than the page. Scope is the frontier's to judge.
struct FollowedPage {
  CaptureNumber number;
  captures::Record record;
  wire::Facts facts;
  std::vector<frontier::Candidate> candidates;
  std::optional<RobotsText> robots{};
};

// One thread.
class LinkFollower final {
 public:
  // `cursor`: captures below it were followed before. `archive` outlives the follower.
  // Pages of hosts that do not `pass` get no facts from the index role and have no links for us.
  using Passes = std::function<bool(const std::string& host)>;
  LinkFollower(std::string facts_folder, const captures::Reader& archive, std::uint64_t cursor,
               const Clock& clock, Passes passes = nullptr)
      : facts_folder_(std::move(facts_folder)),
        archive_(archive),
        cursor_(cursor),
        clock_(clock),
        passes_(std::move(passes)) {}

  // The pages of the next captures, `most` captures at most, as far as they have facts. Nothing while there
  // are none yet; captures that never get facts (failures, rejections) are passed over.
  [[nodiscard]] Result<std::vector<FollowedPage>> Next(std::size_t most, std::uint64_t archive_size);

  // Captures below this were followed: what Next() gave, once the caller has it in the frontier.
  [[nodiscard]] std::uint64_t cursor() const { return cursor_; }

 private:
  [[nodiscard]] Result<std::uint64_t> FactsEnd();
  [[nodiscard]] bool MayHaveLinks(const captures::CaptureRow& row) const;
  [[nodiscard]] std::optional<FollowedPage> Read(CaptureNumber number, captures::Record record) const;

  const std::string facts_folder_;
  const captures::Reader& archive_;
  std::uint64_t cursor_;
  const Clock& clock_;
  const Passes passes_;
  std::unique_ptr<facts::FactsStore> facts_;  // made by the index role, perhaps later, perhaps anew
  MonoTime opened_;
  std::optional<std::uint64_t> waits_for_;  // the capture whose facts were not there at the last look
};

}  // namespace nightjar::crawler
