// SPDX-License-Identifier: Apache-2.0
#include "tests/world/living_world.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::world {
namespace {

class LivingWorldTest : public testing::Test {
 protected:
  LivingWorldTest() : living_(*LivingWorld::Begin({.seed = 7}, truth_)) {}

  // The whole answer of a service, as bytes.
  static Bytes Ask(Service& service, const std::string& method, const std::string& target) {
    Request request = GetRequest(target);
    request.method = method;
    return *service.Respond(request).bytes;
  }

  [[nodiscard]] json::value Truth() const { return json::parse(*ReadFile(truth_)); }

  TemporaryFolder folder_;
  std::string truth_ = folder_.path() + "/truth.json";
  std::unique_ptr<LivingWorld> living_;
};

constexpr std::size_t kBazaar = 0;
constexpr std::size_t kDirectory = 3;

TEST_F(LivingWorldTest, BeginsOnTheDayOfItsPlan) {
  EXPECT_EQ(living_->day(), 0);
  EXPECT_EQ(Truth().at("day"), json::value(0));
  const auto later = LivingWorld::Begin({.seed = 7, .day = 2}, "");
  ASSERT_TRUE(later);
  EXPECT_EQ((*later)->day(), 2);
}

TEST_F(LivingWorldTest, ShowsAnotherDayOnceItsDoorIsTold) {
  const Bytes before = Ask(living_->ServiceOf(kDirectory), "GET", "/");
  EXPECT_EQ(Ask(living_->ServiceOf(kDirectory), "GET", "/"), before);  // kept by now
  const Bytes answer = Ask(living_->door(), "POST", "/day?n=1");
  EXPECT_TRUE(answer.ends_with("{\"day\":1,\"today\":\"2026-01-11\"}\n")) << answer;
  EXPECT_EQ(Truth().at("day"), json::value(1));
  EXPECT_NE(Ask(living_->ServiceOf(kDirectory), "GET", "/"), before);
}

TEST_F(LivingWorldTest, IsOnAnyDayWhatAWorldMadeForItIs) {
  ASSERT_TRUE(living_->TurnTo(4));
  ASSERT_TRUE(living_->TurnTo(2));
  const auto other = LivingWorld::Begin({.seed = 7, .day = 2}, "");
  ASSERT_TRUE(other);
  const std::unique_ptr<World> made = *World::Make({.seed = 7, .day = 2});
  EXPECT_EQ(*ReadFile(truth_), made->TruthJson());
  for (std::size_t site = 0; site < kSiteNames.size(); ++site)
    for (const Place& place : made->sites()[site]->Places())
      EXPECT_EQ(Ask(living_->ServiceOf(site), "GET", place.target),
                Ask((*other)->ServiceOf(site), "GET", place.target))
          << place.target;
}

TEST_F(LivingWorldTest, GoesBackToWhatItWas) {
  const Bytes before = Ask(living_->ServiceOf(kBazaar), "GET", "/index.php");
  ASSERT_TRUE(living_->TurnTo(5));
  EXPECT_NE(Ask(living_->ServiceOf(kBazaar), "GET", "/index.php"), before);
  ASSERT_TRUE(living_->TurnTo(0));
  EXPECT_EQ(Ask(living_->ServiceOf(kBazaar), "GET", "/index.php"), before);
}

TEST_F(LivingWorldTest, StaysAsItIsWhenItIsToldNoDay) {
  ASSERT_TRUE(living_->TurnTo(1));
  const Bytes truth = *ReadFile(truth_);
  for (const char* target :
       {"/day", "/day?n=", "/day?n=x", "/day?n=-1", "/day?n=367", "/day?n=18446744073709551615"})
    EXPECT_TRUE(Ask(living_->door(), "POST", target).starts_with("HTTP/1.1 400 ")) << target;
  EXPECT_TRUE(Ask(living_->door(), "GET", "/").starts_with("HTTP/1.1 404 "));
  EXPECT_EQ(living_->day(), 1);
  EXPECT_EQ(*ReadFile(truth_), truth);
}

TEST_F(LivingWorldTest, StaysAsItIsWhenTheTruthCannotBeWritten) {
  const auto living = LivingWorld::Begin({}, folder_.path() + "/none/truth.json");
  EXPECT_FALSE(living);
  std::filesystem::remove_all(folder_.path());
  const Bytes before = Ask(living_->ServiceOf(kDirectory), "GET", "/");
  EXPECT_TRUE(Ask(living_->door(), "POST", "/day?n=1").starts_with("HTTP/1.1 500 "));
  EXPECT_EQ(living_->day(), 0);
  EXPECT_EQ(Ask(living_->ServiceOf(kDirectory), "GET", "/"), before);
}

TEST_F(LivingWorldTest, ReadsItsDayWithoutChangingIt) {
  EXPECT_TRUE(Ask(living_->door(), "GET", "/day?n=3").ends_with("{\"day\":0,\"today\":\"2026-01-10\"}\n"));
  EXPECT_EQ(living_->day(), 0);
}

}  // namespace
}  // namespace nightjar::world
