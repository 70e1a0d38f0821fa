// SPDX-License-Identifier: Apache-2.0
// What the outside knows of a frontier: what was asked for and what was handed out, and so what must never
// happen. Copied for a tick, kept if it commits.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "crawler/frontier/frontier.h"

namespace nightjar::frontier {

using JobUrl = std::pair<std::string, std::string>;  // job, URL

struct Model {
  struct Host {
    MonoTime touched{};
    std::chrono::milliseconds gap{0};  // that the former request's job and the host's own word ask for
    bool was_touched = false;
    friend bool operator==(const Host&, const Host&) = default;
  };
  struct OutThere {
    Task task;
    bool recrawl = false;
    bool begun = false;  // it was said that its request went out
    Host before{};       // the host when it was leased, and just after
    Host since{};
  };

  std::uint32_t per_host = 1;                  // that the crawl allows
  std::set<JobUrl> admitted;                   // fresh by Add()
  std::set<JobUrl> asked;                      // leased at least once
  std::set<JobUrl> closed;                     // done, final or excluded: not to be asked unless ordered
  std::map<JobUrl, OutThere> out;              // leased now
  std::map<std::string, std::uint64_t> pages;  // of the job's run
  std::map<std::string, Host> hosts;
  std::map<std::string, HostRule> rules;
  std::set<std::pair<std::string, std::string>> held;  // job, host
  std::map<std::string, JobTerms> terms;

  [[nodiscard]] std::uint32_t PerHost(const JobTerms& job) const {
    return job.per_host > 0 ? std::min(per_host, job.per_host) : per_host;
  }

  // A task was handed out; was it right?
  void Leased(const Task& task, MonoTime now) {
    const JobUrl url{task.job.value, task.url};
    const JobTerms& job = terms.at(task.job.value);
    EXPECT_TRUE(admitted.contains(url)) << task.url;
    EXPECT_FALSE(out.contains(url)) << task.url << " is leased twice at once";
    EXPECT_FALSE(closed.contains(url)) << task.url << " was done with";
    EXPECT_TRUE(job.active);
    EXPECT_FALSE(rules[task.host].blocked);
    EXPECT_FALSE(held.contains({task.job.value, task.host}));
    EXPECT_EQ(task.has_company, PerHost(job) > 1);
    const Host before = hosts[task.host];
    CheckPoliteness(task, job, now);
    std::uint64_t out_of_job = 0;
    for (const auto& [other, there] : out) out_of_job += other.first == task.job.value ? 1 : 0;
    EXPECT_LT(pages[task.job.value] + out_of_job, job.max_pages) << "the budget of the run";
    asked.insert(url);
    out[url] = {task, job.recrawl.on, false, before, hosts[task.host]};
  }

  void CheckPoliteness(const Task& task, const JobTerms& job, MonoTime now) {
    Host& host = hosts[task.host];
    const auto own = std::max(job.delay, rules[task.host].min_delay);
    const auto wait = std::max(own, host.gap);
    std::uint32_t under_way = 0;
    for (const auto& [url, there] : out) {
      if (there.task.host != task.host) continue;
      ++under_way;
      if (wait.count() > 0) {
        EXPECT_TRUE(there.begun) << "two requests to " << task.host << " may arrive together";
      }
    }
    EXPECT_LT(under_way, PerHost(job));
    if (host.was_touched) {
      EXPECT_GE(now - host.touched, wait) << task.host << " was asked too soon";
    }
    host = {now, own, true};
  }

  void Begun(OutThere& there, MonoTime now) {
    if (!there.begun) hosts[there.task.host].touched = now;
    there.begun = true;
  }

  void Ended(const JobUrl& url, const OutThere& there, const Ending& ending, MonoTime now) {
    using Kind = Ending::Kind;
    if (ending.kind == Kind::kDone || ending.kind == Kind::kPassing || ending.kind == Kind::kFinal)
      ++pages[url.first];
    const JobTerms& job = terms.at(url.first);
    if ((ending.kind == Kind::kDone && !job.recrawl.on) || ending.kind == Kind::kFinal ||
        ending.kind == Kind::kExcluded)
      closed.insert(url);
    Host& host = hosts[there.task.host];
    if (ending.kind == Kind::kExcluded) {  // nothing was sent
      if (host == there.since) host = there.before;
      return;
    }
    if (!there.begun || PerHost(job) == 1 || ending.not_before.count() > 0) host.touched = now;
    host.gap = std::max(host.gap, std::chrono::duration_cast<std::chrono::milliseconds>(ending.not_before));
  }

  // Whoever had a task is gone with it.
  void Died(MonoTime now) {
    for (const auto& [url, there] : out) {
      Host& host = hosts[there.task.host];
      host.touched = now;
      host.was_touched = true;
    }
    out.clear();
  }
};

}  // namespace nightjar::frontier
