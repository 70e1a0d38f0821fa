// SPDX-License-Identifier: Apache-2.0
#include "crawler/routes/routes.h"

#include <gtest/gtest.h>

#include <set>

namespace nightjar::routes {
namespace {

const std::string kHost = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion";

Identity Anonymous(const std::string& host = kHost) { return {JobId{"job-1"}, host, ""}; }

TEST(Routes, TagsTheUserWithJobHostPersonaAndEpoch) {
  SeededRandom random(1);
  const Routes routes(random);
  EXPECT_EQ(routes.For(Anonymous()).user, "job-1/abcdefghijklmnop/-/0");
  EXPECT_EQ(routes.For({JobId{"job-1"}, kHost, "buyer7"}).user, "job-1/abcdefghijklmnop/buyer7/0");
  EXPECT_EQ(routes.For(Anonymous()).password.size(), 64U);
}

TEST(Routes, GivesTheSameCredentialsUntilTheRouteIsLeft) {
  SeededRandom random(1);
  Routes routes(random);
  const Credentials first = routes.For(Anonymous());
  EXPECT_EQ(routes.For(Anonymous()).password, first.password);
  routes.Leave(Anonymous(), first.user);
  const Credentials second = routes.For(Anonymous());
  EXPECT_EQ(second.user, "job-1/abcdefghijklmnop/-/1");
  EXPECT_NE(second.password, first.password);
}

TEST(Routes, RaisesTheEpochOnceForManyFailuresOfOneCircuit) {
  SeededRandom random(1);
  Routes routes(random);
  const std::string user = routes.For(Anonymous()).user;
  for (int i = 0; i < 10; ++i) routes.Leave(Anonymous(), user);
  EXPECT_EQ(routes.For(Anonymous()).user, "job-1/abcdefghijklmnop/-/1");
}

TEST(Routes, SharesNoPasswordBetweenJobsHostsPersonasOrProcesses) {
  SeededRandom random(1);
  SeededRandom other_random(2);
  const Routes routes(random);
  const Routes other_process(other_random);
  std::string alike = kHost;
  alike[40] = '7';  // the same first 16 characters, so the same user name
  const std::set<std::string> passwords = {
      routes.For(Anonymous()).password,
      routes.For(Anonymous(alike)).password,
      routes.For({JobId{"job-2"}, kHost, ""}).password,
      routes.For({JobId{"job-1"}, kHost, "buyer7"}).password,
      other_process.For(Anonymous()).password,
  };
  EXPECT_EQ(passwords.size(), 5U);
}

}  // namespace
}  // namespace nightjar::routes
