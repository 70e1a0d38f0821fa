// SPDX-License-Identifier: Apache-2.0
// The shipped nightjar-fetcher in its real jail, with a TorStub for a Tor.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "crawler/fetcher_process.h"
#include "tests/leak/tor_stub.h"

namespace nightjar::leak {

// "<56>.onion" with a right checksum, another for each seed.
[[nodiscard]] std::string OnionHost(char seed = 'a');

[[nodiscard]] std::string FetcherProgram();

class FetcherTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  [[nodiscard]] handover::Hello MakeHello() const;
  void Start();  // with limits_ as they are then
  [[nodiscard]] handover::Task MakeTask(const std::string& url) const;

  // One exchange: sends the task and waits for its Done, which is checked as the archive would check it.
  [[nodiscard]] handover::Done Fetch(const handover::Task& task);
  [[nodiscard]] handover::Done Fetch(const std::string& url) { return Fetch(MakeTask(url)); }
  [[nodiscard]] std::vector<handover::Done> FetchAll(const std::vector<handover::Task>& tasks);

  // Serves every connection with these bytes after its request, then closes.
  void ServeBytes(std::string response);

  [[nodiscard]] static captures::Record RecordOf(const handover::Done& done);

  const std::string url_ = "http://" + OnionHost() + "/";
  const SigningKey key_ = *SigningKey::FromSeed(std::string(32, 'k'));
  handover::Limits limits_;
  std::vector<std::string> hash_lists_md5_;
  std::vector<std::string> hash_lists_sha256_;
  std::string folder_;
  std::vector<std::string> media_;  // what the tasks allow besides text
  std::string program_ = FetcherProgram();
  std::vector<std::string> begun_;  // fetch ids, as the fetcher told
  std::unique_ptr<TorStub> tor_;
  std::unique_ptr<crawler::FetcherProcess> fetcher_;
};

}  // namespace nightjar::leak
