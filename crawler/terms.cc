// SPDX-License-Identifier: Apache-2.0
#include "crawler/terms.h"

#include "crawler/jobs/rules.h"

namespace nightjar::crawler {
namespace {

frontier::Discovery DiscoveryOf(const jobs::Job& job) {
  using Mode = frontier::Discovery::Mode;
  frontier::Discovery discovery;
  discovery.mode = job.discovery == jobs::Discovery::kOff      ? Mode::kOff
                   : job.discovery == jobs::Discovery::kRecord ? Mode::kRecord
                                                               : Mode::kCrawl;
  discovery.max_hosts = job.discovery_hosts;
  discovery.max_depth = job.discovery_depth;
  discovery.max_pages_per_host = job.discovery_pages;
  return discovery;
}

}  // namespace

frontier::JobTerms TermsOf(const jobs::Job& job, bool open) {
  frontier::JobTerms terms;
  terms.id = job.id;
  terms.active = open;
  terms.priority = job.priority;
  terms.hosts = job.hosts;
  terms.rules = jobs::RulesOf(job);
  terms.max_depth = job.max_depth;
  terms.discovery = DiscoveryOf(job);
  terms.max_pages = job.max_pages;
  terms.max_bytes = job.max_bytes;
  terms.max_pages_per_host = job.max_pages_per_host;
  terms.max_bytes_per_host = job.max_bytes_per_host;
  terms.max_time_per_host = job.max_time_per_host;
  terms.max_urls_per_host = job.max_urls_per_host;
  terms.max_urls_per_shape = job.max_urls_per_shape;
  terms.delay = job.delay;
  terms.jitter = job.jitter;
  terms.per_host = job.per_host;
  terms.recrawl.on = job.recrawl_max.count() > 0;
  if (terms.recrawl.on) {
    terms.recrawl.min_interval = job.recrawl_min;
    terms.recrawl.max_interval = job.recrawl_max;
  }
  return terms;
}

}  // namespace nightjar::crawler
