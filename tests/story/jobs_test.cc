// SPDX-License-Identifier: Apache-2.0
// An administrator orders, changes and looks at crawl jobs through the shipped program, mostly with no crawl
// running.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>

#include "base/file.h"
#include "base/onion.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Host(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}
std::string Seed(char seed) { return "http://" + Host(seed) + "/"; }

// A SOCKS socket that takes connections and never answers: a crawl can start, and its first task stays under
// way.
class SilentTor final {
 public:
  SilentTor() : path_(scratch_.path() + "/socks"), socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket_.get(), 100), 0);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Scratch scratch_;
  std::string path_;
  UniqueFd socket_;
};

class Jobs : public ::testing::Test {
 protected:
  Jobs() : nightjar_(World{.socks = tor_.path(), .consensus = "/nonexistent/consensus"}) {
    nightjar_.Set("tor_side", "warn");  // the socket is there, and never says a word
    nightjar_.Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026"});
  }
  void AddMarket(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"job", "add", "market", "--case", "owl-7", "--seed", Seed('a')};
    words.insert(words.end(), more.begin(), more.end());
    nightjar_.Command(words);
  }
  json::value Json(std::vector<std::string> words) {
    words.emplace_back("--json");
    return json::parse(nightjar_.Command(words));
  }
  std::string Error(const std::vector<std::string>& words) {
    const Outcome outcome = nightjar_.Try(words);
    EXPECT_EQ(outcome.status, 1) << outcome.output;
    EXPECT_EQ(std::ranges::count(outcome.errors, '\n'), 1) << outcome.errors;
    return outcome.errors;
  }
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = nightjar_.scratch() + "/" + name;
    EXPECT_TRUE(WriteFileDurably(path, text));
    return path;
  }
  SilentTor tor_;
  Installation nightjar_;
};

TEST_F(Jobs, AreAddedListedShownAndEdited) {
  AddMarket({"--cron", "30 2 * * *", "--window", "22:00-06:00", "--exclude", "logout", "--exclude", "print"});
  EXPECT_THAT(nightjar_.Command({"job", "list"}), HasSubstr("scheduled"));
  const json::value listed = Json({"job", "list"});
  ASSERT_EQ(listed.as_array().size(), 1U);

  const json::value shown = Json({"job", "show", "market"});
  EXPECT_EQ(shown.at("name").as_string(), "market");
  EXPECT_EQ(shown.at("phase").as_string(), "scheduled");
  EXPECT_TRUE(shown.at("next_run").as_string().ends_with("T02:30:00.000000Z"));
  EXPECT_EQ(shown.at("scope").at("exclude").as_array().size(), 2U);
  EXPECT_EQ(shown.at("schedule").at("windows").as_array().at(0).as_string(), "22:00-06:00");
  EXPECT_EQ(shown.at("budget").at("pages").as_int64(), 10000);
  EXPECT_TRUE(shown.at("runs").as_array().empty());

  nightjar_.Command(
      {"job", "edit", "market", "--pages", "77", "--cron", "", "--exclude", "", "--robots", "obey"});
  const json::value edited = Json({"job", "show", "market"});
  EXPECT_EQ(edited.at("phase").as_string(), "due");
  EXPECT_EQ(edited.at("budget").at("pages").as_int64(), 77);
  EXPECT_TRUE(edited.at("scope").at("exclude").as_array().empty());
  EXPECT_EQ(edited.at("robots").as_string(), "obey");
  EXPECT_THAT(nightjar_.Command({"job", "show", "market"}), HasSubstr("budget.pages: 77"));
}

TEST_F(Jobs, ComeFromAFileThatTheProgramItselfCanWrite) {
  std::string yaml = nightjar_.Command({"job", "example"});
  const auto at = yaml.find("http://<56 characters>.onion/");
  ASSERT_NE(at, std::string::npos);
  yaml.replace(at, std::string("http://<56 characters>.onion/").size(), Seed('a'));
  nightjar_.Command({"job", "add", "--file", Write("job.yaml", yaml), "--priority", "9"});
  EXPECT_EQ(Json({"job", "show", "market"}).at("priority").as_int64(), 9);
  const std::string path = Write("bad.yaml", "name: x\ncase: owl-7\nscope:\n  dept: 3\n");
  EXPECT_THAT(Error({"job", "add", "--file", path}), HasSubstr("bad.yaml:4"));
}

TEST_F(Jobs, ArePausedResumedCancelledAndRemovedAndNeverReplaced) {
  AddMarket();
  EXPECT_EQ(Json({"job", "pause", "market"}).at("state").as_string(), "paused");
  EXPECT_THAT(Error({"job", "run-now", "market"}), HasSubstr("paused"));
  nightjar_.Command({"job", "resume", "market"});
  EXPECT_THAT(Error({"job", "rm", "market"}), HasSubstr("nightjar job cancel market"));
  nightjar_.Command({"job", "cancel", "market"});
  EXPECT_THAT(Error({"job", "resume", "market"}), HasSubstr("stays cancelled"));
  nightjar_.Command({"job", "rm", "market"});
  EXPECT_EQ(Json({"job", "list"}).as_array().size(), 0U);
  EXPECT_THAT(Error({"job", "add", "market", "--case", "owl-7", "--seed", Seed('a')}),
              HasSubstr("records bear it"));
}

TEST_F(Jobs, AreRefusedInOneLineThatSaysWhatIsWrong) {
  const std::vector<std::string> good{"job", "add", "x", "--case", "owl-7", "--seed", Seed('a')};
  const auto error = [&](std::vector<std::string> more) {
    std::vector<std::string> words = good;
    words.insert(words.end(), more.begin(), more.end());
    return Error(words);
  };
  EXPECT_THAT(error({"--cron", "61 * * * *"}), HasSubstr("minute"));
  EXPECT_THAT(error({"--window", "10-11"}), HasSubstr("--window"));
  EXPECT_THAT(error({"--include", "(("}), HasSubstr("(("));
  EXPECT_THAT(error({"--robots", "maybe"}), HasSubstr("ignore, record, obey"));
  EXPECT_THAT(error({"--time", "12"}), HasSubstr("--time"));
  EXPECT_THAT(Error({"job", "add", "x", "--case", "none", "--seed", Seed('a')}),
              HasSubstr("nightjar case add"));
  EXPECT_THAT(Error({"job", "show", "x"}), HasSubstr("nightjar job list"));
  EXPECT_THAT(Error({"job", "edit", "x", "--pages", "1"}), HasSubstr("nightjar job list"));
}

TEST_F(Jobs, TakeSeedsFromALinkListAndSayWhatWasRefused) {
  AddMarket();
  std::string mistyped = Host('c');
  mistyped[9] = mistyped[9] == 'a' ? 'b' : 'a';
  const std::string list = Write("links.html", "<a href='" + Seed('b') + "shop'>shop</a> " + Seed('a') +
                                                   " http://" + mistyped + "/ expyuzz4wqqyqhjn.onion");
  const json::value seeded = Json({"job", "seed", "market", list});
  EXPECT_EQ(seeded.at("added").as_int64(), 1);
  EXPECT_EQ(seeded.at("known").as_int64(), 1);
  EXPECT_EQ(seeded.at("old_names").as_int64(), 1);
  ASSERT_EQ(seeded.at("refused").as_array().size(), 1U);
  EXPECT_THAT(std::string(seeded.at("refused").at(0).at("reason").as_string()), HasSubstr("checksum"));
  EXPECT_EQ(Json({"job", "show", "market"}).at("scope").at("hosts").as_array().size(), 2U);
  const json::value old = Json({"job", "seed", "--historic"});
  EXPECT_EQ(old.at(0).at("name").as_string(), "expyuzz4wqqyqhjn.onion");
  EXPECT_THAT(nightjar_.Command({"job", "seed", "market", list, "--refused"}), HasSubstr(mistyped));
  EXPECT_THAT(Error({"job", "seed", "market"}), HasSubstr("nightjar job seed JOB FILE"));
}

TEST_F(Jobs, OrdersWaitForTheCrawlRoleAndCanBeSeen) {
  AddMarket();
  const json::value ordered = Json({"job", "run-now", "market"});
  EXPECT_EQ(ordered.at("state").as_string(), "open");
  EXPECT_FALSE(ordered.at("crawl_running").as_bool());
  EXPECT_THAT(nightjar_.Command({"queue", "drop", "market", "--prefix", Seed('a') + "x"}),
              HasSubstr("none runs now"));
  EXPECT_THAT(nightjar_.Command({"host", "retry", Host('a')}), HasSubstr("nightjar crawl"));
  const json::value open = Json({"queue", "requests"});
  ASSERT_EQ(open.as_array().size(), 3U);
  EXPECT_EQ(open.at(0).at("what").as_string(), "run-now");
  EXPECT_EQ(open.at(1).at("url_prefix").as_string(), Seed('a') + "x");
  EXPECT_THAT(Error({"job", "run-now", "market", "--wait"}), HasSubstr("no crawl runs"));
  EXPECT_TRUE(Json({"queue", "show"}).at("urls").as_array().empty());
}

TEST_F(Jobs, OrdersAreCarriedOutByARunningCrawlAndAnswered) {
  AddMarket({"--seed", Seed('a') + "x"});
  const Child crawl = nightjar_.Start("crawl");
  const auto runs = [&] { return Json({"job", "show", "market"}).at("runs").as_array(); };
  ASSERT_TRUE(WaitUntil(std::chrono::seconds(60), [&] { return !runs().empty(); }));
  EXPECT_EQ(Json({"job", "show", "market"}).at("phase").as_string(), "running");
  EXPECT_EQ(Json({"queue", "show", "--job", "market"}).at("urls").as_array().size(), 2U);

  const json::value ordered = Json({"job", "run-now", "market", "--wait"});
  EXPECT_EQ(ordered.at("state").as_string(), "done");
  EXPECT_TRUE(ordered.at("crawl_running").as_bool());
  ASSERT_EQ(runs().size(), 2U);
  EXPECT_EQ(runs().at(0).at("cause").as_string(), "ordered");
  EXPECT_EQ(runs().at(1).at("end").as_string(), "replaced");

  EXPECT_EQ(nightjar_.Command({"queue", "drop", "market", "--wait"}),
            "1 waiting URL(s) of job market dropped\n");
  EXPECT_EQ(Json({"queue", "show", "--state", "excluded"}).at("urls").at(0).at("why").as_string(), "dropped");
  EXPECT_THAT(nightjar_.Command({"host", "retry", Host('a'), "--wait"}), HasSubstr("are due now"));
  EXPECT_EQ(Json({"host", "show", Host('a')}).at("jobs").at(0).at("counts").at("leased").as_int64(), 1);
  EXPECT_TRUE(Json({"queue", "requests"}).as_array().empty());
}

TEST_F(Jobs, HostsAreBlockedSlowedAndListed) {
  const json::value blocked = Json({"host", "block", "WWW." + Host('a'), "--reason", "seized"});
  EXPECT_EQ(blocked.at("host").as_string(), Host('a'));
  nightjar_.Command({"host", "set-delay", Host('b'), "5000"});
  const json::value listed = Json({"host", "list"});
  EXPECT_EQ(listed.as_array().size(), 2U);
  EXPECT_TRUE(Json({"host", "show", Host('a')}).at("blocked").as_bool());
  EXPECT_EQ(Json({"host", "show", Host('b')}).at("min_delay_ms").as_int64(), 5000);
  EXPECT_THAT(nightjar_.Command({"host", "list"}), HasSubstr("blocked (seized)"));
  nightjar_.Command({"host", "unblock", Host('a')});
  EXPECT_EQ(Json({"host", "list"}).as_array().size(), 1U);
  EXPECT_THAT(Error({"host", "block", "localhost"}), HasSubstr("local networks"));
}

TEST_F(Jobs, ExplainAUrl) {
  AddMarket({"--exclude", "^/logout"});
  const json::value in = Json({"url", "../list?page=2", "--base", Seed('a') + "shop/x", "--job", "market"});
  EXPECT_EQ(in.at("url").as_string(), Seed('a') + "list?page=2");
  EXPECT_EQ(in.at("verdict").as_string(), "in-scope");
  EXPECT_EQ(in.at("key").as_string().size(), 64U);
  EXPECT_EQ(Json({"url", Seed('a') + "logout", "--job", "market"}).at("verdict").as_string(), "excluded");
  EXPECT_EQ(Json({"url", Seed('b'), "--job", "market"}).at("verdict").as_string(), "outside");
  EXPECT_EQ(Json({"url", "http://example.org/"}).at("verdict").as_string(), "refused");
  nightjar_.Command({"host", "block", Host('a')});
  EXPECT_THAT(nightjar_.Command({"url", Seed('a'), "--job", "market"}), HasSubstr("verdict   blocked"));
  EXPECT_THAT(Error({"url", "ftp://x/"}), Not(HasSubstr("bug")));
}

TEST_F(Jobs, AskRobotsTxtOffline) {
  const std::string file =
      Write("robots.txt", "User-agent: *\nDisallow: /private # not here\nAllow: /private/ok$\n");
  const json::value no = Json({"robots", file, Seed('a') + "private/x"});
  EXPECT_FALSE(no.at("allowed").as_bool());
  EXPECT_EQ(no.at("line").as_int64(), 2);
  EXPECT_EQ(no.at("rule").as_string(), "Disallow: /private");
  EXPECT_EQ(nightjar_.Command({"robots", file, Seed('a') + "private/ok"}),
            "allowed by line 3: Allow: /private/ok$\n");
  EXPECT_EQ(nightjar_.Command({"robots", file, Seed('a')}), "allowed: no rule for nightjar matches\n");
}

TEST_F(Jobs, HaveAnExampleInTheHelpOfEveryVerb) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> verbs = {
      {"job",
       {"add", "example", "list", "show", "edit", "seed", "pause", "resume", "run-now", "cancel", "rm"}},
      {"host", {"list", "show", "block", "unblock", "set-delay", "retry"}},
      {"queue", {"show", "drop", "requests"}}};
  for (const auto& [verb, subs] : verbs) {
    for (const auto& sub : subs) {
      const Outcome help = RunProgram(NightjarPath(), {verb, sub, "--help"});
      EXPECT_EQ(help.status, 0) << verb << " " << sub;
      EXPECT_NE(help.output.find("Example:\n  nightjar " + verb + " " + sub), std::string::npos)
          << help.output;
    }
  }
}

}  // namespace
}  // namespace nightjar::story
