// SPDX-License-Identifier: Apache-2.0
// Pages that list things, and pages about somebody, read without a profile. No page is a real site's.
#include "sandbox/extract/content.h"

#include <gtest/gtest.h>

#include "sandbox/extract/feedback.h"
#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

using wire::FieldType;
using wire::PageKind;

std::string ValueOf(const wire::Item& item, std::string_view name) {
  for (const wire::Field& field : item.fields) {
    if (field.name == name) return field.unit.empty() ? field.value : field.value + " " + field.unit;
  }
  return {};
}

std::vector<const wire::Item*> ItemsOf(const wire::Facts& facts, std::string_view kind) {
  std::vector<const wire::Item*> items;
  for (const wire::Item& item : facts.items) {
    if (item.kind == kind) items.push_back(&item);
  }
  return items;
}

void ExpectOwls(const std::string& body) {
  const wire::Facts facts = Read("<title>Owls</title>" + body);
  EXPECT_EQ(facts.page_kind, PageKind::kIndex) << body;
  const auto offers = ItemsOf(facts, "offer");
  ASSERT_EQ(offers.size(), 3U) << body;
  EXPECT_EQ(ValueOf(*offers[0], "title"), "Blue owl for $9 less") << body;
  EXPECT_EQ(ValueOf(*offers[0], "link"), "/l/1") << body;
  EXPECT_EQ(ValueOf(*offers[0], "price"), "12.50 USD") << body;
  EXPECT_EQ(ValueOf(*offers[0], "vendor"), "bob") << body;
  EXPECT_EQ(ValueOf(*offers[2], "title"), "Tin owl") << body;
  EXPECT_EQ(ValueOf(*offers[2], "price"), "1200 EUR") << body;
  for (const wire::Item* offer : offers) {
    for (const wire::Field& field : offer->fields) {
      EXPECT_LE(offer->span.begin, field.span.begin);
      EXPECT_LE(field.span.end, offer->span.end) << field.name;
      EXPECT_EQ(field.by, wire::FoundBy::kGeneric);
      EXPECT_GT(field.confidence, 0);
    }
  }
}

TEST(Offers, AreFoundInTables) {
  ExpectOwls(
      "<table><tr><th>Item</th><th>Vendor</th><th>Price</th></tr><tr class=odd><td><a href=/l/1>Blue owl for "
      "$9 less</a></td><td>bob</td>"
      "<td>$12.50</td></tr><tr class=even><td><a href=/l/2>Red owl</a></td><td>eve</td><td>$13</td></tr><tr "
      "class=odd><td><a href=/l/3>Tin owl</a>"
      "</td><td>joe</td><td>EUR 1,200</td></tr></table>");
}

TEST(Offers, AreFoundInCardsAndLists) {
  const auto card = [](const std::string& open, const std::string& close, const char* id, const char* title,
                       const char* who, const char* price) {
    return open + "<a href=/l/" + id + "><img src=x></a><h3><a href=/l/" + id + ">" + title + "</a></h3><p>" +
           price + "</p><p>by <a href=/user/" + who + ">" + who + "</a></p><a href=/l/" + id +
           ">Buy now</a>" + close;
  };
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
           {"<div class='card c1'>", "</div>"}, {"<article>", "</article>"}}) {
    ExpectOwls("<div>" + card(open, close, "1", "Blue owl for $9 less", "bob", "Price: $12.50 / 0.001 BTC") +
               card(open, close, "2", "Red owl", "eve", "Price: $13") +
               card(open, close, "3", "Tin owl", "joe", "1200 EUR") + "</div>");
  }
  ExpectOwls(
      "<ul><li><a href=/l/1>Blue owl for $9 less</a><br>12.50 USD<br>Seller: bob</li><li><a href=/l/2>Red "
      "owl</a><br>13 USD<br>Seller: eve</li>"
      "<li><a href=/l/3>Tin owl</a><br>1,200 EUR<br>Seller: joe</li></ul>");
}

TEST(Offers, AreNotRowsOfRatesMenusOrPanels) {
  const wire::Facts rates = Read(
      "<table><tr><td>BTC</td><td>$9439.54</td></tr><tr><td>XMR</td><td>$74.91</td></tr><tr><td>LTC</"
      "td><td>$71</td></tr></table>");
  EXPECT_TRUE(rates.items.empty());
  const wire::Facts menu = Read(
      "<nav><ul><li><a href=/a>Owls</a> $1</li><li><a href=/b>Tiles</a> $2</li><li><a href=/c>Lamps</a> "
      "$3</li></ul></nav><p>x");
  EXPECT_TRUE(menu.items.empty());
  std::string panels;
  for (int panel = 0; panel < 2; ++panel) {
    panels += "<div class=panel><h2>Panel</h2>";
    for (int i = 0; i < 3; ++i) {
      const std::string id = std::to_string(panel * 10 + i);
      panels += "<div class=o><a href=/l/" + id + ">Owl " + id + "</a><p>$" + id + "1</p></div>";
    }
    panels += "</div>";
  }
  EXPECT_EQ(ItemsOf(Read(panels), "offer").size(), 6U);
}

TEST(Pages, SayWhichIsNextAndHowManyThereAre) {
  const std::string rows =
      "<h1>Owls (1,108)</h1><div class=r><a href=1>Owl one</a><p>$1</div><div class=r><a href=2>Owl "
      "two</a><p>$2</div><div class=r><a href=3>Owl three</a><p>$3</div>";
  const auto next = [&](const std::string& pager) {
    return FieldOf(Read("<title>Owls - Market</title>" + rows + pager), "next_page");
  };
  EXPECT_EQ(next("<a href='?p=2' rel=next>more</a>"), "?p=2");
  EXPECT_EQ(next("<a href='?p=0'>Previous</a> <a href='?p=2'>Next »</a>"), "?p=2");
  EXPECT_EQ(next("<ul class=pagination><li><a href='?p=1'>1</a><li class=active><a href='?p=2'>2</a><li><a "
                 "href='?p=3'>3</a><li><a href='?p=9'>»</a></ul>"),
            "?p=3");
  EXPECT_EQ(next("<div class=pager><b class=current>1</b> <a href='?p=2'>2</a></div>"), "?p=2");
  EXPECT_EQ(next("<ul class=pagination><li><a href='?p=1'>1</a><li class=active><a href='?p=2'>2</a><li><a "
                 "href='?p=2'>»</a></ul>"),
            "");
  EXPECT_EQ(next("<a href='/x'>Next year's owls</a>"), "");
  EXPECT_EQ(FieldOf(Read("<title>Owls - Market</title>" + rows), "announced_count"), "1108");
  EXPECT_EQ(FieldOf(Read("<p>About 8,419 results" + rows), "announced_count"), "8419");
}

TEST(Feedback, IsFoundByDateScoreAndMaskedName) {
  const wire::Facts facts = Read(
      "<table><tr><th>Rating</th><th>Comment</th><th>Buyer</th><th>Date</th></tr><tr><td>5/5</td><td>Fine "
      "owl</td><td>b***9</td><td>Feb 03, 2020</td></tr>"
      "<tr><td>1/5</td><td>It never came</td><td>T . . . p</td><td>Feb 02, 2020</td></tr></table>");
  EXPECT_EQ(facts.page_kind, PageKind::kFeedback);
  const auto items = ItemsOf(facts, "feedback");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(ValueOf(*items[1], "score"), "1 5");
  EXPECT_EQ(ValueOf(*items[1], "text"), "It never came");
  EXPECT_EQ(ValueOf(*items[1], "author"), "T . . . p");
  EXPECT_EQ(ValueOf(*items[1], "date"), "2020-02-02 day");
}

TEST(Feedback, CountsStarsThatArePictures) {
  const std::string star = "<img src=star_gold.png>";
  const std::string none = "<img src=star_grey.png>";
  const wire::Facts facts = Read("<ul><li><span>9d</span><p>" + star + star + star + none + none +
                                 "<p>Good<p>~ ฿0.0012</li><li><span>1d 22h</span><p>" + star + star + star +
                                 star + star + "<p>Better</li></ul>");
  const auto items = ItemsOf(facts, "feedback");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(ValueOf(*items[0], "score"), "3 5");
  EXPECT_EQ(ValueOf(*items[0], "age"), "P9D day");
  EXPECT_EQ(ValueOf(*items[0], "amount"), "0.0012 BTC");
  EXPECT_EQ(ValueOf(*items[1], "score"), "5 5");
}

TEST(Feedback, KnowsMaskedNames) {
  for (const char* name : {"D...e", "T . . . p", "b***9", "o . . . _", "a**b"})
    EXPECT_TRUE(IsMaskedName(name)) << name;
  for (const char* name : {"", "bob", "...", "v1.2.3", "e.g.", "Mr. J. Smith", "A long sentence..."})
    EXPECT_FALSE(IsMaskedName(name)) << name;
}

TEST(Profiles, AreReadByLabelsAndTitle) {
  const wire::Facts facts = Read(
      "<title>lampman - User Profile - Some Market</title><h2>lampman (97%)</h2><table><tr><td>Member "
      "since:</td><td>Dec 05, 2019</td></tr>"
      "<tr><td>Last seen:</td><td>24/01/2020 "
      "(today)</td></tr><tr><td>Sales</td><td>1,093</td></tr><tr><td>Rating</td><td>4.88/5</td></tr>"
      "<tr><td>Won/Lost Disputes</td><td>3 / 1</td></tr><tr><td>FE "
      "enabled</td><td>No</td></tr><tr><td>Jabber</td><td>lamp@xmpp.example</td></tr></table>"
      "<pre>-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBFt\n=lGuU\n-----END PGP PUBLIC KEY "
      "BLOCK-----</pre>");
  EXPECT_EQ(facts.page_kind, PageKind::kVendor);
  const std::map<std::string, std::string> wanted = {{"vendor", "lampman"},
                                                     {"member_since", "2019-12-05 day"},
                                                     {"last_seen", "2020-01-24 day"},
                                                     {"sales", "1093"},
                                                     {"rating", "4.88 5"},
                                                     {"disputes_won", "3"},
                                                     {"disputes_lost", "1"},
                                                     {"finalize_early", "false"},
                                                     {"contact", "lamp@xmpp.example"}};
  for (const auto& [name, value] : wanted) EXPECT_EQ(FieldOf(facts, name), value) << name;
  EXPECT_TRUE(FieldOf(facts, "pgp").starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBFt"));
  const std::map<std::string, FieldType> types = {{"member_since", FieldType::kDate},
                                                  {"sales", FieldType::kCount},
                                                  {"pgp", FieldType::kPgp},
                                                  {"finalize_early", FieldType::kFlag}};
  for (const wire::Field& field : facts.fields) {
    const auto type = types.find(field.name);
    EXPECT_TRUE(type == types.end() || type->second == field.type) << field.name;
  }
}

TEST(Profiles, LearnTheOrderOfDaysFromThePage) {
  const std::string profile = "<title>Contact bob</title><p>bob<p>Member since: 03/04/2018<p>Last seen: ";
  EXPECT_EQ(FieldOf(Read(profile + "24/08/2018"), "member_since"), "2018-04-03 day");
  EXPECT_EQ(FieldOf(Read(profile + "08/24/2018"), "member_since"), "2018-03-04 day");
  EXPECT_EQ(FieldOf(Read(profile + "05/06/2018"), "member_since"), "");
}

TEST(Listings, SayHowTheyAreSentAndPaid) {
  const wire::Facts facts = Read(
      "<title>Blue lamp</title><h1>Blue lamp</h1><p>Seller: bob<p>Price: 4.00 USD / 0.0004 BTC<p>Ships from: "
      "Germany<p>Ships to: US and Canada<p>Sold: 17"
      "<p>Escrow: Yes<form><label>Shipping options:</label><select name=s><option>Letter - 9 Days - 0.00 USD "
      "/ 0.0 BTC</option><option>Parcel, tracked - 11.00 USD"
      "</option></select><button>Buy</button></form><div id=description>A lamp of blue glass.<br>Packed "
      "well.</div>");
  EXPECT_EQ(facts.page_kind, PageKind::kListing);
  const std::map<std::string, std::string> wanted = {
      {"price", "4.00 USD"}, {"ships_from", "Germany DE"},
      {"sold", "17"},        {"escrow", "true"},
      {"accepts", "BTC"},    {"description", "A lamp of blue glass.\nPacked well."}};
  for (const auto& [name, value] : wanted) EXPECT_EQ(FieldOf(facts, name), value) << name;
  EXPECT_EQ(FieldsOf(facts, "ships_to"), "US; Canada");
  const auto options = ItemsOf(facts, "shipping_option");
  ASSERT_EQ(options.size(), 2U);
  EXPECT_EQ(ValueOf(*options[0], "name"), "Letter");
  EXPECT_EQ(ValueOf(*options[0], "price"), "0.00 USD");
  EXPECT_EQ(ValueOf(*options[0], "days"), "P9D day");
  EXPECT_EQ(ValueOf(*options[1], "name"), "Parcel, tracked");
}

TEST(Forums, ShowPostsAndThreads) {
  const auto post = [](const char* number, const char* who, const char* text) {
    return std::string("<div class=post id=p") + number + "><p>by <a href='/profile.php?id=" + who + "'>" +
           who + "</a> » 2020-02-03 13:05</p><div class=content>" + text + "</div></div>";
  };
  const wire::Facts thread =
      Read("<title>Old lamps</title><h1>Old lamps</h1>" + post("11", "bob", "Who has<br>one?") +
           post("12", "eve", "I have.") + "<form><textarea></textarea></form>");
  EXPECT_EQ(thread.page_kind, PageKind::kThread);
  const auto posts = ItemsOf(thread, "post");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(ValueOf(*posts[0], "author"), "bob");
  EXPECT_EQ(ValueOf(*posts[0], "posted_at"), "2020-02-03T13:05 minute");
  EXPECT_EQ(ValueOf(*posts[0], "text"), "Who has\none?");
  EXPECT_EQ(ValueOf(*posts[1], "post_id"), "12");

  std::string rows = "<table><tr><th>Topic</th><th>Author</th><th>Replies</th><th>Last post</th></tr>";
  for (const char* number : {"1", "2", "3"}) {
    rows += std::string("<tr><td><a href=/t/") + number + ">Lamp " + number +
            "</a></td><td><a href=/user/bob>bob</a></td><td>1,20" + number + "</td><td>2020-02-0" + number +
            "</td></tr>";
  }
  const wire::Facts board = Read("<title>Lamps</title>" + rows + "</table>");
  EXPECT_EQ(board.page_kind, PageKind::kBoard);
  const auto threads = ItemsOf(board, "thread");
  ASSERT_EQ(threads.size(), 3U);
  EXPECT_EQ(ValueOf(*threads[2], "title"), "Lamp 3");
  EXPECT_EQ(ValueOf(*threads[2], "link"), "/t/3");
  EXPECT_EQ(ValueOf(*threads[2], "author"), "bob");
  EXPECT_EQ(ValueOf(*threads[2], "replies"), "1203");
  EXPECT_EQ(ValueOf(*threads[2], "last_post"), "2020-02-03 day");
}

// Nothing here times anything: a reading that is not near linear runs into the time limit of the whole
// program.
TEST(Content, IsReadInTimeHoweverOftenItsShapesAreRepeated) {
  const auto repeated = [](std::string_view piece, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all.append(piece);
    return all;
  };
  for (const std::string& page :
       {"<table>" + repeated("<tr><td><a href=/l/1>Blue owl</a><td>$1<td>bob", 20000),
        repeated("<p>1.2.2019 Dec 1 a day ago", 100000),
        repeated("<p>Price: <b>Vendor:</b> Ships to: US and CA", 20000),
        repeated("<div class=a>", 300) + repeated("<p><a href=x>text</a> 9d</p>", 20000),
        repeated(
            "<div class=post id=p1><a href=/user/b>bob</a> 2020-02-03<div class=content>text</div></div>",
            20000),
        "<p>" + repeated("1 000 ", 200000),
        repeated("<p>the only official address is bbbbbbbbbbbbbbbb.onion", 20000)}) {
    const wire::Facts facts = Read(page);
    EXPECT_EQ(facts.verdict, wire::Verdict::kOk) << page.substr(0, 60);
    EXPECT_LE(facts.items.size(), wire::kMaxItems);
  }
}

TEST(Content, IsReadTheSameTwiceAndFromAnyPiece) {
  const std::string page =
      "<table><tr><th>Item<th>Price<tr><td><a href=1>A one</a><td>$1<tr><td><a href=2>B "
      "two</a><td>$2</table><div class=post id=p1><a href=/user/bob>bob</a> 2020-02-03<p>text"
      "</div><ul class=pagination><li class=active>1<li><a href=2>2</a></ul><select name=shipping><option>x "
      "$1</select>";
  for (std::size_t size = 0; size <= page.size(); ++size) {
    const wire::Facts facts = Read(page.substr(0, size));
    const auto again = wire::Decode(wire::Encode(facts));
    ASSERT_TRUE(again) << size;
    EXPECT_EQ(*again, Read(page.substr(0, size)));
  }
}

}  // namespace
}  // namespace nightjar::extract
