// SPDX-License-Identifier: Apache-2.0
// The corpus of the table of queries: twelve page versions, each known by a letter.
#pragma once

#include <xapian.h>

#include <map>

#include "indexer/query/schema.h"
#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::query {

class BirdMarket : public Corpus {
 protected:
  BirdMarket() {
    AddListings();
    AddForeign();
    AddOthers();
    AddTides();
  }

  // The letters of the hits in alphabetical order, or the error.
  std::string Letters(const Searcher& searcher, const std::string& text) const {
    const auto answer = searcher.Search({.text = text, .limit = 100});
    if (!answer) return answer.error().Format();
    std::string letters;
    for (const Hit& hit : answer->hits) letters += letters_.at(hit.title);
    std::ranges::sort(letters);
    return letters;
  }

 private:
  using Adapt = std::function<void(indexer::Observation&)>;

  void AddPage(char letter, const wire::Facts& facts, int day, const Adapt& adapt = {},
               const std::string& case_id = "owl-7", const std::string& job = "owls") {
    letters_[facts.title] = letter;
    const bool tide = letter == 'o' || letter == 'n';
    Add(tide ? "/tide" : std::string("/item/") + letter, facts, day, case_id, job,
        [&](indexer::Observation& seen) {
          seen.rates = &rates_;
          seen.categories = &categories_;
          if (adapt) adapt(seen);
        });
  }

  static void AddEntity(wire::Facts& facts, const std::string& kind, const std::string& value) {
    wire::Entity& entity = facts.entities.emplace_back();
    entity.kind = kind;
    entity.value = value;
  }

  void AddListings() {
    wire::Facts barn = indexer::SampleFacts("Barn owl figurine", "A clay owl, hand painted. Ships worldwide.",
                                            {{"price", "12.50 USD"},
                                             {"vendor", "Night Post"},
                                             {"category", "Art > Figurines"},
                                             {"ships_from", "Germany"},
                                             {"ships_to", "Worldwide"},
                                             {"rating", "4.8"},
                                             {"sold", "120"},
                                             {"stock", "3"},
                                             {"views", "1500"}});
    barn.languages = {{"en", 100}};
    AddPage('b', barn, 0, [](indexer::Observation& seen) {
      seen.site = "owlmarket";
      seen.item = std::string(16, '\x11');
      seen.changes = {"price", "re-priced"};
    });
    AddPage('s',
            indexer::SampleFacts("Snowy owls, set of two", "Two snowy owls of glass. No barn included.",
                                 {{"price", "50 USD"},
                                  {"vendor", "owlpost"},
                                  {"category", "Art > Glass"},
                                  {"ships_from", "United Kingdom"},
                                  {"ships_to", "United States"},
                                  {"ships_to", "Norway"},
                                  {"rating", "4.5"},
                                  {"sold", "7"},
                                  {"stock", "0"}}),
            40, [](indexer::Observation& seen) { seen.site = "Owlmarket"; });
    wire::Facts raven = indexer::SampleFacts(
        "Raven feather", "One feather of a raven. Fifty words away from any owl.",
        {{"price", "0.5 BTC"}, {"vendor", "owlet"}, {"ships_from", "Norway"}, {"rating", "3"}});
    wire::Item& rate = raven.items.emplace_back();
    rate.kind = "exchange_rate";
    rate.fields =
        indexer::SampleFacts("", "", {{"coin", "BTC"}, {"currency", "USD"}, {"rate", "60000"}}).fields;
    AddPage('r', raven, 20);
  }

  void AddForeign() {
    wire::Facts german =
        indexer::SampleFacts("Glaseule", "Die Häuser der Eulen sind handbemalt.",
                             {{"price", "90 EUR"}, {"vendor", "Eulenhaus"}, {"ships_from", "Germany"}});
    german.languages = {{"de", 98}};
    AddEntity(german, "email", "eule@owl.example");
    AddPage('e', german, 5, [](indexer::Observation& seen) { seen.changes = {"ships_from"}; });
    wire::Facts snow =
        indexer::SampleFacts("Fine snow", "Pure c0ca1ne beside 0wl eyes. Molly too, and рaint.",
                             {{"price", "100 USD"},
                              {"vendor", "nightpost"},
                              {"category", "Drugs > Cocaine"},
                              {"sold", "1000"},
                              {"stock", "25"}});
    snow.folded_text = "Pure c0ca1ne beside 0wl eyes. Molly too, and paint.";
    snow.languages = {{"en", 90}};
    AddEntity(snow, "telegram", "nightpost");
    AddEntity(snow, "btc", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq");
    AddEntity(snow, "pgp_key", "0123456789ABCDEF0123456789ABCDEF01234567");
    AddEntity(snow, "email", "night@owl.example");
    AddPage('c', snow, 10);
    wire::Facts tea = indexer::SampleFacts("中国茶", "北京 绿茶", {{"price", "30 XMR"}});
    tea.languages = {{"zh", 100}};
    AddPage('j', tea, 11);
  }

  void AddOthers() {
    wire::Facts thread =
        indexer::SampleFacts("Forum talk", "They talk of feathers and prices.", {{"views", "42"}});
    thread.page_kind = wire::PageKind::kThread;
    thread.items.emplace_back().kind = "post";
    AddPage('t', thread, 30);
    AddPage('w',
            indexer::SampleFacts("Welcome to the bird market", "Owls and ravens, figurines & more daily"), 0);
    wire::Facts seized = indexer::SampleFacts("Offline: the site has been seized", "Owl and all");
    seized.page_class = wire::PageClass::kSeizureNotice;
    AddPage('z', seized, 0);
    wire::Facts stalled = indexer::SampleFacts("", "");
    stalled.verdict = wire::Verdict::kTimedOut;
    AddPage('x', stalled, 3, {}, "raven-1", "ravens");
  }

  // Two versions of one page.
  void AddTides() {
    AddPage('o', indexer::SampleFacts("Tide table March", "High water at noon."), 50);
    AddPage('n', indexer::SampleFacts("Tide table April", "High water at dusk."), 60);
  }

  const rates::RateTable rates_ = rates::RateTable::Parse("2026-01-01,EUR,1.0625\n", "rates.csv").value();
  const words::CategoryMap categories_ =
      words::CategoryMap::Parse("drugs: {stimulants: [cocaine]}\n", "categories.yaml").value();
  std::map<std::string, char> letters_;
};

}  // namespace nightjar::query
