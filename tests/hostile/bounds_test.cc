// SPDX-License-Identifier: Apache-2.0
// What an attack may cost: each bomb in a reader of its own, whose memory and processor time are read from
// /proc before and after. Bounds are those of the catalogue of hostile input; processor time (not the clock)
// is held to ten times the bound, so that a loaded machine fails no test while a quadratic step surely does.
// The figures themselves are printed by bench_read.
//
// The other rows of that catalogue: endless, dripping and silent bodies, header floods, cookie bombs and
// redirects are hostile_services.cc, met by the whole crawl role in servers_test.cc; names that are no
// onion's and traps of URLs are tests/unit/base and tests/unit/crawler; charset lies, UTF-7, overlong forms,
// NUL and bidi controls are pages_test.cc, and who wins between mark, header and meta is
// tests/unit/sandbox/parse/text_test.cc.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/hostile/made_pages.h"
#include "tests/hostile/standing.h"

namespace nightjar::hostile {
namespace {

constexpr std::uint64_t kMargin = 10;

struct Cost {
  std::uint64_t peak_kib = 0;  // so far
  std::uint64_t cpu_ms = 0;
};

Cost CostOf(const Standing& reader) {
  Cost cost;
  cost.peak_kib = std::stoull(StatusLine(reader, "VmHWM"));
  const std::string stat = ReadFile(Proc(reader, "stat")).value_or("");
  std::istringstream fields(stat.substr(stat.rfind(')') + 2));
  std::string skipped;
  for (int i = 3; i < 14; ++i) fields >> skipped;  // proc(5): utime is field 14, stime 15
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  cost.cpu_ms = (user + system) * 1000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  return cost;
}

TEST(ReadingBounds, HoldForEveryAttackOfTheCatalogue) {
  for (const Bomb& bomb : Bombs()) {
    const auto reader = Stand({Program("nightjar-parser")});
    ASSERT_TRUE(reader) << reader.error().Format();
    ASSERT_TRUE(Ask(*reader, DocumentOf(OrdinaryPage(1))));
    const Cost before = CostOf(*reader);
    const auto facts = Ask(*reader, DocumentOf(bomb.body, bomb.more_head));
    ASSERT_TRUE(facts) << bomb.name << ": " << facts.error().Format();
    const Cost after = CostOf(*reader);
    EXPECT_EQ(wire::VerdictName(facts->verdict), wire::VerdictName(bomb.verdict)) << bomb.name;
    EXPECT_NE(facts->text.find(bomb.words), std::string::npos) << bomb.name;
    EXPECT_LE((after.peak_kib - before.peak_kib) >> 10, bomb.most_mib) << bomb.name;
    EXPECT_LE(after.cpu_ms - before.cpu_ms, kMargin * bomb.most_ms) << bomb.name;
    std::printf("  %-30s %4lu MiB %5lu ms\n", bomb.name.c_str(),
                static_cast<unsigned long>((after.peak_kib - before.peak_kib) >> 10),
                static_cast<unsigned long>(after.cpu_ms - before.cpu_ms));
  }
}

// The measure can fail: a reading that is known to cost much is seen to.
TEST(ReadingBounds, SeeMemoryAndTimeThatAreSpent) {
  const auto reader = Stand({Program("nightjar-parser")});
  ASSERT_TRUE(reader) << reader.error().Format();
  const Cost before = CostOf(*reader);
  ASSERT_TRUE(Ask(*reader, DocumentOf(Repeat("<p><b>word</b></p>", 60'000))));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Ask(*reader, DocumentOf(Repeat("<p><b>word</b></p>", 60'000))));
  const Cost after = CostOf(*reader);
  EXPECT_GT(after.peak_kib - before.peak_kib, 8U << 10);
  EXPECT_GT(after.cpu_ms, before.cpu_ms);
}

}  // namespace
}  // namespace nightjar::hostile
