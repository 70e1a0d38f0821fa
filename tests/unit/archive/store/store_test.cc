// SPDX-License-Identifier: Apache-2.0
#include "archive/store/store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <thread>

namespace nightjar::store {
namespace {

constexpr Table kFirst{0};
constexpr Table kSecond{1};

class Store : public testing::Test {
 protected:
  Store() {
    std::string pattern = testing::TempDir() + "nightjar-store-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Store() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Options With(std::vector<std::string> tables) const {
    return {.folder = folder_ + "/data", .tables = std::move(tables)};
  }
  [[nodiscard]] std::shared_ptr<Env> Open(const Options& options) const {
    auto env = Env::Open(options);
    EXPECT_TRUE(env) << env.error().Format();
    return env ? *env : nullptr;
  }

  std::string folder_;
};

void PutDurably(Env& env, Table table, std::string_view key, std::string_view value) {
  auto txn = env.Write();
  ASSERT_TRUE(txn) << txn.error().Format();
  ASSERT_TRUE(txn->Put(table, key, value));
  ASSERT_TRUE(txn->Commit());
}

std::string Lookup(const Env& env, Table table, std::string_view key) {
  auto txn = env.Read();
  if (!txn) return "(" + txn.error().Format() + ")";
  const auto value = txn->Get(table, key);
  if (!value) return "(" + value.error().Format() + ")";
  return *value ? std::string(**value) : "(nothing)";
}

// A child process that opens a store of its own and reads from it, until it is killed. Made before this
// process opens anything, for an environment must not cross a fork.
class DoomedReader final {
 public:
  explicit DoomedReader(const Options& options) {
    if (::pipe(begin_) != 0 || ::pipe(begun_) != 0) ::abort();
    pid_ = ::fork();
    if (pid_ != 0) return;
    char byte = 0;
    if (::read(begin_[0], &byte, 1) != 1) ::_exit(1);
    const auto env = Env::Open(options);
    const auto snapshot = env ? (*env)->Read() : tl::unexpected<Error>(env.error());
    if (!snapshot || ::write(begun_[1], "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  void ReadAndDie() {
    char byte = 0;
    ASSERT_EQ(::write(begin_[1], "x", 1), 1);
    ::close(begun_[1]);
    EXPECT_EQ(::read(begun_[0], &byte, 1), 1);
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::close(begun_[0]);
    ::close(begin_[0]);
    ::close(begin_[1]);
  }

 private:
  int begin_[2];
  int begun_[2];
  pid_t pid_ = -1;
};

TEST_F(Store, KeepsWhatWasCommittedAndForgetsWhatWasDropped) {
  {
    const auto env = Open(With({"a"}));
    PutDurably(*env, kFirst, "kept", "1");
    auto dropped = env->Write();
    ASSERT_TRUE(dropped && dropped->Put(kFirst, "dropped", "2"));
  }
  const auto env = Open(With({"a"}));
  EXPECT_EQ(Lookup(*env, kFirst, "kept"), "1");
  EXPECT_EQ(Lookup(*env, kFirst, "dropped"), "(nothing)");
}

TEST_F(Store, TellsNewKeysFromOldOnesAndCountsThem) {
  const auto env = Open(With({"a", "b"}));
  auto txn = env->Write();
  ASSERT_TRUE(txn);
  EXPECT_TRUE(txn->PutNew(kFirst, "k", "1").value());
  EXPECT_FALSE(txn->PutNew(kFirst, "k", "2").value());
  EXPECT_EQ(txn->Get(kFirst, "k").value(), "1");
  EXPECT_EQ(txn->Get(kSecond, "k").value(), std::nullopt);
  EXPECT_EQ(txn->Count(kFirst).value(), 1U);
  EXPECT_TRUE(txn->Delete(kFirst, "k").value());
  EXPECT_FALSE(txn->Delete(kFirst, "k").value());
  ASSERT_TRUE(txn->Put(kFirst, "x", "") && txn->Put(kFirst, "y", "") && txn->Clear(kFirst));
  EXPECT_EQ(txn->Count(kFirst).value(), 0U);
}

TEST_F(Store, PutsLastOnlyWhatIsLast) {
  const auto env = Open(With({"a"}));
  auto txn = env->Write();
  ASSERT_TRUE(txn);
  EXPECT_TRUE(txn->PutLast(kFirst, "b", "1"));
  EXPECT_TRUE(txn->PutLast(kFirst, "c", "2"));
  EXPECT_EQ(txn->PutLast(kFirst, "c", "3").error().code, Code::kInternal);
  EXPECT_EQ(txn->PutLast(kFirst, "a", "4").error().code, Code::kInternal);
  EXPECT_EQ(txn->Get(kFirst, "c").value(), "2");
  EXPECT_EQ(txn->Count(kFirst).value(), 2U);
}

TEST_F(Store, WalksATableInKeyOrderBothWays) {
  const auto env = Open(With({"a"}));
  for (const char* key : {"b", "a", "d"}) PutDurably(*env, kFirst, key, std::string("value of ") + key);
  const auto txn = env->Read();
  auto cursor = txn->Open(kFirst);
  ASSERT_TRUE(cursor);
  EXPECT_EQ(cursor->First().value()->key, "a");
  EXPECT_EQ(cursor->Next().value()->value, "value of b");
  EXPECT_EQ(cursor->Seek("c").value()->key, "d");
  EXPECT_FALSE(cursor->Next().value().has_value());
  EXPECT_EQ(cursor->Last().value()->key, "d");
  EXPECT_EQ(cursor->Previous().value()->key, "b");
  EXPECT_FALSE(cursor->Seek("e").value().has_value());
  EXPECT_EQ(cursor->Seek("").value()->key, "a");
}

TEST_F(Store, RefusesKeysLmdbCannotHold) {
  const auto env = Open(With({"a"}));
  auto txn = env->Write();
  ASSERT_TRUE(txn);
  EXPECT_EQ(txn->Put(kFirst, "", "v").error().code, Code::kRefused);
  EXPECT_EQ(txn->Put(kFirst, std::string(kMaxKeySize + 1, 'k'), "v").error().code, Code::kRefused);
  EXPECT_EQ(txn->Get(kFirst, std::string(kMaxKeySize + 1, 'k')).error().code, Code::kRefused);
  EXPECT_TRUE(txn->Put(kFirst, std::string(kMaxKeySize, 'k'), "v"));
  EXPECT_TRUE(txn->Commit());
}

TEST_F(Store, SharesOneEnvironmentBetweenOpenersWithTablesOfTheirOwn) {
  const auto cases = Open(With({"cases"}));
  PutDurably(*cases, kFirst, "k", "a case");
  std::filesystem::create_directory_symlink(folder_ + "/data", folder_ + "/alias");
  const auto jobs = Open({.folder = folder_ + "/alias", .tables = {"jobs", "cases"}});
  PutDurably(*jobs, kFirst, "k", "a job");
  EXPECT_EQ(Lookup(*cases, kFirst, "k"), "a case");
  EXPECT_EQ(Lookup(*jobs, kFirst, "k"), "a job");
  EXPECT_EQ(Lookup(*jobs, kSecond, "k"), "a case");
}

TEST_F(Store, SurvivesManyThreadsOpeningAndClosingIt) {
  PutDurably(*Open(With({"a"})), kFirst, "k", "v");
  std::vector<std::future<int>> openers;
  for (int t = 0; t < 4; ++t) {
    openers.push_back(std::async(std::launch::async, [&] {
      int right = 0;
      for (int i = 0; i < 50; ++i) {
        const auto env = Env::Open(With({"a"}));
        if (env && Lookup(**env, kFirst, "k") == "v") ++right;
      }
      return right;
    }));
  }
  for (auto& opener : openers) EXPECT_EQ(opener.get(), 50);
}

TEST_F(Store, OpensReadOnlyOnlyWhatAWriterHasMade) {
  Options reading = With({"a"});
  reading.read_only = true;
  EXPECT_EQ(Env::Open(reading).error().code, Code::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/data"));
  ASSERT_NE(Open(With({"other"})), nullptr);
  EXPECT_EQ(Env::Open(reading).error().code, Code::kNotFound);
  ASSERT_NE(Open(With({"a"})), nullptr);
  const auto env = Open(reading);
  ASSERT_NE(env, nullptr);
  EXPECT_EQ(env->Write().error().code, Code::kRefused);
  EXPECT_EQ(Env::Open(With({"a"})).error().code, Code::kUnavailable);
}

TEST_F(Store, GivesReadersASnapshot) {
  const auto env = Open(With({"a"}));
  PutDurably(*env, kFirst, "k", "old");
  const auto before = env->Read();
  PutDurably(*env, kFirst, "k", "new");
  EXPECT_EQ(before->Get(kFirst, "k").value(), "old");
  EXPECT_EQ(Lookup(*env, kFirst, "k"), "new");
}

TEST_F(Store, LetsOneWriterAtATimeAndNeverDeadlocksAThreadWithItself) {
  const auto env = Open(With({"a"}));
  auto first = env->Write();
  ASSERT_TRUE(first);
  EXPECT_EQ(env->Write().error().code, Code::kInternal);
  EXPECT_EQ(Env::Open(With({"b"})).error().code, Code::kInternal);
  auto second = std::async(std::launch::async, [&] { PutDurably(*env, kFirst, "k", "second"); });
  ASSERT_TRUE(first->Put(kFirst, "k", "first") && first->Commit());
  second.get();
  EXPECT_EQ(Lookup(*env, kFirst, "k"), "second");
}

TEST_F(Store, MakesACursorHarmlessAfterItsTransaction) {
  const auto env = Open(With({"a"}));
  auto txn = env->Write();
  ASSERT_TRUE(txn && txn->Put(kFirst, "k", "v"));
  auto cursor = txn->Open(kFirst);
  EXPECT_TRUE(cursor->First().value().has_value());
  ASSERT_TRUE(txn->Commit());
  EXPECT_EQ(cursor->First().error().code, Code::kInternal);
  EXPECT_EQ(txn->Get(kFirst, "k").error().code, Code::kInternal);
  EXPECT_EQ(txn->Put(kFirst, "k", "v").error().code, Code::kInternal);
  EXPECT_EQ(txn->Commit().error().code, Code::kInternal);
}

TEST_F(Store, AbortsWhenAWriteTransactionEndsInAnotherThread) {
  const auto end_elsewhere = [&] {
    const auto env = Open(With({"a"}));
    auto txn = env->Write();
    std::thread([&] { (void)txn->Commit(); }).join();
  };
  EXPECT_EXIT(end_elsewhere(), testing::KilledBySignal(SIGABRT), "");
}

TEST_F(Store, ReportsAFullMapAndStoresNothingOfThatTransaction) {
  Options small = With({"a"});
  small.map_size = 256 << 10;
  const auto env = Open(small);
  {
    auto txn = env->Write();
    ASSERT_TRUE(txn && txn->Put(kFirst, "small", "v"));
    EXPECT_EQ(txn->Put(kFirst, "large", std::string(1 << 20, 'x')).error().code, Code::kFull);
  }
  EXPECT_EQ(Lookup(*env, kFirst, "small"), "(nothing)");
  PutDurably(*env, kFirst, "k", "v");
  EXPECT_EQ(Lookup(*env, kFirst, "k"), "v");
}

TEST_F(Store, GivesTheReaderSlotOfADeadProcessToALivingOne) {
  Options one_slot = With({"a"});
  one_slot.max_readers = 1;
  PutDurably(*Open(one_slot), kFirst, "k", "v");
  DoomedReader reader(one_slot);
  const auto env = Open(one_slot);
  reader.ReadAndDie();
  EXPECT_EQ(Lookup(*env, kFirst, "k"), "v");
}

TEST_F(Store, ReusesThePagesThatADeadReaderPinnedOnceAMinuteHasPassed) {
  ManualClock clock;
  Options timed = With({"a"});
  timed.clock = &clock;
  PutDurably(*Open(timed), kFirst, "k", "v");
  DoomedReader reader(timed);
  const auto env = Open(timed);
  reader.ReadAndDie();
  const auto grown_by_rewriting = [&] {
    const std::string file = folder_ + "/data/data.mdb";
    const auto before = std::filesystem::file_size(file);
    for (int i = 0; i < 20; ++i) PutDurably(*env, kFirst, "k", std::string(1 << 20, 'x'));
    return std::filesystem::file_size(file) - before;
  };
  EXPECT_GT(grown_by_rewriting(), 15U << 20);
  clock.Advance(std::chrono::minutes(1));
  EXPECT_LT(grown_by_rewriting(), 5U << 20);
}

TEST_F(Store, CopiesItselfWhileInUse) {
  const auto env = Open(With({"a"}));
  PutDurably(*env, kFirst, "k", "v");
  auto open_writer = env->Write();
  ASSERT_TRUE(open_writer && open_writer->Put(kFirst, "k", "not yet"));
  ASSERT_TRUE(env->CopyTo(folder_ + "/copy"));
  const auto copy = Open({.folder = folder_ + "/copy", .tables = {"a"}});
  EXPECT_EQ(Lookup(*copy, kFirst, "k"), "v");
}

}  // namespace
}  // namespace nightjar::store
