// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/extract.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

using wire::PageClass;
using wire::PageKind;

TEST(VisibleText, KeepsBlocksAsLinesAndFoldsWhiteSpace) {
  const wire::Facts facts =
      Read("<h1> One\n two </h1><p>a<b>b</b> c<br>d<ul><li>e<li>f&nbsp; g</ul><pre>x\n  y</pre>");
  EXPECT_EQ(facts.text, "One two\nab c\nd\ne\nf g\nx\ny");
}

TEST(VisibleText, SetsTheCellsOfARowSideBySide) {
  EXPECT_EQ(Read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>").text, "a b\nc");
}

TEST(VisibleText, LeavesOutWhatIsNeverShown) {
  EXPECT_EQ(Read("<title>t</title>a<script>x</script><style>y</style><template>z</template><!-- c -->b").text,
            "ab");
}

TEST(VisibleText, KeepsHiddenTextApart) {
  const wire::Facts facts = Read(
      "<style>/* .c{} */ p.bait, #trap { DISPLAY : none } .menu{display:none} .top:hover .menu{display:block}"
      "@media print { .c { display:none } }</style>"
      "<p class='x bait'>one</p><p id=trap>two</p><div hidden>three</div><p style='visibility: "
      "hidden'>four</p>"
      "<div class=top><div class=menu>five</div></div><p class=c>six</p><b id=trap>seven</b>");
  EXPECT_EQ(facts.text, "five\nsix");
  EXPECT_EQ(
      facts.hidden_text,
      "display-none: one\ndisplay-none: two\nhidden-attribute: three\ninvisible: four\ndisplay-none: seven");
}

TEST(Links, AreAbsoluteNormalisedAndGivenOnce) {
  const wire::Facts facts = Read(
      "<base href='/shop/'><a href='a?x=1#frag'>A <b>one</b></a><a href='a?x=1'>again</a><a "
      "href='#top'>top</a>"
      "<a href='javascript:x()'>js</a><a href='HTTP://Example.COM:80/%7e'>far</a><iframe src=f></iframe>"
      "<meta http-equiv=refresh content=\"3; url='next'\"><a style='display:none' href=bait>b</a>");
  ASSERT_EQ(facts.links.size(), 4U);
  const std::string host = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion";
  EXPECT_EQ(facts.links[0], (wire::Link{wire::LinkKind::kAnchor, host + "/shop/a?x=1", "A one"}));
  EXPECT_EQ(facts.links[1].url, "http://example.com/%7e");
  EXPECT_EQ(facts.links[2], (wire::Link{wire::LinkKind::kFrame, host + "/shop/f", ""}));
  EXPECT_EQ(facts.links[3], (wire::Link{wire::LinkKind::kRefresh, host + "/shop/next", ""}));
}

TEST(Links, ComeFromHeadersToo) {
  const wire::Facts facts = ReadDocument(
      PageOf("", "HTTP/1.1 302 Found\r\nLocation: ../new\r\nOnion-Location: http://x.example/\r\n\r\n"));
  ASSERT_EQ(facts.links.size(), 2U);
  EXPECT_EQ(facts.links[0].kind, wire::LinkKind::kRedirect);
  EXPECT_TRUE(facts.links[0].url.ends_with(".onion/new"));
  EXPECT_EQ(facts.links[1].kind, wire::LinkKind::kOnionLocation);
  EXPECT_EQ(facts.page_class, PageClass::kEmpty);
}

TEST(Forms, ShowTheirInputsInOrder) {
  const wire::Facts facts = Read(
      "<form action=go method=POST><input name=a><input type=hidden name=t value=1>"
      "<select name=s></select><textarea name=w></textarea><button>Go</button></form>");
  ASSERT_EQ(facts.forms.size(), 1U);
  EXPECT_TRUE(facts.forms[0].action.ends_with("/item/go"));
  EXPECT_EQ(facts.forms[0].method, "post");
  const std::vector<wire::FormInput> expected = {{"a", "text", ""},
                                                 {"t", "hidden", "1"},
                                                 {"s", "select", ""},
                                                 {"w", "textarea", ""},
                                                 {"", "button", "Go"}};
  EXPECT_EQ(facts.forms[0].inputs, expected);
}

TEST(PageClassRules, TellWallsFromPagesThatSpeakOfThem) {
  const std::string filler(900, 'x');
  EXPECT_EQ(Read("<title>Login</title><form><input name=user><input type=password name=p></form>").page_class,
            PageClass::kLogin);
  EXPECT_EQ(
      Read("<h1>Offer</h1>" + filler + "<form><input name=login><input type=password></form>").page_class,
      PageClass::kContent);
  EXPECT_EQ(Read("<p>Enter the captcha<img src=c.png><form><input name=x></form>").page_class,
            PageClass::kCaptcha);
  EXPECT_EQ(Read("<p>I sell captcha solvers, write me</p>").page_class, PageClass::kContent);
  EXPECT_EQ(Read("<meta http-equiv=refresh content=5><p>DDoS protection: please wait</p>").page_class,
            PageClass::kDdosWait);
  EXPECT_EQ(Read("<h2>Page not found</h2>").page_class, PageClass::kNotFound);
  EXPECT_EQ(Read("<h1>THIS HIDDEN SITE HAS BEEN SEIZED</h1><p>This website has been seized by the police")
                .page_class,
            PageClass::kSeizureNotice);
  EXPECT_EQ(Read("<p>Your session has expired</p>").page_class, PageClass::kLoggedOut);
  EXPECT_EQ(Read("<p>You have been banned.</p>").page_class, PageClass::kBanned);
  EXPECT_EQ(Read("<p>The market is under maintenance</p>").page_class, PageClass::kMaintenance);
  EXPECT_EQ(Read("   ").page_class, PageClass::kEmpty);
  EXPECT_EQ(ReadDocument(PageOf("<p>gone", "HTTP/1.1 404 X\r\n\r\n")).page_class, PageClass::kNotFound);
  EXPECT_EQ(ReadDocument(PageOf("<p>oops", "HTTP/1.1 500 X\r\n\r\n")).page_class, PageClass::kError);
}

// One offer in the shapes templates give it. No shape is a real site's.
struct Shape {
  const char* name;
  const char* markup;
};

constexpr Shape kShapes[] = {
    {"table",
     "<h1>Blue lamp</h1><table><tr><td>Seller:</td><td><a href='/u/7'>lampman</a> (12)</td></tr><tr><th>Price"
     "</th><td>$1,250.50</td></tr><tr><td>Ships from</td><td>Norway</td></tr><tr><td>Ships "
     "to</td><td>Europe, "
     "World</td></tr></table>"},
    {"definition list",
     "<h2>Blue lamp</h2><dl><dt>Vendor<dd>lampman<dt>Price<dd>USD 1,250.50<dt>Origin<dd>Norway<dt>"
     "Delivers to<dd><span>Europe</span> <span>World</span></dl>"},
    {"one line each",
     "<h1>Blue lamp</h1><p><b>Sold by:</b> lampman<br><b>Cost:</b> 1250.50 USD<br><b>Dispatch from:</b>"
     " Norway<br><b>Destination:</b> Europe / World</p>"},
    {"one line for all",
     "<h1>Blue lamp</h1><p>Merchant: <i>lampman</i> <b>Price:</b> $1250.50 <b>Ships from:</b> Norway"
     " <b>Ships to:</b> Europe; World</p>"},
    {"boxes",
     "<div class=product-title>Blue lamp</div><div class=row><div>Seller</div><div>lampman</div></div><div "
     "class=row><div>Price</div><div>$1,250.50</div></div><div><div>Shipping "
     "from</div><div>Norway</div></div>"
     "<div><div>Ships to</div><div>Europe, World</div></div>"},
    {"columns",
     "<h1>Blue lamp</h1><table><tr><th>Vendor</th><th>Price</th><th>Ships from</th><th>Ships to</th></tr>"
     "<tr><td>lampman</td><td>$1,250.50</td><td>Norway</td><td>Europe, World</td></tr></table>"},
    {"microdata",
     "<div itemscope><h3 itemprop=name>Blue lamp</h3><meta itemprop=priceCurrency content=USD><meta "
     "itemprop=price content=1250.50><p>Seller: lampman</p><p>Ships from: Norway</p><p>Ships to: Europe, "
     "World</p></div>"},
};

TEST(ListingRules, ReadOneOfferInEveryShape) {
  for (const Shape& shape : kShapes) {
    const wire::Facts facts = Read(
        std::string("<title>Blue lamp - Some Market</title><nav><a href=/>$0.00</a></nav>") + shape.markup);
    EXPECT_EQ(facts.page_kind, PageKind::kListing) << shape.name;
    EXPECT_EQ(FieldOf(facts, "title"), "Blue lamp") << shape.name;
    EXPECT_EQ(FieldOf(facts, "vendor"), "lampman") << shape.name;
    EXPECT_EQ(FieldOf(facts, "price"), "1250.50 USD") << shape.name;
    EXPECT_EQ(FieldOf(facts, "ships_from"), "Norway NO") << shape.name;
    EXPECT_EQ(FieldsOf(facts, "ships_to"), "Europe; World") << shape.name;
  }
}

TEST(ListingRules, TakeNoIndexForAnOffer) {
  std::string rows = "<table><tr><th>Item</th><th>Vendor</th><th>Price</th></tr>";
  for (const char* row : {"<tr><td><a href=1>A</a></td><td>bob</td><td>$1</td></tr>",
                          "<tr><td><a href=2>B</a></td><td>eve</td><td>$2</td></tr>",
                          "<tr><td><a href=3>C</a></td><td>joe</td><td>$3</td></tr>"}) {
    rows += row;
  }
  const wire::Facts facts = Read("<title>Lamps</title>" + rows + "</table>");
  EXPECT_EQ(facts.page_kind, PageKind::kIndex);
  EXPECT_TRUE(facts.fields.empty());
}

TEST(ListingRules, ReadCategoriesFromTrailsAndLabels) {
  const std::string offer = "<h1>Blue lamp</h1><p>Seller: bob<p>Price: $1";
  EXPECT_EQ(FieldOf(Read("<div class=crumbs><a href='/'>Shop</a> › <a href=h>Home &amp; Garden</a> › <a "
                         "href=l>Lamps</a> › "
                         "Blue lamp</div>" +
                         offer),
                    "category"),
            "Home & Garden > Lamps");
  EXPECT_EQ(FieldOf(Read(offer + "<p>Category: Home / Lamps"), "category"), "Lamps");
  EXPECT_EQ(FieldOf(Read(offer + "<p>Section: Garden » Lamps"), "category"), "Garden > Lamps");
}

TEST(Spans, PointIntoTheBytesAsTheyWereReceived) {
  const std::string body =
      "<title>\xCB\xE0\xEC\xEF\xE0</title><h1>\xCB\xE0\xEC\xEF\xE0</h1><p>Price: <b>5 \x88</b><p>Seller:  "
      "b&amp;b ";
  const wire::Facts facts =
      ReadDocument(PageOf(body, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n"));
  ASSERT_EQ(facts.page_kind, PageKind::kListing);
  const std::map<std::string, std::string> expected = {
      {"title", "\xCB\xE0\xEC\xEF\xE0"}, {"price", "5 \x88"}, {"vendor", "b&amp;b"}};
  for (const wire::Field& field : facts.fields) {
    EXPECT_EQ(body.substr(field.span.begin, field.span.end - field.span.begin), expected.at(field.name))
        << field.name;
  }
  EXPECT_EQ(facts.fields.size(), 3U);
}

TEST(ReadDocument, GivesTheSameBytesForTheSameBytes) {
  const std::string page = std::string(kShapes[0].markup) + "<a href=x>x</a><form></form><p hidden>h";
  EXPECT_EQ(wire::Encode(Read(page)), wire::Encode(Read(page)));
}

TEST(ReadDocument, ReadsPlainTextAndRefusesPictures) {
  const wire::Facts text =
      ReadDocument(PageOf(" a  b \n\n c", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
  EXPECT_EQ(text.text, "a b\nc");
  EXPECT_EQ(text.charset, "utf-8");
  const wire::Facts picture = Read("\x89PNG\r\n\x1a\n");
  EXPECT_EQ(picture.verdict, wire::Verdict::kNotText);
  EXPECT_EQ(picture.text, "");
}

TEST(ReadDocument, ReadsLinearlyWhenAskedTo) {
  wire::Document document = PageOf("<title>T</title><p>one<p hidden>two<a href=/x>three</a>");
  document.mode = wire::ReadMode::kLinear;
  const wire::Facts facts = ReadDocument(document);
  EXPECT_EQ(facts.title, "T");
  EXPECT_EQ(facts.text, "one\ntwothree");
  ASSERT_EQ(facts.links.size(), 1U);
  EXPECT_TRUE(facts.links[0].url.ends_with("/x"));
}

TEST(ReadDocument, GivesFactsThatDecodeForAnyInput) {
  std::uint64_t state = 3;
  for (int round = 0; round < 200; ++round) {
    std::string body;
    for (int i = 0; i < 400; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      constexpr std::string_view kPieces[] = {"<td>",
                                              "<th>Price",
                                              "Vendor:",
                                              "$5",
                                              "<a href=u?x=bob>bob</a>",
                                              "</",
                                              "<dt>",
                                              "Ships to",
                                              "<dd>",
                                              "&amp",
                                              "&#0;",
                                              "\xFF",
                                              "\r\n",
                                              "<h1>",
                                              "<table>",
                                              "<tr>",
                                              "<b>",
                                              "</b>",
                                              "<div class=crumb>",
                                              "›",
                                              "<style>.a{display:none}",
                                              "</style>"};
      body.append(kPieces[(state >> 33) % std::size(kPieces)]);
    }
    const wire::Facts facts = Read(body);
    EXPECT_TRUE(wire::Decode(wire::Encode(facts)));
    for (const wire::Field& field : facts.fields) EXPECT_LE(field.span.end, facts.decoded_size);
  }
}

}  // namespace
}  // namespace nightjar::extract
