// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/tor_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/crawler/tor_control/fake_tor.h"

namespace nightjar::tor_control {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class TorWatchTest : public ::testing::Test {
 protected:
  // Both sides in turn, until neither has anything more to say.
  void Talk() {
    for (int i = 0; i < 12; ++i) {
      watch_.Step();
      tor_.Serve();
    }
  }
  void Later(std::chrono::seconds by) {
    clock_.Advance(by);
    Talk();
  }

  TemporaryFolder scratch_;
  FakeTor tor_{scratch_ / ""};
  ManualClock clock_;
  SeededRandom random_{1};
  TorWatch watch_{{.control_socket = tor_.path_, .consensus = true, .clock = &clock_, .random = &random_}};
};

TEST_F(TorWatchTest, ProvesThatItCanReadTheCookieWithoutShowingIt) {
  Talk();
  EXPECT_TRUE(watch_.health().Bootstrapped()) << watch_.health().Describe();
  EXPECT_THAT(tor_.commands_, Contains(StartsWith("AUTHCHALLENGE SAFECOOKIE ")));
  for (const auto& command : tor_.commands_) EXPECT_THAT(command, Not(HasSubstr(HexEncode(tor_.cookie_))));
  EXPECT_THAT(tor_.commands_, Contains("SETEVENTS CIRC CIRC_MINOR STREAM HS_DESC STATUS_CLIENT"));
  EXPECT_EQ(watch_.health().version, "0.4.9.11");
}

TEST_F(TorWatchTest, DoesNotTalkToAnImpostor) {
  tor_.server_cookie_ = Bytes(32, 'x');
  Talk();
  EXPECT_FALSE(watch_.health().watched);
  EXPECT_THAT(watch_.health().trouble, HasSubstr("does not know Tor's cookie"));
  EXPECT_THAT(tor_.commands_, Not(Contains(StartsWith("AUTHENTICATE"))));
}

TEST_F(TorWatchTest, SaysWhatToDoAboutACookieThatCannotBeRead) {
  ::unlink(tor_.cookie_file_.c_str());
  Talk();
  EXPECT_THAT(watch_.health().trouble, HasSubstr("CookieAuthFileGroupReadable 1"));
}

TEST_F(TorWatchTest, SpeaksTheOlderWaysToo) {
  tor_.methods_ = "NULL";
  Talk();
  EXPECT_TRUE(watch_.health().watched) << watch_.health().Describe();
  EXPECT_THAT(tor_.commands_, Contains("AUTHENTICATE"));
}

TEST_F(TorWatchTest, FollowsTheBootstrap) {
  tor_.health_ = FakeTor::HealthAt(45, "loading_descriptors", false);
  Talk();
  EXPECT_FALSE(watch_.health().Bootstrapped());
  EXPECT_EQ(watch_.health().Describe(), "bootstrapped 45 % (Phase loading_descriptors)");
  tor_.Say(
      "650 STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY=\"Done\"\r\n"
      "650 STATUS_CLIENT NOTICE CIRCUIT_ESTABLISHED\r\n");
  Talk();
  EXPECT_TRUE(watch_.health().Bootstrapped());
  EXPECT_EQ(watch_.health().Describe(), "bootstrapped 100 % (Done), circuits stand");
  tor_.Say("650 STATUS_CLIENT NOTICE CIRCUIT_NOT_ESTABLISHED REASON=DUMMY\r\n");
  Talk();
  EXPECT_FALSE(watch_.health().circuits);
  tor_.health_ = FakeTor::HealthAt(100, "done", true);
  Later(std::chrono::seconds(3));
  EXPECT_TRUE(watch_.health().circuits) << "asked again every two seconds, whatever events were missed";
}

TEST_F(TorWatchTest, ConnectsAgainWhenTorComesBack) {
  Talk();
  tor_.Die();
  Talk();
  EXPECT_FALSE(watch_.health().watched);
  EXPECT_FALSE(watch_.health().trouble.empty());
  tor_.Listen();
  Talk();
  EXPECT_FALSE(watch_.health().watched) << "not at once";
  for (int i = 0; i < 4; ++i) Later(std::chrono::seconds(2));
  EXPECT_TRUE(watch_.health().watched) << watch_.health().Describe();
}

TEST_F(TorWatchTest, CountsATorThatDoesNotAnswerAsLost) {
  Talk();
  tor_.silent_ = true;
  Later(std::chrono::seconds(3));
  EXPECT_TRUE(watch_.health().watched);
  Later(std::chrono::seconds(11));
  EXPECT_FALSE(watch_.health().watched);
  EXPECT_THAT(watch_.health().trouble, HasSubstr("does not answer"));
}

TEST_F(TorWatchTest, SurvivesGarbage) {
  Talk();
  tor_.Say("this is no reply\r\n");
  Talk();
  EXPECT_FALSE(watch_.health().watched);
  Later(std::chrono::seconds(2));
  Talk();
  tor_.Say("250 nobody asked\r\n");
  Talk();
  EXPECT_THAT(watch_.health().trouble, HasSubstr("not asked"));
}

TEST_F(TorWatchTest, TellsOfCircuitsAndConsensus) {
  Talk();
  EXPECT_EQ(watch_.TakeConsensus(), "valid-after\n");
  EXPECT_EQ(watch_.TakeConsensus(), std::nullopt);
  tor_.Say(
      "650 CIRC 28 BUILT $316C51898874072CCABB9F6A9B0AB32F18D2FF17~a PURPOSE=HS_CLIENT_REND\r\n"
      "650 STREAM 41 SENTCONNECT 28 x.onion:80 SOCKS_USERNAME=\"owls/x\"\r\n");
  Talk();
  const auto notes = watch_.TakeNotes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].socks_user, "owls/x");
}

TEST_F(TorWatchTest, GivesTorItsClientKeysOnceAndAgainWhenItWasAway) {
  const std::string name(56, 'a');
  watch_.SetClientKeys({{name + ".onion", {Bytes(32, 'k')}}});
  Talk();
  const std::string add = "ONION_CLIENT_AUTH_ADD " + name + " x25519:" + Base64Encode(Bytes(32, 'k'));
  EXPECT_EQ(std::ranges::count(tor_.commands_, add), 1);
  Later(std::chrono::seconds(3));
  EXPECT_EQ(std::ranges::count(tor_.commands_, add), 1);
  tor_.Die();
  Talk();
  tor_.Listen();
  for (int i = 0; i < 4; ++i) Later(std::chrono::seconds(2));
  EXPECT_EQ(std::ranges::count(tor_.commands_, add), 2);
  watch_.SetClientKeys({});
  Later(std::chrono::seconds(3));
  EXPECT_THAT(tor_.commands_, Contains("ONION_CLIENT_AUTH_REMOVE " + name));
}

}  // namespace
}  // namespace nightjar::tor_control
