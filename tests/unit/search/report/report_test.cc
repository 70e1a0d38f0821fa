// SPDX-License-Identifier: Apache-2.0
#include "search/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "search/report/content.h"
#include "search/report/page.h"
#include "search/report/print.h"
#include "search/report/qr.h"
#include "tests/unit/archive/bundle/example_archive.h"
#include "tests/unit/search/report/command.h"

namespace nightjar::report {
namespace {

using testing::HasSubstr;
using testing::Not;

class Report : public testing::Test {
 protected:
  Report() {
    auto opened = facts::FactsStore::Open(archive_.folder() / "facts", facts::FactsStore::Mode::kWrite);
    EXPECT_TRUE(opened) << opened.error().Format();
    facts_ = std::move(*opened);
  }
  void SetFacts(std::uint64_t number, const std::string& title, const std::string& text) {
    wire::Facts facts;
    facts.extractor = wire::kExtractor;
    facts.title = title;
    facts.text = text;
    wire::Field field;
    field.name = "price";
    field.value = "12.50";
    field.unit = "EUR";
    facts.fields = {field};
    const std::vector<std::pair<CaptureNumber, wire::Facts>> batch = {{CaptureNumber{number}, facts}};
    ASSERT_TRUE(facts_->Put(batch));
  }
  bundle::ExportRequest RequestOf(const std::vector<std::uint64_t>& numbers, const std::string& out = "x") {
    auto request = archive_.Request(numbers, out);
    request.papers = [this](const bundle::ExportPlan& plan) { return MakePapers(plan, Both()); };
    return request;
  }
  Sources Both() { return {.archive = &archive_.reader(), .facts = facts_.get()}; }
  Content Gathered(const std::vector<std::uint64_t>& numbers) {
    const auto plan = bundle::PlanExport(archive_.reader(), RequestOf(numbers));
    return Gather(plan.value(), Both()).value();
  }
  // The text of the PDF, as poppler reads it.
  std::string TextOf(const Bytes& pdf) {
    EXPECT_TRUE(WriteFileDurably(archive_.folder() / "report.pdf", pdf));
    return RunIn(archive_.folder().path(), "pdftotext -layout report.pdf -").output;
  }

  bundle::ExampleArchive archive_;
  std::unique_ptr<facts::FactsStore> facts_;
};

TEST_F(Report, SaysWhoExportedWhatWhyAndWithWhichDigests) {
  SetFacts(0, "Owl food", "Fine mice\nfor owls");
  const Content content = Gathered({0, 2});
  const std::string page = Page(content);
  const std::string paper = TextOf(Print(content).value());
  const std::string record = Sha256(archive_.reader().Get({0})->record_text).Hex();
  for (const std::string& text : {page, paper}) {
    for (const char* said : {"Analyst 3", "Hearing of 12 January", "Officer 7", "Order 12/2026", "Owl food",
                             "Fine mice", "12.50 EUR", "hxxp://", "What this does not prove"})
      EXPECT_THAT(text, HasSubstr(said));
    EXPECT_THAT(text, HasSubstr(record));
    EXPECT_THAT(text, Not(HasSubstr("http://pg6mm")));
  }
}

TEST_F(Report, IsTheSameBytesEachTimeAndTravelsInABundleThatVerifies) {
  SetFacts(0, "Owl food", "Fine mice");
  for (const char* name : {"first.tar", "second.tar"}) {
    const auto exported = bundle::Export(archive_.reader(), RequestOf({0, 2, 7}, name));
    ASSERT_TRUE(exported) << exported.error().Format();
  }
  const Bytes bundle = ReadFile(archive_.folder() / "first.tar").value();
  EXPECT_EQ(bundle, ReadFile(archive_.folder() / "second.tar").value());
  EXPECT_THAT(bundle, HasSubstr("%PDF-1.5"));
  EXPECT_THAT(bundle, HasSubstr("CreationDate"));
  const auto run =
      RunIn(archive_.folder().path(), "python3 " NIGHTJAR_SOURCE "/archive/bundle/verify.py first.tar");
  EXPECT_EQ(run.exit_status, 0) << run.output;
}

TEST_F(Report, DisarmsWhatAPageSays) {
  SetFacts(0,
           "<script>alert(1)</script>\xE2\x80\xAE"
           "evil",
           "a\xE2\x80\x8B"
           "b <img src=x onerror=y>\n\x01");
  const std::string page = Page(Gathered({0}));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(page, HasSubstr("U+202E"));
  EXPECT_THAT(page, HasSubstr("U+200B"));
  EXPECT_THAT(page, HasSubstr("U+0001"));
}

TEST_F(Report, BoundsWhatAPageSays) {
  std::string endless;
  for (int i = 0; i < 100'000; ++i) endless += "\xD0\x96 owl\n";
  SetFacts(0, std::string(900, 't'), endless);
  const Content content = Gathered({0});
  EXPECT_LE(content.exhibits[0].text.size(), kMostText);
  EXPECT_TRUE(content.exhibits[0].text_is_cut);
  EXPECT_LT(content.exhibits[0].title.size(), 400U);
  EXPECT_THAT(Page(content), HasSubstr("The text goes on"));
  EXPECT_LT(Print(content)->size(), 200'000U);
}

TEST_F(Report, SaysWhatIsSpecialAboutACapture) {
  const Content content = Gathered({4, 7});
  EXPECT_THAT(content.exhibits[0].notes, testing::ElementsAre(HasSubstr("did not end well")));
  EXPECT_THAT(content.exhibits[1].notes, testing::ElementsAre(HasSubstr("did not believe")));
}

TEST_F(Report, SaysWhoDidWhatWithTheExhibits) {
  const Content content = Gathered({0, 4});
  ASSERT_EQ(content.custody.size(), 4U);
  EXPECT_EQ(content.custody[0].when, "2026-01-01 00:00:00 UTC");
  EXPECT_EQ(content.custody[0].what, "capture 0, job owls: fetched");
  EXPECT_EQ(content.custody[2].who, "Analyst 2") << "an earlier export";
  EXPECT_EQ(content.custody[2].why, "Letter of 5 January");
  EXPECT_EQ(content.custody[3].when, "This export");
  EXPECT_EQ(content.custody[3].who, "Analyst 3");
  const std::string page = Page(content);
  const std::string paper = TextOf(Print(content).value());
  for (const std::string& text : {page, paper}) {
    for (const char* said : {"Chain of custody", "Letter of 5 January", "This export", "Order 12/2026"})
      EXPECT_THAT(text, HasSubstr(said));
  }
}

TEST_F(Report, ShowsNoMoreCustodyThanAPersonReads) {
  auto plan = bundle::PlanExport(archive_.reader(), RequestOf({0})).value();
  plan.custody.insert(plan.custody.begin(), 1000, plan.custody.front());
  const Content content = Gather(plan, Both()).value();
  EXPECT_EQ(content.custody.size(), kMostCustody + 1);
  EXPECT_THAT(content.custody.front().what, HasSubstr("903 entries before these stand in custody.jsonl"));
  EXPECT_EQ(content.custody.back().when, "This export");
}

// Neither an empty page nor a failure.
TEST(LeftOut, IsShownAsWhatItIs) {
  const bundle::ExampleArchive archive(
      {captures::ExampleExchange(0), bundle::LeftOut(1), bundle::LeftOut(2)});
  const auto plan = bundle::PlanExport(archive.reader(), archive.Request({0, 1, 2}, "x")).value();
  const Content content = Gather(plan, {.archive = &archive.reader()}).value();
  const auto ended = std::ranges::find(content.cover, "Of these", &Row::label);
  ASSERT_NE(ended, content.cover.end());
  EXPECT_EQ(ended->value, "1 with an answer, 2 not fetched by rule (robots.txt, blocklist)");
  const Exhibit& exhibit = content.exhibits[1];
  EXPECT_EQ(exhibit.title, "Not fetched");
  EXPECT_THAT(exhibit.notes, testing::ElementsAre(HasSubstr("robots.txt forbids it: Disallow: /private")));
  EXPECT_EQ(exhibit.digests.size(), 1U) << "of the record; there is nothing else";
  EXPECT_EQ(std::ranges::count(exhibit.facts, "Answer complete", &Row::label), 0);
  EXPECT_EQ(content.exhibits[0].digests.size(), 4U);
}

TEST(BroughtIn, IsShownAsAFileAndNotAsAFailure) {
  captures::Record record = captures::ExampleRecord(0, "", "", "");
  record.origin = "file sha256=" + Sha256("warc").Hex() + " size=4 name=seized.warc";
  record.outcome = captures::Outcome::kNotAttempted;
  record.detail = "a file given by Agency B was brought in by Analyst 3";
  record.http_status = 0;
  const bundle::ExampleArchive archive(
      {bundle::SignedBy(captures::ExampleFetcherKey(), record, "", "", ""), captures::ExampleExchange(1)});
  const auto plan = bundle::PlanExport(archive.reader(), archive.Request({0, 1}, "x")).value();
  const Content content = Gather(plan, {.archive = &archive.reader()}).value();
  const auto ended = std::ranges::find(content.cover, "Of these", &Row::label);
  ASSERT_NE(ended, content.cover.end());
  EXPECT_EQ(ended->value, "1 with an answer, 1 about files that were brought in");
  EXPECT_EQ(content.exhibits[0].title, "A file that was brought in");
  EXPECT_EQ(content.exhibits[0].facts[0].label, "Brought in");
  EXPECT_THAT(content.exhibits[0].notes, testing::ElementsAre(HasSubstr("given by Agency B")));
  EXPECT_EQ(content.exhibits[0].digests.size(), 1U);
}

TEST_F(Report, DrawsCodesThatAReaderReads) {
  SetFacts(0, "Owl", "text");
  const Content content = Gathered({0});
  const Bytes pdf = Print(content).value();
  ASSERT_TRUE(WriteFileDurably(archive_.folder() / "report.pdf", pdf));
  const auto run =
      RunIn(archive_.folder().path(), "pdftoppm -r 150 -png report.pdf p && zbarimg --raw -q p-*.png");
  EXPECT_THAT(run.output, HasSubstr(content.exhibits[0].qr));
  EXPECT_THAT(run.output, HasSubstr(content.key_qr));
}

TEST(Qr, IsNothingForATextThatFitsNoCode) { EXPECT_EQ(MakeQr(std::string(10'000, 'x')).width, 0U); }

}  // namespace
}  // namespace nightjar::report
