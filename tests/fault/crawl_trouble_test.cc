// SPDX-License-Identifier: Apache-2.0
// The shipped `nightjar up` on a disk that takes nothing more (nth_failure/injector.cc under its archive):
// `nightjar status` says what is refused, where and since when, and forgets it once work goes on; no page is
// lost for it.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "archive/captures/archive.h"
#include "base/file.h"
#include "base/onion.h"
#include "base/signature.h"
#include "tests/leak/tor_stub.h"
#include "tests/story/installation.h"

namespace nightjar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPages = 60;

class CrawlTrouble : public testing::Test {
 protected:
  CrawlTrouble() : tor_(scratch_.path() + "/socks") {
    const auto key = SigningKey::FromSeed(std::string(32, 'A'));
    host_ = OnionAddress::FromKey(key->public_key()).host();
    tor_.Serve([](const leak::Stream& stream) {
      for (auto request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest())
        stream.Write(Answer(request.substr(4, request.find(' ', 4) - 4)));
    });
    story::World world{
        .socks = tor_.path(), .consensus = scratch_.path() + "/none", .sites = {{host_, host_}}, .truth = {}};
    installation_ = std::make_unique<story::Installation>(world);
    installation_->Command({"case", "add", "owl-7", "--title", "Owl", "--legal-basis", "Order 12/2026"});
    installation_->Command({"job", "add", "owls", "--case", "owl-7", "--seed", "http://" + host_ + "/",
                            "--delay-ms", "20", "--jitter", "0", "--depth", "60"});
  }

  static std::string Answer(const std::string& path) {
    const int n = path == "/" ? 0 : std::atoi(path.c_str() + 3);
    std::string body = "<title>Page " + std::to_string(n) + "</title>";
    if (n + 1 < kPages) body += "<a href=\"/p/" + std::to_string(n + 1) + "\">on</a>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }

  // `nightjar up` in which `count` calls (0: all) of each process that uses `store` fail, from the one with
  // the number `at` on, while the file `room` is missing.
  [[nodiscard]] Child StartWithout(const std::string& kind, const std::string& store, int at,
                                   int count) const {
    const std::vector<std::pair<std::string, std::string>> variables{
        {"LD_PRELOAD", std::string(NIGHTJAR_BIN) + "/libfault-injector.so"},
        {"NIGHTJAR_FAULT_FOLDER", installation_->data() + "/" + store},
        {"NIGHTJAR_FAULT_KIND", kind},
        {"NIGHTJAR_FAULT_AT", std::to_string(at)},
        {"NIGHTJAR_FAULT_COUNT", std::to_string(count)},
        {"NIGHTJAR_FAULT_UNTIL", Room()},
        {"NIGHTJAR_FAULT_FIRED", scratch_.path() + "/fired"}};
    for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
    Child up = installation_->Start("up");
    for (const auto& [name, value] : variables) ::unsetenv(name.c_str());
    return up;
  }
  void ExpectAllIsWellWithRoom() const {
    std::ofstream(Room()) << "room";
    ASSERT_TRUE(story::WaitUntil(std::chrono::seconds(120), [&] { return installation_->Idle(); }))
        << json::serialize(installation_->Status());
    EXPECT_FALSE(InTrouble());
    EXPECT_EQ(installation_->Command({"status"}).find("TROUBLE"), std::string::npos);
    const auto archive = captures::Reader::Open({.folder = installation_->data() + "/archive"});
    ASSERT_TRUE(archive);
    EXPECT_GE((*archive)->Size().value(), static_cast<std::uint64_t>(kPages));
  }
  [[nodiscard]] std::string Room() const { return scratch_.path() + "/room"; }
  [[nodiscard]] bool InTrouble() const {
    const auto status = installation_->Status();
    return status.contains("trouble") && !status.at("trouble").is_null();
  }

  story::Scratch scratch_;
  leak::TorStub tor_;
  std::string host_;
  std::unique_ptr<story::Installation> installation_;
};

TEST_F(CrawlTrouble, IsShownByStatusUntilWorkGoesOn) {
  Child up = StartWithout("enospc", "archive", 80, 0);
  ASSERT_TRUE(story::WaitUntil(std::chrono::seconds(60), [&] { return InTrouble(); }))
      << "status shows no trouble: " << json::serialize(installation_->Status());
  const auto trouble = installation_->Status().at("trouble");
  const std::string since(trouble.at("since").as_string());
  EXPECT_THAT(std::string(trouble.at("text").as_string()), HasSubstr(installation_->data() + "/archive"));
  EXPECT_THAT(std::string(trouble.at("text").as_string()), HasSubstr("No space left on device"));
  const std::string shown = installation_->Command({"status"});
  EXPECT_THAT(shown, HasSubstr("TROUBLE   the crawl cannot store since " + since.substr(0, 19)));
  EXPECT_FALSE(installation_->Idle());

  ExpectAllIsWellWithRoom();
}

// The frontier's store is the crawl role's alone, so no other role is short of memory.
struct Missing {
  int at;     // the first allocation that fails ...
  int count;  // ... and how many do in a row: where memory is short, what tidies up lacks it too
};
class CrawlWithoutMemory : public CrawlTrouble, public testing::WithParamInterface<Missing> {};

TEST_P(CrawlWithoutMemory, EndsWithAReasonAndNeverByASignal) {
  Child up = StartWithout("memory", "frontier", GetParam().at, GetParam().count);
  ASSERT_TRUE(story::WaitUntil(std::chrono::seconds(60), [&] {
    return InTrouble() || installation_->Idle();
  })) << json::serialize(installation_->Status());
  ExpectAllIsWellWithRoom();
  const auto log = ReadFile(installation_->scratch() + "/up.log");
  ASSERT_TRUE(log);
  EXPECT_THAT(*log, Not(HasSubstr("role crawl ended: killed"))) << *log;
  EXPECT_TRUE(std::filesystem::exists(scratch_.path() + "/fired"));
}

INSTANTIATE_TEST_SUITE_P(AtSeveralPoints, CrawlWithoutMemory,
                         testing::Values(Missing{3000, 1}, Missing{12'000, 20}));

}  // namespace
}  // namespace nightjar
