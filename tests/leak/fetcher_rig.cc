// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/fetcher_rig.h"

#include <poll.h>

#include <filesystem>

#include "base/build_info.h"
#include "base/onion.h"
#include "base/random.h"

namespace nightjar::leak {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

}  // namespace

std::string OnionHost(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

std::string FetcherProgram() { return std::string(NIGHTJAR_BIN) + "/nightjar-fetcher"; }

void FetcherTest::SetUp() {
  folder_ = ::testing::TempDir() + "fetcher-" + HexEncode(SystemRandom().Take(6));
  std::filesystem::create_directories(folder_);
  tor_ = std::make_unique<TorStub>(folder_ + "/socks");
  limits_ = {.body_bytes = 1 << 20,
             .header_bytes = 64 << 10,
             .header_fields = 200,
             .connect = std::chrono::seconds(20),
             .total = std::chrono::seconds(20),
             .low_speed_bytes = 1,
             .low_speed_time = std::chrono::seconds(20)};
}

void FetcherTest::TearDown() {
  fetcher_.reset();
  tor_.reset();
  std::filesystem::remove_all(folder_);
}

handover::Hello FetcherTest::MakeHello() const {
  handover::Hello hello;
  hello.build = BuildId();
  hello.tor_socket = tor_->path();
  hello.concurrency = 64;
  hello.limits = limits_;
  hello.signing_seed = key_.Seed();
  hello.header = {"User-Agent: Test/1", "accept: */*", "X-Case-Kept: yes"};
  hello.config_sha256 = std::string(64, 'c');
  hello.hash_lists_md5 = hash_lists_md5_;
  hello.hash_lists_sha256 = hash_lists_sha256_;
  return hello;
}

void FetcherTest::Start() {
  auto started = crawler::FetcherProcess::Start(program_, MakeHello());
  ASSERT_TRUE(started) << started.error().Format();
  fetcher_ = std::make_unique<crawler::FetcherProcess>(std::move(*started));
}

handover::Task FetcherTest::MakeTask(const std::string& url) const {
  handover::Task task;
  task.fetch_id = HexEncode(SystemRandom().Take(16));
  task.url = url;
  task.job.value = "job";
  task.case_id.value = "case";
  task.legal_basis = "order 1";
  task.depth = 2;
  task.via = "-";
  task.socks_user = "job/host/-/0";
  task.socks_password = "password";
  task.clock_state = "synchronised";
  task.consensus = "unknown";
  task.media = media_;
  return task;
}

std::vector<handover::Done> FetcherTest::FetchAll(const std::vector<handover::Task>& tasks) {
  for (const auto& task : tasks) EXPECT_TRUE(fetcher_->channel().Send(task));
  std::vector<handover::Done> all;
  const MonoTime deadline = SystemClock().Mono() + kPatience;
  while (all.size() < tasks.size() && SystemClock().Mono() < deadline) {
    pollfd waiting{fetcher_->channel().fd(), POLLIN, 0};
    ::poll(&waiting, 1, 1000);
    auto messages = fetcher_->channel().Receive();
    EXPECT_TRUE(messages) << messages.error().Format();
    if (!messages) break;
    for (auto& message : *messages) {
      if (const auto* begun = std::get_if<handover::Begun>(&message))
        begun_.push_back(begun->fetch_id);
      else
        all.push_back(std::get<handover::Done>(std::move(message)));
    }
  }
  EXPECT_EQ(all.size(), tasks.size());
  for (const auto& done : all) {
    const auto checked = captures::CheckExchange(done.exchange, key_.public_key());
    EXPECT_TRUE(checked) << checked.error().Format();
  }
  all.resize(tasks.size());
  return all;
}

handover::Done FetcherTest::Fetch(const handover::Task& task) {
  handover::Done done = FetchAll({task}).front();
  EXPECT_EQ(done.fetch_id, task.fetch_id);
  return done;
}

void FetcherTest::ServeBytes(std::string response) {
  tor_->Serve([response = std::move(response)](const Stream& stream) {
    if (!stream.ReadRequest().empty()) stream.Write(response);
  });
}

captures::Record FetcherTest::RecordOf(const handover::Done& done) {
  auto record = captures::ParseRecord(done.exchange.record);
  EXPECT_TRUE(record) << record.error().Format();
  return record ? *record : captures::Record();
}

}  // namespace nightjar::leak
