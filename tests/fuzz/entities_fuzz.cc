// SPDX-License-Identifier: Apache-2.0
// entities::FindEntities: whatever a page holds, what is found lies inside it, in order, of a listed kind,
// without overlaps of one kind, and no card number leaves whole.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "sandbox/entities/entities.h"
#include "sandbox/entities/kinds.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

void RequireSound(const entities::Found& found, std::size_t size) {
  Require(found.begin < found.end && found.end <= size && found.confidence <= 100);
  Require(IsValidUtf8(found.value) && IsValidUtf8(found.note) && !found.value.empty());
  Require(std::ranges::any_of(entities::Kinds(), [&](const auto& kind) { return kind.name == found.kind; }));
  if (found.kind == "payment_card") Require(std::ranges::count(found.value, '*') >= 3);
}

}  // namespace

std::vector<std::string> Seeds() {
  return {
      "Pay 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa or bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
      "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
      "Telegram: @night_owl, wickr: owl.99, threema ABCD1234, icq 123-456, Signal: owl.42",
      "WhatsApp +31 6 12345678 tel 0044 20 7946 0018 discord: owl#1234",
      "bob@example.org jabber: bob@exploit.im bob [at] example [dot] com @bob:matrix.org https://t.me/owl_99",
      "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion 93.184.216.34:80 stats.i2p a.com/x",
      "DE89 3704 0044 0532 0130 00 card 4111 1111 1111 1111 CVE-2021-44228 UA-12345678-1 ym(12345678,",
      "PGP fingerprint D1A6 6E1A 23B1 82C9 980F  788C FBFC C82A 015E 7330 0xFBFCC82A015E7330",
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- x\n-----BEGIN PGP SIGNATURE-----\n\n",
      "-----BEGIN PGP SIGNATURE-----\n\nwisEABYIABc=\n-----END PGP SIGNATURE-----"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string text = ToValidUtf8(fuzz::Input(data, size));
  const auto all = entities::FindEntities(text);
  fuzz::Require(all.size() <= entities::kMaxFound);
  std::map<std::string_view, std::uint32_t> ends;
  std::uint32_t before = 0;
  for (const entities::Found& found : all) {
    fuzz::RequireSound(found, text.size());
    fuzz::Require(found.begin >= before);
    before = found.begin;
    fuzz::Require(found.kind.starts_with("pgp_") || found.begin >= ends[found.kind]);
    ends[found.kind] = found.end;
  }
  fuzz::Require(entities::FindEntities(text) == all);
  return 0;
}
