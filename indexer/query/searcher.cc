// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>

#include "archive/facts/facts_store.h"
#include "indexer/query/compile.h"
#include "indexer/query/database_pool.h"
#include "indexer/query/find.h"
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

using columns::Column;
using columns::DocumentNumber;

Status AddUsd(const View& view, DocumentNumber document, Hit& hit) {
  const double usd = view.columns->Decimal(Column::kUsd, document);
  if (std::isnan(usd)) return {};
  hit.usd = usd;
  ASSIGN_OR_RETURN(
      hit.rate_source,
      view.columns->TextOf(Column::kRateSource, view.columns->Number(Column::kRateSource, document)));
  return {};
}

Hit MakeHit(const View& view, DocumentNumber document, StoredVersion version, double score) {
  const auto number = [&](Column column) { return view.columns->Number(column, document); };
  const auto time = [&](Column column) { return FromUnixMicros(std::int64_t{number(column)} * 1'000'000); };
  return {.version = HexEncode(version.id),
          .capture = {number(Column::kLastCapture)},
          .first_capture = {number(Column::kFirstCapture)},
          .url = std::move(version.url),
          .host = std::move(version.host),
          .case_id = std::move(version.case_id),
          .title = std::move(version.title),
          .kind = std::move(version.kind),
          .page_class = std::move(version.page_class),
          .snippet = {},
          .score = score,
          .first_seen = time(Column::kFirstSeen),
          .last_seen = time(Column::kLastSeen),
          .newest = number(Column::kUntil) == 0,
          .captures = number(Column::kCaptures),
          .fields = std::move(version.fields)};
}

Status Check(const Request& request) {
  if (request.limit > kMostHits)
    return Fail(Code::kInvalidInput, "at most 1000 hits can be asked for at once", "limit");
  if (request.facet_values > kMostHits)
    return Fail(Code::kInvalidInput, "at most 1000 values of a facet can be asked for", "facet_values");
  for (const std::string& facet : request.facets) {
    if (std::ranges::count(kFacets, facet) != 0) continue;
    return Fail(Code::kInvalidInput,
                fmt::format("there is no facet; write one of {}", fmt::join(kFacets, ", ")), facet);
  }
  return {};
}

Xapian::Query InCases(const Xapian::Query& query, const std::vector<std::string>& cases) {
  std::vector<Xapian::Query> terms;
  terms.reserve(cases.size());
  for (const std::string& name : cases) terms.emplace_back(ExactTerm(Field("case"), name));
  return {Xapian::Query::OP_FILTER, query, Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end())};
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

  // `text` as `tree`, for who may see these cases. May throw Xapian::Error, as may the next.
  [[nodiscard]] Result<Xapian::Query> QueryOf(const View& view, const Node& tree, const std::string& text,
                                              const std::optional<std::vector<std::string>>& cases);
  [[nodiscard]] Result<std::string> Suggestion(const View& view, const Node& tree, const Request& request);

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
  RETURN_IF_ERROR(state->databases.Run([](const View&) -> Status { return {}; }));
  return std::unique_ptr<Searcher>(new Searcher(std::move(state)));
}

void Searcher::Hide(HostRule rule) { state_->hidden.Set(std::move(rule)); }

Result<Xapian::Query> Searcher::State::QueryOf(const View& view, const Node& tree, const std::string& text,
                                               const std::optional<std::vector<std::string>>& cases) {
  ASSIGN_OR_RETURN(const Xapian::Query asked, Compile(tree, text, view.columns));
  ASSIGN_OR_RETURN(const Xapian::Query shown, hidden.LeaveOut(view, asked));
  return cases ? InCases(shown, *cases) : shown;
}

// A word of pages that the person may not see is not suggested.
Result<std::string> Searcher::State::Suggestion(const View& view, const Node& tree, const Request& request) {
  ASSIGN_OR_RETURN(const Xapian::Query all, hidden.LeaveOut(view, Xapian::Query::MatchAll));
  const auto shown = [&](const std::string& term) {
    const Xapian::Query word(Xapian::Query::OP_FILTER, Xapian::Query(term), all);
    Xapian::Enquire enquire(view.database);
    enquire.set_query(request.cases ? InCases(word, *request.cases) : word);
    return !enquire.get_mset(0, 1).empty();
  };
  return Corrected(view.database, tree, request.text, shown);
}

Result<Answer> Searcher::Search(const Request& request) const {
  RETURN_IF_ERROR(Check(request));
  ASSIGN_OR_RETURN(Node typed, Parse(request.text));
  Expanded query_tree = request.slang == nullptr ? Expanded{std::move(typed), {}}
                                                 : ExpandSlang(std::move(typed), *request.slang);
  const Node& tree = query_tree.tree;
  return state_->databases.Run([&](const View& view) -> Result<Answer> {
    const auto started = std::chrono::steady_clock::now();
    ASSIGN_OR_RETURN(const Xapian::Query query, state_->QueryOf(view, tree, request.text, request.cases));
    ASSIGN_OR_RETURN(Found found, Find(view, Limited(query, request, view.columns), request));
    Answer answer{.total = found.total, .facets = std::move(found.facets), .expanded = query_tree.applied};
    for (const auto& [document, score] : found.documents) {
      const Xapian::docid merged = view.MergedOf(document);
      if (merged == 0) continue;  // committed since; the next query sees it
      ASSIGN_OR_RETURN(StoredVersion version,
                       DecodeStoredVersion(view.database.get_document(merged).get_data()));
      Hit& hit = answer.hits.emplace_back(MakeHit(view, document, std::move(version), score));
      RETURN_IF_ERROR(AddUsd(view, document, hit));
      if (request.snippets) hit.snippet = CutSnippet(found.set, state_->FactsOf(hit.capture));
    }
    if (answer.total == 0) {
      ASSIGN_OR_RETURN(answer.corrected, state_->Suggestion(view, tree, request));
    }
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return answer;
  });
}

Result<std::vector<CaptureNumber>> Searcher::Captures(const std::string& text, const CaseId& case_id,
                                                      std::size_t most) const {
  ASSIGN_OR_RETURN(const Node tree, Parse(text));
  return state_->databases.Run([&](const View& view) -> Result<std::vector<CaptureNumber>> {
    ASSIGN_OR_RETURN(const Xapian::Query query,
                     state_->QueryOf(view, tree, text, std::vector<std::string>{case_id.value}));
    std::vector<CaptureNumber> captures;
    for (const DocumentNumber document : FindAll(view, query)) {
      ASSIGN_OR_RETURN(const std::vector<CaptureNumber> more, view.columns->Captures(document));
      captures.insert(captures.end(), more.begin(), more.end());
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
  return state_->databases.Run([](const View& view) -> Result<Totals> {
    Totals totals{.documents = view.database.get_doccount()};
    const std::string host_prefix(Field("host").prefix);
    for (auto term = view.database.allterms_begin(host_prefix);
         term != view.database.allterms_end(host_prefix); ++term) {
      ++totals.hosts;
    }
    totals.listings =
        view.database.get_termfreq(ExactTerm(Field("kind"), wire::PageKindName(wire::PageKind::kListing)));
    totals.cursor = view.columns->cursor();
    return totals;
  });
}

Result<std::uint64_t> Searcher::Documents() const {
  return state_->databases.Run(
      [](const View& view) -> Result<std::uint64_t> { return view.database.get_doccount(); });
}

Result<std::uint64_t> Searcher::Cursor() const {
  return state_->databases.Run(
      [](const View& view) -> Result<std::uint64_t> { return view.columns->cursor(); });
}

}  // namespace nightjar::query
