// SPDX-License-Identifier: Apache-2.0
// The main job from end to end, as the demo does it: order a crawl, let it run over real Tor, search, export,
// verify.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "base/file.h"
#include "base/random.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

constexpr std::chrono::seconds kCrawlPatience{420};

// One crawl for all tests of this file: it takes a minute, and each test only reads what it left.
class FirstLight : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = FindWorld();
    ASSERT_TRUE(world_) << "the private Tor network is not there: run through ctest, which starts it";
    installation_ = std::make_unique<Installation>(*world_);
    installation_->OrderCrawl(*world_);
    up_ = std::make_unique<Child>(installation_->Start("up"));
    ASSERT_TRUE(WaitUntil(kCrawlPatience, [] { return installation_->Idle(); }))
        << "the crawl did not come to rest: " << json::serialize(installation_->Status());
  }
  static void TearDownTestSuite() {
    up_.reset();
    installation_.reset();
  }
  void SetUp() override { ASSERT_TRUE(up_) << "the crawl of this suite failed"; }

  static std::string Export(const std::string& name) {
    const std::string path = installation_->scratch() + "/" + name;
    installation_->Command({"export", "--case", "owl-7", "--query", "kind:listing", "--out", path});
    return path;
  }
  // verify.py as it lies in the bundle, taken out with tar alone.
  static std::string ExtractVerifier(const std::string& bundle) {
    const Outcome extracted = RunProgram("/usr/bin/tar", {"-C", installation_->scratch(), "-xf", bundle});
    EXPECT_EQ(extracted.status, 0) << extracted.errors;
    const Outcome found = RunProgram("/usr/bin/find", {installation_->scratch(), "-name", "verify.py"});
    EXPECT_FALSE(found.output.empty()) << "the bundle carries no verify.py";
    return found.output.substr(0, found.output.find('\n'));
  }

  static std::optional<World> world_;
  static std::unique_ptr<Installation> installation_;
  static std::unique_ptr<Child> up_;
};

std::optional<World> FirstLight::world_;
std::unique_ptr<Installation> FirstLight::installation_;
std::unique_ptr<Child> FirstLight::up_;

TEST_F(FirstLight, HasADoctorWhoFindsNothingWrongHere) {
  const Outcome outcome = installation_->Try({"doctor"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_NE(outcome.output.find("ok   jail of nightjar-fetcher: full"), std::string::npos) << outcome.output;
  EXPECT_EQ(outcome.output.find("BAD"), std::string::npos) << outcome.output;
}

TEST_F(FirstLight, FindsEveryListingOfTheGroundTruthByItsTitle) {
  const auto& listings = world_->truth.at("listings").as_array();
  ASSERT_GT(listings.size(), 20U);
  for (const auto& listing : listings) {
    const std::string title(listing.at("title").as_string());
    const auto answer = json::parse(installation_->Command({"search", "title:\"" + title + "\"", "--json"}));
    bool found = false;
    for (const auto& hit : answer.at("hits").as_array())
      found |= hit.at("title").as_string().find(title) != std::string::npos;
    EXPECT_TRUE(found) << title;
  }
}

// Without any profile, over real Tor: what the market's front page says it has, and what was captured of it.
TEST_F(FirstLight, ComparesWhatAMarketSaysItHasWithWhatWasCaptured) {
  const json::array& sites = world_->truth.at("sites").as_array();
  const auto bazaar = std::ranges::find_if(
      sites, [](const json::value& site) { return site.at("site") == json::value("bazaar"); });
  ASSERT_NE(bazaar, sites.end());
  const std::string host(bazaar->at("host").as_string());
  const auto listings = std::ranges::count_if(
      world_->truth.at("listings").as_array(),
      [](const json::value& listing) { return listing.at("site") == json::value("bazaar"); });
  const auto covered = json::parse(installation_->Command({"coverage", host, "--json"}));
  EXPECT_EQ(covered.at("case"), json::value("owl-7"));
  EXPECT_TRUE(covered.at("outages").as_array().empty());
  const json::value& whole = covered.at("rows").as_array().front();
  EXPECT_EQ(whole.at("announced").to_number<std::int64_t>(), listings);
  EXPECT_EQ(whole.at("captured").to_number<std::int64_t>(), listings);
  const Outcome unknown = installation_->Try({"coverage", "nobody.onion"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_NE(unknown.errors.find("`nightjar coverage` lists all"), std::string::npos) << unknown.errors;
}

TEST_F(FirstLight, ShowsAVendorByItsNameHoweverItIsSpelt) {
  const json::value& vendor = world_->truth.at("vendors").as_array().front();
  std::string name(vendor.at("name").as_string());
  const std::string shown = installation_->Command({"vendor", name, "--json"});
  const auto first = json::parse(shown.substr(0, shown.find('\n')));
  EXPECT_EQ(first.at("name"), vendor.at("name"));
  EXPECT_EQ(first.at("case"), json::value("owl-7"));
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  EXPECT_EQ(installation_->Command({"vendor", name, "--json"}), shown);
  EXPECT_EQ(installation_->Try({"vendor", "nobody at all"}).status, 1);
}

TEST_F(FirstLight, WidensAWordByItsOtherNamesAlsoWhenEveryHitIsPrinted) {
  const std::string narrow = installation_->Command({"search", "cocaine", "--all"});
  EXPECT_EQ(narrow.find(" also as "), std::string::npos) << narrow;
  const std::string wide = installation_->Command({"search", "cocaine", "--all", "--slang"});
  EXPECT_NE(wide.find("cocaine also as "), std::string::npos) << wide;
  EXPECT_NE(wide.find("snow"), std::string::npos) << wide;
}

TEST_F(FirstLight, CoversEveryCaptureWithASignedCheckpoint) {
  const json::object status = installation_->Status();
  const auto& archive = status.at("archive").as_object();
  EXPECT_GT(archive.at("captures").to_number<std::uint64_t>(), 100U);
  EXPECT_EQ(archive.at("captures"), archive.at("checkpoint_size"));
}

TEST_F(FirstLight, ExportsABundleThatBothVerifiersAccept) {
  const std::string bundle = Export("good.tar");
  EXPECT_NE(installation_->Command({"verify", bundle}).find("VERIFIED"), std::string::npos);
  const Outcome python = RunProgram("/usr/bin/python3", {ExtractVerifier(bundle), bundle});
  EXPECT_EQ(python.status, 0) << python.output << python.errors;
}

TEST_F(FirstLight, GivesTheSameBytesForTheSameExport) {
  EXPECT_EQ(ReadFile(Export("once.tar")).value(), ReadFile(Export("twice.tar")).value());
}

TEST_F(FirstLight, HasEachOf200FlippedBytesRejectedByBothVerifiers) {
  const std::string bundle = Export("mutants.tar");
  const std::string verifier = ExtractVerifier(bundle);
  const Bytes original = ReadFile(bundle).value();
  SeededRandom random(20260101);
  const std::string mutant = installation_->scratch() + "/mutant.tar";
  for (int round = 0; round < 200; ++round) {
    Bytes changed = original;
    const std::size_t place = random.Next() % changed.size();
    changed[place] = static_cast<char>(changed[place] ^ (1 << (random.Next() % 8)));
    ASSERT_TRUE(WriteFileDurably(mutant, changed));
    EXPECT_EQ(installation_->Try({"verify", mutant}).status, 1)
        << "nightjar verify accepted a flip at byte " << place;
    EXPECT_EQ(RunProgram("/usr/bin/python3", {verifier, mutant}).status, 1)
        << "verify.py accepted a flip at byte " << place;
  }
}

TEST_F(FirstLight, ServesPagesAndApi) {
  const std::string origin = "http://127.0.0.1:" + std::to_string(installation_->port());
  const auto get = [&](const std::string& path) {
    return RunProgram("/usr/bin/curl", {"-sS", "--fail", "-i", origin + path});
  };
  const Outcome health = get("/healthz");
  EXPECT_NE(health.output.find("200 OK"), std::string::npos);
  EXPECT_NE(health.output.find("\"sandbox\":\"full\""), std::string::npos) << health.output;
  const Outcome page = get("/");
  EXPECT_NE(page.output.find("Content-Security-Policy: default-src 'none'"), std::string::npos)
      << page.output.substr(0, 600);
  const Outcome answer = get("/api/v1/search?q=kind:listing");
  EXPECT_NE(answer.output.find("\"total\""), std::string::npos) << answer.errors;
}

TEST_F(FirstLight, IsReadInARealBrowserWithoutScriptsAndWithoutAnyOtherHost) {
  const std::string web = std::string(NIGHTJAR_SOURCE) + "/tests/story/web";
  ASSERT_TRUE(ReadFile(web + "/node_modules/playwright-core/package.json"))
      << "run `npm ci` in tests/story/web first";
  const std::string origin = "http://127.0.0.1:" + std::to_string(installation_->port());
  const Outcome walk = RunProgram("/usr/bin/env", {"node", web + "/browse.mjs", origin, "kind:listing"});
  ASSERT_EQ(walk.status, 0) << walk.errors;
  const json::value report = json::parse(walk.output);
  EXPECT_TRUE(report.at("foreign_requests").as_array().empty()) << walk.output;
  EXPECT_TRUE(report.at("complaints").as_array().empty()) << walk.output;
  EXPECT_TRUE(report.at("failed").as_array().empty()) << walk.output;
  EXPECT_EQ(report.at("address_after_search").as_string(), origin + "/")
      << "query terms must not be in the address";
  EXPECT_GT(report.at("cards").to_number<int>(), 5);
  EXPECT_GT(report.at("cards_of_second_page").to_number<int>(), 0);
  EXPECT_EQ(report.at("onion_links").to_number<int>(), 0) << "a captured address must not be a link";
  const std::string capture(report.at("capture_text").as_string());
  for (const char* shown : {"hxxp://", "nightjar-capture/v1", "c2sp.org/tlog-proof@v1"}) {
    EXPECT_NE(capture.find(shown), std::string::npos) << shown;
  }
  EXPECT_NE(report.at("mistake").as_string().find("vendor"), std::string::npos)
      << "a mistake names the nearest field";
}

TEST_F(FirstLight, RebuildsTheIndexFromTheArchiveToTheSameAnswers) {
  const auto total = [] {
    return json::parse(installation_->Command({"search", "kind:listing", "--json"})).at("total");
  };
  const auto before = total();
  up_->Signal(SIGTERM);
  ASSERT_TRUE(WaitUntil(std::chrono::seconds(30),
                        [] { return up_->WaitFor(std::chrono::milliseconds(0)).has_value(); }));
  installation_->Command({"index", "rebuild"});
  EXPECT_EQ(total(), before);
  EXPECT_NE(installation_->Command({"index", "compact"}).find("compacted"), std::string::npos);
  EXPECT_NE(installation_->Command({"index", "verify"}).find("SOUND"), std::string::npos);
  EXPECT_EQ(json::parse(installation_->Command({"index", "status", "--json"})).at("schema"), "2");
  EXPECT_EQ(total(), before);
  *up_ = installation_->Start("up");
}

}  // namespace
}  // namespace nightjar::story
