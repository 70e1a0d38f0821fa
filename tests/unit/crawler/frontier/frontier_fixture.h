// SPDX-License-Identifier: Apache-2.0
// A frontier in a folder of its own, on a clock that the test moves.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/onion.h"
#include "base/signature.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/listing.h"

namespace nightjar::frontier {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

inline std::string OnionHost(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

inline const JobId kJob{"job-1"};
inline const Ending kDone{Ending::Kind::kDone, Cause::kNone};
inline const Ending kPassing{Ending::Kind::kPassing, Cause::kTimedOut};
inline const Ending kFinal{Ending::Kind::kFinal, Cause::kProtocol};
inline const Ending kUntried{Ending::Kind::kUntried, Cause::kNone};

class FrontierTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "frontier-" + HexEncode(SystemRandom().Take(6));
    terms_.id = kJob;
    terms_.hosts = {host_};
    terms_.delay = milliseconds(1000);
    terms_.jitter = 0;
    options_.folder = folder_;
    options_.clock = &clock_;
    options_.random = &random_;
    options_.boot_id = "boot-1";
    Open();
  }
  void TearDown() override {
    frontier_.reset();
    std::filesystem::remove_all(folder_);
  }

  // As after a restart of the process; what a tick did not commit is gone.
  void Open() {
    frontier_.reset();
    auto opened = Frontier::Open(options_);
    ASSERT_TRUE(opened) << opened.error().Format();
    frontier_ = std::move(*opened);
    SetJobs({terms_});
  }

  // One tick around `step`, committed; `step` returns a Result.
  template <typename Step>
  auto InTick(const Step& step) {
    auto tick = frontier_->Begin();
    EXPECT_TRUE(tick) << tick.error().Format();
    auto result = step(*tick);
    EXPECT_TRUE(result) << result.error().Format();
    const auto committed = tick->Commit();
    EXPECT_TRUE(committed) << committed.error().Format();
    return *std::move(result);
  }

  std::vector<JobId> SetJobs(const std::vector<JobTerms>& jobs) {
    return InTick([&](Tick& tick) { return tick.SetJobs(jobs); });
  }
  Admission Add(const std::vector<std::string>& paths, std::uint32_t depth = 0, const std::string& via = "",
                const JobId& job = kJob) {
    std::vector<Candidate> candidates;
    for (const auto& path : paths)
      candidates.push_back(
          {*Url::Parse(path.starts_with("http") ? path : "http://" + host_ + path), depth, via});
    return InTick([&](Tick& tick) { return tick.Add(job, candidates); });
  }
  std::vector<Task> Lease(std::size_t most = 100) {
    return InTick([&](Tick& tick) { return tick.Lease(most); });
  }
  bool Complete(const Task& task, const Ending& ending = kDone) {
    return InTick([&](Tick& tick) { return tick.Complete(task.lease, ending); });
  }
  std::size_t TakeBackOverdue() {
    return InTick([&](Tick& tick) { return tick.TakeBackOverdue(); });
  }

  // All waiting pages, one after the other, with the clock moved only as far as NextDue() says.
  std::vector<std::string> FetchAll() {
    std::vector<std::string> paths;
    while (const auto wait = frontier_->NextDue()) {
      clock_.Advance(*wait);
      for (const Task& task : Lease()) {
        paths.push_back(task.url.substr(task.url.find('/', 8)));
        Complete(task);
      }
    }
    return paths;
  }

  // The rows themselves, not what the lanes count.
  Counts CountRows() const {
    Counts counts;
    std::string after;
    do {
      const auto page = ListQueue(folder_, {}, 1000, after, clock_);
      EXPECT_TRUE(page) << page.error().Format();
      for (const QueuedUrl& url : page->urls) ++counts.Of(url.state);
      after = page->next;
    } while (!after.empty());
    return counts;
  }
  Counts Total() const {
    Counts total;
    const auto counts = ReadCounts(folder_);
    for (const auto& job : counts->jobs) total += job.row.counts;
    Counts of_lanes;
    const auto page = ListLanes(folder_, {}, 1000);
    for (const auto& lane : page->lanes) of_lanes += lane.counts;
    EXPECT_EQ(total, of_lanes);
    return total;
  }
  JobRow Row() const {
    const auto counts = ReadCounts(folder_);
    return counts->jobs.front().row;
  }

  const std::string host_ = OnionHost('a');
  std::string folder_;
  ManualClock clock_;
  SeededRandom random_{7};
  JobTerms terms_;
  Options options_;
  std::unique_ptr<Frontier> frontier_;
};

}  // namespace nightjar::frontier
