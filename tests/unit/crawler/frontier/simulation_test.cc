// SPDX-License-Identifier: Apache-2.0
// A frontier in random play: everything that can be asked of it, in any order, with kills in the middle and a
// wall clock that jumps, beside a model of a few lines that knows what must never happen. One seed is one
// play; a seed that fails is printed and plays the same again. NIGHTJAR_SEEDS=1000 plays longer than the
// default 50.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "base/onion.h"
#include "base/signature.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/listing.h"
#include "tests/unit/crawler/frontier/simulation_model.h"

namespace nightjar::frontier {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kSteps = 250;
constexpr int kHosts = 3;
constexpr int kJobs = 3;
constexpr int kPaths = 40;  // of each host

const std::vector<std::string>& Hosts() {
  static const auto kNames = [] {
    std::vector<std::string> names;
    for (int i = 0; i < kHosts; ++i)
      names.push_back(OnionAddress::FromKey(
                          SigningKey::FromSeed(std::string(32, static_cast<char>('a' + i)))->public_key())
                          .host());
    return names;
  }();
  return kNames;
}

class Play {
 public:
  explicit Play(std::uint64_t seed) : dice_(seed), random_(seed + 1) {
    const std::string shared = std::filesystem::exists("/dev/shm") ? "/dev/shm/" : ::testing::TempDir();
    options_.folder = shared + "frontier-play-" + HexEncode(SystemRandom().Take(8));
    options_.clock = &clock_;
    options_.random = &random_;
    options_.boot_id = "boot";
    options_.per_host = 1 + Roll(3);
    model_.per_host = options_.per_host;
    options_.tries = 1 + Roll(3);
    options_.retry_delay = seconds(1);
    options_.lease = seconds(600);
    for (int i = 0; i < kJobs; ++i) NewTerms("job-" + std::to_string(i));
    Open();
  }
  ~Play() {
    frontier_.reset();
    std::filesystem::remove_all(options_.folder);
  }

  void Run() {
    for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) {
      Pass();
      for (std::uint32_t left = Roll(3); left > 0; --left) Begun();
      OneTick();
      if (Roll(40) == 0) {
        CheckCounts();
        Kill();
      }
    }
    if (!::testing::Test::HasFailure()) RunDry();
  }

 private:
  std::uint32_t Roll(std::uint32_t sides) { return static_cast<std::uint32_t>(dice_.Next() % sides); }

  void NewTerms(const std::string& name) {
    JobTerms terms;
    terms.id.value = name;
    terms.hosts = Hosts();
    terms.active = Roll(8) != 0;
    terms.priority = Roll(10);
    terms.max_pages = Roll(3) == 0 ? 20 : 100000;
    terms.max_pages_per_host = Roll(4) == 0 ? 10 : 0;
    terms.delay = milliseconds(Roll(3) * 400);
    terms.jitter = 0.1 * Roll(10);
    terms.per_host = Roll(4);
    terms.recrawl.on = Roll(3) == 0;
    terms.recrawl.min_interval = seconds(30);
    terms.recrawl.max_interval = seconds(300);
    model_.terms[name] = terms;
  }

  void Open() {
    frontier_.reset();
    auto opened = Frontier::Open(options_);
    ASSERT_TRUE(opened) << opened.error().Format();
    frontier_ = std::move(*opened);
    Tick tick = *frontier_->Begin();
    SetJobs(tick);
    ASSERT_TRUE(tick.Commit());
  }

  void SetJobs(Tick& tick) {
    std::vector<JobTerms> terms;
    for (const auto& [name, of_job] : model_.terms) terms.push_back(of_job);
    ASSERT_TRUE(tick.SetJobs(terms));
  }

  void Pass() {
    clock_.Advance(Roll(6) == 0 ? seconds(Roll(200)) : milliseconds(Roll(900)));
    if (Roll(20) == 0) clock_.SetUtc(clock_.Utc() + seconds(static_cast<int>(Roll(2'000'000)) - 1'000'000));
  }

  // The process dies; whoever had a task is gone with it.
  void Kill() {
    model_.Died(clock_.Mono());
    Open();
  }

  void OneTick() {
    const Model before = model_;
    {
      auto tick = frontier_->Begin();
      ASSERT_TRUE(tick) << tick.error().Format();
      for (std::uint32_t left = 1 + Roll(4); left > 0; --left) OneOrder(*tick);
      if (Roll(15) != 0) {
        ASSERT_TRUE(tick->Commit());
        return;
      }
    }
    model_ = before;  // dropped without a commit: nothing of it ever was
    Kill();
  }

  void OneOrder(Tick& tick) {
    switch (Roll(16)) {
      case 0:
      case 1:
      case 2:
        return Add(tick);
      case 3:
      case 4:
      case 5:
      case 6:
        return Lease(tick, 1 + Roll(5));
      case 7:
        return Order(tick);
      case 8:
        if (Roll(5) == 0) {
          NewTerms(AnyJob());
          SetJobs(tick);
        }
        return;
      default:
        return Complete(tick);
    }
  }

  std::string AnyJob() { return "job-" + std::to_string(Roll(kJobs)); }
  std::string AnyHost() { return Hosts()[Roll(kHosts)]; }
  std::string AnyUrl(const std::string& host) {
    const std::uint32_t path = Roll(kPaths);
    return "http://" + host + "/page" + static_cast<char>('a' + path / 10) +
           static_cast<char>('a' + path % 10);
  }

  void Add(Tick& tick) {
    const std::string job = AnyJob();
    for (std::uint32_t left = Roll(8); left > 0; --left) {
      const std::string url = AnyUrl(AnyHost());
      const Candidate candidate{*Url::Parse(url), Roll(3), Roll(3) == 0 ? "" : AnyUrl(AnyHost())};
      const auto admission = tick.Add(JobId{job}, std::span(&candidate, 1));
      ASSERT_TRUE(admission) << admission.error().Format();
      const std::string name = candidate.url.WithoutFragment();
      const bool is_new = model_.admitted.insert({job, name}).second;
      EXPECT_EQ(admission->fresh, is_new ? 1U : 0U) << name << ": each URL once";
    }
  }

  void Lease(Tick& tick, std::size_t most) {
    const auto tasks = tick.Lease(most);
    ASSERT_TRUE(tasks) << tasks.error().Format();
    EXPECT_LE(tasks->size(), most);
    for (const Task& task : *tasks) model_.Leased(task, clock_.Mono());
  }

  void Complete(Tick& tick) {
    if (model_.out.empty()) return;
    const auto [url, out] = *AnyOut();
    model_.out.erase(url);
    const Ending ending = AnyEnding();
    const auto was_out = tick.Complete(out.task.lease, ending);
    ASSERT_TRUE(was_out) << was_out.error().Format();
    EXPECT_TRUE(*was_out);
    model_.Ended(url, out, ending, clock_.Mono());
  }

  // Between ticks, and of tasks that nobody asked about too.
  void Begun() {
    if (model_.out.empty()) return;
    Model::OutThere& out = AnyOut()->second;
    frontier_->Begun(out.task.lease);
    model_.Begun(out, clock_.Mono());
  }

  std::map<JobUrl, Model::OutThere>::iterator AnyOut() {
    return std::next(model_.out.begin(), Roll(static_cast<std::uint32_t>(model_.out.size())));
  }

  Ending AnyEnding() {
    using Kind = Ending::Kind;
    switch (Roll(12)) {
      case 0:
        return {.kind = Kind::kFinal, .cause = Cause::kProtocol};
      case 1:
      case 2:
        return {.kind = Kind::kPassing, .cause = Cause::kTimedOut, .not_before = seconds(Roll(2) * Roll(20))};
      case 3:
        return {.kind = Kind::kUntried};
      case 4:
        return {.kind = Kind::kHeld};
      case 5:
        return {.kind = Kind::kExcluded, .exclusion = Exclusion::kRobots};
      default:
        return {.bytes = 1000, .content = Roll(3), .gone = Roll(10) == 0};
    }
  }

  // From now on any URL of the job (at the host, if given) may be asked again.
  void Reopen(const std::string& job, const std::string& host = "") {
    std::erase_if(model_.closed, [&](const JobUrl& url) {
      return (job.empty() || url.first == job) && url.second.find(host) != std::string::npos;
    });
  }

  void Order(Tick& tick) {
    const std::string job = AnyJob();
    const std::string host = AnyHost();
    switch (Roll(7)) {
      case 0:
        ASSERT_TRUE(tick.StartRun(JobId{job}));
        model_.pages[job] = 0;
        return Reopen(job);
      case 1:
        model_.rules[host] = {.blocked = Roll(3) == 0, .min_delay = milliseconds(Roll(3) * 500)};
        ASSERT_TRUE(tick.SetHostRule(host, model_.rules[host]));
        return;
      case 2:
        ASSERT_TRUE(tick.RetryHost(host));
        return Reopen("", host);
      case 3:
        ASSERT_TRUE(tick.Drop(JobId{job}, {.host = host, .url_prefix = AnyUrl(host)}));
        return;
      case 4:
        ASSERT_TRUE(tick.HoldLane(JobId{job}, host, "a wall"));
        model_.held.insert({job, host});
        return;
      case 5: {
        const auto released = tick.ReleaseLane(JobId{job}, host);
        ASSERT_TRUE(released);
        EXPECT_EQ(*released, model_.held.erase({job, host}) == 1);
        return;
      }
      default:
        const std::string url = AnyUrl(host);
        const auto again = tick.AskAgain(JobId{job}, *Url::Parse(url));
        ASSERT_TRUE(again) << again.error().Format();
        if (*again) model_.closed.erase({job, url});
    }
  }

  // The rows, the lanes and the jobs say the same.
  void CheckCounts() {
    const auto counts = ReadCounts(options_.folder);
    ASSERT_TRUE(counts) << counts.error().Format();
    Counts of_jobs;
    for (const auto& job : counts->jobs) of_jobs += job.row.counts;
    Counts of_lanes;
    const auto lanes = ListLanes(options_.folder, {}, 100);
    ASSERT_TRUE(lanes) << lanes.error().Format();
    for (const auto& lane : lanes->lanes) of_lanes += lane.counts;
    Counts of_rows;
    const auto rows = ListQueue(options_.folder, {}, 100'000, "", clock_);
    ASSERT_TRUE(rows) << rows.error().Format();
    for (const auto& row : rows->urls) ++of_rows.Of(row.state);
    EXPECT_EQ(of_jobs, of_lanes);
    EXPECT_EQ(of_lanes, of_rows);
    EXPECT_EQ(rows->urls.size(), model_.admitted.size()) << "no URL is lost";
    EXPECT_EQ(of_rows.leased, model_.out.size());
  }

  // Everything is allowed now, and nothing new comes: every URL comes to its end.
  void RunDry() {
    Kill();
    Tick tick = *frontier_->Begin();
    for (auto& [name, terms] : model_.terms) {
      terms.active = true;
      terms.max_pages = 1'000'000;
      terms.max_pages_per_host = 0;
      for (const auto& host : Hosts()) ASSERT_TRUE(tick.ReleaseLane(JobId{name}, host));
    }
    model_.held.clear();
    for (const auto& host : Hosts()) ASSERT_TRUE(tick.SetHostRule(host, {}));
    model_.rules.clear();
    SetJobs(tick);
    ASSERT_TRUE(tick.Commit());
    for (int steps = 0; !frontier_->Idle(); ++steps) {
      ASSERT_LT(steps, 5000) << "it never comes to its end";
      clock_.Advance(frontier_->NextDue().value_or(Micros(0)));
      Tick step = *frontier_->Begin();
      Lease(step, 10);
      while (!model_.out.empty() && !::testing::Test::HasFailure()) FinishOne(step);
      ASSERT_TRUE(step.Commit());
    }
    CheckCounts();
    const auto counts = ReadCounts(options_.folder);
    for (const auto& job : counts->jobs) EXPECT_EQ(job.row.counts.waiting + job.row.counts.leased, 0U);
    for (const JobUrl& url : model_.admitted)
      if (!model_.asked.contains(url)) ExpectDropped(url);
  }

  void FinishOne(Tick& tick) {
    const auto [url, out] = *model_.out.begin();
    model_.out.erase(model_.out.begin());
    ASSERT_TRUE(*tick.Complete(out.task.lease, {}));
    model_.Ended(url, out, {}, clock_.Mono());
  }

  void ExpectDropped(const JobUrl& url) {
    const auto rows =
        ListQueue(options_.folder, {.job = JobId{url.first}, .url_prefix = url.second}, 1, "", clock_);
    ASSERT_TRUE(rows && rows->urls.size() == 1U);
    EXPECT_EQ(rows->urls[0].state, UrlState::kExcluded) << url.second << " was never asked";
  }

  SeededRandom dice_;
  SeededRandom random_;
  ManualClock clock_;
  Options options_;
  Model model_;
  std::unique_ptr<Frontier> frontier_;
};

TEST(Simulation, KeepsItsPromisesWhateverHappensInWhateverOrder) {
  const char* wanted = std::getenv("NIGHTJAR_SEEDS");
  const std::uint64_t seeds = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 50;
  const char* first = std::getenv("NIGHTJAR_FIRST_SEED");
  const std::uint64_t begin = first != nullptr ? std::strtoull(first, nullptr, 10) : 1;
  for (std::uint64_t seed = begin; seed < begin + seeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("NIGHTJAR_SEEDS=1 NIGHTJAR_FIRST_SEED=" + std::to_string(seed));
    Play(seed).Run();
  }
}

}  // namespace
}  // namespace nightjar::frontier
