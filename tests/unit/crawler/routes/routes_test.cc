// SPDX-License-Identifier: Apache-2.0
#include "crawler/routes/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace nightjar::routes {
namespace {

using ::testing::MatchesRegex;

const std::string kHost = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion";

Identity Anonymous(const std::string& host = kHost) { return {JobId{"job-1"}, host, ""}; }
Identity Persona() { return {JobId{"job-1"}, kHost, "buyer7"}; }

class RoutesTest : public ::testing::Test {
 protected:
  SeededRandom random_{1};
  Routes routes_{random_};
};

TEST_F(RoutesTest, TagTheUserWithJobHostPersonaRunLaneAndEpoch) {
  EXPECT_THAT(routes_.For(Anonymous()).user, MatchesRegex("job-1/abcdefghijklmnop/-/[0-9a-f]{6}\\.0\\.0"));
  EXPECT_THAT(routes_.For(Anonymous(), 3).user, MatchesRegex("job-1/abcdefghijklmnop/-/[0-9a-f]{6}\\.3\\.0"));
  EXPECT_THAT(routes_.For(Persona()).user, MatchesRegex("job-1/abcdefghijklmnop/buyer7/[0-9a-f]{6}\\.0\\.0"));
  EXPECT_EQ(routes_.For(Anonymous()).password.size(), 64U);
}

TEST_F(RoutesTest, GiveTheSameCredentialsUntilTheRouteIsLeft) {
  const Credentials first = routes_.For(Anonymous());
  EXPECT_EQ(routes_.For(Anonymous()).password, first.password);
  routes_.Leave(Anonymous(), first.user, Why::kRendezvous);
  const Credentials second = routes_.For(Anonymous());
  EXPECT_TRUE(second.user.ends_with(".0.1")) << second.user;
  EXPECT_NE(second.password, first.password);
}

TEST_F(RoutesTest, RaiseTheEpochOnceForManyFailuresOfOneCircuit) {
  const std::string user = routes_.For(Anonymous()).user;
  for (int i = 0; i < 10; ++i) routes_.Leave(Anonymous(), user, Why::kTimedOut);
  EXPECT_TRUE(routes_.For(Anonymous()).user.ends_with(".0.1"));
}

TEST_F(RoutesTest, LeaveOneLaneAndKeepTheOthers) {
  const std::string other = routes_.For(Anonymous(), 1).user;
  routes_.Leave(Anonymous(), routes_.For(Anonymous(), 2).user, Why::kBlocked);
  EXPECT_TRUE(routes_.For(Anonymous(), 2).user.ends_with(".2.1"));
  EXPECT_EQ(routes_.For(Anonymous(), 1).user, other);
}

TEST_F(RoutesTest, LeaveNothingForATagThatIsNotTheirs) {
  const std::string user = routes_.For(Anonymous()).user;
  for (const char* text : {"", ".", "..", "a.b", "job-1/x/-/0", "x.99.0", "x.0.0"})
    routes_.Leave(Anonymous(), text, Why::kTimedOut);
  EXPECT_EQ(routes_.For(Anonymous()).user, user);
}

TEST_F(RoutesTest, SpreadTasksUnderWayOverAllLanes) {
  std::set<std::string> users;
  for (int i = 0; i < 8; ++i) users.insert(routes_.Take(Anonymous(), 8).user);
  EXPECT_EQ(users.size(), 8U);
  EXPECT_TRUE(users.contains(routes_.Take(Anonymous(), 8).user)) << "no more lanes than were asked for";
}

TEST_F(RoutesTest, TakeTurnsWhereOneTaskFollowsAnother) {
  std::set<std::string> users;
  for (int i = 0; i < 4; ++i) {
    const std::string user = routes_.Take(Anonymous(), 4).user;
    users.insert(user);
    routes_.GiveBack(Anonymous(), user);
  }
  EXPECT_EQ(users.size(), 4U);
}

TEST_F(RoutesTest, GiveAFreeLaneBeforeABusyOne) {
  std::vector<std::string> taken;
  for (int i = 0; i < 4; ++i) taken.push_back(routes_.Take(Anonymous(), 4).user);
  routes_.GiveBack(Anonymous(), taken[2]);
  EXPECT_EQ(routes_.Take(Anonymous(), 4).user, taken[2]);
}

TEST_F(RoutesTest, FreeALaneWhoseCircuitWasLeftMeanwhile) {
  const std::string user = routes_.Take(Anonymous(), 2).user;
  routes_.Leave(Anonymous(), user, Why::kTimedOut);
  routes_.GiveBack(Anonymous(), user);
  std::set<std::string> users{routes_.Take(Anonymous(), 2).user, routes_.Take(Anonymous(), 2).user};
  EXPECT_EQ(users.size(), 2U);
}

TEST_F(RoutesTest, KeepAPersonaOnOneCircuit) {
  const std::string user = routes_.Take(Persona(), 8).user;
  for (int i = 0; i < 8; ++i) EXPECT_EQ(routes_.Take(Persona(), 8).user, user);
}

TEST_F(RoutesTest, NeverComeBackToAnOldTagWhenTooManyRoutesWereLeft) {
  std::set<std::string> seen;
  const auto fresh = [&] { return seen.insert(routes_.For(Anonymous()).user).second; };
  EXPECT_TRUE(fresh());
  for (int i = 0; i < 5; ++i) {
    routes_.Leave(Anonymous(), routes_.For(Anonymous()).user, Why::kTimedOut);
    EXPECT_TRUE(fresh());
  }
  for (std::size_t i = 0; i < Routes::kMostEpochs; ++i) {
    const Identity other = Anonymous(std::to_string(i));
    routes_.Leave(other, routes_.For(other).user, Why::kTimedOut);
  }
  EXPECT_TRUE(fresh());
}

TEST_F(RoutesTest, ShareNoPasswordBetweenJobsHostsPersonasLanesOrProcesses) {
  SeededRandom other_random(2);
  const Routes other_process(other_random);
  std::string alike = kHost;
  alike[40] = '7';  // the same first 16 characters, so the same user name
  const std::set<std::string> passwords = {
      routes_.For(Anonymous()).password,      routes_.For(Anonymous(), 1).password,
      routes_.For(Anonymous(alike)).password, routes_.For({JobId{"job-2"}, kHost, ""}).password,
      routes_.For(Persona()).password,        other_process.For(Anonymous()).password,
  };
  EXPECT_EQ(passwords.size(), 6U);
  EXPECT_NE(other_process.For(Anonymous()).user, routes_.For(Anonymous()).user);
}

}  // namespace
}  // namespace nightjar::routes
