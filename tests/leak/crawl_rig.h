// SPDX-License-Identifier: Apache-2.0
// A whole crawl role on a data folder of its own, with a TorStub for Tor, the shipped fetcher, and a stand-in
// for the index role that puts the href and Location links of each page into the facts.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "archive/store/store.h"
#include "config/settings.h"
#include "crawler/crawl_role.h"
#include "crawler/jobs/job_store.h"
#include "tests/leak/tor_stub.h"

namespace nightjar::leak {

// A site as a table from path to response; anything else is a 404. Notes when each request came and how it
// ended.
class TinySite final {
 public:
  struct Hit {
    std::string path;
    MonoTime at;
  };
  void Put(const std::string& path, std::string response);
  [[nodiscard]] Service AsService();
  [[nodiscard]] std::vector<Hit> hits() const;

 private:
  mutable std::mutex mutex_;  // guards both
  std::map<std::string, std::string> responses_;
  std::vector<Hit> hits_;
};
[[nodiscard]] std::string Page(const std::vector<std::string>& links);

class CrawlTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  void AddJob(const std::function<void(jobs::Job&)>& change = [](jobs::Job&) {});
  [[nodiscard]] Status Crawl();  // until idle
  [[nodiscard]] std::map<std::string, std::vector<captures::Record>> RecordsByPath() const;
  [[nodiscard]] std::unique_ptr<captures::Reader> OpenArchive() const;

  std::string folder_;
  std::string host_;
  config::Settings settings_;
  std::unique_ptr<TorStub> tor_;
  TinySite site_;

 private:
  void Index();
  // The stand-in reads the archive within this process, which must then have it open for writing first.
  std::shared_ptr<store::Env> archive_env_;
  std::atomic<bool> indexing_ = true;
  std::thread indexer_;
};

}  // namespace nightjar::leak
