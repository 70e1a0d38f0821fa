// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "archive/bundle/bundle.h"
#include "archive/bundle/export_plan.h"
#include "archive/bundle/layout.h"
#include "archive/bundle/tar.h"
#include "archive/evidence/note.h"
#include "base/file.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::bundle {
namespace {

// What lies beside the archive: exports, and whatever a failed one left behind.
std::vector<std::string> FilesBeside(const ExampleArchive& archive) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(archive.folder().path()))
    if (entry.is_regular_file()) names.push_back(entry.path().filename());
  return names;
}

TEST(Export, GivesTheSameBytesForTheSameRequest) {
  const ExampleArchive archive;
  const auto first = Export(archive.reader(), archive.Request({0, 2, 6}, "first.tar"));
  const auto second = Export(archive.reader(), archive.Request({6, 2, 0, 2, 6}, "second.tar"));
  ASSERT_TRUE(first && second);
  const Bytes bytes = ReadFile(archive.folder() / "first.tar").value();
  EXPECT_EQ(bytes, ReadFile(archive.folder() / "second.tar").value());
  EXPECT_EQ(first->sha256, Sha256(bytes));
  EXPECT_EQ(first->bytes, bytes.size());
  EXPECT_EQ(first->captures, 3U);
  EXPECT_EQ(first->checkpoint.size, 8U);
  EXPECT_THAT(FilesBeside(archive), testing::UnorderedElementsAre("first.tar", "second.tar"));
}

TEST(Export, RefusesCapturesOfAnotherCase) {
  const ExampleArchive archive;
  const auto refused = Export(archive.reader(), archive.Request({2, 3}, "out.tar"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kRefused);
  EXPECT_EQ(refused.error().where, "capture 3");
  EXPECT_THAT(FilesBeside(archive), testing::IsEmpty());
}

TEST(Export, RefusesCapturesThatNoCheckpointVouchesForYet) {
  const ExampleArchive archive;
  const auto refused = Export(archive.reader(), archive.Request({2, 8}, "out.tar"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kRefused);
  EXPECT_EQ(refused.error().where, "capture 8");
}

TEST(Export, NeverReplacesAFile) {
  const ExampleArchive archive;
  ASSERT_TRUE(WriteFileDurably(archive.folder() / "out.tar", "precious"));
  const auto refused = Export(archive.reader(), archive.Request({2}, "out.tar"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kAlreadyExists);
  EXPECT_EQ(ReadFile(archive.folder() / "out.tar").value(), "precious");
}

TEST(Export, NeedsACaptureAndAFolderToWriteTo) {
  const ExampleArchive archive;
  EXPECT_EQ(Export(archive.reader(), archive.Request({}, "out.tar")).error().code, Code::kInvalidInput);
  EXPECT_FALSE(Export(archive.reader(), archive.Request({2}, "no-such-folder/out.tar")));
  EXPECT_THAT(FilesBeside(archive), testing::IsEmpty());
}

TEST(Export, TakesBodiesOfMoreThanOneBuffer) {
  const ExampleArchive archive({BinaryExchange(0, 3'000'000), captures::ExampleExchange(1)});
  const auto summary = Export(archive.reader(), archive.Request({0, 1}, "out.tar"));
  ASSERT_TRUE(summary) << summary.error().Format();
  EXPECT_GT(summary->bytes, 3'000'000U);
}

TEST(PlanExport, CountsWhatTheArchiveHoldsOfTheCaseBesideWhatIsExported) {
  const ExampleArchive archive;
  const auto plan = PlanExport(archive.reader(), archive.Request({0, 7}, "out.tar"));
  ASSERT_TRUE(plan) << plan.error().Format();
  const std::string host = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  const std::map<TallyKey, Tally> expected = {{{"owls", host, "ok"}, {1, 3}},
                                              {{"owls", host, "proxy-unavailable"}, {0, 1}},
                                              {{"owls", host, "rejected"}, {1, 1}},
                                              {{"owls", host, "timed-out"}, {0, 1}},
                                              {{"owls", host, "truncated"}, {0, 1}}};
  EXPECT_EQ(plan->selection.counts, expected);
  EXPECT_EQ(plan->selection.captures, 2U);
  EXPECT_EQ(plan->selection.first, 0U);
  EXPECT_EQ(plan->selection.last, 7U);
  EXPECT_THAT(plan->selection.rejections, testing::ElementsAre(testing::Key(7U)));
}

std::vector<std::string> NamesIn(const std::string& path) {
  const auto tar = TarFile::Open(path);
  std::vector<std::string> names;
  const auto listing = tar->List();
  for (const Member& member : listing->members) names.push_back(member.name);
  return names;
}

TEST(Export, ProvesThatItsLogGoesOnWhereTheNewestSmallerExportEnded) {
  const ExampleArchive archive;
  ExportRequest request = archive.Request({0}, "first.tar");
  request.earlier.clear();
  const auto first = Export(archive.reader(), request);
  ASSERT_TRUE(first) << first.error().Format();
  EXPECT_THAT(NamesIn(request.out_path), testing::Not(testing::Contains(testing::HasSubstr("consistency"))));
  // An export at this very checkpoint says nothing new, so it changes no byte of the next.
  ExportRequest again = archive.Request({0}, "again.tar");
  again.earlier = {EarlierExport(first->note)};
  ASSERT_TRUE(Export(archive.reader(), again));
  EXPECT_EQ(ReadFile(request.out_path).value(), ReadFile(again.out_path).value());
  ExportRequest later = archive.Request({0}, "later.tar");
  later.earlier.push_back(EarlierExport(first->note));
  ASSERT_TRUE(Export(archive.reader(), later));
  EXPECT_THAT(NamesIn(later.out_path), testing::Contains("proofs/consistency-from-4"));
  const auto report = Verify(later.out_path, "");
  EXPECT_THAT(report->checks,
              testing::Contains("the log of an earlier export (4 leaves) is the beginning of this one"));
}

TEST(Export, RefusesAnEarlierCheckpointThatIsNotOfThisLog) {
  const ExampleArchive archive;
  ExportRequest request = archive.Request({0}, "out.tar");
  std::string& note = request.earlier[0].checkpoint;
  note[note.find('\n') + 1] = '3';
  EXPECT_EQ(Export(archive.reader(), request).error().code, Code::kCorrupt);
  EXPECT_THAT(FilesBeside(archive), testing::IsEmpty());
}

TEST(Export, CarriesTheConsensusesThatAreKeptAndThatItsRecordsName) {
  const ExampleArchive archive;
  const std::string name = ConsensusName(Sha256(ExampleConsensus()).Hex());
  ExportRequest request = archive.Request({0, 2}, "out.tar");
  ASSERT_TRUE(Export(archive.reader(), request));
  EXPECT_THAT(NamesIn(request.out_path), testing::Contains(name));
  request = archive.Request({0}, "of-others.tar");
  ASSERT_TRUE(Export(archive.reader(), request));
  EXPECT_THAT(NamesIn(request.out_path), testing::Not(testing::Contains(name)));
  request = archive.Request({2}, "lost.tar");
  request.consensus = [](const Digest&) { return Fail(Code::kNotFound, "is lost"); };
  EXPECT_TRUE(Export(archive.reader(), request)) << "a lost document is no reason to keep the evidence back";
  request = archive.Request({2}, "damaged.tar");
  request.consensus = [](const Digest&) { return Fail(Code::kCorrupt, "is damaged"); };
  EXPECT_EQ(Export(archive.reader(), request).error().code, Code::kCorrupt);
}

TEST(Export, CarriesPapersWhereSomebodyMakesThem) {
  const ExampleArchive archive;
  ExportRequest request = archive.Request({0}, "out.tar");
  request.papers = [](const ExportPlan& plan) {
    return Papers{.page = "<p>" + plan.selection.reason + "</p>", .print = "%PDF"};
  };
  ASSERT_TRUE(Export(archive.reader(), request));
  EXPECT_THAT(NamesIn(request.out_path), testing::IsSupersetOf({kReportPage, kReportPrint}));
}

TEST(Verify, SaysWhenThereIsNothingToCheck) {
  const TemporaryFolder folder;
  EXPECT_EQ(Verify(folder / "missing.tar", "").error().code, Code::kNotFound);
  EXPECT_EQ(Verify(folder.path(), "").error().code, Code::kInvalidInput);
}

TEST(Verify, RefusesATrustedKeyThatIsNoKeyAndOneThatIsAnother) {
  const ExampleArchive archive;
  const auto request = archive.Request({0}, "out.tar");
  ASSERT_TRUE(Export(archive.reader(), request));
  EXPECT_EQ(Verify(request.out_path, "nonsense").error().code, Code::kInvalidInput);
  const std::string other = evidence::FormatVkey({kExampleOrigin, OtherFetcherKey().public_key()});
  EXPECT_EQ(Verify(request.out_path, other).error().code, Code::kCorrupt);
}

TEST(Verify, SaysWhoseKeyItTrusted) {
  const ExampleArchive archive;
  const auto request = archive.Request({0}, "out.tar");
  ASSERT_TRUE(Export(archive.reader(), request));
  const std::string vkey = evidence::FormatVkey({kExampleOrigin, ExampleLogKey().public_key()});
  const auto alone = Verify(request.out_path, "");
  const auto trusted = Verify(request.out_path, vkey);
  ASSERT_TRUE(alone && trusted);
  EXPECT_THAT(alone->checks, testing::Contains(testing::HasSubstr("compare " + vkey)));
  EXPECT_THAT(trusted->checks, testing::Contains("the log's key is the one that is trusted"));
  EXPECT_EQ(alone->log_key, vkey);
}

TEST(Export, HandsOutNothingOfARefusedHost) {
  const ExampleArchive archive;
  ExportRequest request = archive.Request({0, 2}, "out.tar");
  request.refuse_host = [](std::string_view host) { return host.ends_with(".onion"); };
  const auto refused = Export(archive.reader(), request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kRefused);
  EXPECT_EQ(refused.error().where, "capture 0");
  EXPECT_THAT(FilesBeside(archive), testing::IsEmpty());
  request.refuse_host = [](std::string_view host) { return host == "other.onion"; };
  EXPECT_TRUE(Export(archive.reader(), request));
}

}  // namespace
}  // namespace nightjar::bundle
