// SPDX-License-Identifier: Apache-2.0
#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <mutex>

#include "archive/facts/facts_store.h"
#include "indexer/query/compile.h"
#include "indexer/query/database_pool.h"
#include "indexer/query/hidden_hosts.h"
#include "indexer/query/query.h"
#include "indexer/query/request_limits.h"
#include "indexer/query/snippet.h"
#include "indexer/query/spelling.h"
#include "indexer/query/stored_version.h"
#include "indexer/query/terms.h"

namespace nightjar::query {
namespace {

constexpr std::uint32_t kMostHits = 1000;

Hit MakeHit(StoredVersion version, double score) {
  return {.capture = version.captures.back(),
          .first_capture = version.captures.front(),
          .url = std::move(version.url),
          .host = std::move(version.host),
          .case_id = std::move(version.case_id),
          .title = std::move(version.title),
          .kind = std::move(version.kind),
          .page_class = std::move(version.page_class),
          .snippet = {},
          .score = score,
          .first_seen = version.first_seen,
          .last_seen = version.last_seen,
          .captures = version.captures.size(),
          .fields = std::move(version.fields)};
}

Result<std::uint64_t> CursorOf(const Xapian::Database& database) {
  const std::string text = database.get_metadata(std::string(kCursorKey));
  std::uint64_t cursor = 0;
  std::from_chars(text.data(), text.data() + text.size(), cursor);
  return cursor;
}

}  // namespace

struct Searcher::State {
  State(const std::string& index_folder, const std::string& facts_folder)
      : databases(index_folder), facts_folder_(facts_folder) {}

  // What a hit's snippet is cut from; empty where facts are missing (they may be deleted at any time).
  wire::Facts FactsOf(CaptureNumber number) {
    const auto store = Store();
    return store ? store->Get(number).value_or(wire::Facts{}) : wire::Facts{};
  }

  DatabasePool databases;
  HiddenHosts hidden;

 private:
  // Opened at first use and again until it is there: the facts store may appear after the index.
  std::shared_ptr<const facts::FactsStore> Store() {
    const std::scoped_lock lock(mutex_);
    if (!facts_) {
      if (auto opened = facts::FactsStore::Open(facts_folder_, facts::FactsStore::Mode::kReadOnly)) {
        facts_ = std::move(*opened);
      }
    }
    return facts_;
  }

  const std::string facts_folder_;
  std::mutex mutex_;                                // guards facts_
  std::shared_ptr<const facts::FactsStore> facts_;  // shared with the searches under way
};

Searcher::Searcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Searcher::~Searcher() = default;

Result<std::unique_ptr<Searcher>> Searcher::Open(const std::string& index_folder,
                                                 const std::string& facts_folder) {
  auto state = std::make_unique<State>(index_folder, facts_folder);
  RETURN_IF_ERROR(state->databases.Run([](Xapian::Database&) -> Status { return {}; }));
  return std::unique_ptr<Searcher>(new Searcher(std::move(state)));
}

void Searcher::Hide(HostRule rule) { state_->hidden.Set(std::move(rule)); }

Result<Answer> Searcher::Search(const Request& request) const {
  if (request.limit > kMostHits)
    return Fail(Code::kInvalidInput, "at most 1000 hits can be asked for at once", "limit");
  ASSIGN_OR_RETURN(const Node tree, Parse(request.text));
  ASSIGN_OR_RETURN(const Xapian::Query query, Compile(tree, request.text));
  return state_->databases.Run([&](Xapian::Database& database) -> Result<Answer> {
    const auto started = std::chrono::steady_clock::now();
    Xapian::Enquire enquire(database);
    ASSIGN_OR_RETURN(const Xapian::Query shown, state_->hidden.LeaveOut(database, Limited(query, request)));
    enquire.set_query(shown);
    enquire.set_docid_order(Xapian::Enquire::DESCENDING);
    if (request.order == Order::kNewest) enquire.set_sort_by_value(kLastSeenSlot, true);
    if (request.order == Order::kFirstSeen) enquire.set_sort_by_value(kFirstCaptureSlot, false);
    // Looking at every match makes the total exact instead of an estimate.
    const Xapian::MSet found = enquire.get_mset(request.offset, request.limit, database.get_doccount());
    Answer answer;
    answer.total = found.get_matches_estimated();
    for (auto match = found.begin(); match != found.end(); ++match) {
      ASSIGN_OR_RETURN(StoredVersion version, DecodeStoredVersion(match.get_document().get_data()));
      Hit& hit = answer.hits.emplace_back(MakeHit(std::move(version), match.get_weight()));
      if (request.snippets) hit.snippet = CutSnippet(found, state_->FactsOf(hit.capture));
    }
    if (answer.total == 0) answer.corrected = Corrected(database, tree, request.text);
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return answer;
  });
}

Result<std::vector<CaptureNumber>> Searcher::Captures(const std::string& text, const CaseId& case_id,
                                                      std::size_t most) const {
  ASSIGN_OR_RETURN(const Node tree, Parse(text));
  ASSIGN_OR_RETURN(const Xapian::Query asked, Compile(tree, text));
  const Xapian::Query query(Xapian::Query::OP_FILTER, asked,
                            Xapian::Query(ExactTerm(Field("case"), case_id.value)));
  return state_->databases.Run([&](Xapian::Database& database) -> Result<std::vector<CaptureNumber>> {
    Xapian::Enquire enquire(database);
    ASSIGN_OR_RETURN(const Xapian::Query shown, state_->hidden.LeaveOut(database, query));
    enquire.set_query(shown);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
    const Xapian::MSet found = enquire.get_mset(0, database.get_doccount());
    std::vector<CaptureNumber> captures;
    for (auto match = found.begin(); match != found.end(); ++match) {
      ASSIGN_OR_RETURN(const StoredVersion version, DecodeStoredVersion(match.get_document().get_data()));
      captures.insert(captures.end(), version.captures.begin(), version.captures.end());
      if (captures.size() > most) {
        return Fail(Code::kFull,
                    "the query matches more than " + std::to_string(most) + " captures; narrow it", text);
      }
    }
    std::ranges::sort(captures);
    return captures;
  });
}

Result<Totals> Searcher::ReadTotals() const {
  return state_->databases.Run([](Xapian::Database& database) -> Result<Totals> {
    Totals totals{.documents = database.get_doccount()};
    const std::string host_prefix(Field("host").prefix);
    for (auto term = database.allterms_begin(host_prefix); term != database.allterms_end(host_prefix);
         ++term) {
      ++totals.hosts;
    }
    totals.listings =
        database.get_termfreq(ExactTerm(Field("kind"), wire::PageKindName(wire::PageKind::kListing)));
    ASSIGN_OR_RETURN(totals.cursor, CursorOf(database));
    return totals;
  });
}

Result<std::uint64_t> Searcher::Documents() const {
  return state_->databases.Run(
      [](Xapian::Database& database) -> Result<std::uint64_t> { return database.get_doccount(); });
}

Result<std::uint64_t> Searcher::Cursor() const {
  return state_->databases.Run([](Xapian::Database& database) { return CursorOf(database); });
}

}  // namespace nightjar::query
