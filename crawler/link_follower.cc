// SPDX-License-Identifier: Apache-2.0
#include "crawler/link_follower.h"

#include "base/log.h"

namespace nightjar::crawler {
namespace {

constexpr auto kOpenAnewEvery = std::chrono::seconds(5);

// What the index role reads: whole or cut responses. Other captures never get facts.
bool GetsFacts(const captures::CaptureRow& row) {
  using captures::Outcome;
  return row.rejected.empty() && row.record.http_status != 0 &&
         (row.record.outcome == Outcome::kOk || row.record.outcome == Outcome::kTruncated);
}

bool LeadsOn(wire::LinkKind kind) { return kind != wire::LinkKind::kOnionLocation; }

}  // namespace

// The folder of facts may be deleted and made again at any time; an open store would then stay at the old one
// for ever, so it is opened anew now and then while it has nothing to say.
Result<std::uint64_t> LinkFollower::FactsEnd() {
  const MonoTime now = clock_.Mono();
  if (facts_) {
    ASSIGN_OR_RETURN(const std::uint64_t end, facts_->End());
    if (end > cursor_ || now - opened_ < kOpenAnewEvery) return end;
    facts_.reset();
  }
  auto opened = facts::FactsStore::Open(facts_folder_, facts::FactsStore::Mode::kReadOnly);
  if (!opened && opened.error().code == Code::kNotFound) return 0;
  if (!opened) return tl::unexpected(opened.error());
  facts_ = std::move(*opened);
  opened_ = now;
  return facts_->End();
}

Result<std::vector<FollowedPage>> LinkFollower::Next(std::size_t most, std::uint64_t archive_size) {
  std::vector<FollowedPage> pages;
  if (cursor_ >= archive_size) return pages;
  ASSIGN_OR_RETURN(const std::uint64_t end, FactsEnd());
  if (waits_for_ == cursor_ && cursor_ >= end) return pages;  // as at the last look
  for (std::size_t looked_at = 0; looked_at < most && cursor_ < archive_size; ++looked_at) {
    const CaptureNumber number{cursor_};
    ASSIGN_OR_RETURN(auto row, archive_.GetRow(number));
    if (MayHaveLinks(row)) {
      if (cursor_ >= end) {
        waits_for_ = cursor_;
        break;
      }
      if (auto page = Read(number, std::move(row.record))) pages.push_back(std::move(*page));
    }
    ++cursor_;
  }
  return pages;
}

bool LinkFollower::MayHaveLinks(const captures::CaptureRow& row) const {
  if (!GetsFacts(row) || !passes_) return GetsFacts(row);
  const auto url = Url::Parse(row.record.url);
  return url && passes_(url->host());
}

std::optional<FollowedPage> LinkFollower::Read(CaptureNumber number, captures::Record record) const {
  auto facts = facts_->Get(number);
  if (!facts) {
    // Facts are rebuildable: one that is missing or damaged costs its links, not the crawl.
    log::warn("no links of capture {}: {}", number.value, facts.error().text);
    return std::nullopt;
  }
  FollowedPage page{number, std::move(record), std::move(*facts), {}, {}};
  if (page.record.robots == kRobotsItself) {
    const auto url = Url::Parse(page.record.url);
    if (url) page.robots = RobotsText{url->Origin(), page.record.body_sha256, page.facts.text};
    return page;
  }
  for (const auto& link : page.facts.links) {
    if (!LeadsOn(link.kind)) continue;
    auto url = Url::Parse(link.url);
    if (url) page.candidates.push_back({std::move(*url), page.record.depth + 1, page.record.url});
  }
  return page;
}

}  // namespace nightjar::crawler
