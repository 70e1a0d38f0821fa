// SPDX-License-Identifier: Apache-2.0
// The shipped fetcher, all walls up, in a world where every packet is seen: whatever it meets, nothing gets
// out but through Tor's socket, and each attempt leaves a record.
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/leak/leak_rig.h"
#include "tests/leak/scenarios.h"

namespace nightjar::leak {
namespace {

// As the scenario wants it: what the proxy and the service behind it do.
void Prepare(TorStub& tor, const Scenario& scenario) {
  tor.Serve(scenario.service);
  if (!scenario.raw_socks.empty()) {
    tor.SpeakInsteadOfSocks(scenario.raw_socks == " " ? "" : scenario.raw_socks);
  } else if (scenario.socks_reply != 0) {
    tor.AnswerSocks(scenario.socks_reply);
  }
}

TEST_F(LeakTest, NothingGetsOutWhateverTheFetcherMeets) {
  constexpr std::size_t kLeast = 60;
  const std::vector<Scenario> scenarios = AllScenarios();
  ASSERT_GE(scenarios.size(), kLeast) << "a scenario that was removed must be missed";
  const std::string plain = program_;
  std::size_t run = 0;
  std::size_t records = 0;
  for (const Scenario& scenario : scenarios) {
    SCOPED_TRACE(scenario.name);
    Prepare(*tor_, scenario);
    program_ = plain;
    if (!scenario.environment.empty()) {
      fetcher_.reset();
      UseEnvironment(scenario.environment);
    }
    if (!fetcher_) Start();
    const captures::Record record = RecordOf(Fetch(scenario.url.empty() ? url_ : scenario.url));
    if (!scenario.environment.empty()) fetcher_.reset();
    EXPECT_EQ(record.outcome, scenario.outcome) << record.detail;
    records += record.fetch_id.empty() ? 0 : 1;
    const OuterWorld::Leaks leaks = OuterWorld::Get().Take();
    EXPECT_TRUE(leaks.none()) << leaks.Format();
    ++run;
  }
  const OuterWorld::Leaks late = Leaked();
  EXPECT_TRUE(late.none()) << late.Format();
  EXPECT_TRUE(tor_->clearnet_visits().empty()) << "and Tor was never asked for anything but an onion";
  EXPECT_EQ(run, scenarios.size());
  EXPECT_EQ(records, run) << "every attempt left its record";
  std::printf("%zu scenarios, 0 packets, 0 connects, 0 name queries\n", run);
}

TEST_F(LeakTest, TheCaptureSeesWhatIsSentAndTheDecoysAreReached) {
  UniqueFd udp(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(9);
  to.sin_addr.s_addr = htonl(0x7F000001);
  ASSERT_EQ(::sendto(udp.get(), "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to), 1);
  EXPECT_GE(OuterWorld::Get().Take().packets.size(), 1U) << "loopback is watched";
  UniqueFd tcp(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  to.sin_port = htons(80);
  to.sin_addr.s_addr = htonl(0xCB007150);  // kDecoyAddress
  ASSERT_EQ(::connect(tcp.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  char answer[8] = {};
  ASSERT_EQ(::recv(tcp.get(), answer, sizeof answer, MSG_WAITALL), static_cast<ssize_t>(sizeof answer));
  const OuterWorld::Leaks seen = OuterWorld::Get().Take();
  EXPECT_GE(seen.packets.size(), 1U);
  EXPECT_EQ(seen.decoys.connects, 1);
}

}  // namespace
}  // namespace nightjar::leak
