// SPDX-License-Identifier: Apache-2.0
// Xapian as its documentation shows it: one database, words with positions and stems, values for what is
// sorted and counted.
#include <xapian.h>

#include "tests/bench/query_peers.h"

namespace nightjar::bench {
namespace {

using Xapian::Query;

enum Slot : Xapian::valueno { kPrice, kSeen, kVendor, kCategory, kFrom, kTo, kCurrency };

class XapianPeer final : public Peer {
 public:
  explicit XapianPeer(const std::string& folder) : folder_(folder) {}
  [[nodiscard]] std::string name() const override { return "xapian"; }

  void Load(const Listings& listings, std::uint64_t count) override {
    Xapian::WritableDatabase database(folder_, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator splitter;
    splitter.set_stemmer(Xapian::Stem("en"));
    for (std::uint64_t n = 0; n < count; ++n) database.add_document(MakeDocument(listings.At(n), splitter));
    database.commit();
    database_ = Xapian::Database(folder_);
  }

  bool Ask(const Question& question) override {
    Xapian::Enquire enquire(database_);
    enquire.set_query(QueryOf(question));
    if (question.kind == Question::Kind::kNewestOfVendor) enquire.set_sort_by_value(kSeen, true);
    std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
    if (question.kind == Question::Kind::kFacets) {
      for (const Slot slot : {kVendor, kCategory, kFrom, kTo, kCurrency}) {
        spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(slot));
        enquire.add_matchspy(spies.back().get());
      }
    }
    const Xapian::MSet found = enquire.get_mset(0, 20, database_.get_doccount());
    for (auto match = found.begin(); match != found.end(); ++match) (void)match.get_document().get_data();
    for (const auto& spy : spies) (void)spy->top_values_begin(20);
    return true;
  }

 private:
  static Xapian::Document MakeDocument(const Listings::Listing& listing, Xapian::TermGenerator& splitter) {
    Xapian::Document document;
    splitter.set_document(document);
    splitter.set_termpos(0);
    splitter.index_text(listing.title, 3);
    splitter.increase_termpos(100);
    splitter.index_text(listing.text);
    document.add_boolean_term("XVENDOR" + listing.vendor);
    document.add_value(kPrice, Xapian::sortable_serialise(listing.price));
    document.add_value(kSeen, Xapian::sortable_serialise(static_cast<double>(listing.seen)));
    document.add_value(kVendor, listing.vendor);
    document.add_value(kCategory, listing.category);
    document.add_value(kFrom, listing.ships_from);
    document.add_value(kTo, listing.ships_to);
    document.add_value(kCurrency, listing.currency);
    document.set_data(listing.title + "\n" + listing.url);
    return document;
  }

  [[nodiscard]] Query QueryOf(const Question& question) const {
    const Xapian::Stem stem("en");
    switch (question.kind) {
      case Question::Kind::kWord:
        return Query("Z" + stem(question.words[0]));
      case Question::Kind::kAnd:
        return Query(Query::OP_AND, Query("Z" + stem(question.words[0])),
                     Query("Z" + stem(question.words[1])));
      case Question::Kind::kPhrase:
        return {Query::OP_PHRASE, question.words.begin(), question.words.end()};
      case Question::Kind::kNewestOfVendor:
        return Query("XVENDOR" + question.words[0]);
      case Question::Kind::kFacets:
        return {Query::OP_FILTER, Query("Z" + stem(question.words[0])),
                Query(Query::OP_VALUE_RANGE, kPrice, Xapian::sortable_serialise(question.low),
                      Xapian::sortable_serialise(question.high))};
      case Question::Kind::kWildcard:
        return {Query::OP_WILDCARD, question.words[0]};
    }
    std::abort();
  }

  const std::string folder_;
  Xapian::Database database_;
};

}  // namespace

std::unique_ptr<Peer> MakeXapianPeer(const std::string& folder) {
  return std::make_unique<XapianPeer>(folder);
}

#ifdef NIGHTJAR_NO_SQLITE
std::unique_ptr<Peer> MakeSqlitePeer(const std::string&) { return nullptr; }
#endif
#ifdef NIGHTJAR_NO_POSTGRES
std::unique_ptr<Peer> MakePostgresPeer(const std::string&) { return nullptr; }
#endif

}  // namespace nightjar::bench
