// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/onion.h"
#include "crawler/jobs/job_fields.h"

namespace nightjar::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(const std::string& yaml) {
  const auto job = ParseJobFile(yaml, "job.yaml");
  return job ? "accepted" : job.error().Format();
}

TEST(JobFile, SetsEveryFieldThatStandsInIt) {
  const auto job = ParseJobFile(
      "name: market\n"
      "case: owl-7\n"
      "seeds: [http://a.onion/, 'http://b.onion/x']\n"
      "scope:\n"
      "  include: [^/item, '\\?page=']\n"
      "  sort_query: yes\n"
      "  depth: 3\n"
      "discovery:\n"
      "  mode: record\n"
      "schedule:\n"
      "  cron: '30 2 * * *'\n"
      "  windows:\n"
      "    - mon-fri 22:00-06:00\n"
      "budget:\n"
      "  bytes: 1000000000000\n"
      "  time: 12h\n"
      "politeness:\n"
      "  delay_ms: 1500\n"
      "  jitter: 0.25\n"
      "robots: obey\n"
      "priority: 9\n"
      "recrawl: {min: 1h, max: 30d}\n",
      "job.yaml");
  ASSERT_TRUE(job) << job.error().Format();
  EXPECT_EQ(job->id.value, "market");
  EXPECT_EQ(job->case_id.value, "owl-7");
  EXPECT_THAT(job->seeds, ElementsAre("http://a.onion/", "http://b.onion/x"));
  EXPECT_THAT(job->include, ElementsAre("^/item", "\\?page="));
  EXPECT_TRUE(job->sort_query);
  EXPECT_EQ(job->max_depth, 3U);
  EXPECT_EQ(job->discovery, Discovery::kRecord);
  EXPECT_EQ(job->cron, "30 2 * * *");
  ASSERT_EQ(job->windows.size(), 1U);
  EXPECT_EQ(job->max_bytes, 1'000'000'000'000U);
  EXPECT_EQ(job->max_time, std::chrono::hours(12));
  EXPECT_EQ(job->delay, std::chrono::milliseconds(1500));
  EXPECT_EQ(job->jitter, 0.25);
  EXPECT_EQ(job->robots, RobotsPolicy::kObey);
  EXPECT_EQ(job->priority, 9U);
  EXPECT_EQ(job->recrawl_max, std::chrono::hours(24 * 30));
  EXPECT_EQ(job->max_pages, Job{}.max_pages) << "a field left out keeps its default";
}

TEST(JobFile, IsRefusedWithItsLineWhereItIsWrong) {
  EXPECT_THAT(ErrorOf("name: x\nscop:\n  depth: 1\n"), HasSubstr("job.yaml:2: \"scop\" is no field"));
  EXPECT_THAT(ErrorOf("name: x\nscope:\n  dept: 1\n"), HasSubstr("job.yaml:3: \"scope.dept\" is no field"));
  EXPECT_THAT(ErrorOf("name: x\nseeds: http://a.onion/\n"),
              HasSubstr("job.yaml:2: \"seeds\" must be a list"));
  EXPECT_THAT(ErrorOf("name: x\npriority: [1]\n"), HasSubstr("must be one value"));
  EXPECT_THAT(ErrorOf("name: x\npriority:\n  a: 1\n"), HasSubstr("is a field, not a section"));
  EXPECT_THAT(ErrorOf("name: x\npriority: high\n"),
              HasSubstr("job.yaml:2: \"priority\" must be a whole number"));
  EXPECT_THAT(ErrorOf("name: x\nrobots: maybe\n"), HasSubstr("one of: ignore, record, obey"));
  EXPECT_THAT(ErrorOf("name: x\nschedule:\n  at: tomorrow\n"), HasSubstr("job.yaml:3"));
  EXPECT_THAT(ErrorOf("name: x\nschedule:\n  windows: [22:00]\n"), HasSubstr("time window"));
  EXPECT_THAT(ErrorOf("name: x\nbudget: {time: 12}\n"), HasSubstr("span of time"));
  EXPECT_THAT(ErrorOf("name: x\nrobots: obey\nrobots: obey\n"), HasSubstr("second time"));
  EXPECT_THAT(ErrorOf("case: x\n"), HasSubstr("needs a \"name\""));
}

TEST(JobFile, PrintedIsReadBackAsTheSameJob) {
  Job job;
  job.id.value = "market";
  job.case_id.value = "owl-7";
  job.seeds = {"http://a.onion/it's", "http://b.onion/"};
  job.exclude = {"logout|\\bdelete\\b"};
  job.cron = "@daily";
  job.windows = {*ParseWindow("fri 22:00-06:00")};
  job.at = UtcTime(std::chrono::seconds(1767225600));
  job.max_time = std::chrono::minutes(90);
  job.media = {"image/*"};
  job.persona = "owl";
  const auto read = ParseJobFile(FormatJobFile(job), "job.yaml");
  ASSERT_TRUE(read) << read.error().Format() << "\n" << FormatJobFile(job);
  EXPECT_EQ(*read, job);
}

TEST(JobFields, HaveNamesAndFlagsOfTheirOwnAndReadWhatTheyWrite) {
  std::set<std::string_view> names;
  std::set<std::string_view> flags;
  for (const JobField& field : JobFields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_TRUE(flags.insert(field.flag).second) << field.flag;
    Job job;
    const auto texts = field.get(job);
    EXPECT_TRUE(field.set(job, texts)) << field.name;
    EXPECT_EQ(job, Job{}) << field.name;
  }
}

}  // namespace
}  // namespace nightjar::jobs
