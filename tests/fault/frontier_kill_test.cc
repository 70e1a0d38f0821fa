// SPDX-License-Identifier: Apache-2.0
// kill -9 of the frontier's process at random moments: every URL it had said it knows is known, what it had
// said is done is not asked again, what was out comes back, and the counts are those of the rows.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/onion.h"
#include "base/signature.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/listing.h"

namespace nightjar::frontier {
namespace {

constexpr int kRounds = 30;
constexpr std::uint32_t kHosts = 4;
constexpr std::uint32_t kMostEnded = 8;
const JobId kJob{"job-1"};

std::string NameOfHost(std::uint32_t number) {
  const auto key = SigningKey::FromSeed(std::string(32, static_cast<char>('a' + number)));
  return OnionAddress::FromKey(key->public_key()).host();
}

// What the child says after a commit, once it may be relied upon. Smaller than PIPE_BUF, so it arrives whole
// or not at all.
struct Acknowledgement {
  std::uint32_t added = 0;  // URLs [0, added) are known
  std::uint32_t ended = 0;  // of these, in this tick
  std::uint32_t done[kMostEnded] = {};
};

class KilledFrontier : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.folder = ::testing::TempDir() + "frontier-kill-" + HexEncode(SystemRandom().Take(6));
    for (std::uint32_t i = 0; i < kHosts; ++i) hosts_.push_back(NameOfHost(i));
    terms_.id = kJob;
    terms_.hosts = hosts_;
    terms_.max_pages = 1'000'000'000;
    terms_.delay = std::chrono::milliseconds(1);
  }
  void TearDown() override { std::filesystem::remove_all(options_.folder); }

  // Letters for digits: a number of its own for each URL, and no shape that they share.
  std::string UrlOf(std::uint32_t number) const {
    std::string name;
    for (std::uint32_t rest = number; rest > 0 || name.empty(); rest /= 26)
      name += static_cast<char>('a' + rest % 26);
    return "http://" + hosts_[number % kHosts] + "/" + name;
  }
  std::map<std::string, std::uint32_t> NumbersByUrl(std::uint32_t end) const {
    std::map<std::string, std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < end; ++i) numbers.emplace(UrlOf(i), i);
    return numbers;
  }

  // The child: finds URLs, leases and ends tasks, for ever.
  [[noreturn]] void CrawlForEver(int pipe, std::uint32_t next, std::uint64_t seed) {
    SeededRandom dice(seed);
    auto opened = Frontier::Open(options_);
    if (!opened) ::_exit(1);
    std::map<std::string, std::uint32_t> numbers = NumbersByUrl(next);
    std::vector<Task> out;
    for (bool is_first = true;; is_first = false) {
      Tick tick = *(*opened)->Begin();
      if (is_first && !tick.SetJobs(std::span(&terms_, 1))) ::_exit(2);
      Acknowledgement said;
      for (std::uint64_t left = dice.Next() % 20; left > 0; --left) {
        numbers.emplace(UrlOf(next), next);
        const Candidate candidate{*Url::Parse(UrlOf(next++)), 1, ""};
        if (!tick.Add(kJob, std::span(&candidate, 1))) ::_exit(3);
      }
      while (!out.empty() && said.ended < kMostEnded && dice.Next() % 4 != 0) {
        said.done[said.ended++] = numbers.at(out.back().url);
        if (!tick.Complete(out.back().lease, {})) ::_exit(4);
        out.pop_back();
      }
      auto leased = tick.Lease(dice.Next() % 4);
      if (!leased || !tick.Commit()) ::_exit(5);
      for (Task& task : *leased) out.push_back(std::move(task));
      said.added = next;
      if (::write(pipe, &said, sizeof said) != sizeof said) ::_exit(6);
    }
  }

  void Note(const Acknowledgement& said) {
    for (; added_ < said.added; ++added_) known_.insert(added_);
    done_.insert(said.done, said.done + said.ended);
  }

  void RunAndKill(std::uint64_t seed) {
    SeededRandom dice(seed);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    added_ += 2000;  // beyond what the last child may have added and not said
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) CrawlForEver(ends[1], added_, seed);
    ::close(ends[1]);
    Acknowledgement said;
    for (std::uint64_t patience = 5 + dice.Next() % 30;; --patience) {
      ASSERT_EQ(::read(ends[0], &said, sizeof said), static_cast<ssize_t>(sizeof said));
      Note(said);
      if (patience == 0) break;
    }
    ::usleep(static_cast<useconds_t>(dice.Next() % 5000));  // the moment within a tick is what we vary
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    while (::read(ends[0], &said, sizeof said) == static_cast<ssize_t>(sizeof said)) Note(said);
    ::close(ends[0]);
  }

  void CheckEverything() {
    {
      const auto opened = Frontier::Open(options_);
      ASSERT_TRUE(opened) << opened.error().Format();
    }
    std::map<std::string, UrlState> rows;
    std::string after;
    do {
      const auto page = ListQueue(options_.folder, {}, 10'000, after);
      ASSERT_TRUE(page) << page.error().Format();
      for (const QueuedUrl& url : page->urls)
        EXPECT_TRUE(rows.emplace(url.url, url.state).second) << url.url << " is there twice";
      after = page->next;
    } while (!after.empty());
    for (const std::uint32_t number : known_)
      EXPECT_TRUE(rows.contains(UrlOf(number))) << number << " is forgotten";
    for (const std::uint32_t number : done_) EXPECT_EQ(rows[UrlOf(number)], UrlState::kDone) << number;
    Counts counts;
    for (const auto& [url, state] : rows) ++counts.Of(state);
    const auto counted = ReadCounts(options_.folder);
    ASSERT_TRUE(counted);
    EXPECT_EQ(counted->jobs.at(0).row.counts, counts);
    EXPECT_EQ(counts.leased, 0U) << "what was out came back";
  }

  Options options_;
  JobTerms terms_;
  std::vector<std::string> hosts_;
  std::uint32_t added_ = 0;
  std::set<std::uint32_t> known_;
  std::set<std::uint32_t> done_;
};

TEST_F(KilledFrontier, LosesNoUrlAndAsksNothingTwiceThatItHadSaidIsDone) {
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    RunAndKill(1 + static_cast<std::uint64_t>(round));
    CheckEverything();
  }
  EXPECT_GE(done_.size(), 100U);
  EXPECT_GE(known_.size(), 1000U);
}

}  // namespace
}  // namespace nightjar::frontier
