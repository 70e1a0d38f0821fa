// SPDX-License-Identifier: Apache-2.0
// kill -9 of a process that asks saved searches and delivers, at random moments: no version is left without
// its alert, none has two, every alert reaches the sink, and what reaches it twice has the same key.
#include <signal.h>
#include <sys/wait.h>

#include <map>

#include "base/file.h"
#include "indexer/sinks/courier.h"
#include "indexer/watch/percolator.h"
#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::watch {
namespace {

constexpr std::uint64_t kPages = 300;
constexpr int kKills = 60;

class KilledWatch : public query::Corpus {
 protected:
  void SetUp() override {
    for (std::uint64_t n = 0; n < kPages; ++n) {
      indexer::Observation seen;
      seen.number = {next_++};
      seen.record.url = "http://" + indexer::kSampleHost + "/" + std::to_string(n);
      seen.record.case_id = {"owl-7"};
      seen.facts = indexer::SampleFacts("Owl", std::to_string(n));
      ASSERT_TRUE(writer_->Add(seen));
    }
    ASSERT_TRUE(writer_->Commit(next_));
    writer_.reset();
    facts_.reset();
    const auto store = WatchStore::Open(watch_, WatchStore::Mode::kWrite);
    ASSERT_TRUE((*store)->Save({.name = "owls", .text = "owl", .sinks = {"file"}}));
    ASSERT_TRUE((*store)->Save({.name = "quiet", .text = "owl"}));
  }

  // Looks at the archive three captures at a time and brings each alert to a file that every write reaches.
  [[nodiscard]] Status Work() {
    ASSIGN_OR_RETURN(const auto store, WatchStore::Open(watch_, WatchStore::Mode::kWrite));
    const auto searcher = OpenSearcher();
    Percolator percolator(
        {.store = store.get(), .searcher = searcher.get(), .events = {}, .clock = &SystemClock()});
    sinks::Courier courier(
        {.store = store.get(),
         .sinks = {{"file",
                    [this](const Alert& alert) { return AppendFileDurably(sink_, alert.key + "\n"); }}},
         .clock = &SystemClock()});
    while (true) {
      ASSIGN_OR_RETURN(const Progress cursor, store->Cursor());
      ASSIGN_OR_RETURN(const std::uint64_t waiting, store->WaitingCount());
      if (cursor.captures >= kPages && waiting == 0) return {};
      RETURN_IF_ERROR(percolator.CatchUp(std::min(kPages, cursor.captures + 3), {}));
      RETURN_IF_ERROR(courier.Round({}));
    }
  }

  const std::string watch_ = folder_ / "watch";
  const std::string sink_ = folder_ / "sink";
};

TEST_F(KilledWatch, LosesNoAlertAndRepeatsNoneUnderAnotherKey) {
  SeededRandom dice(11);
  int killed = 0;
  for (int i = 0; i < kKills; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(Work() ? 0 : 1);
    ::usleep(static_cast<useconds_t>(dice.Next() % 40'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) ++killed;
    ASSERT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) != 0);
  }
  EXPECT_GT(killed, 5) << "too few kills fell into the work to mean anything";
  const Status ended = Work();
  ASSERT_TRUE(ended) << ended.error().Format();

  std::map<std::string, int> raised;
  const auto store = std::move(WatchStore::Open(watch_, WatchStore::Mode::kReadOnly).value());
  const auto inbox = store->Inbox({.most = SIZE_MAX}).value();
  for (const Alert& alert : inbox) ++raised[alert.key];
  EXPECT_EQ(raised.size(), 2 * kPages);
  for (const auto& [key, times] : raised) EXPECT_EQ(times, 1) << key;

  std::map<std::string, int> delivered;
  const std::string lines = ReadFile(sink_).value();
  for (std::size_t at = 0; at < lines.size(); at += 65) ++delivered[lines.substr(at, 64)];
  EXPECT_EQ(delivered.size(), kPages);
  for (const auto& [key, times] : delivered) {
    EXPECT_TRUE(raised.contains(key));
    EXPECT_LE(times, 1 + killed);
  }
}

}  // namespace
}  // namespace nightjar::watch
