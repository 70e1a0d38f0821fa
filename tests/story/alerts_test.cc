// SPDX-License-Identifier: Apache-2.0
// An analyst saves a search, new material comes in, and the alert stands in the inbox, reaches the unit's
// webhook and lies as a message for its mail server. Then they hunt through what there is, and take the
// whole answer home as a table. Everything through the shipped program; no Tor is needed for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "tests/story/installation.h"
#include "tests/unit/indexer/sinks/http_receiver.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kHost = "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
const std::string kSecret = "a secret of the unit's own";

std::string Response(const std::string& path, const std::string& body) {
  const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + kHost + path +
         "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:" + path +
         ">\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string Owl(const std::string& path, const std::string& text) {
  return Response(path, "<title>Owl " + path + "</title><p>" + text + "</p>");
}

class Alerts : public ::testing::Test {
 protected:
  Alerts() : nightjar_(World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}) {
    EXPECT_TRUE(WriteFileDurably(Path("secret"), kSecret, 0600));
    nightjar_.Set("webhook_url", receiver_.url());
    nightjar_.Set("webhook_secret", Path("secret"));
    nightjar_.Set("mail_folder", Path("mail"));
    for (const char* name : {"owl-7", "raven-1"})
      nightjar_.Command({"case", "add", name, "--legal-basis", "Order 12/2026", "--officer", "Officer 7"});
  }
  std::string Path(const std::string& name) { return nightjar_.scratch() + "/" + name; }
  void TakeIn(const std::string& name, const std::string& content, const std::string& case_id = "owl-7") {
    ASSERT_TRUE(WriteFileDurably(Path(name), content));
    nightjar_.Command({"import", "warc", Path(name), "--case", case_id, "--source", "Agency B"});
    nightjar_.Command({"index", "--until-caught-up"});
  }
  std::vector<std::string> Messages() {
    std::vector<std::string> messages;
    if (!std::filesystem::exists(Path("mail/new"))) return messages;
    for (const auto& entry : std::filesystem::directory_iterator(Path("mail/new")))
      messages.push_back(ReadFile(entry.path()).value());
    return messages;
  }

  sinks::HttpReceiver receiver_{1};  // refuses the first one
  Installation nightjar_;
};

TEST_F(Alerts, ReachInboxWebhookAndMailFolderOnceAnEventAndStayWithinTheirCase) {
  TakeIn("old.warc", Owl("/old", "clay"));
  EXPECT_THAT(
      nightjar_.Command({"alerts", "save", "owls", "owl clay", "--case", "owl-7", "--to", "webhook,mail"}),
      HasSubstr("1 page version(s) match already"));
  TakeIn("new.warc", Owl("/new", "clay") + Owl("/glass", "glass"));
  TakeIn("theirs.warc", Owl("/theirs", "clay"), "raven-1");

  const std::string inbox = nightjar_.Command({"alerts", "show", "--unread"});
  EXPECT_THAT(inbox, HasSubstr("Owl /new"));
  EXPECT_THAT(inbox, HasSubstr("1 alert(s)"));
  const json::object alert = json::parse(nightjar_.Command({"alerts", "show", "1", "--json"})).as_object();
  ASSERT_EQ(Messages().size(), 1U);
  EXPECT_THAT(Messages()[0], HasSubstr("X-Nightjar-Key: " + std::string(alert.at("key").as_string())));

  // The webhook was busy at first: its delivery waits, and comes with a later run of the role.
  ASSERT_TRUE(WaitUntil(std::chrono::seconds(60), [&] {
    nightjar_.Command({"index", "--until-caught-up"});
    return receiver_.posts().size() >= 2;
  }));
  const auto posts = receiver_.posts();
  ASSERT_EQ(posts.size(), 2U);
  for (const auto& post : posts) {
    EXPECT_EQ(post.headers.at("Idempotency-Key"), std::string(alert.at("key").as_string()));
    const std::string signed_text = post.headers.at("X-Nightjar-Timestamp") + "." + post.body;
    EXPECT_EQ(post.headers.at("X-Nightjar-Signature"), "sha256=" + HmacSha256(kSecret, signed_text).Hex());
  }
  EXPECT_THAT(nightjar_.Command({"alerts", "list"}), Not(HasSubstr("wait")));
  nightjar_.Command({"alerts", "read", "1"});
  EXPECT_THAT(nightjar_.Command({"alerts", "show", "--unread"}), HasSubstr("0 alert(s)"));

  nightjar_.Command({"index", "rebuild"});
  nightjar_.Command({"index", "--until-caught-up"});
  EXPECT_THAT(nightjar_.Command({"alerts", "show"}), HasSubstr("1 alert(s)"));
}

TEST_F(Alerts, AreRefusedWithTheReasonWhereASearchCannotWork) {
  TakeIn("old.warc", Owl("/old", "clay"));
  const Outcome query = nightjar_.Try({"alerts", "save", "owls", "owl AND ("});
  EXPECT_EQ(query.status, 1);
  EXPECT_THAT(query.errors, HasSubstr("character"));
  EXPECT_THAT(nightjar_.Try({"alerts", "save", "owls", "owl", "--to", "pigeon"}).errors,
              HasSubstr("webhook and mail"));
  EXPECT_THAT(nightjar_.Try({"alerts", "save", "owls", "owl", "--on", "sometimes"}).errors,
              HasSubstr("new, changed, gone"));
  EXPECT_THAT(nightjar_.Try({"alerts", "pause", "owls"}).errors, HasSubstr("nightjar alerts"));
}

TEST_F(Alerts, CanBePausedTestedAndRemoved) {
  nightjar_.Command({"search", "owl", "--save", "owls"});
  EXPECT_THAT(nightjar_.Command({"alerts", "pause", "owls"}), HasSubstr("paused"));
  TakeIn("new.warc", Owl("/new", "clay"));
  EXPECT_THAT(nightjar_.Command({"alerts", "show"}), HasSubstr("0 alert(s)"));
  nightjar_.Command({"alerts", "resume", "owls"});
  TakeIn("newer.warc", Owl("/newer", "clay"));
  EXPECT_THAT(nightjar_.Command({"alerts", "show"}), HasSubstr("Owl /newer"));
  EXPECT_THAT(nightjar_.Command({"alerts", "test", "owls"}), HasSubstr("2 page version(s) match now"));
  EXPECT_THAT(nightjar_.Command({"alerts", "remove", "owls"}), HasSubstr("stay in the inbox"));
  EXPECT_THAT(nightjar_.Command({"alerts", "show"}), HasSubstr("1 alert(s)"));
}

TEST_F(Alerts, HuntsGoThroughWhatWasCapturedBefore) {
  TakeIn("old.warc",
         Owl("/1", "pay bc1qabcdef") + Owl("/2", "pay nothing") + Owl("/3", "bc1qfedcba, please"));
  const std::string ended = nightjar_.Command({"hunt", "start", "wallets", "--pattern", "bc1q[a-z]{6}"});
  EXPECT_THAT(ended, HasSubstr("wallets: done, 4 captures looked at, 2 match(es)"));
  const std::string results = nightjar_.Command({"hunt", "results", "wallets"});
  EXPECT_THAT(results, HasSubstr("bc1qabcdef"));
  EXPECT_THAT(nightjar_.Command({"hunt", "results", "wallets", "--csv"}),
              HasSubstr("\"bc1qfedcba, please\""));
  EXPECT_THAT(nightjar_.Command({"hunt", "status"}), HasSubstr("100 %"));
  EXPECT_THAT(nightjar_.Try({"hunt", "start", "bad", "--pattern", "("}).errors, HasSubstr("cannot be read"));
}

TEST_F(Alerts, SearchesPrintATableOrEverythingAsValues) {
  TakeIn("old.warc", Owl("/1", "clay") + Owl("/2", "clay") +
                         Response("/3", "<title>=HYPERLINK(\"x\"), \"owl\"</title><p>clay</p>"));
  const std::string table = nightjar_.Command({"search", "clay", "--sort", "first-seen"});
  EXPECT_THAT(table, HasSubstr("TITLE"));
  EXPECT_THAT(table, HasSubstr("3 of 3 hit(s)"));
  EXPECT_LT(table.find("Owl /1"), table.find("Owl /2"));
  const std::string csv = nightjar_.Command({"search", "clay", "--all", "--csv"});
  EXPECT_THAT(csv, StartsWith("capture,first_seen,"));
  EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK(\"\"x\"\"), \"\"owl\"\"\""));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
  EXPECT_THAT(nightjar_.Command({"search", "clay", "--full"}), HasSubstr("capture 1"));
  EXPECT_THAT(nightjar_.Command({"search", "clay", "--case", "raven-1"}), HasSubstr("0 of 0"));
  EXPECT_NE(nightjar_.Try({"search", "clay", "--all", "--sort", "newest"}).status, 0);
}

}  // namespace
}  // namespace nightjar::story
