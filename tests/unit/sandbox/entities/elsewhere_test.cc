// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/elsewhere.h"

#include <gtest/gtest.h>

namespace nightjar::entities {
namespace {

const std::string kBtc = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const std::string kEth = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const std::string kOnion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";

std::string Listed(const std::vector<Found>& all) {
  std::string list;
  for (const Found& found : all)
    list.append(list.empty() ? "" : " ").append(found.kind).append("=").append(found.value);
  return list;
}
std::string Target(const std::string& target) { return Listed(FindInTarget(target)); }

TEST(Targets, NameAddressesInTheirSchemes) {
  EXPECT_EQ(Target("bitcoin:" + kBtc + "?amount=0.1&label=x"), "btc=" + kBtc);
  EXPECT_EQ(Target("BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
            "btc=bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
  EXPECT_EQ(Target("ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed@1"), "eth=" + kEth);
  const std::string xmr =
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
  EXPECT_EQ(Target("monero:" + xmr + "?tx_amount=1"), "xmr=" + xmr);
}

TEST(Targets, NameCheckedAddressesAnywhereInAUrl) {
  EXPECT_EQ(Target("https://www.blockchain.com/btc/address/" + kBtc), "btc=" + kBtc);
  EXPECT_EQ(Target("/pay?to=" + kEth + "&n=1"), "eth=" + kEth);
  EXPECT_EQ(Target("/pay?uri=bitcoin%3A" + kBtc + "%3Famount"), "btc=" + kBtc);
  EXPECT_EQ(Target("http://" + kOnion + "/x"), "onion=" + kOnion);
}

TEST(Targets, NameAccounts) {
  EXPECT_EQ(Target("mailto:Bob%40example.org?subject=hi"), "email=bob@example.org");
  EXPECT_EQ(Target("mailto:a@example.org,b@example.net"), "email=a@example.org email=b@example.net");
  EXPECT_EQ(Target("xmpp:owl@example.org?message"), "xmpp=owl@example.org");
  EXPECT_EQ(Target("tg://resolve?domain=Night_Owl1"), "telegram=night_owl1");
  EXPECT_EQ(Target("tg:resolve?domain=Night_Owl1"), "telegram=night_owl1");
  EXPECT_EQ(Target("tg://join?invite=AAAAAEabcdefghijklmnop"), "telegram=+AAAAAEabcdefghijklmnop");
  EXPECT_EQ(Target("https://t.me/Night_Owl1"), "telegram=night_owl1");
  EXPECT_EQ(Target("https://wa.me/4915112345678"), "whatsapp=+4915112345678");
  EXPECT_EQ(Target("whatsapp://send?phone=4915112345678"), "whatsapp=+4915112345678");
  EXPECT_EQ(Target("tel:+4915112345678"), "phone=+4915112345678");
  EXPECT_EQ(Target("https://matrix.to/#/%40owl%3Aexample.org"), "matrix=@owl:example.org");
}

TEST(Targets, NameVisitorCountersWhereTheHostServesNothingElse) {
  EXPECT_EQ(Target("https://www.googletagmanager.com/gtag/js?id=G-1A2B3C4D5E"), "analytics_id=G-1A2B3C4D5E");
  EXPECT_EQ(Target("//mc.yandex.ru/watch/12345678"), "analytics_id=12345678");
}

TEST(Targets, ThatAreOrdinaryLinksNameNothing) {
  for (const std::string link :
       {"/item/4111111111111111", "/order?iban=DE89370400440532013000", "https://example.org/a@example.org",
        "/x?phone=+4915112345678", "https://example.org/UA-1234-5/G-1A2B3C4D5E", "/u/telegram:night_owl1",
        "https://t.me/share/url?url=x", "/tx/0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "javascript:void(0)", "/f/d41d8cd98f00b204e9800998ecf8427e", "https://example.org/#/@owl:example.org",
        "mailto:", "tg://", "/s/05ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "%",
        "%4", "%zz"})
    EXPECT_EQ(Target(link), "") << link;
}

TEST(Targets, WithAChangedCharacterNameNothing) {
  for (std::size_t i = 0; i < kBtc.size(); ++i) {
    std::string changed = kBtc;
    changed[i] = changed[i] == '2' ? '3' : '2';
    EXPECT_EQ(Target("bitcoin:" + changed), "") << changed;
  }
}

TEST(Targets, AreReadUpToALength) { EXPECT_EQ(Target("/x?" + std::string(kLongestTarget, ' ') + kBtc), ""); }

TEST(Values, HoldAddressesAndMail) {
  EXPECT_EQ(Listed(FindInValue(kBtc)), "btc=" + kBtc);
  EXPECT_EQ(Listed(FindInValue("owl@example.org")), "email=owl@example.org");
  EXPECT_EQ(Listed(FindInValue("4111 1111 1111 1111 wickr: owl_1 +4915112345678 example.org")), "");
}

TEST(Scripts, NameCountersAndCheckedAddresses) {
  EXPECT_EQ(Listed(FindInScript("ga('create', 'UA-12345-6'); gtag('config','G-1A2B3C4D5E');")),
            "analytics_id=UA-12345-6 analytics_id=G-1A2B3C4D5E");
  EXPECT_EQ(Listed(FindInScript("'dataLayer','GTM-ABC12D'); ym(12345678, \"init\")")),
            "analytics_id=GTM-ABC12D analytics_id=12345678");
  EXPECT_EQ(Listed(FindInScript("var a='" + kBtc + "'; h=\"" + kOnion + "\"; m='a@example.org'")),
            "btc=" + kBtc + " onion=" + kOnion);
}

TEST(Scripts, NameMatomosSiteAtItsServer) {
  const std::string code =
      "var _paq = []; _paq.push(['trackPageView']); (function() { var u=\"//Stats.example.org/matomo/\";"
      "_paq.push(['setTrackerUrl', u+'matomo.php']); _paq.push(['setSiteId', '7']); })();";
  EXPECT_EQ(Listed(FindInScript(code)), "analytics_id=stats.example.org/7");
  EXPECT_EQ(FindInScript(code).at(0).note, "matomo");
  EXPECT_EQ(Listed(FindInScript("_paq.push(['setSiteId', '7']);")), "") << "7 of which server?";
  EXPECT_EQ(Listed(FindInScript("setSiteId setSiteId(x) //a.org setSiteId")), "");
}

}  // namespace
}  // namespace nightjar::entities
