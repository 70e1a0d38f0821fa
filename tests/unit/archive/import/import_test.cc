// SPDX-License-Identifier: Apache-2.0
// Foreign WARC files through the shipped nightjar-importer into an archive.
#include "archive/import/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "archive/import/records.h"
#include "base/file.h"

namespace nightjar::import {
namespace {

SigningKey ImportKey() { return SigningKey::FromSeed(std::string(32, 'i')).value(); }

Bytes Warc(const std::string& type, const std::string& url, const Bytes& block,
           const std::string& date = "2024-05-06T07:08:09Z") {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: " + date +
         "\r\nWARC-Record-ID: <urn:" + type + ":" + url +
         ">\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}
const Bytes kPage = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>owl</p>";
const Bytes kPicture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1A\n";

class Import : public testing::Test {
 protected:
  Import() {
    EXPECT_NE(::mkdtemp(folder_), nullptr);
    paths_.folder = std::string(folder_) + "/archive";
    paths_.map_size = 256 << 20;
    auto writer = captures::Writer::Open({.paths = paths_,
                                          .origin = "unit.example/nightjar/2026a",
                                          .log_key = SigningKey::FromSeed(std::string(32, 'l')).value(),
                                          .fetchers = {ImportKey().public_key()},
                                          .clock = &clock_});
    EXPECT_TRUE(writer) << writer.error().Format();
    writer_ = std::move(*writer);
    reader_ = captures::Reader::Open(paths_).value();
  }
  ~Import() override { std::filesystem::remove_all(folder_); }

  Result<Report> Run(const Bytes& file, const std::string& name = "foreign.warc") {
    const std::string path = std::string(folder_) + "/" + name;
    EXPECT_TRUE(WriteFileDurably(path, file));
    request_.path = path;
    faults_.clear();
    return ImportWarc(*writer_, ImportKey(), request_,
                      [this](const wire::ForeignFault& fault) { faults_.push_back(fault.reason); });
  }
  captures::StoredCapture Get(std::uint64_t n) { return reader_->Get({n}).value(); }

  char folder_[32] = "/tmp/nightjar-test-XXXXXX";
  captures::ArchivePaths paths_;
  ManualClock clock_;
  std::unique_ptr<captures::Writer> writer_;
  std::unique_ptr<captures::Reader> reader_;
  std::vector<std::string> faults_;
  Request request_{.path = {},
                   .program = NIGHTJAR_BIN "/nightjar-importer",
                   .case_id = CaseId{"owl-7"},
                   .job = JobId{"import"},
                   .legal_basis = "Order 12/2026",
                   .source = "Agency B\nforged: line",
                   .by = "Analyst 3",
                   .allowed_media = {},
                   .hash_lists_md5 = {},
                   .hash_lists_sha256 = {},
                   .refuse_host = {},
                   .clock = &clock_};
};

TEST_F(Import, KeepsRequestAndResponseAndSaysWhereTheyCameFrom) {
  const Bytes file = Warc("request", "http://a.onion/x#part", "GET /x HTTP/1.1\r\n\r\n") +
                     Warc("response", "http://a.onion/x#part", kPage);
  const auto report = Run(file);
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_EQ(report->sha256, Sha256(file));
  EXPECT_EQ(report->records, 2U);
  EXPECT_EQ(report->captures, 1U);
  EXPECT_EQ(report->faults, 0U);
  const auto capture = Get(1);
  EXPECT_EQ(capture.rejected, "");
  EXPECT_EQ(capture.request, "GET /x HTTP/1.1\r\n\r\n");
  EXPECT_EQ(capture.head + capture.body, kPage);
  EXPECT_EQ(capture.record.url, "http://a.onion/x");
  EXPECT_EQ(capture.record.http_status, 200);
  EXPECT_EQ(FormatUtc(capture.record.started), "2024-05-06T07:08:09.000000Z");
  EXPECT_EQ(capture.record.fetcher_key, KeyId(ImportKey().public_key()));
  EXPECT_TRUE(ImportKey().public_key().Verify(capture.record_text, capture.signature));
  const std::size_t offset = file.find("WARC/1.0", 1);
  EXPECT_EQ(capture.record.origin,
            "warc sha256=" + Sha256(file).Hex() + " offset=" + std::to_string(offset) +
                " type=response date=2024-05-06T07:08:09Z id=<urn:response:http://a.onion/x#part>");
}

TEST_F(Import, GivesTheFileALeafOfItsOwn) {
  const Bytes file = Warc("response", "http://a.onion/", kPage);
  const auto report = Run(file, "seized \xFF.warc");
  ASSERT_TRUE(report) << report.error().Format();
  const auto capture = Get(report->file_capture.value);
  EXPECT_EQ(capture.record.origin, "file sha256=" + Sha256(file).Hex() + " size=" +
                                       std::to_string(file.size()) + " name=seized \xEF\xBF\xBD.warc");
  EXPECT_EQ(capture.record.outcome, captures::Outcome::kNotAttempted);
  EXPECT_EQ(capture.record.detail, "a file given by Agency B%0Aforged: line was brought in by Analyst 3");
  EXPECT_EQ(capture.record.started, clock_.Utc());
}

TEST_F(Import, FindsAgainWhatAnEarlierImportBroughtIn) {
  const Bytes file = Warc("response", "http://a.onion/", kPage) + Warc("response", "http://b.onion/", kPage);
  ASSERT_TRUE(Run(file));
  clock_.Advance(std::chrono::hours(1));
  const auto again = Run(file);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->captures, 0U);
  EXPECT_EQ(again->known, 2U);
  EXPECT_EQ(writer_->size(), 4U) << "two captures, and each import's word of the file";
}

TEST_F(Import, ReportsWhatIsBrokenAndGoesOn) {
  const auto report =
      Run(Warc("response", "http://a.onion/", kPage) + "rubbish\n" +
          Warc("response", "http://b.onion/", kPage, "yesterday") + Warc("response", "not a url", kPage) +
          Warc("response", "dns:a.onion", kPage) + Warc("response", "http://c.onion/", kPage) +
          Warc("response", "http://d.onion/", kPage).substr(0, 200));
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_EQ(report->captures, 2U);
  EXPECT_EQ(report->faults, 4U);
  EXPECT_EQ(report->skipped, 1U) << "dns: is no exchange over HTTP";
  EXPECT_THAT(faults_,
              testing::UnorderedElementsAre("no record begins here", "its WARC-Date is no time",
                                            testing::HasSubstr("its URL"), "its block is cut short"));
}

TEST_F(Import, KeepsNothingOfABlockedHostAndNoPictures) {
  request_.refuse_host = [](std::string_view host) { return host == "bad.onion"; };
  const auto report =
      Run(Warc("response", "http://bad.onion/", kPage) + Warc("response", "http://a.onion/p", kPicture));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->blocked, 1U);
  EXPECT_EQ(report->withheld, 1U);
  EXPECT_EQ(writer_->size(), 2U);
  const auto capture = Get(1);
  EXPECT_EQ(capture.record.outcome, captures::Outcome::kWithheld);
  EXPECT_EQ(capture.record.withheld.size, 8U);
  EXPECT_EQ(capture.body, "");
}

TEST_F(Import, KeepsAllowedMediaButNothingThatAHashListKnows) {
  request_.allowed_media = {"image/*"};
  const Bytes file = Warc("response", "http://a.onion/p", kPicture);
  ASSERT_TRUE(Run(file));
  EXPECT_EQ(Get(1).body.size(), 8U);
  const std::string list = std::string(folder_) + "/known.txt";
  ASSERT_TRUE(WriteFileDurably(list, Sha256("\x89PNG\r\n\x1A\n").Hex() + "\n"));
  request_.hash_lists_sha256 = {list};
  const auto report = Run(file);
  ASSERT_TRUE(report) << report.error().Format();
  const auto capture = Get(writer_->size() - 1);
  EXPECT_EQ(capture.record.withheld.by, captures::Withheld::By::kHashList);
}

TEST_F(Import, RefusesFilesThatCannotBeAndAMissingImporter) {
  EXPECT_EQ(Run("").error().code, Code::kInvalidInput);
  request_.path = folder_;
  EXPECT_EQ(ImportWarc(*writer_, ImportKey(), request_, [](const auto&) {}).error().code,
            Code::kInvalidInput);
  request_.hash_lists_sha256 = {"/nowhere/list"};
  const auto no_list = Run("x");
  EXPECT_EQ(no_list.error().code, Code::kUnavailable);
  EXPECT_THAT(no_list.error().text, testing::HasSubstr("/nowhere/list"));
  request_.program = "/nowhere/nightjar-importer";
  EXPECT_FALSE(Run("x"));
  EXPECT_EQ(writer_->size(), 0U);
}

TEST(WarcDate, IsReadWithUpToNineDigitsOfFraction) {
  EXPECT_EQ(FormatUtc(ParseWarcDate("2024-05-06T07:08:09Z").value()), "2024-05-06T07:08:09.000000Z");
  EXPECT_EQ(FormatUtc(ParseWarcDate("2024-05-06T07:08:09.5Z").value()), "2024-05-06T07:08:09.500000Z");
  EXPECT_EQ(FormatUtc(ParseWarcDate("2024-05-06T07:08:09.123456789Z").value()),
            "2024-05-06T07:08:09.123456Z");
  for (const char* bad : {"", "2024", "2024-05-06", "2024-05-06T07:08:09", "2024-05-06T07:08:09.Z",
                          "2024-05-06T07:08:09.1234567890Z", "2024-05-06T07:08:09.12x4Z"})
    EXPECT_FALSE(ParseWarcDate(bad)) << bad;
}

}  // namespace
}  // namespace nightjar::import
