// SPDX-License-Identifier: Apache-2.0
// Every page of the synthetic sites through the shipped, jailed reader with the profiles that come with
// Nightjar, on each of the world's first days: each value of the ground truth must be right.
#include <gmock/gmock.h>

#include "config/site_profile.h"
#include "sandbox/pool/pool.h"
#include "tests/hostile/started.h"
#include "tests/hostile/world_documents.h"

namespace nightjar::pool {
namespace {

constexpr world::Day kDays = 5;

using Fields = std::vector<wire::Field>;

std::string ValueOf(const Fields& fields, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : fields)
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.value);
  return joined;
}

std::string UnitOf(const Fields& fields, std::string_view name) {
  for (const wire::Field& field : fields)
    if (field.name == name) return field.unit;
  return "";
}

// As a field would have it: null is a value that is not there.
std::string TextOf(const json::value& value) {
  if (value.is_null()) return "";
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

// Fields of several lines have no empty ones.
std::string WithoutBlankLines(std::string text) {
  for (std::size_t at = 0; (at = text.find("\n\n", at)) != std::string::npos;) text.erase(at, 1);
  return text;
}

std::string Joined(const json::value& list, std::string_view separator) {
  std::string joined;
  for (const json::value& one : list.as_array())
    joined.append(joined.empty() ? "" : separator).append(one.as_string());
  return joined;
}

// Each pair: the name in the ground truth and that of the field.
using Names = std::vector<std::pair<std::string_view, std::string_view>>;

void ExpectValues(const Fields& fields, const json::object& row, const Names& names) {
  for (const auto& [in_truth, field] : names)
    EXPECT_EQ(ValueOf(fields, field), TextOf(row.at(in_truth))) << field;
}

std::ptrdiff_t CountOf(const wire::Facts& facts, std::string_view kind) {
  return std::ranges::count(facts.items, kind, &wire::Item::kind);
}

class ProfiledReading : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    pool_ = StartPool(2);
    ASSERT_NE(pool_, nullptr);
  }
  static void TearDownTestSuite() { pool_.reset(); }

  static std::unique_ptr<Pool> StartPool(unsigned workers) {
    const auto profiles = config::LoadSiteProfiles(std::string(NIGHTJAR_SOURCE) + "/config/profiles");
    EXPECT_TRUE(profiles) << profiles.error().Format();
    if (!profiles) return nullptr;
    auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"),
                             .profiles = config::ReadingRulesOf(*profiles),
                             .workers = workers});
    EXPECT_TRUE(pool) << pool.error().Format();
    return pool ? std::move(*pool) : nullptr;
  }

  // Before anything else in a test.
  void LiveTo(world::Day day) {
    auto made = world::World::Make({.day = day});
    ASSERT_TRUE(made);
    world_ = std::move(*made);
    truth_ = json::parse(world_->TruthJson()).as_object();
    ASSERT_EQ(truth_.at("day"), json::value(day));
  }

  [[nodiscard]] const json::array& Rows(std::string_view table) const { return truth_.at(table).as_array(); }

  // The page of a row of the ground truth, read when it is first asked for.
  const wire::Facts& At(const json::object& row) {
    return At(TextOf(row.at("site")), TextOf(row.at("path")));
  }
  const wire::Facts& At(const std::string& site, const std::string& path) {
    const auto [found, is_new] = pages_.try_emplace(site + path);
    if (!is_new) return found->second;
    for (const auto& one : world_->sites()) {
      if (one->who().name != site) continue;
      auto facts = pool_->Read(hostile::DocumentOf(*one, path));
      EXPECT_TRUE(facts) << site << path;
      if (facts) found->second = std::move(*facts);
    }
    return found->second;
  }

  static std::unique_ptr<Pool> pool_;
  std::unique_ptr<world::World> world_;
  json::object truth_;
  std::map<std::string, wire::Facts> pages_;
};

std::unique_ptr<Pool> ProfiledReading::pool_;

class ProfiledDays : public ProfiledReading, public testing::WithParamInterface<world::Day> {
 protected:
  void SetUp() override { LiveTo(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(FirstFive, ProfiledDays, testing::Range(0, kDays),
                         [](const auto& day) { return "OnDay" + std::to_string(day.param); });

TEST_P(ProfiledDays, FindEveryValueOfEveryListing) {
  ASSERT_GE(Rows("listings").size(), 80U);
  std::map<std::string, std::string> sales;
  for (const json::value& vendor : Rows("vendors"))
    sales[TextOf(vendor.at("site")) + TextOf(vendor.at("name"))] = TextOf(vendor.at("sales"));
  for (const json::value& value : Rows("listings")) {
    const json::object& listing = value.as_object();
    const wire::Facts& facts = At(listing);
    SCOPED_TRACE(TextOf(listing.at("path")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kListing);
    EXPECT_EQ(facts.page_class, wire::PageClass::kContent);
    ExpectValues(facts.fields, listing,
                 {{"title", "title"},
                  {"vendor", "vendor"},
                  {"ships_from", "ships_from"},
                  {"stock", "stock"},
                  {"sold", "sold"},
                  {"rating", "rating"},
                  {"views", "views"},
                  {"description", "description"},
                  {"posted", "posted_at"}});
    EXPECT_EQ(ValueOf(facts.fields, "category"), Joined(listing.at("category"), " > "));
    EXPECT_EQ(ValueOf(facts.fields, "ships_to"), Joined(listing.at("ships_to"), "; "));
    for (const auto& [name, field] :
         {std::pair("price", "price"), std::pair("price_in_crypto", "price_in_coins")}) {
      const json::object& money = listing.at(name).as_object();
      EXPECT_EQ(ValueOf(facts.fields, field), TextOf(money.at("amount")));
      EXPECT_EQ(UnitOf(facts.fields, field), TextOf(money.at("currency")));
    }
    if (listing.at("site") == json::value("bazaar")) {
      EXPECT_EQ(ValueOf(facts.fields, "item_id"), TextOf(listing.at("id")));
      EXPECT_EQ(ValueOf(facts.fields, "vendor_sales"), sales.at("bazaar" + TextOf(listing.at("vendor"))));
    }
    EXPECT_EQ(CountOf(facts, "feedback"), listing.at("feedback").to_number<std::int64_t>());
    for (const wire::Item& row : facts.items) {
      if (row.kind != "feedback") continue;
      for (const char* name : {"date", "score", "buyer", "text"})
        EXPECT_NE(ValueOf(row.fields, name), "") << name;
    }
  }
}

TEST_P(ProfiledDays, FindEveryValueOfEveryVendor) {
  ASSERT_GE(Rows("vendors").size(), 10U);
  for (const json::value& value : Rows("vendors")) {
    const json::object& vendor = value.as_object();
    const wire::Facts& facts = At(vendor);
    SCOPED_TRACE(TextOf(vendor.at("path")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kVendor);
    EXPECT_EQ(facts.page_class, wire::PageClass::kContent);
    ExpectValues(facts.fields, vendor,
                 {{"name", "vendor"},
                  {"joined", "member_since"},
                  {"sales", "sales"},
                  {"rating", "rating"},
                  {"terms", "terms"},
                  {"last_seen", "last_seen"},
                  {"away_since", "away_since"}});
    EXPECT_EQ(ValueOf(facts.fields, "pgp"), TextOf(vendor.at("key")));
    EXPECT_EQ(ValueOf(facts.fields, "announcement"), WithoutBlankLines(TextOf(vendor.at("announcement"))));
    EXPECT_EQ(ValueOf(facts.fields, "vacation"), vendor.at("away_since").is_null() ? "false" : "true");
    EXPECT_EQ(ValueOf(facts.fields, "banned"), "");
    EXPECT_EQ(CountOf(facts, "offer"), vendor.at("listings").to_number<std::int64_t>());
  }
}

TEST_P(ProfiledDays, FindTheFingerprintOfEveryRealKey) {
  std::size_t real = 0;
  for (const json::value& value : Rows("vendors")) {
    const std::string fingerprint = TextOf(value.at("key_fingerprint"));
    if (fingerprint.empty()) continue;
    ++real;
    const wire::Facts& facts = At(value.as_object());
    EXPECT_TRUE(std::ranges::any_of(facts.entities, [&](const wire::Entity& entity) {
      return entity.kind == "pgp_key" && entity.value == fingerprint;
    })) << TextOf(value.at("path"));
  }
  EXPECT_EQ(real > 0, GetParam() > 0) << "keys are replaced from the second day on";
}

TEST_P(ProfiledDays, FindEveryValueOfEveryPost) {
  ASSERT_GE(Rows("posts").size(), 100U);
  for (const json::value& value : Rows("posts")) {
    const json::object& post = value.as_object();
    const wire::Facts& facts = At(post);
    SCOPED_TRACE(TextOf(post.at("path")) + "#" + TextOf(post.at("anchor")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kThread);
    EXPECT_EQ(ValueOf(facts.fields, "title"), TextOf(post.at("thread")));
    const auto found = std::ranges::find_if(facts.items, [&](const wire::Item& item) {
      return item.kind == "post" && ValueOf(item.fields, "post_id") == TextOf(post.at("anchor"));
    });
    ASSERT_NE(found, facts.items.end());
    ExpectValues(found->fields, post, {{"author", "author"}, {"text", "text"}, {"edited", "edited_at"}});
    EXPECT_EQ(ValueOf(found->fields, "edits"), post.at("edited").is_null() ? "" : TextOf(post.at("edits")));
    std::string posted = TextOf(post.at("posted"));
    posted.replace(posted.find(' '), 1, "T");
    EXPECT_EQ(ValueOf(found->fields, "posted_at"), posted);
  }
}

TEST_P(ProfiledDays, FindEveryThreadOnItsBoardAndWhatItIs) {
  std::map<std::string, std::string> replies;  // of a thread as its board lists it
  for (const auto& site : world_->sites())
    for (const world::Place& place : site->Places())
      if (place.kind == world::PlaceKind::kBoard)
        for (const wire::Item& item : At(site->who().name, place.target).items)
          if (item.kind == "thread")
            replies[ValueOf(item.fields, "title") + " by " + ValueOf(item.fields, "author")] =
                ValueOf(item.fields, "replies");
  EXPECT_EQ(replies.size(), Rows("threads").size());
  for (const json::value& value : Rows("threads")) {
    const json::object& thread = value.as_object();
    SCOPED_TRACE(TextOf(thread.at("path")));
    const wire::Facts& facts = At(thread);
    ExpectValues(facts.fields, thread, {{"title", "title"}, {"board", "board"}, {"locked", "locked"}});
    EXPECT_EQ(replies[TextOf(thread.at("title")) + " by " + TextOf(thread.at("author"))],
              std::to_string(thread.at("posts").to_number<std::int64_t>() - 1));
  }
}

TEST_P(ProfiledDays, FindEveryValueOfEveryMember) {
  ASSERT_GE(Rows("users").size(), 15U);
  for (const json::value& value : Rows("users")) {
    SCOPED_TRACE(TextOf(value.at("path")));
    ExpectValues(At(value.as_object()).fields, value.as_object(),
                 {{"name", "vendor"},
                  {"joined", "member_since"},
                  {"country", "location"},
                  {"posts", "posts"},
                  {"last_seen", "last_seen"}});
  }
}

TEST_P(ProfiledDays, FindEveryPlaceOnTheLinkList) {
  const wire::Facts& facts = At("directory", "/");
  std::vector<std::string> found;
  for (const wire::Item& item : facts.items)
    if (item.kind == "entry")
      found.push_back(ValueOf(item.fields, "title") + " " + ValueOf(item.fields, "link") + " " +
                      ValueOf(item.fields, "state"));
  std::vector<std::string> told;
  for (const json::value& link : Rows("links"))
    told.push_back(TextOf(link.at("label")) + " " + TextOf(link.at("url")) + " " + TextOf(link.at("state")));
  EXPECT_EQ(found, told);
  EXPECT_EQ(ValueOf(facts.fields, "announced_count"), std::to_string(told.size()));
}

TEST_P(ProfiledDays, SeeThatWhatWasTakenDownIsGone) {
  EXPECT_EQ(Rows("gone").empty(), GetParam() == 0);
  for (const json::value& value : Rows("gone")) {
    const wire::Facts& facts = At(value.as_object());
    SCOPED_TRACE(TextOf(value.at("site")) + TextOf(value.at("path")));
    if (value.at("answer") == json::value("banned")) {
      EXPECT_EQ(facts.page_kind, wire::PageKind::kVendor);
      EXPECT_EQ(facts.page_class, wire::PageClass::kContent);
      EXPECT_EQ(ValueOf(facts.fields, "vendor"), TextOf(value.at("id")));
      EXPECT_EQ(ValueOf(facts.fields, "banned"), "true");
    } else {
      EXPECT_EQ(facts.page_class, wire::PageClass::kNotFound);
    }
  }
}

TEST_F(ProfiledReading, GivesTheSameFactsByteForByteInAnotherWorker) {
  LiveTo(0);
  const auto other = StartPool(1);
  ASSERT_NE(other, nullptr);
  for (const auto& site : world_->sites()) {
    for (const world::Place& place : site->Places()) {
      const auto facts = other->Read(hostile::DocumentOf(*site, place.target));
      ASSERT_TRUE(facts);
      EXPECT_EQ(wire::Encode(*facts), wire::Encode(At(site->who().name, place.target))) << place.target;
    }
  }
}

}  // namespace
}  // namespace nightjar::pool
