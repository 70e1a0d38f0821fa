// SPDX-License-Identifier: Apache-2.0
// Damage in the pages of a store is found before LMDB meets it. Nothing here reads through LMDB what it has
// damaged.
#include "archive/store/page_check.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "base/file.h"
#include "base/random.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::store {
namespace {

constexpr std::size_t kPage = 4096;
constexpr Table kSmall{0};
constexpr Table kLarge{1};

std::uint64_t FromNumber(ByteView little_endian) {
  std::uint64_t value = 0;
  std::memcpy(&value, little_endian.data(), little_endian.size());
  return value;
}

class PageCheckTest : public testing::Test {
 protected:
  PageCheckTest() {
    const auto env = Env::Open(options_).value();
    auto txn = env->Write();
    SeededRandom random(1);
    for (int i = 0; i < 3000; ++i) EXPECT_TRUE(txn->Put(kSmall, random.Take(20), random.Take(30)));
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(txn->Put(kLarge, std::to_string(i), random.Take(10'000)));
    EXPECT_TRUE(txn->Commit());
    txn = env->Write();
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(txn->Delete(kLarge, std::to_string(i)));
    EXPECT_TRUE(txn->Commit());
  }
  [[nodiscard]] PageReport Check() const {
    auto report = CheckPages(options_);
    EXPECT_TRUE(report) << report.error().Format();
    return report ? std::move(*report) : PageReport{};
  }
  [[nodiscard]] std::string File() const { return options_.folder + "/data.mdb"; }
  // The file with the bytes at `place` replaced.
  void Damage(const Bytes& sound, std::size_t place, const Bytes& bytes) const {
    Bytes damaged = sound;
    damaged.replace(place, bytes.size(), bytes);
    ASSERT_TRUE(WriteFileDurably(File(), damaged));
  }

  TemporaryFolder folder_;
  Options options_{.folder = folder_ / "store", .tables = {"small", "large"}, .map_size = 16 << 20};
};

TEST_F(PageCheckTest, FindsNothingInASoundStoreAndMeetsEachPageOnce) {
  std::set<std::uint64_t> seen;
  const auto report = CheckPages(options_, [&](std::uint64_t page) { seen.insert(page); });
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_TRUE(report->damages.empty()) << report->damages[0].where << ": " << report->damages[0].text;
  EXPECT_EQ(seen.size(), report->pages + 1) << "all, and the meta page";
  EXPECT_GT(report->pages, 60U);
  EXPECT_LT(report->pages, ReadFile(File())->size() / kPage - 10) << "what was freed is not in use";
}

TEST_F(PageCheckTest, FindsEveryPageWhoseHeaderIsDamaged) {
  std::set<std::uint64_t> seen;
  ASSERT_TRUE(CheckPages(options_, [&](std::uint64_t page) { seen.insert(page); }));
  seen.erase(0);
  seen.erase(1);
  const Bytes sound = ReadFile(File()).value();
  std::size_t found = 0;
  std::size_t headers = 0;
  for (const std::uint64_t page : seen) {
    // Large values have a header on their first page only.
    if (FromNumber(sound.substr(page * kPage, 8)) != page) continue;
    ++headers;
    for (const std::size_t place : {0U, 10U, 12U, 14U}) {
      Damage(sound, page * kPage + place, Bytes(1, static_cast<char>(sound[page * kPage + place] ^ 0x40)));
      if (Check().damages.empty()) break;
      found += place == 14 ? 1 : 0;
    }
  }
  EXPECT_GT(headers, 50U);
  EXPECT_EQ(found, headers);
}

TEST_F(PageCheckTest, FindsATreeThatRunsInACircle) {
  std::set<std::uint64_t> seen;
  ASSERT_TRUE(CheckPages(options_, [&](std::uint64_t page) { seen.insert(page); }));
  const Bytes sound = ReadFile(File()).value();
  bool met_branch = false;
  for (const std::uint64_t page : seen) {
    const ByteView bytes = ByteView(sound).substr(page * kPage, kPage);
    if (page < 2 || bytes[10] != 1) continue;  // a branch page: let its first child be itself
    met_branch = true;
    const std::size_t node = FromNumber(bytes.substr(16, 2));
    Damage(sound, page * kPage + node, Bytes(1, bytes[0]) + Bytes(1, bytes[1]));
    const auto report = Check();
    ASSERT_FALSE(report.damages.empty());
    EXPECT_NE(report.damages[0].where.find("table small"), std::string::npos) << report.damages[0].where;
  }
  EXPECT_TRUE(met_branch);
}

TEST_F(PageCheckTest, SurvivesWhateverThePagesHold) {
  const Bytes sound = ReadFile(File()).value();
  SeededRandom random(2);
  std::size_t found = 0;
  for (int i = 0; i < 300; ++i) {
    const std::size_t page = 2 + random.Next() % (sound.size() / kPage - 2);
    Damage(sound, page * kPage + 10, random.Take(kPage - 10));
    const auto report = CheckPages(options_);
    found += !report || !report->damages.empty() ? 1 : 0;
  }
  EXPECT_GT(found, 200U);
}

TEST_F(PageCheckTest, SaysWhenTheFileEndsTooSoon) {
  const Bytes sound = ReadFile(File()).value();
  ASSERT_TRUE(WriteFileDurably(File(), sound.substr(0, sound.size() / 2 / kPage * kPage)));
  EXPECT_FALSE(Check().damages.empty());
}

}  // namespace
}  // namespace nightjar::store
