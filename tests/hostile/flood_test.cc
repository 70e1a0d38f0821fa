// SPDX-License-Identifier: Apache-2.0
// A flood: thousands of pages, one in ten a bomb, through the real pool. Every one gets the verdict it is
// owed, and no bomb costs a worker.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "sandbox/pool/pool.h"
#include "tests/hostile/made_pages.h"
#include "tests/hostile/started.h"

namespace nightjar::pool {
namespace {

// In CI 2,000; tests/README.md has the long form.
std::size_t Pages() {
  const char* wanted = std::getenv("NIGHTJAR_FLOOD_PAGES");
  return wanted != nullptr ? std::strtoul(wanted, nullptr, 10) / 10 * 10 : 2'000;
}

struct Sum {
  std::atomic<std::size_t> pages = 0, bombs = 0, wrong = 0;
};

bool IsRight(const wire::Facts& facts, std::size_t number) {
  if (number % 10 == 0) {
    const hostile::Bomb& bomb = hostile::Bombs()[number / 10 % hostile::Bombs().size()];
    return facts.verdict == bomb.verdict && facts.text.find(bomb.words) != std::string::npos;
  }
  return facts.verdict == wire::Verdict::kOk && facts.title == "Offers " + std::to_string(number);
}

wire::Document DocumentNumber(std::size_t number) {
  // Honest pages and bombs of the same sites: a bomb that is met with a verdict puts nobody into quarantine.
  const std::string url = "http://site" + std::to_string(number % 7) + ".example/" + std::to_string(number);
  if (number % 10 != 0) return hostile::DocumentOf(hostile::OrdinaryPage(number), "", url);
  const hostile::Bomb& bomb = hostile::Bombs()[number / 10 % hostile::Bombs().size()];
  return hostile::DocumentOf(bomb.body, bomb.more_head, url);
}

void ReadShare(Pool& pool, std::size_t first, std::size_t step, Sum& sum) {
  for (std::size_t number = first; number < Pages(); number += step) {
    const auto facts = pool.Read(DocumentNumber(number));
    ++(number % 10 == 0 ? sum.bombs : sum.pages);
    if (facts && IsRight(*facts, number)) continue;
    ++sum.wrong;
    ADD_FAILURE() << number << ": "
                  << (facts ? std::string(wire::VerdictName(facts->verdict)) + " " + facts->reason
                            : facts.error().Format());
  }
}

TEST(Flood, OfPagesAndBombsEndsWithTheRightVerdictForAll) {
  constexpr std::size_t kThreads = 2;
  auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"), .workers = kThreads});
  ASSERT_TRUE(pool) << pool.error().Format();
  Sum sum;
  std::vector<std::jthread> readers;
  for (std::size_t i = 0; i < kThreads; ++i)
    readers.emplace_back([&, i] { ReadShare(**pool, i, kThreads, sum); });
  readers.clear();
  EXPECT_EQ(sum.pages, Pages() / 10 * 9);
  EXPECT_EQ(sum.bombs, Pages() / 10);
  EXPECT_EQ(sum.wrong, 0U);
  const PoolCounts counts = (*pool)->counts();
  EXPECT_EQ(counts.documents, Pages());
  EXPECT_EQ(counts.faults, 0U);
  EXPECT_EQ(counts.quarantined, 0U);
}

}  // namespace
}  // namespace nightjar::pool
