// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/warc.h"

#include <gtest/gtest.h>

#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::bundle {
namespace {

WarcSubject Subject() {
  return {.number = {7},
          .record = captures::ExampleRecord(7, "GET", "HEAD", "BODY"),
          .record_sha256 = Sha256("r")};
}

bool Holds(const Bytes& text, std::string_view part) { return text.find(part) != Bytes::npos; }

TEST(Warc, WritesRequestResponseAndMetadataThatNameEachOther) {
  const auto records = WarcRecords(Subject());
  ASSERT_EQ(records.size(), 3U);
  const std::string target =
      "WARC-Target-URI: http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/item?id=7\r\n";
  const std::string request = "<urn:uuid:8660df3d-074c-8ded-be0c-b01fb5595768>\r\n";
  const std::string response = "<urn:uuid:52c8a689-716a-8b74-a79f-dfe3e3c47a62>\r\n";
  const std::string beside = "WARC-Concurrent-To: ";
  EXPECT_EQ(records[0].header,
            "WARC/1.1\r\nWARC-Type: request\r\nWARC-Record-ID: " + request +
                "WARC-Date: 2026-01-01T00:00:00.000000Z\r\n" + target + beside + response +
                "Content-Type: application/http;msgtype=request\r\nWARC-Block-Digest: sha256:" +
                Sha256("GET").Hex() + "\r\nContent-Length: 3\r\n\r\n");
  EXPECT_TRUE(Holds(records[1].header, "WARC-Record-ID: " + response));
  EXPECT_TRUE(Holds(records[1].header, target + beside + request + "Content-Type"));
  EXPECT_TRUE(Holds(records[2].header, target + beside + request + beside + response + "Content-Type"));
  EXPECT_EQ(
      records[2].text,
      "via: http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/\r\nhopsFromSeed: LL\r\n"
      "fetchTimeMs: 420\r\ncapture: 7\r\noutcome: ok\r\ndetail: \r\nrecord-sha256: " +
          Sha256("r").Hex() + "\r\n");
}

TEST(Warc, WritesNoRecordForASideWithoutBytes) {
  WarcSubject subject = Subject();
  subject.record.response_size = 0;
  subject.record.outcome = captures::Outcome::kTimedOut;
  const auto records = WarcRecords(subject);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].block, WarcBlock::kRequest);
  EXPECT_FALSE(Holds(records[0].header, "WARC-Concurrent-To"));
  EXPECT_TRUE(Holds(records[1].text, "outcome: timed-out\r\n"));
}

TEST(Warc, WritesOnlyMetadataForARejection) {
  WarcSubject subject = Subject();
  subject.rejected = true;
  const auto records = WarcRecords(subject);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_TRUE(Holds(records[0].text, "outcome: rejected\r\n"));
}

TEST(Warc, SaysHowAResponseWasCut) {
  WarcSubject subject = Subject();
  const auto cut = [&](captures::Outcome outcome) {
    subject.record.outcome = outcome;
    const Bytes header = WarcRecords(subject)[1].header;
    const std::size_t at = header.find("WARC-Truncated: ");
    return at == Bytes::npos ? "" : header.substr(at + 16, header.find('\r', at) - at - 16);
  };
  EXPECT_EQ(cut(captures::Outcome::kOk), "");
  EXPECT_EQ(cut(captures::Outcome::kTruncated), "length");
  EXPECT_EQ(cut(captures::Outcome::kTimedOut), "time");
  EXPECT_EQ(cut(captures::Outcome::kDisconnected), "disconnect");
  EXPECT_EQ(cut(captures::Outcome::kProtocol), "unspecified");
}

TEST(Warc, TakesItsDigestsAndSizesFromTheRecord) {
  const WarcSubject subject = Subject();
  const auto records = WarcRecords(subject);
  EXPECT_EQ(records[1].sha256, Sha256("HEADBODY"));
  EXPECT_EQ(records[1].size, 8U);
  EXPECT_TRUE(Holds(records[1].header, "WARC-Block-Digest: sha256:" + Sha256("HEADBODY").Hex() + "\r\n"));
  EXPECT_TRUE(Holds(records[1].header, "Content-Length: 8\r\n\r\n"));
  EXPECT_EQ(records[2].sha256, Sha256(records[2].text));
}

TEST(Warc, BoundsWhatAHostileDepthCanWrite) {
  WarcSubject subject = Subject();
  subject.record.depth = UINT32_MAX;
  EXPECT_LT(WarcRecords(subject).back().text.size(), 1000U);
}

TEST(WarcInfo, DependsOnTheCaseAndTheFirstCaptureOnly) {
  const UtcTime start = FromUnixMicros(1767225600000000);
  EXPECT_EQ(WarcInfo(CaseId{"owl-7"}, start).header, WarcInfo(CaseId{"owl-7"}, start).header);
  EXPECT_NE(WarcInfo(CaseId{"owl-7"}, start).text, WarcInfo(CaseId{"owl-8"}, start).text);
  EXPECT_TRUE(Holds(WarcInfo(CaseId{"owl-7"}, start).header, "WARC-Date: 2026-01-01T00:00:00.000000Z\r\n"));
}

}  // namespace
}  // namespace nightjar::bundle
