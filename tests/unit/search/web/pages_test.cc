// SPDX-License-Identifier: Apache-2.0
#include "search/web/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "search/api/answers.h"

namespace nightjar::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHostile =
    "<script>alert(1)</script>\"'><img src=x onerror=y> \u202Eevil {{body}} {{{body}}}";

query::Hit HostileHit() {
  query::Hit hit;
  hit.capture = {7};
  hit.url = "http://abc.onion/" + kHostile;
  hit.host = kHostile;
  hit.case_id = kHostile;
  hit.title = kHostile;
  hit.kind = "listing";
  hit.page_class = "content";
  hit.snippet = "the \x01owl\x02 " + kHostile;
  hit.captures = 1;
  for (const char* name : {"price", "vendor", "category", "ships_from", "ships_to"}) {
    hit.fields.push_back({.name = name, .value = kHostile, .unit = kHostile, .raw = kHostile, .span = {}});
  }
  return hit;
}

api::CaptureView HostileCapture() {
  api::CaptureView view;
  view.capture.number = {7};
  view.capture.record.url = "http://abc.onion/" + kHostile;
  view.capture.record.case_id = {kHostile};
  view.capture.record.job = {kHostile};
  view.capture.record.detail = kHostile;
  view.capture.record.outcome = captures::Outcome::kTruncated;
  view.capture.record_text = kHostile;
  view.capture.leaf = kHostile;
  view.capture.rejected = kHostile;
  view.facts.emplace();
  view.facts->title = view.facts->text = view.facts->reason = view.facts->extractor = kHostile;
  view.facts->fields.push_back(
      {.name = kHostile, .value = kHostile, .unit = kHostile, .raw = kHostile, .span = {}});
  view.facts->decision = {.reasons = {kHostile}, .proxy_suspect = kHostile};
  view.facts->hidden_text = kHostile + ": " + kHostile;
  view.facts->furniture = {{3, 20}};
  view.proof_file = kHostile;
  view.checks.push_back({kHostile, false, kHostile});
  return view;
}

// No tag, attribute or invisible character of the hostile text may survive, wherever it was put.
void ExpectHarmless(const std::string& html) {
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("\u202E")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("‹U+202E›evil"));
  EXPECT_THAT(html, HasSubstr("{{body}}")) << "captured braces must stay text, not become a template";
}

// Our pages load the style sheet and nothing else, and carry neither script nor inline style (the CSP forbids
// both).
void ExpectSelfContained(const std::string& html) {
  static const std::regex kReference(R"re(<[^>]*\s(?:src|href|action)="([^"]*)")re");
  for (std::sregex_iterator it(html.begin(), html.end(), kReference), end; it != end; ++it) {
    const std::string address = (*it)[1];
    EXPECT_TRUE(address.starts_with("/") || address.starts_with("#")) << address;
    EXPECT_FALSE(address.starts_with("//")) << address;
  }
  const std::string without_values = std::regex_replace(html, std::regex("\"[^\"]*\""), "");
  EXPECT_FALSE(std::regex_search(without_values, std::regex(R"(<[^>]*\s(style|on[a-z]+)=)")));
}

TEST(CapturePage, SaysOfAnErasedCaptureUnderWhichRuleItWentAndNotThatItIsBroken) {
  api::CaptureView view;
  view.capture.number = {7};
  view.capture.erased_by = CaptureNumber{120};
  view.capture.rejected = "erased: leaf 120 says why";
  view.erasure = evidence::Erasure{.case_id = {"owl-7"},
                                   .rule = "BDSG s.75",
                                   .ordered_by = "Analyst 3",
                                   .approved_by = "Officer 1",
                                   .time = FromUnixMicros(1767225600000000),
                                   .erased = evidence::NumberRanges::Of({7}),
                                   .restricted = {}};
  const std::string page = CapturePage(view);
  EXPECT_THAT(page, HasSubstr("Erased on 2026-01-01 under “BDSG s.75”, ordered by Analyst 3"));
  EXPECT_THAT(page, HasSubstr("leaf 120 of the log says so"));
  EXPECT_THAT(page, Not(HasSubstr("was rejected")));
  const auto json = api::ToJson(view).as_object();
  EXPECT_EQ(json.at("erased").at("rule").as_string(), "BDSG s.75");
  EXPECT_FALSE(json.contains("rejected"));
}

TEST(Pages, KeepHostileTextHarmlessEverywhere) {
  query::Answer answer{.hits = {HostileHit()}, .total = 1, .corrected = kHostile, .seconds = 0.001};
  api::Health health;
  health.problem = kHostile;
  for (const std::string& page :
       {HomePage(health, {HostileHit()}), ResultsPage({.text = "owl"}, answer), CapturePage(HostileCapture()),
        ErrorPage(kHostile, Error{Code::kIo, kHostile, ""}),
        ResultsPage({.text = "owl"}, Error{Code::kInvalidInput, kHostile, "character 2"}),
        ResultsPage({.text = "owl"}, Error{Code::kUnavailable, kHostile, ""})}) {
    ExpectHarmless(page);
    ExpectSelfContained(page);
  }
}

TEST(Pages, PutTheQueryBackIntoTheBoxEscaped) {
  EXPECT_THAT(ResultsPage({.text = "\"><b>owl"}, query::Answer{}),
              HasSubstr("value=\"&quot;&gt;&lt;b&gt;owl\""));
}

TEST(Pages, ShowACardWithWhatAnAnalystNeeds) {
  query::Hit hit;
  hit.capture = {42};
  hit.url = "http://abc.onion/item/7";
  hit.host = "abc.onion";
  hit.case_id = "owl-2026";
  hit.title = "Barn owl figurine";
  hit.kind = "listing";
  hit.page_class = "content";
  hit.snippet = "A fine \x01owl\x02 of clay";
  hit.captures = 3;
  hit.first_seen = *ParseUtc("2026-01-02T03:04:05Z");
  hit.last_seen = *ParseUtc("2026-01-09T03:04:05Z");
  hit.fields = {{.name = "price", .value = "12.50", .unit = "USD", .raw = "$12.50", .span = {}},
                {.name = "vendor", .value = "owlpost", .unit = "", .raw = "", .span = {}},
                {.name = "ships_to", .value = "Norway", .unit = "", .raw = "", .span = {}},
                {.name = "ships_to", .value = "Chile", .unit = "", .raw = "", .span = {}}};
  const std::string page =
      ResultsPage({.text = "owl"}, {.hits = {hit}, .total = 1, .corrected = "", .seconds = 0.002});
  for (const char* part : {"href=\"/capture/42\"", "Barn owl figurine", "12.50 USD", "owlpost",
                           "Norway, Chile", "<mark>owl</mark>", "2026-01-02 03:04", "2026-01-09 03:04",
                           "3 captures", "case owl-2026", "1 page version"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

TEST(Pages, CallAListingByWhatItOffersAndNameAValueOnce) {
  query::Hit hit;
  hit.title = "Barn owl - Night Market";
  hit.kind = "listing";
  for (const auto& [name, value] :
       {std::pair("title", "Barn owl"), std::pair("ships_to", "Chile"), std::pair("ships_to", "Chile"),
        std::pair("ships_to", "Peru"), std::pair("ships_to", "Fiji"), std::pair("ships_to", "Mali")}) {
    hit.fields.emplace_back().name = name;
    hit.fields.back().value = value;
  }
  const std::string page =
      ResultsPage({.text = "owl"}, {.hits = {hit}, .total = 1, .corrected = "", .seconds = 0});
  EXPECT_THAT(page, HasSubstr(">Barn owl</a>"));
  EXPECT_THAT(page, HasSubstr("Chile, Peru, Fiji and 1 more"));
}

TEST(Pages, LeaveOutWhatAHitDoesNotHave) {
  query::Hit with = HostileHit();
  query::Hit without;
  without.url = "http://abc.onion/plain";
  without.kind = "other";
  without.page_class = "login";
  const std::string page =
      ResultsPage({.text = "x"}, {.hits = {without}, .total = 1, .corrected = "", .seconds = 0});
  EXPECT_THAT(page, Not(HasSubstr("class=\"price\"")));
  EXPECT_THAT(page, Not(HasSubstr("class=\"snippet\"")));
  EXPECT_THAT(page, HasSubstr("hxxp://abc.onion/plain"));
  EXPECT_THAT(page, HasSubstr("chip-warn\">login"));
}

TEST(Pages, PageThroughResultsByPostingTheQuery) {
  query::Answer answer{.hits = std::vector<query::Hit>(20), .total = 50, .corrected = "", .seconds = 0};
  const std::string page = ResultsPage({.text = "owl \"x\"", .offset = 20}, answer);
  EXPECT_THAT(page, HasSubstr("<input type=\"hidden\" name=\"q\" value=\"owl &quot;x&quot;\"><input "
                              "type=\"hidden\" name=\"offset\" value=\"0\">"));
  EXPECT_THAT(page, HasSubstr("name=\"offset\" value=\"40\""));
  EXPECT_THAT(page, HasSubstr("21–40 of 50"));
  EXPECT_THAT(page, Not(HasSubstr("?q=")));
  EXPECT_THAT(
      ResultsPage({.text = "owl"}, {.hits = {query::Hit{}}, .total = 1, .corrected = "", .seconds = 0}),
      Not(HasSubstr("class=\"pages\"")));
}

TEST(Pages, PointAtTheMistakeInAQuery) {
  const std::string page =
      ResultsPage({.text = "ü vender:bob"}, Error{Code::kInvalidInput, "no such field", "character 3"});
  EXPECT_THAT(page, HasSubstr("<span>ü </span><mark>vender:bob</mark>"));
  EXPECT_THAT(page, HasSubstr("aria-invalid"));
  EXPECT_THAT(ResultsPage({.text = "owl AND"}, Error{Code::kInvalidInput, "ends", "character 8"}),
              HasSubstr("<span>owl AND</span><mark>␣</mark>"));
}

TEST(Pages, SayWhatIsMissingAndThatItWillCome) {
  const std::string page = HomePage(api::Health{}, {});
  EXPECT_THAT(page, HasSubstr("There is no archive yet"));
  EXPECT_THAT(page, HasSubstr("There is no index yet"));
  EXPECT_THAT(page, HasSubstr("No listing has been read yet"));
}

TEST(Pages, ShowACaptureWithItsEvidence) {
  api::CaptureView view;
  view.capture.number = {3};
  view.capture.record.url = "http://abc.onion/item/7";
  view.capture.record.case_id = {"owl-2026"};
  view.capture.record.http_status = 200;
  view.capture.record.head_size = 10;
  view.capture.record.response_size = 30;
  view.capture.record.body_sha256 = Sha256("body");
  view.capture.record_text = "nightjar-capture/v1\nurl: http://abc.onion/item/7\n";
  view.checks = {{"The record is signed", true, ""}, {"The leaf is in the log", false, "hash differs"}};
  view.facts.emplace();
  view.facts->title = "Barn owl";
  view.facts->text = "first line\nsecond line";
  view.facts->fields.push_back({.name = "price",
                                .value = "12.50",
                                .unit = "USD",
                                .raw = "$12.50",
                                .span = {100, 106},
                                .confidence = 90});
  const std::string page = CapturePage(view);
  for (const char* part :
       {"Barn owl", "hxxp://abc.onion/item/7", "first line\nsecond line", "100–106", "90 %",
        "The record is signed", "hash differs", "nightjar-capture/v1\nurl: http://abc.onion/item/7\n",
        "/capture/3/raw", "nightjar export --case owl-2026 --capture 3",
        "The next checkpoint will cover this capture"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_THAT(page, HasSubstr(Sha256("body").Hex()));
  EXPECT_THAT(page, Not(HasSubstr("href=\"http")));
}

TEST(CapturePage, SaysWhatThePageWasTakenForAndWhatItHides) {
  api::CaptureView view;
  view.capture.record.url = "http://abc.onion/";
  view.facts.emplace();
  view.facts->page_class = wire::PageClass::kLogin;
  view.facts->decision = {
      .confidence = 86, .reasons = {"a password is asked for"}, .proxy_suspect = "xyz.onion"};
  view.facts->marks = {.zero_width = 1, .bidi = 2};
  view.facts->hidden_text = "display-none: bait for crawlers\nsame-colour: second line";
  const std::string page = CapturePage(view);
  for (const char* part :
       {"<strong>login</strong>, 86 % sure, by rules for any site", "a password is asked for",
        "says that it is xyz.onion, but it was fetched from abc.onion",
        "1 zero-width character and 2 direction-changing characters were taken out",
        "<td>bait for crawlers</td><td>not displayed</td>", "in the colour of its background"})
    EXPECT_THAT(page, HasSubstr(part));
}

TEST(CapturePage, SaysNothingOfAReadingThatWasNotMade) {
  EXPECT_THAT(CapturePage(api::CaptureView{}), Not(HasSubstr("How it was read")));
  api::CaptureView plain;
  plain.facts.emplace();
  EXPECT_THAT(CapturePage(plain), HasSubstr("Nothing on it is hidden"));
  for (const char* absent : {"taken out of the text", "fetched from", "Set apart like this"})
    EXPECT_THAT(CapturePage(plain), Not(HasSubstr(absent)));
}

TEST(CapturePage, SetsApartWhatIsTheSitesAndNotThePages) {
  api::CaptureView view;
  view.facts.emplace();
  view.facts->text = "Home\nOrders\nBarn owl\nImprint";
  view.facts->furniture = {{0, 11}, {21, 28}, {90, 99}};
  EXPECT_THAT(CapturePage(view), HasSubstr("<span class=\"furniture\">Home\nOrders</span>\nBarn owl\n<span "
                                           "class=\"furniture\">Imprint</span></pre>"));
}

TEST(Pages, SayWhenACaptureIsShownWithoutTheSecretsOfASession) {
  api::CaptureView view;
  view.capture.record.response_size = 30;
  EXPECT_THAT(CapturePage(view), Not(HasSubstr("session secrets")));
  view.capture.record.redacted_request.emplace();
  view.capture.record.redacted_response = captures::RedactedBlock{.head_size = 8, .size = 44, .sha256 = {}};
  EXPECT_THAT(CapturePage(view), HasSubstr("session secrets"));
  EXPECT_THAT(CapturePage(view), HasSubstr("(44 bytes)"));
}

TEST(Pages, NameTheStyleSheetByItsContent) {
  EXPECT_THAT(HomePage(api::Health{}, {}), HasSubstr("/static/style.css?v=" + StyleVersion()));
  EXPECT_THAT(std::string(StyleSheet()), Not(HasSubstr("url(")));
  EXPECT_THAT(std::string(StyleSheet()), Not(HasSubstr("@import")));
}

}  // namespace
}  // namespace nightjar::web
