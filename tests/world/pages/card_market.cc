// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/card_market.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "tests/world/pages/card_market_looks.h"
#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

constexpr std::size_t kPicked = 8;

std::string Pair(std::string_view term, std::string_view html) {
  return fmt::format("<div class=\"pair\"><dt>{}</dt><dd>{}</dd></div>\n", term, html);
}

std::string ListItems(const std::vector<std::string_view>& parts) {
  std::string items;
  for (const std::string_view part : parts) items += fmt::format("<span class=\"tag\">{}</span> ", part);
  return items;
}

// The path of a category below "/c/": "ceramics/figurines".
std::string CategorySlug(std::size_t leaf) {
  return Slug(Leaves()[leaf].top) + "/" + Slug(Leaves()[leaf].name);
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

Page CardMarket::Answer(const Request& request) const {
  std::string_view path = request.path;
  if (path == "/") return HomePage();
  if (path == "/find") return FindPage(request);
  if (path == "/signin") return SignInPage(request);
  if (TakePrefix(path, "/c/")) return CategoryPage(path);
  if (TakePrefix(path, "/l/")) return ListingPage(path);
  if (TakePrefix(path, "/s/")) return SellerPage(path);
  if (TakePrefix(path, "/journal/")) return JournalPage(path);
  return NoSuchPage();
}

std::vector<Place> CardMarket::OwnPlaces() const {
  std::vector<Place> places = {{PlaceKind::kHome, "/"},
                               {PlaceKind::kForm, "/signin"},
                               {PlaceKind::kText, "/journal/packing/"},
                               {PlaceKind::kSoft404, "/journal/spring-fair/"},
                               {PlaceKind::kGone, "/canary.txt"}};
  for (const Listing* listing : Featured(kPicked))
    places.push_back({PlaceKind::kRedirect, fmt::format("/l/{}", listing->number)});
  return places;
}

std::string CardMarket::CategoryTarget(std::size_t leaf, std::size_t page) const {
  return page == 1 ? fmt::format("/c/{}/", CategorySlug(leaf))
                   : fmt::format("/c/{}/page/{}", CategorySlug(leaf), page);
}

std::string CardMarket::ListingTarget(const Listing& listing) const {
  return fmt::format("/l/{}-{}/", listing.number, Slug(listing.title));
}

std::string CardMarket::VendorTarget(const Vendor& vendor) const {
  return fmt::format("/s/{}/", vendor.name);
}

std::string CardMarket::Menu() const {
  std::string menu;
  for (std::size_t leaf = 0; leaf < Leaves().size(); ++leaf) {
    if (leaf % kLeavesPerTop == 0)
      menu += fmt::format("{}<section class=\"group\"><h4>{}</h4>\n<ul>\n",
                          leaf == 0 ? "" : "</ul></section>\n", Escape(Leaves()[leaf].top));
    menu += fmt::format(
        "<li><a class=\"cat\" href=\"{}\"><span class=\"cat-name\">{}</span><span "
        "class=\"cat-count\">{}</span></a></li>\n",
        CategoryTarget(leaf, 1), Escape(Leaves()[leaf].name), market().InLeaf(leaf).size());
  }
  return menu + "</ul></section>\n";
}

Page CardMarket::Shop(std::string_view title, std::string_view content, int status) const {
  Page page;
  page.status = status;
  page.content_type = "text/html; charset=utf-8";
  page.body = fmt::format(kCardFrame, Escape(title), kCardStyle, Url("/"), Menu(), content);
  page.gzip = true;
  return page;
}

Page CardMarket::HomePage() const {
  std::string picked;
  for (const Listing* listing : Featured(kPicked))
    picked += fmt::format("<li class=\"pick\"><a href=\"/l/{}\">{}</a></li>\n", listing->number,
                          Escape(listing->title));
  return Shop("Atelier", fmt::format(kCardHome, market().OnSale().size(), market().TradingVendors(), picked));
}

std::string CardMarket::Cards(const std::vector<const Listing*>& listings) const {
  std::string cards;
  for (const Listing* listing : listings) {
    cards += fmt::format(
        "<article class=\"card\"><div class=\"card-art\"></div><h3 class=\"card-title\"><a "
        "href=\"{}\">{}</a></h3>\n"
        "<p class=\"card-line\"><span class=\"price\">€{}</span> <span class=\"coin\">{} BTC</span></p>\n"
        "<p class=\"card-line\">Seller <a class=\"seller\" href=\"{}\">{}</a></p></article>\n",
        ListingTarget(*listing), Escape(listing->title), Decimal(listing->cents), InBitcoin(listing->cents),
        VendorTarget(VendorOf(*listing)), VendorOf(*listing).name);
  }
  return cards.empty() ? "<p class=\"none\">No offers here at the moment.</p>\n"
                       : "<div class=\"cards\">\n" + cards + "</div>\n";
}

Page CardMarket::CategoryPage(std::string_view path) const {
  std::size_t leaf = 0;
  while (leaf < Leaves().size() && path.substr(0, path.find('/', path.find('/') + 1)) != CategorySlug(leaf))
    ++leaf;
  if (leaf == Leaves().size()) return NoSuchPage();
  path.remove_prefix(CategorySlug(leaf).size());
  const std::size_t last = CategoryPages(leaf);
  std::optional<std::size_t> asked = 1;
  if (path != "/") asked = TakePrefix(path, "/page/") ? AskedPage(std::string(path), last) : std::nullopt;
  if (!asked) return NoSuchPage();
  std::string pager;
  for (const std::size_t number : PagerNumbers(*asked, last))
    pager += fmt::format("<a class=\"{}\" href=\"{}\">{}</a>\n", number == *asked ? "page here" : "page",
                         CategoryTarget(leaf, number), number);
  return Shop(fmt::format("{} · Atelier", Leaves()[leaf].name),
              fmt::format("<h1>{}</h1>\n<p class=\"count\">{} offers</p>\n{}<nav class=\"pager\">{}</nav>\n",
                          Escape(Leaves()[leaf].name), market().InLeaf(leaf).size(),
                          Cards(OnCategoryPage(leaf, *asked)), pager));
}

std::string CardMarket::Facts(const Listing& listing) const {
  const Vendor& seller = VendorOf(listing);
  return Pair("Seller", fmt::format("<a href=\"{}\">{}</a>", VendorTarget(seller), seller.name)) +
         Pair("Price", fmt::format("<span class=\"price\">€{}</span> <span class=\"coin\">({} BTC)</span>",
                                   Decimal(listing.cents), InBitcoin(listing.cents))) +
         Pair("Dispatch from", listing.ships_from) + Pair("Delivers to", ListItems(listing.ships_to)) +
         Pair("In stock", std::to_string(listing.stock)) + Pair("Sold so far", std::to_string(listing.sold)) +
         Pair("Score", listing.rating == 0 ? "none yet" : fmt::format("{} of 5", Stars(listing.rating))) +
         Pair("Online since", fmt::format("<time datetime=\"{0}\">{0}</time>", IsoDay(listing.posted))) +
         (listing.views ? Pair("Looked at", fmt::format("{} times", *listing.views)) : "");
}

std::string CardMarket::Reviews(const Listing& listing) const {
  std::string reviews;
  for (const Feedback& row : market().FeedbackOn(listing)) {
    reviews += fmt::format(
        "<div class=\"review\"><div class=\"review-head\"><span class=\"stars stars-{}\">{}/5</span> "
        "<span class=\"who\">{}</span> <time datetime=\"{}\">{}</time></div><p>{}</p></div>\n",
        row.stars, row.stars, row.buyer, IsoDay(row.day), IsoDay(row.day), Escape(row.text));
  }
  return reviews;
}

Page CardMarket::ListingPage(std::string_view path) const {
  std::uint64_t number = 0;
  std::from_chars(path.data(), path.data() + path.size(), number);
  const Listing* listing = market().FindListing(number);
  if (!listing) return NoSuchPage();
  const std::string target = ListingTarget(*listing);
  if (target.substr(3) != path) return Redirect(301, target);
  if (listing->removed) return NoSuchPage();
  const Leaf& leaf = Leaves()[listing->leaf];
  return Shop(listing->title + " · Atelier",
              fmt::format(kCardListing, CategoryTarget(listing->leaf, 1), Escape(leaf.top), Escape(leaf.name),
                          Escape(listing->title), Facts(*listing), Escape(market().Decoy(*listing)),
                          Paragraphs(market().Description(*listing)), Reviews(*listing)));
}

Page CardMarket::SellerPage(std::string_view path) const {
  const Vendor* seller = market().FindVendor(path.substr(0, path.find('/')));
  if (!seller || VendorTarget(*seller).substr(3) != path) return NoSuchPage();
  if (seller->standing == Standing::kLeft) return NoSuchPage();
  if (seller->standing == Standing::kBanned) return BannedPage(*seller);
  const std::string facts = Pair("Seller", seller->name) + Pair("With us since", IsoDay(seller->joined)) +
                            Pair("Sales", std::to_string(seller->sales)) +
                            Pair("Score", fmt::format("{} of 5", Stars(seller->rating))) +
                            (seller->last_seen ? Pair("Last here", IsoDay(*seller->last_seen)) : "");
  const std::string announcement = market().AnnouncementText(*seller);
  Page page =
      Shop(fmt::format("{} · Atelier", seller->name),
           fmt::format(kCardSeller, seller->name,
                       seller->away_since ? fmt::format(kCardAway, IsoDay(*seller->away_since)) : "", facts,
                       Paragraphs(market().Terms(*seller)), market().KeyBlock(*seller),
                       announcement.empty() ? "" : fmt::format(kCardAnnouncement, Escape(announcement)),
                       Cards(OfVendor(*seller))));
  page.framing = Framing::kChunked;
  return page;
}

Page CardMarket::FindPage(const Request& request) const {
  const std::string words = request.Query("q").value_or("");
  return Shop("Find · Atelier",
              fmt::format("<h1>Offers with “{}”</h1>\n{}", Escape(words), Cards(Matching(words))));
}

Page CardMarket::SignInPage(const Request& request) const {
  const bool tried = request.method == "POST";
  return Shop("Sign in · Atelier",
              fmt::format(kCardSignIn, tried ? "<p class=\"alert\">That did not match.</p>\n" : ""));
}

Page CardMarket::JournalPage(std::string_view path) const {
  if (path == "packing/") return Shop("How to pack a teapot · Atelier", kCardJournal);
  return Shop("Journal · Atelier",
              "<h1>Nothing to see here</h1>\n<p>We looked everywhere, but this page is gone.</p>\n");
}

Page CardMarket::BannedPage(const Vendor& seller) const {
  return Shop(seller.name + " · Atelier", fmt::format(kCardBanned, seller.name));
}

Page CardMarket::NoSuchPage() const {
  return Shop("404 · Atelier", "<h1>404</h1>\n<p>This page does not exist.</p>\n", gone_status());
}

}  // namespace nightjar::world
