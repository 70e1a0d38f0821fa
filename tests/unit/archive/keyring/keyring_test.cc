// SPDX-License-Identifier: Apache-2.0
#include "archive/keyring/keyring.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "archive/keyring/key_file.h"
#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::keyring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const ScopeName kOwl{CaseId{"owl-7"}, "owl.onion"};
const ScopeName kElk{CaseId{"owl-7"}, "elk.onion"};
const ScopeName kOther{CaseId{"fox-1"}, "owl.onion"};

class KeyRingTest : public testing::Test {
 protected:
  std::unique_ptr<KeyRing> Open(KeyRing::Mode mode = KeyRing::Mode::kWrite) {
    auto ring = KeyRing::Open(path_, mode, random_);
    EXPECT_TRUE(ring) << ring.error().Format();
    return ring ? std::move(*ring) : nullptr;
  }
  static Scope Make(KeyRing& ring, const ScopeName& name, std::uint32_t least = 0) {
    auto scope = ring.FindOrMake(name, ScopeNumber{least});
    EXPECT_TRUE(scope && ring.Sync());
    return *scope;
  }
  std::string KeysOf(const std::string& case_id) { return path_ + "/" + case_id + ".data-keys"; }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "keyring";
  SeededRandom random_{1};
};

TEST_F(KeyRingTest, GivesEachHostInEachCaseAKeyThatStays) {
  auto ring = Open();
  const Scope owl = Make(*ring, kOwl);
  const Scope other = Make(*ring, kOther);
  EXPECT_NE(owl.number, other.number);
  EXPECT_NE(owl.key.Raw(), other.key.Raw());
  EXPECT_EQ(Make(*ring, kOwl).key.Raw(), owl.key.Raw());
  ring = Open();
  const Scope again = Make(*ring, kOwl);
  EXPECT_EQ(again.number, owl.number);
  EXPECT_EQ(again.key.Raw(), owl.key.Raw());
  EXPECT_EQ(ring->Find(other.number)->name, kOther);
  EXPECT_THAT(ring->Names(), ElementsAre(kOther, kOwl));
}

TEST_F(KeyRingTest, NeverGivesANumberTwice) {
  auto ring = Open();
  EXPECT_EQ(Make(*ring, kOwl, 5).number.value, 5U);
  EXPECT_EQ(Make(*ring, kElk, 5).number.value, 6U);
  ASSERT_TRUE(ring->Destroy(ScopeNumber{6}));
  EXPECT_EQ(Make(*ring, kElk, 7).number.value, 7U) << "the archive knows that 6 was given";
}

TEST_F(KeyRingTest, ShowsReadersWhatWasAddedSince) {
  auto writer = Open();
  const auto reader = Open(KeyRing::Mode::kRead);
  EXPECT_EQ(reader->Find(ScopeNumber{0}).error().code, Code::kNotFound);
  const Scope owl = Make(*writer, kOwl);
  EXPECT_EQ(reader->Find(owl.number)->key.Raw(), owl.key.Raw());
}

TEST_F(KeyRingTest, ShowsReadersEveryKeyAsSoonAsItIsMadeHoweverTheyLook) {
  auto writer = Open();
  Make(*writer, kOwl);
  std::atomic<bool> running = true;
  const auto reader = Open(KeyRing::Mode::kRead);
  // Looks for a key that is never made, so that the file is being read again nearly always.
  std::thread looking([&] {
    while (running) (void)reader->Find(ScopeNumber{100000});
  });
  int missed = 0;
  for (int n = 0; n < 300; ++n) {
    const Scope made = Make(*writer, {CaseId{"owl-7"}, std::to_string(n) + ".onion"});
    missed += reader->Find(made.number) ? 0 : 1;
  }
  running = false;
  looking.join();
  EXPECT_EQ(missed, 0);
}

TEST_F(KeyRingTest, NamesNoHostAndShowsNoKeyInItsFiles) {
  const Scope owl = Make(*Open(), kOwl);
  const Bytes text = ReadFile(KeysOf("owl-7")).value();
  EXPECT_THAT(text, Not(HasSubstr("owl.onion")));
  EXPECT_THAT(text, Not(HasSubstr(owl.key.Raw())));
  EXPECT_THAT(text, Not(HasSubstr(HexEncode(owl.key.Raw()))));
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    EXPECT_EQ(entry.status().permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << entry.path();
}

TEST_F(KeyRingTest, DestroysOneKeyAndKeepsTheOthers) {
  auto ring = Open();
  const Scope owl = Make(*ring, kOwl);
  const Scope elk = Make(*ring, kElk);
  const Bytes before = ReadFile(KeysOf("owl-7")).value();
  const std::string line = before.substr(before.find("0 "), 20);
  // A second name for the old file, as a forensic look at freed blocks would give.
  std::filesystem::create_hard_link(KeysOf("owl-7"), folder_ / "freed");
  ASSERT_TRUE(ring->Destroy(owl.number));
  EXPECT_EQ(ring->Find(owl.number).error().code, Code::kNotFound);
  EXPECT_EQ(ring->Destroy(owl.number).error().code, Code::kNotFound);
  EXPECT_EQ(ReadFile(folder_ / "freed").value(), Bytes(before.size(), '\0'));
  EXPECT_THAT(ReadFile(KeysOf("owl-7")).value(), Not(HasSubstr(line)));
  EXPECT_EQ(Open(KeyRing::Mode::kRead)->Find(elk.number)->key.Raw(), elk.key.Raw());
  EXPECT_EQ(std::ranges::distance(std::filesystem::directory_iterator(path_)), 2) << "nothing is left over";
}

TEST_F(KeyRingTest, RenewsAKeyAndKeepsTheFormerUntilItIsDestroyed) {
  auto ring = Open();
  const Scope former = Make(*ring, kOwl);
  const Scope fresh = *ring->Renew(kOwl, ScopeNumber{0});
  ASSERT_TRUE(ring->Sync());
  EXPECT_NE(fresh.key.Raw(), former.key.Raw());
  ring = Open();
  EXPECT_EQ(Make(*ring, kOwl).number, fresh.number);
  EXPECT_THAT(ring->NumbersOf(kOwl), ElementsAre(former.number, fresh.number));
  EXPECT_EQ(ring->Find(former.number)->key.Raw(), former.key.Raw());
  ASSERT_TRUE(ring->Destroy(former.number));
  EXPECT_EQ(Make(*ring, kOwl).number, fresh.number);
  ASSERT_TRUE(ring->Destroy(fresh.number));
  EXPECT_GT(Make(*ring, kOwl).number.value, fresh.number.value) << "a number was given twice";
}

TEST_F(KeyRingTest, FinishesADestructionThatACrashInterrupted) {
  Make(*Open(), kOwl);
  const std::string old = KeysOf("owl-7") + ".destroying";
  std::filesystem::create_hard_link(KeysOf("owl-7"), old);
  std::filesystem::create_hard_link(KeysOf("owl-7"), folder_ / "freed");
  ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), kFirstLine, 0600));
  EXPECT_EQ(Open()->Find(ScopeNumber{0}).error().code, Code::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(old));
  EXPECT_EQ(ReadFile(folder_ / "freed").value().find_first_not_of('\0'), Bytes::npos);
}

TEST_F(KeyRingTest, CutsALineThatACrashLeftHalf) {
  Make(*Open(), kOwl);
  const Bytes whole = ReadFile(KeysOf("owl-7")).value();
  for (const std::size_t cut : {std::size_t{1}, std::size_t{10}, std::size_t{60}}) {
    ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), whole + whole.substr(kFirstLine.size(), cut), 0600));
    EXPECT_TRUE(Open(KeyRing::Mode::kRead)->Find(ScopeNumber{0})) << "perhaps it is being written";
    EXPECT_EQ(Make(*Open(), kElk).number.value, 1U);
    EXPECT_TRUE(Open()->Find(ScopeNumber{1}));
    ASSERT_TRUE(Open()->Destroy(ScopeNumber{1}));
  }
}

TEST_F(KeyRingTest, CutsALineOfWhichThePowerCutLeftOnlyTheEnd) {
  Make(*Open(), kOwl);
  const Bytes whole = ReadFile(KeysOf("owl-7")).value();
  ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), whole + Bytes(60, '\0') + "AAAA\n", 0600));
  EXPECT_TRUE(Open(KeyRing::Mode::kRead)->Find(ScopeNumber{0}));
  EXPECT_EQ(Make(*Open(), kElk).number.value, 1U);
  EXPECT_TRUE(Open()->Find(ScopeNumber{1}));
}

TEST_F(KeyRingTest, BeginsAFileAgainThatThePowerCutLeftWithoutItsFirstLine) {
  Make(*Open(), kOwl);
  for (const Bytes& left : {Bytes(), Bytes("nightjar-k"), Bytes(100, '\0'), Bytes(100, '\0') + "AA=\n"}) {
    ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), left, 0600));
    EXPECT_EQ(Make(*Open(), kElk).number.value, 0U);
    EXPECT_TRUE(Open()->Find(ScopeNumber{0}));
  }
}

TEST_F(KeyRingTest, KeepsTheKeysOfADestructionThatHadOnlyBegun) {
  const Scope owl = Make(*Open(), kOwl);
  const std::string old = KeysOf("owl-7") + ".destroying";
  std::filesystem::create_hard_link(KeysOf("owl-7"), old);
  EXPECT_EQ(Open()->Find(owl.number)->key.Raw(), owl.key.Raw());
  EXPECT_FALSE(std::filesystem::exists(old));
}

TEST_F(KeyRingTest, NeverCutsOffAWholeKeyWhoseLineIsDamaged) {
  Make(*Open(), kOwl);
  const Bytes whole = ReadFile(KeysOf("owl-7")).value();
  for (const std::size_t place : {whole.size() - 1, kFirstLine.size() + 1})
    for (int bit = 0; bit < 8; ++bit) {
      Bytes damaged = whole;
      damaged[place] = static_cast<char>(damaged[place] ^ (1 << bit));
      ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), damaged, 0600));
      EXPECT_EQ(KeyRing::Open(path_, KeyRing::Mode::kWrite, random_).error().code, Code::kCorrupt) << place;
      EXPECT_EQ(ReadFile(KeysOf("owl-7")).value(), damaged);
    }
}

TEST_F(KeyRingTest, LeavesNothingOfALineThatDidNotFit) {
  auto ring = Open();
  Make(*ring, kOwl);
  const Bytes before = ReadFile(KeysOf("owl-7")).value();
  rlimit unlimited{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{before.size() + 20, unlimited.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  EXPECT_FALSE(ring->FindOrMake(kElk, ScopeNumber{0}));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &unlimited), 0);
  ::signal(SIGXFSZ, handler);
  EXPECT_EQ(ReadFile(KeysOf("owl-7")).value(), before);
  const Scope elk = Make(*ring, kElk);
  EXPECT_EQ(Open()->Find(elk.number)->key.Raw(), elk.key.Raw());
}

TEST_F(KeyRingTest, RefusesDamageAndSaysWhere) {
  Make(*Open(), kOwl);
  Bytes text = ReadFile(KeysOf("owl-7")).value();
  text[kFirstLine.size() + 12] ^= 1;
  ASSERT_TRUE(WriteFileDurably(KeysOf("owl-7"), text, 0600));
  const auto damaged = KeyRing::Open(path_, KeyRing::Mode::kRead, random_);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, Code::kCorrupt);
  EXPECT_THAT(damaged.error().Format(), HasSubstr("owl-7.data-keys"));
  EXPECT_THAT(damaged.error().Format(), HasSubstr("line 2"));
}

TEST_F(KeyRingTest, MakesNoNewCaseKeyInPlaceOfALostOne) {
  Make(*Open(), kOwl);
  std::filesystem::remove(path_ + "/owl-7.case-key");
  for (const auto mode : {KeyRing::Mode::kRead, KeyRing::Mode::kWrite}) {
    const auto ring = KeyRing::Open(path_, mode, random_);
    ASSERT_FALSE(ring);
    EXPECT_THAT(ring.error().Format(), HasSubstr("owl-7.case-key"));
  }
  EXPECT_FALSE(std::filesystem::exists(path_ + "/owl-7.case-key"));
}

TEST_F(KeyRingTest, RefusesAKeyThatOthersMayRead) {
  Make(*Open(), kOwl);
  std::filesystem::permissions(path_ + "/owl-7.case-key", std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(KeyRing::Open(path_, KeyRing::Mode::kRead, random_).error().code, Code::kRefused);
}

TEST_F(KeyRingTest, TakesNoLineOfAnotherCaseOrNumber) {
  Make(*Open(), kOwl);
  const SealingKey key = *SealingKey::LoadOrCreate(path_ + "/owl-7.case-key", random_);
  const Bytes text = ReadFile(KeysOf("owl-7")).value();
  EXPECT_TRUE(ParseKeys(text, kOwl.case_id, key));
  EXPECT_FALSE(ParseKeys(text, CaseId{"fox-1"}, key));
  Bytes moved = text;
  moved[kFirstLine.size()] = '3';
  EXPECT_FALSE(ParseKeys(moved, kOwl.case_id, key));
}

}  // namespace
}  // namespace nightjar::keyring
