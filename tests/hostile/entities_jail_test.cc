// SPDX-License-Identifier: Apache-2.0
// Everything sandbox/entities does for any kind works behind the parser's walls, and says there what it says
// outside.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <set>

#include "base/frame.h"
#include "base/unique_fd.h"
#include "sandbox/entities/entities.h"
#include "tests/hostile/started.h"

namespace nightjar::hostile {
namespace {

constexpr std::uint32_t kMost = 1 << 20;

// One of each way to check: SHA-256, Keccak, SHA3, SHA-1 (the key), tables, number plans.
constexpr std::string_view kText = R"(1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a
888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H
duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion bob@example.org https://example.com/
+49 151 12345678 card 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00 telegram @night_owl CVE-2021-44228
-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEZc2rABYJKwYBBAHaRw8BAQdAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRob
HB0eHyA=
-----END PGP PUBLIC KEY BLOCK-----
)";

struct Ended {
  std::string answer;
  ChildEnd end;
};

Ended RunProbe(std::vector<std::string> arguments) {
  int in[2];
  int out[2];
  Ended run;
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return run;
  UniqueFd in_read(in[0]), in_write(in[1]), out_read(out[0]), out_write(out[1]);
  auto child = Child::Start({.program = Program("entities-probe"),
                             .arguments = std::move(arguments),
                             .descriptors = {{in_read.get(), 0}, {out_write.get(), 1}},
                             .clear_environment = true});
  if (!child) return run;
  out_write.Reset();
  EXPECT_TRUE(WriteFrame(in_write.get(), kText));
  if (const auto answer = ReadFrame(out_read.get(), kMost)) run.answer = *answer;
  run.end = child->WaitFor(std::chrono::seconds(20)).value_or(ChildEnd{true, -1});
  return run;
}

TEST(EntitiesInTheJail, AreTheSameAsOutside) {
  std::string outside;
  std::set<std::string_view> kinds;
  for (const entities::Found& found : entities::FindEntities(kText)) {
    outside.append(found.kind).append(" ").append(found.value).append(" ").append(found.note).append("\n");
    kinds.insert(found.kind);
  }
  EXPECT_EQ(kinds, (std::set<std::string_view>{"bch", "btc", "cve", "domain", "email", "eth", "iban", "onion",
                                               "payment_card", "pgp_key", "phone", "telegram", "xmr"}));
  const Ended run = RunProbe({});
  EXPECT_FALSE(run.end.signalled) << run.end.Format();
  EXPECT_EQ(run.end.value, 0);
  EXPECT_EQ(run.answer, outside);
}

TEST(EntitiesInTheJail, NeedOpenSslToHaveReadItsConfigurationBefore) {
  const Ended run = RunProbe({"unprepared"});
  EXPECT_TRUE(run.end.signalled && run.end.value == SIGSYS) << run.end.Format();
}

}  // namespace
}  // namespace nightjar::hostile
