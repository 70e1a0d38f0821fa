// SPDX-License-Identifier: Apache-2.0
// custody.jsonl, and captures that say that nothing was captured, seen by both verifiers and by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "tests/contract/attested_bundle.h"
#include "tests/contract/mutants.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::contract {
namespace {

using testing::HasSubstr;

CommandResult Script(const std::string& path) { return RunIn("/", "python3 " + kVerifyScript + " " + path); }

std::vector<std::string> LinesOf(const Bytes& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Custody, SaysWhoMadeTheCapturesWhoGotThemBeforeAndWhoGetsThemNow) {
  Bag bag = Unpack(TheBundle().path);
  const auto lines = LinesOf(bag["custody.jsonl"]);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_THAT(lines[0], HasSubstr(R"("source": "records", "operation": "collection")"));
  EXPECT_THAT(lines[0],
              HasSubstr(R"("reason": "Order 12/2026, District Court", "job": "owls", "captures": 2)"));
  EXPECT_THAT(lines[1], HasSubstr(R"("captures": 3, "numbers": "4-6")")) << "another fetcher's";
  EXPECT_THAT(lines[2], HasSubstr("rejected"));
  EXPECT_THAT(lines[3],
              HasSubstr(R"("source": "exports", "operation": "disclosure", "at": "2026-01-05T09:30)"));
  EXPECT_THAT(lines[3], HasSubstr(R"("by": "Analyst 2", "reason": "Letter of 5 January")"));
  EXPECT_THAT(lines[4], HasSubstr(R"("source": "this-export")"));
  EXPECT_THAT(lines[4], HasSubstr(R"("by": "Analyst 3", "reason": "Hearing of 12 January")"));
}

TEST(Custody, SaysWhenTheLogChangedItsKey) {
  Bag bag = Unpack(TheAttestedBundle().path);
  EXPECT_THAT(bag["custody.jsonl"],
              HasSubstr(R"("source": "log", "operation": "key-rotation", "at": "2026-01-01)"));
  EXPECT_THAT(bag["custody.jsonl"],
              HasSubstr("leaf 2: the log's key was replaced by unit.example/nightjar/2026b"));
}

// All but what only the exporter can know is made again by whoever verifies.
TEST(Custody, IsRejectedWhereItDoesNotFollowFromTheRestOfTheBundle) {
  Mutants mutants;
  SeededRandom random(3);
  const Bag good = Unpack(TheBundle().path);
  const auto lines = LinesOf(Bag(good)["custody.jsonl"]);
  std::size_t begin = 0;
  for (std::size_t line = 0; line < lines.size(); begin += lines[line].size() + 1, ++line) {
    if (line == 3) continue;  // an earlier export: the exporter's words
    for (int i = 0; i < 40; ++i) {
      Bag bag = good;
      Bytes& text = bag["custody.jsonl"];
      text = Flipped(text, begin + random.Next() % (lines[line].size() + 1), random);
      FixManifests(bag);
      mutants.Add(std::to_string(line) + "-" + std::to_string(i), bag);
    }
    Bag without = good;
    without["custody.jsonl"].erase(begin, lines[line].size() + 1);
    FixManifests(without);
    mutants.Add(std::to_string(line) + "-left-out", without);
  }
  const auto forge = [&](const std::string& name, const std::string& from, const std::string& to) {
    Bag bag = good;
    Replace(bag["custody.jsonl"], from, to);
    FixManifests(bag);
    mutants.Add(name, bag);
  };
  forge("export-not-listed", lines[3] + "\n", "");
  forge("export-of-a-larger-log", R"("tree_size": 4)", R"("tree_size": 8)");
  const std::string root = R"("tree_size": 4, "root": ")";
  const char digit = lines[3].at(lines[3].find(root) + root.size());
  forge("export-of-another-log", root + digit, root + (digit == '0' ? '1' : '0'));
  forge("an-unknown-source", R"("source": "exports")", R"("source": "rumours")");
  forge("no-date", R"("at": "2026-01-05)", R"("at": "2026-13-05)");
  mutants.ExpectAllRejectedByBoth();
}

TEST(LeftOut, IsCountedApartByBothVerifiersAndPassesByHand) {
  const bundle::ExampleArchive archive(
      {captures::ExampleExchange(0), bundle::LeftOut(1), bundle::LeftOut(2)});
  const auto request = archive.Request({0, 1, 2}, "left-out.tar");
  const auto summary = bundle::Export(archive.reader(), request);
  ASSERT_TRUE(summary) << summary.error().Format();
  const std::string sentence = "2 records say that a URL was left out by a rule";
  const auto report = bundle::Verify(request.out_path, "");
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_THAT(report->checks, testing::Contains(HasSubstr(sentence)));
  const auto script = Script(request.out_path);
  EXPECT_EQ(script.exit_status, 0) << script.output;
  EXPECT_THAT(script.output, HasSubstr(sentence));
  Bag bag = Unpack(request.out_path);
  EXPECT_THAT(bag["selection.json"],
              HasSubstr(R"("outcome": "not-attempted", "exported": 2, "archived": 2)"));
  EXPECT_THAT(bag["custody.jsonl"], HasSubstr("left out by rule: nothing was sent"));
  EXPECT_THAT(bag["data/capture.warc"], HasSubstr("detail: robots.txt forbids it: Disallow: /private\r\n"));
  ASSERT_EQ(RunIn(archive.folder().path(), "tar xf left-out.tar").exit_status, 0);
  const auto by_hand = RunIn(archive.folder() / "nightjar-owl-7", "sh VERIFY.txt");
  EXPECT_EQ(by_hand.exit_status, 0) << by_hand.output;
}

}  // namespace
}  // namespace nightjar::contract
