// SPDX-License-Identifier: Apache-2.0
#include "crawler/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/onion.h"

namespace nightjar::crawler {
namespace {

using ::testing::HasSubstr;

std::string Host(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

jobs::Job SomeJob() {
  jobs::Job job;
  job.hosts = {Host('a')};
  job.exclude = {"^/logout"};
  job.strip_params = {"ref"};
  return job;
}

Verdict Judge(const std::string& text, const jobs::Job* job,
              const std::map<std::string, jobs::HostRule>& rules = {}) {
  return JudgeUrl(*Url::Parse(text), job, rules);
}
std::string Word(const std::string& text, const jobs::Job* job) {
  return std::string(VerdictName(Judge(text, job).kind));
}

TEST(Verdict, SaysWhatAJobWouldDo) {
  const jobs::Job job = SomeJob();
  EXPECT_EQ(Word("http://" + Host('a') + "/item", &job), "in-scope");
  EXPECT_EQ(Word("http://www." + Host('a') + "/item", &job), "in-scope");
  EXPECT_EQ(Word("http://" + Host('a') + "/logout?x", &job), "excluded");
  EXPECT_EQ(Word("http://" + Host('a') + "/a/b/a/b/a/b", &job), "excluded");
  EXPECT_EQ(Word("http://" + Host('b') + "/", &job), "outside");
  EXPECT_EQ(Word("http://" + Host('b') + "/", nullptr), "allowed");
  EXPECT_EQ(Judge("http://" + Host('a') + "/item?id=1&ref=x", &job).name,
            "http://" + Host('a') + "/item?id=1");
}

TEST(Verdict, RefusesWhatNoJobMayDo) {
  const jobs::Job job = SomeJob();
  EXPECT_EQ(Word("http://example.org/", &job), "refused");
  EXPECT_EQ(Word("http://user:pw@" + Host('a') + "/", &job), "refused");
  EXPECT_THAT(Judge("http://expyuzz4wqqyqhjn.onion/", nullptr).reason, HasSubstr("v2"));
}

TEST(Verdict, PutsABlockedHostFirst) {
  const jobs::Job job = SomeJob();
  jobs::HostRule rule;
  rule.blocked = true;
  rule.reason = "seized";
  const Verdict verdict = Judge("http://" + Host('a') + "/", &job, {{Host('a'), rule}});
  EXPECT_EQ(verdict.kind, Verdict::Kind::kBlocked);
  EXPECT_THAT(verdict.reason, HasSubstr("seized"));
}

TEST(Verdict, NamesTheKeyThatTheAddressIsMadeOf) {
  const auto key = SigningKey::FromSeed(std::string(32, 'a'))->public_key();
  EXPECT_EQ(Judge("http://" + Host('a') + "/", nullptr).onion_key, HexEncode(key.View()));
}

}  // namespace
}  // namespace nightjar::crawler
