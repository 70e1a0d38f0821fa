// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/custody.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::bundle {
namespace {

captures::Record RecordAt(const std::string& time) {
  captures::Record record = captures::ExampleRecord(0, "GET", "HEAD\r\n\r\n", "owl");
  record.started = ParseUtc(time).value();
  record.ended = record.started + std::chrono::seconds(2);
  return record;
}

captures::Record LeftOut(const std::string& time) {
  captures::Record record = RecordAt(time);
  record.outcome = captures::Outcome::kNotAttempted;
  record.detail = "robots.txt forbids it: Disallow: /";
  return record;
}

evidence::Checkpoint Tree(std::uint64_t size) {
  return {.origin = "unit.example/nightjar/2026a", .size = size, .root = Sha256(std::to_string(size))};
}

cases::ExportEntry Made(const std::string& by) {
  return {.case_id = CaseId{"owl-7"},
          .at = ParseUtc("2026-01-05T09:30:00Z").value(),
          .by = by,
          .reason = "Letter of 5 January",
          .selection = "query: owl",
          .checkpoint = "",
          .captures = 3,
          .sha256 = Sha256("bundle")};
}

Selection Chosen() {
  Selection selection;
  selection.exported_by = "Analyst 3";
  selection.reason = "Hearing";
  selection.captures = 4;
  selection.first = 1;
  selection.last = 9;
  return selection;
}

// An archive's own facts, and the entries that say the same with two earlier exports in between.
struct Example {
  Example() {
    Collections collections;
    collections.Add({1}, RecordAt("2026-01-01T00:00:10Z"), false);
    collections.Add({4}, LeftOut("2026-01-01T00:00:20Z"), false);
    collections.Add({9}, RecordAt("2026-01-01T00:00:05Z"), false);
    collections.Add({7}, RecordAt("2026-01-01T00:00:30Z"), true);
    facts.first = collections.Entries();
    facts.last = ThisExport(Chosen(), Tree(10));
    facts.earlier = &older;
    entries = facts.first;
    entries.push_back(EntryOf(Made("Analyst 1"), Tree(3)));
    entries.push_back(EntryOf(Made("Analyst 2"), older));
    entries.push_back(facts.last);
  }
  [[nodiscard]] bool Holds() const { return CheckCustody(entries, facts).has_value(); }

  evidence::Checkpoint older = Tree(5);
  CustodyFacts facts;
  std::vector<CustodyEntry> entries;
};

TEST(Custody, GathersWhatOneKeyDidOfOneKindIntoOneEntry) {
  const Example example;
  ASSERT_EQ(example.facts.first.size(), 3U);
  const CustodyEntry& fetched = example.facts.first[0];
  EXPECT_EQ(fetched.operation, "collection");
  EXPECT_EQ(fetched.at, "2026-01-01T00:00:05.000000Z") << "the earlier of the two, whatever its number";
  EXPECT_EQ(fetched.until, "2026-01-01T00:00:12.000000Z");
  EXPECT_EQ(fetched.captures, 2U);
  EXPECT_EQ(fetched.numbers, "1-9");
  EXPECT_EQ(fetched.reason, "Order 12/2026, District Court");
  EXPECT_EQ(fetched.detail, "fetched");
  EXPECT_EQ(example.facts.first[1].detail, "left out by rule: nothing was sent");
  EXPECT_EQ(example.facts.first[2].detail, "rejected: the record was kept, the exchange not believed");
}

TEST(Custody, TellsWhatWasLeftOutFromAnImportedFile) {
  captures::Record record = LeftOut("2026-01-01T00:00:20Z");
  EXPECT_TRUE(WasLeftOut(record));
  record.origin = "file sha256=00 size=1 name=x.warc";
  EXPECT_FALSE(WasLeftOut(record));
  record.detail = "a file given by the registry was brought in";
  Collections collections;
  collections.Add({0}, record, false);
  record.origin = "warc sha256=00 offset=12 type=response date=x id=y";
  collections.Add({1}, record, false);
  record.origin = "warc sha256=00 offset=99 type=response date=x id=z";
  collections.Add({2}, record, false);
  const auto entries = collections.Entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].detail, "file sha256=00: a file given by the registry was brought in");
  EXPECT_EQ(entries[0].at, "2026-01-01T00:00:20.000000Z") << "our time";
  EXPECT_EQ(entries[1].at, "") << "theirs";
  EXPECT_EQ(entries[1].detail, "imported: warc sha256=00");
  EXPECT_EQ(entries[1].captures, 2U);
}

TEST(Custody, HasOneSpelling) {
  const Example example;
  const Bytes text = FormatCustody(example.entries);
  EXPECT_EQ(std::ranges::count(text, '\n'), 6);
  EXPECT_EQ(ParseCustody(text).value(), example.entries);
  EXPECT_EQ(ParseCustody("").value().size(), 0U);
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    const auto parsed = ParseCustody(ByteView(text).substr(0, cut));
    if (text[cut - 1] == '\n') continue;  // whole lines
    EXPECT_FALSE(parsed) << cut;
  }
  for (const char* other : {"{}\n", "[]\n", "\n", "null\n", "{\"source\": 1}\n", "{\"source\": \"log\"}\n"})
    EXPECT_FALSE(ParseCustody(other)) << other;
  EXPECT_FALSE(ParseCustody(text + " "));
}

TEST(Custody, HoldsWhereItSaysWhatTheBundleShows) {
  EXPECT_TRUE(Example().Holds());
  Example first_export;
  first_export.entries.erase(first_export.entries.begin() + 3, first_export.entries.begin() + 5);
  EXPECT_FALSE(first_export.Holds()) << "consistency is proved from one that is not listed";
  first_export.facts.earlier = nullptr;
  EXPECT_TRUE(first_export.Holds());
}

TEST(Custody, IsRefusedWhereItSaysSomethingElse) {
  const auto refused = [](auto change) {
    Example example;
    change(example.entries);
    return !example.Holds();
  };
  using Entries = std::vector<CustodyEntry>;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(refused([&](Entries& e) { e[i].captures += 1; })) << i;
    EXPECT_TRUE(refused([&](Entries& e) { e[i].by = "key of another"; })) << i;
    EXPECT_TRUE(refused([&](Entries& e) { e.erase(e.begin() + static_cast<std::ptrdiff_t>(i)); })) << i;
  }
  EXPECT_TRUE(refused([](Entries& e) { e.back().by = "Nobody"; }));
  EXPECT_TRUE(refused([](Entries& e) { e.pop_back(); }));
  EXPECT_TRUE(refused([](Entries& e) { e.clear(); }));
  EXPECT_TRUE(refused([](Entries& e) { e[4].root = Sha256("another tree").Hex(); }))
      << "the one that is proved";
  EXPECT_TRUE(refused([](Entries& e) { e[3].tree_size = 10; })) << "no smaller log";
  EXPECT_TRUE(refused([](Entries& e) { e[3].source = "access"; }));
  EXPECT_TRUE(refused([](Entries& e) { e[3].at = "yesterday"; }));
  EXPECT_TRUE(refused([](Entries& e) { e[3].sha256 = "?"; }));
}

}  // namespace
}  // namespace nightjar::bundle
