// SPDX-License-Identifier: Apache-2.0
// What the page says and shows beside its matter: marks, headings, pictures, statements, furniture, languages
// and fingerprints, as they reach the facts.
#include <gtest/gtest.h>

#include "base/digest.h"
#include "sandbox/fingerprint/fingerprint.h"
#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

const std::string kHost = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion";

TEST(Marks, AreTakenOutOfTheTextAndCounted) {
  const wire::Facts facts = Read(
      "<title>B\u200Blue</title><p>co\u200Bca\u00ADi\u2060n\uFEFFe \u202Eevil\u202C l\u200Camp\u200F "
      "<a href=/x>m\u200Do\u034Fre</a>");
  EXPECT_EQ(facts.title, "Blue");
  EXPECT_EQ(facts.text, "cocaine evil lamp more");
  EXPECT_EQ(facts.marks, (wire::Marks{.zero_width = 7, .bidi = 3}));
  EXPECT_EQ(facts.links.at(0).text, "more");
  EXPECT_EQ(facts.folded_text, "");
}

TEST(Marks, StayWhereTheScriptSpellsWithThem) {
  const std::string persian = "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645";
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  const wire::Facts facts = Read("<p>" + persian + " " + family + " a\u200D\u0645");
  EXPECT_EQ(facts.text, persian + " " + family + " a\u0645");
  EXPECT_EQ(facts.marks.zero_width, 1U);
}

TEST(Marks, DoNotMoveSpans) {
  const std::string body =
      "<title>L</title><h1>\u200BBlue\u200B lamp\u200B</h1><p>Sel\u00ADler: \u202Ela\u200Bmp&#8203;man\u202C "
      "</p>"
      "<p>Price: <b> \u200B 12\u200B.50 USD\uFEFF</b>";
  const wire::Facts facts = Read(body);
  const auto there = [&](std::string_view name) {
    for (const wire::Field& field : facts.fields) {
      if (field.name == name) return body.substr(field.span.begin, field.span.end - field.span.begin);
    }
    return std::string();
  };
  EXPECT_EQ(FieldOf(facts, "vendor"), "lampman");
  EXPECT_EQ(there("vendor"), "la\u200Bmp&#8203;man");
  EXPECT_EQ(FieldOf(facts, "price"), "12.50 USD");
  EXPECT_EQ(there("price"), "12\u200B.50 USD");
  EXPECT_EQ(there("title"), "Blue\u200B lamp");
}

TEST(Marks, AreTakenOutOfPlainTextToo) {
  const wire::Facts facts =
      ReadDocument(PageOf("a\u200Bb\n\u202Ec", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
  EXPECT_EQ(facts.text, "ab\nc");
  EXPECT_EQ(facts.marks, (wire::Marks{.zero_width = 1, .bidi = 1}));
}

TEST(FoldedText, StandsBesideTheTextItWasMadeFrom) {
  const wire::Facts facts = Read("<p>buy c\u043Ec\u0430ine<p>ｎｏｗ");
  EXPECT_EQ(facts.text, "buy c\u043Ec\u0430ine\nｎｏｗ");
  EXPECT_EQ(facts.folded_text, "buy cocaine\nnow");
}

TEST(Headings, AreTheVisibleOnesInOrder) {
  const wire::Facts facts =
      Read("<h2>Two <i>parts</i></h2><h1>One<br>more</h1><h3 hidden>bait</h3><h6></h6><h4>x</h4><h4>y</h4>");
  const std::vector<wire::Heading> expected = {{2, "Two parts"}, {1, "One more"}, {4, "x"}, {4, "y"}};
  EXPECT_EQ(facts.headings, expected);
}

TEST(Images, AreAbsoluteAndNeverThePicturesThemselves) {
  const wire::Facts facts = Read(
      "<base href=/shop/><img src=a.png alt=' A  lamp '><img src='data:image/png;base64,AAAA' alt=data><img "
      "alt=none>"
      "<img src='http://[bad' alt=bad>");
  const std::vector<wire::Image> expected = {
      {kHost + "/shop/a.png", "A lamp"}, {"", "data"}, {"", "none"}, {"", "bad"}};
  EXPECT_EQ(facts.images, expected);
}

TEST(Statements, AreReadFromEveryVocabulary) {
  const wire::Facts facts = Read(
      "<meta charset=utf-8><meta name=Description content='A  lamp'><meta property=og:title content=Lamp>"
      "<meta name=twitter:card content=summary><meta name=empty content=''>"
      "<div itemscope itemtype='https://schema.org/Product'><b itemprop='name headline'>Blue lamp</b>"
      "<span itemprop=offers itemscope itemtype=http://schema.org/Offer><meta itemprop=price content=1108.00>"
      "<link itemprop=availability href=http://schema.org/InStock></span><a itemprop=url href=/l>l</a></div>"
      "<i itemprop=stray>no item</i>"
      "<script "
      "type='application/ld+json'>{\"@context\":\"https://"
      "schema.org\",\"@type\":\"Product\",\"name\":\"Owl\","
      "\"offers\":{\"@type\":\"Offer\",\"price\":12.5,\"stock\":3,\"used\":false},\"tags\":[\"a\",\"b\"],"
      "\"none\":null}</script><script type='application/ld+json'>{broken</script>");
  const std::vector<wire::Statement> expected = {
      {"meta", "description", "A lamp"},
      {"og", "og:title", "Lamp"},
      {"meta", "twitter:card", "summary"},
      {"microdata", "Product.name", "Blue lamp"},
      {"microdata", "Product.headline", "Blue lamp"},
      {"microdata", "Product.offers.price", "1108.00"},
      {"microdata", "Product.offers.availability", "http://schema.org/InStock"},
      {"microdata", "Product.url", "/l"},
      {"json-ld", "Product.name", "Owl"},
      {"json-ld", "Product.offers.price", "12.5"},
      {"json-ld", "Product.offers.stock", "3"},
      {"json-ld", "Product.offers.used", "false"},
      {"json-ld", "Product.tags", "a"},
      {"json-ld", "Product.tags", "b"},
  };
  EXPECT_EQ(facts.statements, expected);
}

TEST(Statements, AreBounded) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "{\"a\":[";
  std::string page =
      "<script type='application/ld+json'>" + deep + "</script><script type=application/ld+json>[";
  for (int i = 0; i < 1000; ++i) page += "{\"a\":1},";
  page += "{\"a\":2}]</script>";
  for (int i = 0; i < 100; ++i) page += "<div itemscope itemtype=T itemprop=p><b itemprop=q>x</b>";
  EXPECT_EQ(Read(page).statements.size(), wire::kMaxStatements);
}

TEST(Links, SayHowTheyRelate) {
  const wire::Facts facts = Read("<a href=/a rel='nofollow  me'>a</a><a href=/b>b</a>");
  EXPECT_EQ(facts.links.at(0).rel, "nofollow me");
  EXPECT_EQ(facts.links.at(1).rel, "");
}

TEST(Links, TakeOnionLocationFromMetaToo) {
  const wire::Facts facts = Read("<meta http-equiv=onion-location content='http://x.example/'>");
  ASSERT_EQ(facts.links.size(), 1U);
  EXPECT_EQ(facts.links[0].kind, wire::LinkKind::kOnionLocation);
  EXPECT_EQ(facts.links[0].url, "http://x.example/");
}

TEST(Furniture, IsMenusHeadersAndFooters) {
  const wire::Facts facts = Read(
      "<header>Some market</header><nav><a href=/1>one</a><br><a href=/2>two</a></nav><p>Blue lamp<p>For sale"
      "<div class=sidebar>rates</div><footer>imprint</footer>");
  std::vector<std::string> ranges;
  for (const wire::Span& span : facts.furniture)
    ranges.push_back(facts.text.substr(span.begin, span.end - span.begin));
  EXPECT_EQ(ranges, (std::vector<std::string>{"Some market\none\ntwo", "rates\nimprint"}));
  EXPECT_EQ(facts.fingerprints.simhash, fingerprint::Simhash("Blue lamp For sale"));
}

TEST(Fingerprints, AreTakenOfEveryDocument) {
  const std::string body = "<p>Blue ceramic owl";
  const wire::Fingerprints prints = Read(body).fingerprints;
  EXPECT_EQ(prints.body_sha256, Sha256(body).Hex());
  EXPECT_EQ(prints.simhash, fingerprint::Simhash("Blue ceramic owl"));
  EXPECT_EQ(prints.dom_hash, Sha256("html|body|p").Hex().substr(0, 32));
  EXPECT_EQ(prints.hhhash, "hhh:1:" + Sha256("Content-Type").Hex());
  EXPECT_EQ(prints.favicon_mmh3, "");
}

TEST(Fingerprints, KnowAFavicon) {
  const std::string picture("\0\0\1\0\1\0\x10\x10", 8);
  wire::Document document = PageOf(picture, "HTTP/1.1 200 OK\r\nContent-Type: image/x-icon\r\n\r\n");
  EXPECT_EQ(ReadDocument(document).fingerprints.favicon_mmh3, fingerprint::FaviconMmh3(picture));
  document = PageOf("\x89PNG\r\n\x1a\n....", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n");
  EXPECT_EQ(ReadDocument(document).fingerprints.favicon_mmh3, "");
  document.url = kHost + "/static/favicon.ico?v=2";
  EXPECT_NE(ReadDocument(document).fingerprints.favicon_mmh3, "");
}

TEST(LanguagesOfAPage, LeaveTheMenuOut) {
  const wire::Facts facts = Read(
      "<nav>Startseite Bestellungen Nachrichten Einstellungen Abmelden Hilfe Verkäufer Bewertungen "
      "Warenkorb</nav>"
      "<p>All orders are packed with care and sent within two working days. Please read the terms before you "
      "buy.");
  ASSERT_EQ(facts.languages.size(), 1U);
  EXPECT_EQ(facts.languages[0].code, "en");
}

}  // namespace
}  // namespace nightjar::extract
