// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/record.h"

#include <gtest/gtest.h>

#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::captures {
namespace {

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const std::string kText = FormatRecord(ExampleRecord(7, "request", "head", "body"));

TEST(Record, ReadsBackWhatWasWritten) {
  const auto record = ParseRecord(kText);
  ASSERT_TRUE(record) << record.error().Format();
  EXPECT_EQ(FormatRecord(*record), kText);
  EXPECT_EQ(record->job, JobId{"owls"});
  EXPECT_EQ(record->started, FromUnixMicros(1767225600000000));
  EXPECT_EQ(record->ended_mono, MonoTime(Micros(86400420000)));
  EXPECT_EQ(record->body_sha256, Sha256("body"));
  EXPECT_EQ(record->socks_reply, 0);
  EXPECT_EQ(record->detail, "-");
}

TEST(Record, CarriesEveryOutcomeByName) {
  for (int i = 0; i <= static_cast<int>(Outcome::kWithheld); ++i) {
    Record record = ExampleRecord(7, "", "", "");
    record.outcome = static_cast<Outcome>(i);
    const auto parsed = ParseRecord(FormatRecord(record));
    ASSERT_TRUE(parsed) << OutcomeName(record.outcome);
    EXPECT_EQ(parsed->outcome, record.outcome);
  }
}

TEST(Record, KeepsEveryValueOnItsOwnLine) {
  Record record = ExampleRecord(7, "", "", "");
  record.detail = "two\nlines\x7F and\xFF bad bytes";
  record.via = "";
  record.socks_reply = -1;
  const std::string text = FormatRecord(record);
  EXPECT_NE(text.find("\ndetail: two%0Alines%7F and\xEF\xBF\xBD bad bytes\n"), std::string::npos);
  EXPECT_NE(text.find("\nvia: -\n"), std::string::npos);
  EXPECT_NE(text.find("\nsocks-reply: -\n"), std::string::npos);
  EXPECT_EQ(FormatRecord(ParseRecord(text).value()), text);
}

TEST(Record, RefusesEveryOtherSpellingAndNamesTheLine) {
  const auto line_of = [](const std::string& text) {
    const auto record = ParseRecord(text);
    return record ? "accepted" : record.error().text.substr(0, record.error().text.find(" of"));
  };
  EXPECT_EQ(line_of(Replaced(kText, "capture/v1", "capture/v2")), "line 1");
  EXPECT_EQ(line_of(Replaced(kText, "url: ", "url:")), "line 2");
  EXPECT_EQ(line_of(Replaced(kText, "job: owls\n", "")), "line 3");
  EXPECT_EQ(line_of(Replaced(kText, "job: owls", "job: Owls")), "line 3");
  EXPECT_EQ(line_of(Replaced(kText, "depth: 2", "depth: 02")), "line 7");
  EXPECT_EQ(line_of(Replaced(kText, "depth: 2", "depth: 4294967296")), "line 7");
  EXPECT_EQ(line_of(Replaced(kText, ".000000Z", "Z")), "line 9");
  EXPECT_EQ(line_of(Replaced(kText, "clock-state: ", "clock-state: \t")), "line 14");
  EXPECT_EQ(line_of(Replaced(kText, "route: owls", "route: \xFF")), "line 16");
  EXPECT_EQ(line_of(Replaced(kText, "circuit: id=28", "circuit: \n")), "line 17");
  EXPECT_EQ(line_of(Replaced(kText, "socks-reply: 0", "socks-reply: 256")), "line 19");
  EXPECT_EQ(line_of(Replaced(kText, "outcome: ok", "outcome: OK")), "line 20");
  EXPECT_EQ(line_of(Replaced(kText, "detail: -", "detail: ")), "line 21");
  EXPECT_EQ(line_of(Replaced(kText, "http-status: 200", "http-status: -")), "line 22");
  EXPECT_EQ(line_of(kText + "more: x\n"), "line 33");
  EXPECT_EQ(line_of(kText.substr(0, kText.size() - 1)), "line 32");
}

TEST(Record, SaysWhatWasWithheldInOneSpelling) {
  Record record = ExampleRecord(7, "request", "head", "");
  record.outcome = Outcome::kWithheld;
  for (const auto by : {Withheld::By::kMediaPolicy, Withheld::By::kHashList}) {
    record.withheld = {by, 5, Sha256("photo")};
    const auto read = ParseRecord(FormatRecord(record));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->withheld, record.withheld);
  }
  const std::string text = FormatRecord(record);
  for (const std::string& bad :
       {std::string("hash-list"), std::string("hash-list 5"), "hash-list 05 " + Sha256("photo").Hex(),
        "hash-list  5 " + Sha256("photo").Hex(), "hash-lists 5 " + Sha256("photo").Hex(),
        "hash-list 5 " + Sha256("photo").Hex() + " ", std::string()})
    EXPECT_FALSE(ParseRecord(Replaced(text, "hash-list 5 " + Sha256("photo").Hex(), bad))) << bad;
}

TEST(Record, MustNotWithholdAndKeepTheSameBody) {
  const auto check = [](const auto& change) {
    Record record = ExampleRecord(7, "request", "head", "");
    record.outcome = Outcome::kWithheld;
    record.withheld = {Withheld::By::kMediaPolicy, 5, Sha256("photo")};
    change(record);
    return CheckBytes(record, "request", "head", record.body_sha256 == Sha256("photo") ? "photo" : "")
        .has_value();
  };
  EXPECT_TRUE(check([](Record&) {}));
  EXPECT_FALSE(check([](Record& record) { record.withheld = {}; }));
  EXPECT_FALSE(check([](Record& record) { record.outcome = Outcome::kOk; }));
  EXPECT_FALSE(check([](Record& record) {
    record.body_sha256 = Sha256("photo");
    record.response_sha256 = Sha256("headphoto");
    record.response_size = 9;
  }));
}

TEST(Record, HasALargestSize) {
  Record record = ExampleRecord(7, "", "", "");
  record.detail = std::string(kMaxRecordSize, 'x');
  EXPECT_FALSE(ParseRecord(FormatRecord(record)));
}

TEST(Exchange, IsAcceptedWhenEveryByteFitsItsRecord) {
  const auto checked = CheckExchange(ExampleExchange(1), ExampleFetcherKey().public_key());
  EXPECT_TRUE(checked) << checked.error().Format();
}

TEST(Exchange, IsRefusedAfterAnyChangeOfOneByteAnywhere) {
  const VerifyKey key = ExampleFetcherKey().public_key();
  const Exchange good = ExampleExchange(1);
  for (Bytes Exchange::*part :
       {&Exchange::record, &Exchange::signature, &Exchange::request, &Exchange::head, &Exchange::body}) {
    for (std::size_t i = 0; i < (good.*part).size(); ++i) {
      Exchange changed = good;
      (changed.*part)[i] = static_cast<char>((changed.*part)[i] ^ 4);
      EXPECT_EQ(CheckExchange(changed, key).error().code, Code::kCorrupt);
    }
  }
}

TEST(Exchange, IsRefusedWhenBytesMoveBetweenHeadAndBody) {
  Exchange moved = ExampleExchange(1);
  moved.head += moved.body.front();
  moved.body.erase(0, 1);
  const auto checked = CheckExchange(moved, ExampleFetcherKey().public_key());
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().text.find("head-size"), std::string::npos);
}

TEST(Exchange, IsRefusedUnderTheKeyOfAnotherFetcher) {
  const auto other = SigningKey::FromSeed(std::string(32, 'g')).value();
  Exchange exchange = ExampleExchange(1);
  EXPECT_FALSE(CheckExchange(exchange, other.public_key()));
  exchange.signature = other.Sign(exchange.record);
  EXPECT_FALSE(CheckExchange(exchange, other.public_key()));
  EXPECT_FALSE(CheckExchange(exchange, ExampleFetcherKey().public_key()));
}

}  // namespace
}  // namespace nightjar::captures
