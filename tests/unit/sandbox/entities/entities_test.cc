// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/entities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sandbox/entities/kinds.h"
#include "tests/unit/sandbox/entities/found.h"

namespace nightjar::entities {
namespace {

constexpr std::string_view kOnion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";

TEST(Entities, AreFoundInOrderWithTheirPlaces) {
  const std::string text =
      "Pay 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, mail bob@example.org (or " + std::string(kOnion) + ").";
  const auto all = FindEntities(text);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(FoundIn(text),
            "btc=1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa email=bob@example.org onion=" + std::string(kOnion));
  for (const Found& found : all) EXPECT_EQ(text.substr(found.begin, found.end - found.begin), found.value);
}

TEST(Entities, OfEveryKindAreListedWithMeaningAndSource) {
  std::string_view before;
  for (const Kind& kind : Kinds()) {
    EXPECT_LT(before, kind.name) << "sorted, each once";
    EXPECT_FALSE(kind.meaning.empty() || kind.source.empty()) << kind.name;
    before = kind.name;
  }
}

TEST(Entities, OfBitcoinCashIncludeThePrefixThatStandsThere) {
  const std::string text = "to bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a now";
  const auto all = FindEntities(text);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].begin, 3U);
  EXPECT_EQ(all[0].value, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a");
  EXPECT_EQ(FoundIn("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bch"), all[0].value);
}

TEST(Entities, AreFoundInUrisAndLinks) {
  EXPECT_EQ(FoundIn("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1"),
            "btc=1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
  EXPECT_EQ(FoundIn("https://www.blockchain.com/btc/address/1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc"),
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
}

TEST(Entities, WithAChangedCharacterAreNotFound) {
  for (std::size_t i = 0; i + 6 < kOnion.size(); ++i) {
    std::string changed(kOnion);
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    EXPECT_EQ(FoundIn(changed, "onion"), "") << changed;
  }
}

TEST(Hosts, AreOnionsI2pAndRealDomains) {
  EXPECT_EQ(FoundIn("http://shop." + std::string(kOnion) + "/x"), "onion=" + std::string(kOnion));
  EXPECT_EQ(FoundIn(std::string(kOnion) + ".ly/x"), "onion=" + std::string(kOnion));
  EXPECT_EQ(NoteIn(std::string(kOnion) + ".ly/x", "onion"), "gateway onion.ly");
  EXPECT_EQ(FoundIn("facebookcorewwwi.onion"), "onion_v2=facebookcorewwwi.onion");
  EXPECT_EQ(FoundIn("tmipbl5d7ctnz3cib4yd2yivlrssrtpmuuzyqdpqkelzmnqllhda.b32.i2p and stats.i2p"),
            "i2p=tmipbl5d7ctnz3cib4yd2yivlrssrtpmuuzyqdpqkelzmnqllhda.b32.i2p i2p=stats.i2p");
  EXPECT_EQ(FoundIn("see https://Blog.Example.com/a.html or joker.cc"),
            "domain=blog.example.com domain=joker.cc");
  EXPECT_EQ(FoundIn("file.tmp index.php v1.2.3 e.g. i.e. S.T.Dupont done.In the end...Of 12.50"), "");
  EXPECT_EQ(FoundIn("http://site.com/files/readme.io"), "domain=site.com");
}

TEST(Hosts, AreAddressesOnlyWherePublic) {
  EXPECT_EQ(FoundIn("C2 at 93.184.216.34:8080"), "ipv4=93.184.216.34");
  EXPECT_EQ(FoundIn("10.0.0.1 127.0.0.1 192.168.1.1 172.16.0.9 224.0.0.1 1.2.3 256.1.1.1 01.2.3.4 1.2.3.4.5"),
            "");
}

TEST(Mail, IsFoundPlainAndSpelled) {
  EXPECT_EQ(FoundIn("Write to First.Last+x@Mail.Example.org."), "email=first.last+x@mail.example.org");
  EXPECT_EQ(FoundIn("vendor@" + std::string(kOnion)), "email=vendor@" + std::string(kOnion));
  EXPECT_EQ(FoundIn("bob [at] example [dot] co [dot] uk"), "email=bob@example.co.uk");
  EXPECT_EQ(FoundIn("bob(at)example.com"), "email=bob@example.com");
  EXPECT_EQ(FoundIn("meet me (at) noon [dot] and a@b and x@y.zzzz and @ home"), "");
  EXPECT_EQ(FindEntities("bob [at] example [dot] com")[0].confidence, 70);
}

TEST(Mail, IsXmppBesideItsWordOrAtItsServers) {
  EXPECT_EQ(FoundIn("Jabber: bob@example.org"), "xmpp=bob@example.org");
  EXPECT_EQ(FoundIn("bob@exploit.im"), "xmpp=bob@exploit.im");
  EXPECT_EQ(FoundIn("jabber or email: bob@example.org"), "email=bob@example.org");
  EXPECT_EQ(FoundIn("@bob:matrix.org is me"), "matrix=@bob:matrix.org");
}

TEST(Contacts, NeedTheirWord) {
  EXPECT_EQ(FoundIn("Telegram: @Night_Owl1 / wickr me: owl.99 | threema ABCD1234, icq 123-456-789"),
            "telegram=night_owl1 wickr=owl.99 threema=ABCD1234 icq=123456789");
  EXPECT_EQ(FoundIn("@Night_Owl1 owl.99 ABCD1234 123-456-789"), "");
  EXPECT_EQ(FoundIn("find me @Night_Owl1 on Telegram"), "telegram=night_owl1");
  EXPECT_EQ(FoundIn("https://t.me/Night_Owl1 t.me/joinchat/AAAAAEabcdefghijklmnop", "telegram"),
            "night_owl1 +AAAAAEabcdefghijklmnop");
  EXPECT_EQ(FoundIn("Signal: owl.42 - signal user name owlet.07"), "signal=owl.42 signal=owlet.07");
  EXPECT_EQ(FoundIn("Телеграм: @Night_Owl1"), "telegram=night_owl1");
  EXPECT_EQ(FoundIn("discord: owl#1234 and discord.gg/AbCd12", "discord"), "owl#1234 AbCd12");
}

TEST(Contacts, AreNotWhatProseSaysAboutMessengers) {
  EXPECT_EQ(FoundIn("Telegram: available. Wickr: none. Wickr : just ask me. We use Signal, Wickr and "
                    "Threema; signal strength was 5.5 at "
                    "session 12. ICQ was popular in 1999. Telegram: https"),
            "");
}

TEST(Contacts, OfSessionAndToxNeedTheirExactForm) {
  const std::string session = "05" + std::string(32, 'a') + std::string(32, '1');
  EXPECT_EQ(FoundIn("Session " + session), "session=" + session);
  EXPECT_EQ(FoundIn("06" + session.substr(2)), "");
  EXPECT_EQ(FoundIn(session + "0"), "");
  const std::string tox = "76518406F6A9F2217E8DC487CC783C25CC16A15EB36FF32E335A235342C48A39218F515C39A6";
  EXPECT_EQ(FoundIn(tox), "tox=" + tox);
  for (std::size_t i = 0; i < tox.size(); ++i) {
    std::string changed = tox;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_EQ(FoundIn(changed, "tox"), "") << changed;
  }
}

TEST(Phones, AreFoundInInternationalFormOrBesideAWord) {
  EXPECT_EQ(FoundIn("+49 (0)151 1234-5678"), "phone=+4915112345678");
  EXPECT_EQ(NoteIn("+49 151 12345678", "phone"), "DE mobile");
  EXPECT_EQ(NoteIn("+44 20 7946 0018", "phone"), "GB fixed");
  EXPECT_EQ(FoundIn("WhatsApp +31 6 12345678"), "whatsapp=+31612345678 phone=+31612345678");
  EXPECT_EQ(FoundIn("wa.me/31612345678", "whatsapp"), "+31612345678");
  EXPECT_EQ(FoundIn("tel 0031 6 12345678"), "phone=+31612345678");
  EXPECT_EQ(FoundIn("phone: 31612345678"), "phone=+31612345678");
  EXPECT_EQ(FoundIn("31612345678 0031612345678 +1 555 +99912345678 2+2 +10 %"), "");
}

TEST(Cards, AreFoundByLuhnAndMasked) {
  for (const auto& [number, brand] :
       std::vector<std::pair<std::string, std::string>>{{"4111111111111111", "visa"},
                                                        {"5555555555554444", "mastercard"},
                                                        {"378282246310005", "amex"},
                                                        {"6011111111111117", "discover"},
                                                        {"30569309025904", "diners"},
                                                        {"3530111333300000", "jcb"},
                                                        {"2223003122003222", "mastercard"}}) {
    EXPECT_EQ(FoundIn("card " + number, "payment_card"),
              number.substr(0, 6) + std::string(number.size() - 10, '*') + number.substr(number.size() - 4));
    EXPECT_EQ(NoteIn(number, "payment_card"), brand);
    for (std::size_t i = 0; i < number.size(); ++i) {
      std::string changed = number;
      changed[i] = static_cast<char>('0' + (changed[i] - '0' + 3) % 10);
      EXPECT_EQ(FoundIn(changed, "payment_card"), "") << changed;
    }
  }
  EXPECT_EQ(FoundIn("4111 1111 1111 1111"), "payment_card=411111******1111");
  EXPECT_EQ(FoundIn("4111-1111-1111-1111|12|29|123"), "payment_card=411111******1111");
  EXPECT_EQ(FoundIn("3782 822463 10005"), "payment_card=378282*****0005");
  EXPECT_EQ(FoundIn("41111111111111110 4111.1111.1111.1111 4111 1111-1111 1111"), "");
}

TEST(Ibans, AreFoundByCountryStructureAndCheckDigits) {
  for (const std::string iban :
       {"GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606",
        "NL91ABNA0417164300", "CH9300762011623852957", "ES9121000418450200051332",
        "IT60X0542811101000000123456", "PL61109010140000071219812874", "SE4550000000058398257466",
        "BE68539007547034", "NO9386011117947", "MT84MALT011000012345MTLCAST001S",
        "BR1800360305000010009795493C1", "UA213223130000026007233566001", "SA0380000000608010167519",
        "TR330006100519786457841326", "BY13NBRB3600900000002Z00AB00"}) {
    EXPECT_EQ(FoundIn("pay to " + iban + "."), "iban=" + iban);
    for (std::size_t i = 0; i < iban.size(); ++i) {
      std::string changed = iban;
      const bool digit = changed[i] >= '0' && changed[i] <= '9';
      changed[i] = digit               ? static_cast<char>('0' + (changed[i] - '0' + 1) % 10)
                   : changed[i] == 'Z' ? 'Y'
                                       : 'Z';
      EXPECT_EQ(FoundIn(changed, "iban"), "") << changed;
    }
  }
  EXPECT_EQ(FoundIn("DE89 3704 0044 0532 0130 00 end"), "iban=DE89370400440532013000");
  EXPECT_EQ(FoundIn("DE89 37 0400 440532 013000"), "");
}

TEST(References, AreFoundByTheirExactForm) {
  EXPECT_EQ(FoundIn("cve-2021-44228 UA-12345678-1 G-AB12CD34EF GTM-AB12CD ca-pub-1234567890123456 "
                    "ym(12345678, 'init')"),
            "cve=CVE-2021-44228 analytics_id=UA-12345678-1 analytics_id=G-AB12CD34EF analytics_id=GTM-AB12CD "
            "analytics_id=ca-pub-1234567890123456 analytics_id=12345678");
  EXPECT_EQ(FoundIn("CVE-21-44228 CVE-2021-442 UA-123-1 G-STRINGTHEO G-AB12CD34EFG YM-1"), "");
}

TEST(PgpNames, NeedAWordBesideThem) {
  const std::string fingerprint = "D1A66E1A23B182C9980F788CFBFCC82A015E7330";
  EXPECT_EQ(FoundIn("PGP fingerprint: " + fingerprint), "pgp_fingerprint=" + fingerprint);
  EXPECT_EQ(FoundIn("Fingerprint D1A6 6E1A 23B1 82C9 980F  788C FBFC C82A 015E 7330."),
            "pgp_fingerprint=" + fingerprint);
  EXPECT_EQ(FoundIn("PGP 0xFBFCC82A015E7330 / 0x015E7330"),
            "pgp_key_id=FBFCC82A015E7330 pgp_key_id=015E7330");
  EXPECT_EQ(FoundIn(fingerprint + " 0xFBFCC82A015E7330 D1A6 6E1A"), "");
}

TEST(PgpBlocks, ThatCannotBeReadAreSaidToBeDamaged) {
  const std::string begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n";
  const std::string end = "\n-----END PGP PUBLIC KEY BLOCK-----";
  EXPECT_EQ(NoteIn(begin + "mQENBFqTZMcBCADH" + end, "pgp_key_damaged"), "not the packets of a key");
  EXPECT_EQ(NoteIn(begin + "mQENBFqTZ*" + end, "pgp_key_damaged"), "not base64");
  EXPECT_EQ(NoteIn(begin + "mQEN", "pgp_key_damaged"), "no end");
  EXPECT_EQ(FoundIn(begin + "mQEN" + end), FoundIn(begin + "\n mQ EN \n" + end));
}

TEST(Entities, AreBoundedInNumberAndTime) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "a" + std::to_string(i) + "@example.org ";
  EXPECT_EQ(FindEntities(text).size(), kMaxFound);
  for (const std::string piece : {"-----BEGIN PGP PUBLIC KEY BLOCK-----",
                                  "a@",
                                  "@a",
                                  "a.",
                                  "[at]",
                                  "+1 ",
                                  "1 ",
                                  "telegram:",
                                  "tg_",
                                  "wickr.",
                                  "signal_",
                                  "t.me/",
                                  "discord-",
                                  "xn--a.",
                                  "DE89 ",
                                  "4111 ",
                                  "a@a.a",
                                  "-",
                                  "\xD1\x82",
                                  "0x",
                                  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb "}) {
    std::string much;
    while (much.size() < 1 << 20) much += piece;
    static_cast<void>(FindEntities(much));
  }
}

}  // namespace
}  // namespace nightjar::entities
