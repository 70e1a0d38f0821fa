// SPDX-License-Identifier: Apache-2.0
// The pool against workers that die, stall and lie. Deadlines are short here so that a stall costs little;
// what is asserted is the verdict, never the time.
#include "sandbox/pool/pool.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "tests/hostile/lies.h"
#include "tests/hostile/started.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::pool {
namespace {

using wire::Verdict;

wire::Document Deed(const std::string& deed) {
  wire::Document document;
  document.url = "http://site.example/" + deed;
  document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  document.body = "<p>some words</p>";
  return document;
}

std::unique_ptr<Pool> StartPool(const std::string& program, unsigned workers = 1) {
  auto pool = Pool::Start({.program = hostile::Program(program),
                           .workers = workers,
                           .deadline = std::chrono::milliseconds(300),
                           .quarantine = {.faults = UINT32_MAX}});  // all deeds here come from one site
  EXPECT_TRUE(pool) << pool.error().Format();
  return pool ? std::move(*pool) : nullptr;
}

wire::Facts Read(Pool& pool, const std::string& deed) {
  auto facts = pool.Read(Deed(deed));
  EXPECT_TRUE(facts) << facts.error().Format();
  return facts.value_or(wire::Facts{});
}

TEST(PoolAgainstHostileWorkers, TurnsAStallIntoAVerdictAndALinearReading) {
  const auto pool = StartPool("hostile-reader");
  for (const char* deed : {"hang", "half"}) {
    const wire::Facts facts = Read(*pool, deed);
    EXPECT_EQ(facts.verdict, Verdict::kTimedOut) << deed;
    EXPECT_EQ(facts.text, "linear") << deed;
  }
  EXPECT_EQ(Read(*pool, "nothing").verdict, Verdict::kOk);
}

TEST(PoolAgainstHostileWorkers, TurnsADeathIntoAVerdictThatNamesTheSignal) {
  const auto pool = StartPool("hostile-reader");
  const wire::Facts facts = Read(*pool, "die");
  EXPECT_EQ(facts.verdict, Verdict::kCrashed);
  EXPECT_NE(facts.reason.find("Segmentation fault"), std::string::npos) << facts.reason;
  EXPECT_EQ(facts.text, "linear");
}

TEST(PoolAgainstHostileWorkers, StillGivesFactsWhenBothReadingsFail) {
  const auto pool = StartPool("hostile-reader");
  EXPECT_EQ(Read(*pool, "always-die").verdict, Verdict::kCrashed);
  const wire::Facts facts = Read(*pool, "always-hang");
  EXPECT_EQ(facts.verdict, Verdict::kTimedOut);
  EXPECT_EQ(facts.text, "");
  EXPECT_EQ(facts.extractor, wire::kExtractor);
  EXPECT_EQ(pool->counts().faults, 4U);
}

TEST(PoolAgainstHostileWorkers, RefusesEveryAnswerAnHonestWorkerCouldNotGive) {
  const auto pool = StartPool("hostile-reader");
  std::vector<std::string> deeds = {"lie-form", "endless"};
  for (const hostile::Lie& lie : hostile::kLies) deeds.emplace_back(lie.name);
  for (const std::string& deed : deeds) {
    const wire::Facts facts = Read(*pool, deed);
    EXPECT_EQ(facts.verdict, Verdict::kRefusedAnswer) << deed;
    EXPECT_EQ(facts.text, "linear") << deed;
    EXPECT_TRUE(facts.links.empty() && facts.fields.empty()) << deed;
    EXPECT_NE(facts.reason.find("refused"), std::string::npos) << deed;
  }
}

TEST(PoolAgainstHostileWorkers, ServesManyCallersThroughFaults) {
  constexpr int kCallers = 4;
  constexpr int kEach = 60;
  const auto pool = StartPool("hostile-reader", 2);
  std::atomic<int> ok = 0;
  std::atomic<int> crashed = 0;
  std::vector<std::jthread> callers;
  callers.reserve(kCallers);
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        const auto facts = pool->Read(Deed(i % 3 == 0 ? "die" : "fine"));
        if (facts && facts->verdict == Verdict::kOk) ++ok;
        if (facts && facts->verdict == Verdict::kCrashed) ++crashed;
      }
    });
  }
  callers.clear();
  EXPECT_EQ(crashed, kCallers * kEach / 3);
  EXPECT_EQ(ok, kCallers * kEach * 2 / 3);
}

wire::Document Of(const std::string& host, const std::string& deed) {
  wire::Document document = Deed(deed);
  document.url = "http://" + host + "/" + deed;
  return document;
}

TEST(PoolWithQuarantine, ReadsASiteThatKeepsKillingReadersLinearlyUntilAGoodProbe) {
  auto started = Pool::Start({.program = hostile::Program("hostile-reader"),
                              .quarantine = {.faults = 3, .window = 10, .sentence = 5}});
  ASSERT_TRUE(started) << started.error().Format();
  Pool& pool = **started;
  const std::string bad = std::string(56, 'b') + ".onion";
  for (const char* sub : {"", "www.", "a.b."}) EXPECT_EQ(pool.Read(Of(sub + bad, "die"))->text, "linear");
  EXPECT_EQ(pool.counts().quarantined_sites, 1U);
  EXPECT_EQ(pool.Read(Of(std::string(56, 'c') + ".onion", "fine"))->text, "full");
  const std::uint64_t faults = pool.counts().faults;
  for (int i = 0; i < 5; ++i) {
    const auto facts = pool.Read(Of(std::to_string(i) + "." + bad, "die"));
    EXPECT_EQ(facts->text, "linear");
    EXPECT_EQ(facts->verdict, wire::Verdict::kQuarantined);
    EXPECT_EQ(facts->reason, "site in quarantine after 3 faults: read as linear text");
  }
  EXPECT_EQ(pool.counts().faults, faults) << "nobody died in quarantine";
  EXPECT_EQ(pool.counts().quarantined, 5U);
  EXPECT_EQ(pool.Read(Of(bad, "fine"))->text, "full");  // the probe
  EXPECT_EQ(pool.counts().quarantined_sites, 0U);
  EXPECT_EQ(pool.Read(Of(bad, "fine"))->reason, "");
}

TEST(PoolAgainstTooManyCallers, TurnsAwayWhoComesWhenTheQueueIsFull) {
  auto started = Pool::Start({.program = hostile::Program("hostile-reader"),
                              .deadline = std::chrono::milliseconds(2000),
                              .max_waiting = 0});
  ASSERT_TRUE(started) << started.error().Format();
  Pool& pool = **started;
  std::jthread first([&] { EXPECT_EQ(pool.Read(Deed("hang"))->verdict, Verdict::kTimedOut); });
  while (pool.counts().documents == 0) std::this_thread::yield();
  const auto second = pool.Read(Deed("fine"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kUnavailable);
  EXPECT_NE(second.error().text.find("wait"), std::string::npos);
  EXPECT_EQ(pool.counts().turned_away, 1U);
  first.join();
  EXPECT_EQ(pool.Read(Deed("fine"))->verdict, Verdict::kOk);
}

// A program for the pool that starts the shipped reader where no namespace can be made.
std::string ReducedReader(const TemporaryFolder& folder) {
  std::string script = "#!/bin/sh\nexec";
  for (const std::string& word : hostile::WithoutNamespaces({hostile::Program("nightjar-parser")}))
    script += " '" + word + "'";
  EXPECT_TRUE(WriteFileDurably(folder / "reader", script + "\n", 0755));
  return folder / "reader";
}

TEST(PoolWithShippedWorkers, WritesIntoTheFactsThatTheJailIsReduced) {
  if (!hostile::CanDenyNamespaces()) GTEST_SKIP() << "cannot make a user namespace here";
  const TemporaryFolder folder;
  auto pool = Pool::Start({.program = ReducedReader(folder)});
  ASSERT_TRUE(pool) << pool.error().Format();
  EXPECT_EQ((*pool)->sandbox(), "reduced");
  const wire::Facts facts = Read(**pool, "page");
  EXPECT_EQ(facts.verdict, Verdict::kOk);
  EXPECT_EQ(facts.sandbox, "reduced");
}

TEST(PoolWithShippedWorkers, RetiresAWorkerAfterItsShareOfDocuments) {
  auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"), .documents_per_worker = 5});
  ASSERT_TRUE(pool) << pool.error().Format();
  for (int i = 0; i < 23; ++i) EXPECT_EQ(Read(**pool, "page").verdict, Verdict::kOk);
  EXPECT_GE((*pool)->counts().started, 5U);
  EXPECT_EQ((*pool)->counts().faults, 0U);
}

// The children of this process, by /proc.
std::vector<pid_t> Children() {
  std::vector<pid_t> pids;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    const std::string list = ReadFile(task.path() / "children").value_or("");
    for (std::size_t at = 0; at < list.size(); at = list.find(' ', at) + 1)
      pids.push_back(std::stoi(list.substr(at)));
  }
  return pids;
}

TEST(PoolWithShippedWorkers, NeverStallsThoughAllItsWorkersAreKilledBeforeEveryDocument) {
  constexpr int kKills = 1000;
  auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"), .workers = 2});
  ASSERT_TRUE(pool) << pool.error().Format();
  int killed = 0;
  int answered = 0;
  int rounds = 0;
  for (; killed < kKills; ++rounds) {
    for (const pid_t pid : Children()) killed += ::kill(pid, SIGKILL) == 0 ? 1 : 0;
    answered += (*pool)->Read(Deed("page")) ? 1 : 0;
  }
  EXPECT_EQ(answered, rounds);
  wire::Document elsewhere = Deed("page");  // the site itself stands in quarantine by now
  elsewhere.url = "http://elsewhere.example/";
  EXPECT_EQ((*pool)->Read(elsewhere)->verdict, Verdict::kOk);
}

TEST(Pool, SaysWhyItCannotStart) {
  const auto missing = Pool::Start({.program = "/no/such/program"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kUnavailable);
  const auto wrong = Pool::Start({.program = "/bin/false"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace nightjar::pool
