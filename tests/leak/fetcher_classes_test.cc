// SPDX-License-Identifier: Apache-2.0
// A fetcher of one route class never fetches for another, and speaks to an I2P router's proxy as that wants.
#include <gmock/gmock.h>

#include "crawler/fetcher/circuit_notes.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kI2pHost = std::string(52, 'a') + ".b32.i2p";
constexpr char kPage[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

class FetcherClassTest : public FetcherTest {
 protected:
  void StartAs(RouteClass route) {
    handover::Hello hello = MakeHello();
    hello.route_class = route;
    auto started = crawler::FetcherProcess::Start(FetcherProgram(), hello);
    ASSERT_TRUE(started) << started.error().Format();
    fetcher_ = std::make_unique<crawler::FetcherProcess>(std::move(*started));
  }
  Outcome OutcomeOf(const std::string& url) { return RecordOf(Fetch(url)).outcome; }
};

TEST_F(FetcherClassTest, RefusesHostsOfOtherClassesWithoutASingleConnection) {
  const std::map<RouteClass, std::string> urls = {{RouteClass::kOnion, url_},
                                                  {RouteClass::kI2p, "http://" + kI2pHost + "/"},
                                                  {RouteClass::kClearnet, "http://www.example.org/"}};
  for (const auto& [route, own] : urls) {
    StartAs(route);
    for (const auto& [other, url] : urls) {
      if (other == route) continue;
      EXPECT_EQ(OutcomeOf(url), Outcome::kNotAttempted) << url;
    }
  }
  EXPECT_TRUE(tor_->visits().empty());
}

TEST_F(FetcherClassTest, FetchesANamedHostThroughTorsSocketAndLetsTorResolveIt) {
  ServeBytes(kPage);
  tor_->AlsoServeTheClearnet();
  StartAs(RouteClass::kClearnet);
  EXPECT_EQ(OutcomeOf("http://www.example.org/x"), Outcome::kOk);
  ASSERT_EQ(tor_->clearnet_visits().size(), 1U);
  EXPECT_EQ(tor_->clearnet_visits()[0].host, "www.example.org");
  EXPECT_EQ(OutcomeOf("http://127.0.0.1/"), Outcome::kNotAttempted);
  EXPECT_EQ(OutcomeOf("http://localhost/"), Outcome::kNotAttempted);
}

TEST_F(FetcherClassTest, AsksAnI2pProxyForTheWholeUrlOnAConnectionOfItsOwn) {
  tor_->ServeWithoutSocks([](const Stream& stream) {
    const std::string request = stream.ReadRequest();
    if (request.starts_with("GET http://")) stream.Write(kPage);
    stream.WaitForEnd();
  });
  StartAs(RouteClass::kI2p);
  for (int i = 0; i < 2; ++i) {
    const auto done = Fetch("http://" + kI2pHost + "/forum?t=1");
    EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk) << RecordOf(done).detail;
    EXPECT_THAT(done.exchange.request, StartsWith("GET http://" + kI2pHost + "/forum?t=1 HTTP/1.1\r\n"));
    EXPECT_THAT(done.exchange.request, HasSubstr("\r\nHost: " + kI2pHost + "\r\n"));
  }
  EXPECT_EQ(tor_->connections(), 2U);
  EXPECT_EQ(OutcomeOf("https://" + kI2pHost + "/"), Outcome::kNotAttempted);
}

TEST_F(FetcherClassTest, WritesWhatItWasToldOfTheCircuitIntoTheRecord) {
  ServeBytes(kPage);
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).circuit, "-");
  ASSERT_TRUE(fetcher_->channel().Send(handover::Circuit{"job/host/-/0", "id=1"}));
  ASSERT_TRUE(fetcher_->channel().Send(handover::Circuit{"job/other/-/0", "id=3"}));
  ASSERT_TRUE(fetcher_->channel().Send(handover::Circuit{"job/host/-/0", "id=2"}));
  EXPECT_EQ(RecordOf(Fetch(url_)).circuit, "id=2");
  tor_->AnswerSocks(0xF3);
  EXPECT_EQ(RecordOf(Fetch(url_)).circuit, "-") << "no stream stood, so no circuit carried it";
}

TEST(CircuitNotes, ForgetTheOldestOfTooManyUsers) {
  fetcher::CircuitNotes notes;
  for (std::size_t i = 0; i < fetcher::CircuitNotes::kMostUsers + 10; ++i) {
    notes.Keep("user" + std::to_string(i), "first");
    notes.Keep("user" + std::to_string(i), "second");
  }
  EXPECT_EQ(notes.Of("user9"), "-");
  EXPECT_EQ(notes.Of("user10"), "second");
}

}  // namespace
}  // namespace nightjar::leak
