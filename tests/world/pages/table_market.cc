// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/table_market.h"

#include <fmt/format.h>

#include "tests/world/pages/html.h"
#include "tests/world/pages/table_market_looks.h"

namespace nightjar::world {
namespace {

constexpr std::size_t kFeatured = 6;

// "Jan 03, 2026", as PHP's date("M d, Y") writes it.
std::string PhpDay(Day day) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = IsoDay(day);
  const std::size_t month =
      static_cast<std::size_t>(iso[5] - '0') * 10 + static_cast<std::size_t>(iso[6] - '0');
  return fmt::format("{} {}, {}", kMonths[month - 1], iso.substr(8), iso.substr(0, 4));
}

std::string Row(std::string_view label, std::string_view html) {
  return fmt::format(
      "<tr><td class=\"label\" width=\"140\"><b>{}:</b></td><td class=\"value\">{}</td></tr>\n", label, html);
}

std::string Joined(const std::vector<std::string_view>& parts) {
  std::string joined;
  for (const std::string_view part : parts) joined.append(joined.empty() ? "" : ", ").append(part);
  return joined;
}

}  // namespace

Page TableMarket::Answer(const Request& request) const {
  if (request.path == "/") return Redirect(302, "index.php");
  if (request.path == "/index.php") return HomePage();
  if (request.path == "/category.php") return CategoryPage(request);
  if (request.path == "/item.php") return ListingPage(request);
  if (request.path == "/user.php") return VendorPage(request);
  if (request.path == "/search.php") return SearchPage(request);
  if (request.path == "/login.php") return LoginPage(request);
  if (request.path == "/help.php") return HelpPage(request);
  if (request.path == "/rules.php") return RulesPage();
  const std::optional<std::uint64_t> item = request.QueryNumber("item");
  if (request.path == "/go.php" && item && market().FindListing(*item))
    return Redirect(302, fmt::format("/item.php?id={}", *item));
  return NoSuchPage();
}

std::vector<Place> TableMarket::OwnPlaces() const {
  std::vector<Place> places = {
      {PlaceKind::kRedirect, "/"},       {PlaceKind::kHome, "/index.php"},
      {PlaceKind::kForm, "/login.php"},  {PlaceKind::kText, "/help.php?topic=fees"},
      {PlaceKind::kText, "/rules.php"},  {PlaceKind::kSoft404, "/help.php?topic=mediation"},
      {PlaceKind::kGone, "/mirrors.php"}};
  for (const Listing* listing : Featured(kFeatured))
    places.push_back({PlaceKind::kRedirect, fmt::format("/go.php?item={}", listing->number)});
  return places;
}

std::string TableMarket::CategoryTarget(std::size_t leaf, std::size_t page) const {
  return page == 1 ? fmt::format("/category.php?cat={}", leaf + 1)
                   : fmt::format("/category.php?cat={}&p={}", leaf + 1, page);
}

std::string TableMarket::ListingTarget(const Listing& listing) const {
  return fmt::format("/item.php?id={}", listing.number);
}

std::string TableMarket::VendorTarget(const Vendor& vendor) const {
  return fmt::format("/user.php?name={}", vendor.name);
}

std::string TableMarket::Menu() const {
  std::string menu;
  for (std::size_t leaf = 0; leaf < Leaves().size(); ++leaf) {
    if (leaf % kLeavesPerTop == 0)
      menu += fmt::format("<tr><td class=\"menuhead\">{}</td></tr>\n", Escape(Leaves()[leaf].top));
    menu += fmt::format(
        "<tr><td class=\"menuitem\">&raquo; <a href=\"category.php?cat={}\">{}</a> <span "
        "class=\"n\">({})</span></td></tr>\n",
        leaf + 1, Escape(Leaves()[leaf].name), market().InLeaf(leaf).size());
  }
  return menu;
}

Page TableMarket::Shop(std::string_view title, std::string_view content, int status) const {
  Page page;
  page.status = status;
  page.content_type = "text/html; charset=windows-1252";
  page.body =
      ToWindows1252(fmt::format(kTableFrame, Escape(title), kTableStyle, who().host, Menu(), content));
  return page;
}

Page TableMarket::HomePage() const {
  std::string featured;
  for (const Listing* listing : Featured(kFeatured))
    featured += fmt::format("<li><a href=\"go.php?item={}\">{}</a> by {}</li>\n", listing->number,
                            Escape(listing->title), VendorOf(*listing).name);
  return Shop(
      "Bazaar - Home",
      fmt::format("<h2>Welcome to Bazaar</h2>\n<p>There are <b>{}</b> listings by <b>{}</b> vendors in {} "
                  "categories.</p>\n<h3>Featured today</h3>\n<ul>\n{}</ul>\n{}",
                  market().OnSale().size(), market().TradingVendors(), Leaves().size(), featured,
                  kTableNews));
}

std::string TableMarket::ListingRows(const std::vector<const Listing*>& listings) const {
  std::string rows;
  for (const Listing* listing : listings) {
    const Vendor& vendor = VendorOf(*listing);
    rows += fmt::format(
        "<tr class=\"row\"><td><img src=\"img/none.gif\" width=\"48\" height=\"48\" alt=\"\"></td>"
        "<td><a href=\"item.php?id={}\">{}</a><br><small>{}</small></td>"
        "<td><a href=\"user.php?name={}\">{}</a></td><td align=\"right\">${}</td></tr>\n",
        listing->number, Escape(listing->title), listing->ships_from, vendor.name, vendor.name,
        DecimalWithCommas(listing->cents));
  }
  return "<table class=\"list\" width=\"100%\" cellpadding=\"3\">\n<tr><th></th><th>Item</th><th>Vendor</th>"
         "<th>Price</th></tr>\n" +
         (rows.empty() ? "<tr><td colspan=\"4\">Nothing here yet.</td></tr>\n" : rows) + "</table>\n";
}

Page TableMarket::CategoryPage(const Request& request) const {
  const std::uint64_t category = request.QueryNumber("cat").value_or(0);
  if (category < 1 || category > Leaves().size()) return NoSuchPage();
  const std::size_t leaf = category - 1;
  const std::size_t last = CategoryPages(leaf);
  const std::optional<std::size_t> asked = AskedPage(request.Query("p"), last);
  if (!asked) return NoSuchPage();
  std::string pager;
  for (const std::size_t number : PagerNumbers(*asked, last)) {
    const std::string target = Escape(CategoryTarget(leaf, number).substr(1));
    pager += number == *asked ? fmt::format("[{}] ", number)
                              : fmt::format("<a href=\"{}\">{}</a> ", target, number);
  }
  const std::string path = fmt::format("{} &gt; {}", Escape(Leaves()[leaf].top), Escape(Leaves()[leaf].name));
  Page page =
      Shop(fmt::format("Bazaar - {}", Leaves()[leaf].name),
           fmt::format("<h2>{}</h2>\n<p>{} items, page {} of {}</p>\n{}<p class=\"pager\">Pages: {}</p>\n",
                       path, market().InLeaf(leaf).size(), *asked, last,
                       ListingRows(OnCategoryPage(leaf, *asked)), pager));
  page.framing = Framing::kChunked;
  return page;
}

std::string TableMarket::Facts(const Listing& listing) const {
  const Leaf& leaf = Leaves()[listing.leaf];
  const Vendor& vendor = VendorOf(listing);
  return Row("Vendor",
             fmt::format("<a href=\"user.php?name={0}\">{0}</a> ({1} sales)", vendor.name, vendor.sales)) +
         Row("Price", fmt::format("USD {} <small>(&#3647;{})</small>", DecimalWithCommas(listing.cents),
                                  InBitcoin(listing.cents))) +
         Row("Category", fmt::format("{} &gt; <a href=\"category.php?cat={}\">{}</a>", Escape(leaf.top),
                                     listing.leaf + 1, Escape(leaf.name))) +
         Row("Ships from", listing.ships_from) + Row("Ships to", Joined(listing.ships_to)) +
         Row("Stock", listing.stock == 0 ? "sold out" : fmt::format("{} pieces", listing.stock)) +
         Row("Sold", std::to_string(listing.sold)) +
         Row("Rating", listing.rating == 0 ? "not yet" : fmt::format("{} / 5", Stars(listing.rating))) +
         Row("Listed", PhpDay(listing.posted)) +
         (listing.views ? Row("Views", std::to_string(*listing.views)) : "");
}

Page TableMarket::ListingPage(const Request& request) const {
  const Listing* listing = market().FindListing(request.QueryNumber("id").value_or(0));
  if (!listing) return NoSuchPage();
  if (listing->removed) return RemovedPage("Item not available", "This item has been removed.");
  std::string feedback;
  for (const Feedback& row : market().FeedbackOn(*listing)) {
    feedback += fmt::format(
        "<tr><td class=\"fb\">{}</td><td class=\"fb\"><font color=\"#996600\">{}</font></td>"
        "<td class=\"fb\">{}</td><td class=\"fb\"><i>{}</i></td></tr>\n",
        PhpDay(row.day), std::string(row.stars, '*'), row.buyer, Escape(row.text));
  }
  return Shop(
      listing->title + " - Bazaar",
      fmt::format(kTableListing, Escape(listing->title), Facts(*listing), listing->number,
                  Paragraphs(market().Description(*listing)), Escape(market().Decoy(*listing)), feedback));
}

Page TableMarket::VendorPage(const Request& request) const {
  const Vendor* vendor = market().FindVendor(request.Query("name").value_or(""));
  if (!vendor) return NoSuchPage();
  if (vendor->standing == Standing::kLeft)
    return RemovedPage("Vendor not available", "This account has been removed.");
  if (vendor->standing == Standing::kBanned)
    return RemovedPage("Vendor " + vendor->name, "This vendor has been banned.");
  const std::vector<const Listing*> listings = OfVendor(*vendor);
  const std::string facts = Row("Vendor", vendor->name) + Row("Member since", PhpDay(vendor->joined)) +
                            Row("Sales", std::to_string(vendor->sales)) +
                            Row("Rating", fmt::format("{} / 5", Stars(vendor->rating))) +
                            (vendor->last_seen ? Row("Last seen", PhpDay(*vendor->last_seen)) : "") +
                            (vendor->away_since ? Row("On vacation since", PhpDay(*vendor->away_since)) : "");
  const std::string announcement = market().AnnouncementText(*vendor);
  return Shop(
      fmt::format("{} - Bazaar", vendor->name),
      fmt::format("<h2>Vendor {}</h2>\n<table cellpadding=\"4\">\n{}</table>\n<h3>Terms</h3>\n{}"
                  "<h3>Public key</h3>\n<pre>{}</pre>\n{}<h3>{} items by this vendor</h3>\n{}",
                  vendor->name, facts, Paragraphs(market().Terms(*vendor)), market().KeyBlock(*vendor),
                  announcement.empty() ? "" : fmt::format(kTableAnnouncement, Escape(announcement)),
                  listings.size(), ListingRows(listings)));
}

Page TableMarket::SearchPage(const Request& request) const {
  const std::string words = request.Query("q").value_or("");
  return Shop("Bazaar - Search", fmt::format("<h2>Results for &quot;{}&quot;</h2>\n{}", Escape(words),
                                             ListingRows(Matching(words))));
}

Page TableMarket::LoginPage(const Request& request) const {
  const bool tried = request.method == "POST";
  return Shop("Bazaar - Login",
              fmt::format("<h2>Login</h2>\n{}{}",
                          tried ? "<p class=\"err\">Wrong name or password.</p>\n" : "", kTableLoginForm));
}

Page TableMarket::HelpPage(const Request& request) const {
  if (request.Query("topic") == "fees") return Shop("Bazaar - Fees", kTableFees);
  // The soft 404: status 200 in the full frame, as shops built on a content system answer.
  return Shop("Bazaar",
              "<h2>Page not found</h2>\n<p>The help page you asked for does not exist (any more).</p>\n");
}

Page TableMarket::RulesPage() const {
  Page page = Shop("Bazaar - Rules", kTableRules);
  page.framing = Framing::kClose;
  return page;
}

// Status 200 in the full frame, as of a shop that hides a row of its table.
Page TableMarket::RemovedPage(std::string_view heading, std::string_view remark) const {
  return Shop("Bazaar", fmt::format("<h2>{}</h2>\n<p class=\"err\">{}</p>\n", heading, remark),
              gone_status());
}

Page TableMarket::NoSuchPage() const {
  Page page;
  page.status = 404;
  page.content_type = "text/html";
  page.body =
      "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not "
      "Found</h1></center>\r\n"
      "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
  return page;
}

}  // namespace nightjar::world
