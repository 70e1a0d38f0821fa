// SPDX-License-Identifier: Apache-2.0
// What each query finds in the bird market (bird_market.h), a line each; and what each slip is told.
#include "tests/unit/indexer/query/bird_market.h"

namespace nightjar::query {
namespace {

struct Row {
  const char* query;
  const char* hits;  // letters of page versions
};

// clang-format off
constexpr Row kFound[] = {
    // words
    {"owl", "bcrsw"}, {"Owls", "bcrsw"}, {"OWL", "bcrsw"}, {"barn owl", "bs"}, {"owl barn", "bs"},
    {"barn AND owl", "bs"}, {"barn and owl", ""}, {"figurine", "bw"}, {"figurines", "bw"}, {"raven", "rw"},
    {"ravens", "rw"}, {"feather", "rt"}, {"painted", "bc"}, {"paint", "bc"}, {"clay", "b"}, {"glass", "s"},
    {"daily", "w"}, {"price", "t"}, {"market", "w"}, {"nothing", ""}, {"noon", "o"}, {"dusk", "n"}, {"tide", "no"},
    {"water high", "no"}, {"tide table", "no"}, {"seized", ""}, {"fifty", "r"}, {"  owl   barn ", "bs"},
    // phrases
    {"\"barn owl\"", "b"}, {"\"owl barn\"", ""}, {"barn-owl", "b"}, {"\"owls\"", "sw"}, {"\"owl\"", "br"},
    {"\"hand painted\"", "b"}, {"\"Hand, Painted\"", "b"}, {"\"snowy owls of glass\"", "s"}, {"\"high water\"", "no"},
    {"\"high water at noon\"", "o"}, {"\"figurine a clay\"", ""}, {"\"tide table\" april", "n"}, {"\"AND\"", "ctw"},
    // NEAR
    {"snowy NEAR glass", "s"}, {"two NEAR/1 snowy", "s"}, {"snowy NEAR/1 barn", ""}, {"feather NEAR/2 raven", "r"},
    {"water NEAR/1 noon", "o"}, {"noon NEAR/1 water", "o"}, {"high NEAR/1 noon", ""}, {"high NEAR/2 noon", "o"},
    {"water NEAR noon NEAR high", "o"}, {"owl NEAR fifty", "r"}, {"owl NEAR/2 fifty", ""},
    // operators
    {"feather OR glass", "rst"}, {"feather OR glass OR noon", "orst"}, {"owl NOT barn", "crw"}, {"owl -barn", "crw"},
    {"owl AND NOT barn", "crw"}, {"owl -barn -raven", "c"}, {"NOT owl", "ejnotx"}, {"NOT NOT owl", "bcrsw"},
    {"-owl", "ejnotx"}, {"owl (clay OR glass)", "bs"}, {"(clay OR glass) owl", "bs"}, {"((owl))", "bcrsw"},
    {"clay OR glass noon", "b"}, {"clay OR noon tide", "bo"}, {"NOT (owl OR tide)", "ejtx"}, {"owl -(clay OR glass)", "crw"},
    {"tide OR NOT tide", "bcejnorstwx"}, {"tide -tide", ""}, {"not owl", ""}, {"\"OR\" owl", ""},
    // wildcards
    {"fig*", "bw"}, {"zz*", ""}, {"fe*", "rt"}, {"ow*", "brsw"}, {"OW*", "brsw"}, {"hä*", "e"}, {"snow*", "cs"},
    {"fig* ra*", "w"}, {"fig* -ra*", "b"}, {"handb*", "e"}, {"c0*", "c"},
    // titles
    {"title:owl", "bs"}, {"title:owls", "bs"}, {"title:\"barn owl\"", "b"}, {"title:\"owl barn\"", ""},
    {"title:fea*", "r"}, {"title:feathers", "r"}, {"title:clay", ""}, {"title:tide", "no"}, {"title:tide -title:april", "o"},
    {"title:snow*", "cs"}, {"title:talk OR title:bird", "tw"}, {"title:barn-owl", "b"},
    // names and places
    {"vendor:owlpost", "s"}, {"vendor:OwlPost", "s"}, {"vendor:\"night post\"", "b"}, {"vendor:post", "b"},
    {"vendor:posts", ""}, {"vendor:owl*", "rs"}, {"vendor:night*", "bc"}, {"vendor:nobody", ""}, {"vendor:night-post", "b"},
    {"category:art", "bs"}, {"category:figurines", "b"}, {"category:\"art glass\"", "s"}, {"category:cocaine", "c"},
    {"category:drugs", "c"}, {"category:stimulants", "c"}, {"category:drugs.stimulants", "c"},
    {"category:\"drugs cocaine\"", "c"}, {"category:drugs.opioids", ""}, {"category:stim*", "c"},
    {"ships_from:germany", "be"}, {"ships_from:norway", "r"}, {"ships_from:united", "s"}, {"ships_to:norway", "s"},
    {"ships_to:\"united states\"", "s"}, {"ships_to:\"states norway\"", ""}, {"ships_to:world*", "b"},
    {"ships_from:germany -lang:de", "b"}, {"ships_from:germany OR ships_from:norway", "ber"},
    // kinds, classes and places
    {"kind:listing", "bcejrs"}, {"kind:Listing", "bcejrs"}, {"kind:other", "nowx"}, {"kind:thread", "t"}, {"kind:post", "t"},
    {"kind:post feather", "t"}, {"kind:listing feather", "r"}, {"kind:vendor", ""}, {"kind:list*", "bcejrs"},
    {"site:pg6mmj*", "bcejnorstwx"}, {"site:owlmarket", "bs"}, {"market:OWLMARKET", "bs"}, {"market:owl*", "bs"},
    {"market:pg6mmj* glass", "s"}, {"host:pg6mmj* glass", "s"}, {"site:nowhere", ""}, {"site:owlmarket -glass", "b"},
    {"class:seizure-notice", "z"}, {"class:Seizure-Notice", "z"}, {"class:captcha", ""}, {"owl NOT class:content", "z"},
    {"owl class:content OR owl class:seizure-notice", "bcrswz"}, {"class:seiz*", "z"},
    {"verdict:timed-out", "x"}, {"verdict:crashed", ""}, {"verdict:ok tide", "no"}, {"case:raven-1", "x"},
    {"case:owl-7 glass", "s"}, {"job:ravens", "x"}, {"job:owls tide", "no"}, {"case:nobody", ""},
    // prices
    {"price:10..50", "bjs"}, {"price:10..49.99", "bj"}, {"price:<=50", "bjrs"}, {"price:<50", "bjr"}, {"price:>50", "ce"},
    {"price:>=50", "ces"}, {"price:50", "s"}, {"price:12.5", "b"}, {"price:12.50", "b"}, {"price:..12.5", "br"},
    {"price:100..", "c"}, {"price:0..", "bcejrs"}, {"owl NOT price:0..", "w"}, {"price:>100", ""}, {"price:50..50", "s"},
    {"price:<=100usd", "bces"}, {"price:<100usd", "bes"}, {"price:..95usd", "bs"}, {"price:95.625usd", "e"},
    {"price:>=95USD", "cer"}, {"price:>1000usd", "r"}, {"price:30000usd", "r"}, {"price:90eur", "e"}, {"price:<=100eur", "e"},
    {"price:95..96eur", ""}, {"price:0.5btc", "r"}, {"price:>0.5btc", ""}, {"price:>=0.5BTC", "r"}, {"price:30xmr", "j"},
    {"price:10usd..50usd", "bs"}, {"price:10..50xmr", "j"}, {"price:0usd..", "bcers"}, {"price:>50 -price:>99", "e"},
    // other numbers
    {"rating:>=4.5", "bs"}, {"rating:>4.5", "b"}, {"rating:4.5..", "bs"}, {"rating:..4", "r"}, {"rating:<4.8", "rs"},
    {"rating:4.8", "b"}, {"rating:3..4.5", "rs"}, {"sold:>100", "bc"}, {"sold:>120", "c"}, {"sold:7", "s"}, {"sold:<=120", "bs"},
    {"stock:1..", "bc"}, {"stock:0", "s"}, {"stock:..3", "bs"}, {"stock:<3", "s"}, {"views:..1000", "t"}, {"views:>=1500", "b"},
    {"views:0..", "bt"}, {"stock:1.. sold:>100 price:<50usd", "b"}, {"kind:listing -sold:0..", "ejr"},
    // times
    {"seen:2026-01-01", "bw"}, {"seen:2026-01", "bcejrtwx"}, {"seen:2026-02..2026-03", "nos"}, {"seen:>=2026-02", "nos"},
    {"seen:<2026", ""}, {"seen:2026-01-05..2026-01-12", "cej"}, {"seen:>2026-02-20", "n"}, {"seen:<=2026-01-01", "bw"},
    {"asof:2025-12-31", ""}, {"asof:2026-01-01", "bw"}, {"asof:2026-01-06", "bewx"}, {"asof:2026-02-19 tide", ""},
    {"asof:2026-02-20 tide", "o"}, {"asof:2026-03-01 tide", "o"}, {"asof:2026-03-02 tide", "n"}, {"asof:2027-01-01 tide", "n"},
    {"tide -asof:2026-03-02", "o"}, {"asof:2026-12-31 kind:listing", "bcejrs"},
    // changes and items
    {"changed:price", "b"}, {"changed:re-priced", "b"}, {"changed:ships_from", "e"}, {"changed:any", "be"}, {"changed:gone", ""},
    {"changed:any -changed:price", "e"}, {"changed:re*", "b"}, {"item:11111111111111111111111111111111", "b"},
    {"item:22222222222222222222222222222222", ""},
    // who and what is named
    {"pgp:0123456789ABCDEF0123456789ABCDEF01234567", "c"}, {"pgp:89abcdef01234567", "c"}, {"pgp:01234567", "c"},
    {"pgp:\"0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567\"", "c"}, {"pgp:0x01234567", "c"}, {"pgp:ffffffff", ""},
    {"pgp:0123*", "c"}, {"addr:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "c"}, {"addr:bc1q*", "c"}, {"addr:bc1p*", ""},
    {"handle:night@owl.example", "c"}, {"handle:Night@Owl.example", "c"}, {"handle:nightpost", "c"}, {"handle:@nightpost", "c"},
    {"handle:eule@*", "e"}, {"handle:nobody", ""}, {"entity:email", "ce"}, {"entity:btc", "c"}, {"entity:xmr", ""},
    {"entity:\"telegram nightpost\"", "c"}, {"entity:\"email eule@owl.example\"", "e"}, {"entity:\"telegram eule\"", ""},
    {"entity:email -entity:btc", "e"},
    // languages, other scripts and look-alikes
    {"lang:de", "e"}, {"lang:en", "bc"}, {"lang:zh", "j"}, {"lang:fr", ""}, {"lang:DE", "e"}, {"haus", ""}, {"haus lang:de", "e"},
    {"lang:de haus", "e"}, {"häuser", "e"}, {"eule lang:de", "e"}, {"eulen", "e"}, {"-lang:en kind:listing", "ejrs"},
    {"haus lang:fr", ""}, {"中国", "j"}, {"国中", ""}, {"茶", "j"}, {"绿茶", "j"}, {"中国茶", "j"}, {"title:中国", "j"},
    {"\"绿茶\"", "j"}, {"cocaine", "c"}, {"cocaine pure", "c"}, {"c0ca1ne", "c"}, {"0wl", "c"}, {"\"cocaine\"", ""},
    {"paint -clay", "c"}, {"cocaine -owl", ""}, {"molly", "c"},
};

struct Told {
  const char* query;
  const char* where;
  const char* part;
};

constexpr Told kTold[] = {
    {"vender:bob", "character 1", "did you mean “vendor:”"}, {"ratng:5", "character 1", "did you mean “rating:”"},
    {"changd:price", "character 1", "“changed:”"}, {"owl \"barn", "character 5", "never closed"},
    {"owl AND", "character 8", "ends where"}, {"OR", "character 1", "operator"}, {"owl ()", "character 6", "parenthesis"},
    {"price:<=100usdd", "character 7", "did you mean “usd”"}, {"price:5quatloos", "character 7", "one of aud"},
    {"price:5zzz", "character 7", "there is no currency “zzz”"}, {"kind:listng", "character 6", "did you mean “listing”"},
    {"owl kind:zebra", "character 10", "one of other, listing"}, {"class:captch", "character 7", "did you mean “captcha”"},
    {"class:zzzzzzzz", "character 7", "one of content"}, {"verdict:time-out", "character 9", "timed-out"},
    {"lang:german", "character 6", "write lang:de"}, {"lang:klingonian", "character 6", "ISO 639"},
    {"lang:d", "character 6", "ISO 639"}, {"pgp:123", "character 5", "40, or 64"}, {"pgp:nothex99", "character 5", "hex digits"},
    {"item:12", "character 6", "32 hex digits"}, {"entity:telegrm", "character 8", "did you mean “telegram”"},
    {"entity:\"emial a@b.c\"", "character 8", "did you mean “email”"}, {"rating:good", "character 8", "rating:>=4.5"},
    {"sold:5usd", "character 6", "without a unit"}, {"stock:5..1", "character 7", "backwards"}, {"views:..", "character 7", "not a views"},
    {"asof:2026-01", "character 6", "asof:2026-01-31"}, {"asof:2026-02-30", "character 6", "not a day"},
    {"asof:>2026-01-01", "character 6", "not a day"}, {"seen:soon", "character 6", "not a date"},
    {"changed:", "character 9", "missing"}, {"rating:\"", "character 8", "never closed"},
};
// clang-format on

TEST_F(BirdMarket, GivesEveryQueryOfTheTableItsHits) {
  static_assert(std::size(kFound) >= 200);
  const auto searcher = OpenSearcher();
  for (const Row& row : kFound) EXPECT_EQ(Letters(*searcher, row.query), row.hits) << row.query;
}

TEST_F(BirdMarket, TellsEverySlipOfTheTableWhereItIsAndWhatToWrite) {
  const auto searcher = OpenSearcher();
  for (const Told& told : kTold) {
    const auto answer = searcher->Search({.text = told.query});
    ASSERT_FALSE(answer.has_value()) << told.query;
    EXPECT_EQ(answer.error().code, Code::kInvalidInput) << told.query;
    EXPECT_EQ(answer.error().where, told.where) << told.query;
    EXPECT_NE(answer.error().text.find(told.part), std::string::npos)
        << told.query << ": " << answer.error().text;
  }
}

TEST_F(BirdMarket, RanksAWordAsPrintedAboveOneThatLooksLikeIt) {
  const auto answer = OpenSearcher()->Search({.text = "paint"});
  ASSERT_TRUE(answer.has_value());
  ASSERT_EQ(answer->hits.size(), 2U);
  EXPECT_EQ(answer->hits[0].title, "Barn owl figurine");
}

TEST_F(BirdMarket, ShowsThePriceInDollarsWithTheSourceOfTheRate) {
  const auto source = [&](const std::string& word) {
    const auto answer = OpenSearcher()->Search({.text = word});
    EXPECT_TRUE(answer->hits.at(0).usd.has_value()) << word;
    return answer->hits.at(0).rate_source;
  };
  EXPECT_EQ(source("fifty"), "printed rate");
  EXPECT_EQ(source("glaseule"), "daily rate of 2026-01-01");
  EXPECT_EQ(source("clay"), "");
}

}  // namespace
}  // namespace nightjar::query
