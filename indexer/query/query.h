// SPDX-License-Identifier: Apache-2.0
// The one query API: used by the command line, the service and exports. Reads the index, never writes it.
// The grammar is in QUERY.md beside this file.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "indexer/query/slang_tree.h"
#include "sandbox/wire/facts.h"

namespace nightjar::query {

// Documents that lack the value an order goes by come last; among equals the newer document comes first.
enum class Order {
  kRelevance,  // BM25
  kNewest,     // last seen first
  kOldest,     // first seen first
  kCheapest,   // by the number printed
  kDearest,
  kBestRated,
  kMostSold,
  kByCapture,  // in the order of the archive: by the capture that showed a version first
};

// What facets can count, by the names of the fields.
inline constexpr std::array<std::string_view, 11> kFacets{"kind",     "class",    "case",     "host",
                                                          "site",     "vendor",   "category", "ships_from",
                                                          "ships_to", "currency", "lang"};

struct Request {
  std::string text;          // what the person typed
  std::uint32_t offset = 0;  // hits to skip
  std::uint32_t limit = 20;  // hits to return, at most 1000
  Order order = Order::kRelevance;
  bool snippets = true;                 // they cost a read of the page's facts each
  const words::Slang* slang = nullptr;  // lent: words are also looked for under their other names
  bool collapse = false;                // of a page's versions that match, only the newest
  std::vector<std::string> facets{};
  std::uint32_t facet_values = 20;  // of each facet, at most 1000
  // Need to know: nothing of other cases is found, counted, suggested or cut into a snippet. None: all cases.
  std::optional<std::vector<std::string>> cases{};
  std::string only_url{};  // versions of this page; empty: all
  // Versions first seen in captures [from, to): what is new since (alerts), or one piece of everything.
  std::uint64_t first_capture_from = 0;
  std::uint64_t first_capture_to = UINT64_MAX;
};

// For Request::cases: this one, or all where it is empty.
[[nodiscard]] inline std::optional<std::vector<std::string>> OnlyCase(const std::string& case_id) {
  if (case_id.empty()) return std::nullopt;
  return std::vector<std::string>{case_id};
}

struct FacetValue {
  std::string value;
  std::uint64_t count = 0;  // exact: versions that match and have it
  friend bool operator==(const FacetValue&, const FacetValue&) = default;
};

struct Facet {
  std::string name;
  std::vector<FacetValue> values{};  // most first
};

struct Hit {
  std::string version;          // its id, 32 hex digits: the same after a rebuild
  CaptureNumber capture;        // newest capture of this page version
  CaptureNumber first_capture;  // the one that showed it first: no two versions share it
  std::string url;
  std::string host;
  std::string case_id;
  std::string title;
  std::string kind;        // PageKindName
  std::string page_class;  // PageClassName
  std::string snippet;     // plain text; matches are wrapped in the two private marks below
  double score = 0;        // BM25 weight
  UtcTime first_seen;
  UtcTime last_seen;
  bool newest = true;          // no later version of the page is known
  std::uint64_t captures = 0;  // how many captures gave this same version
  std::vector<wire::Field> fields;
  std::optional<double> usd{};  // the price in US dollars, where it is printed so or a rate is known
  std::string rate_source{};    // of that rate; empty for a price printed in US dollars
};

// Marks around matched words in snippets: characters that cannot occur in indexed text, so a page cannot
// forge them.
inline constexpr char kMatchBegin = '\x01';
inline constexpr char kMatchEnd = '\x02';

struct Answer {
  std::vector<Hit> hits{};
  std::uint64_t total = 0;      // exact number of matching versions; with `collapse`, of those that are shown
  std::vector<Facet> facets{};  // as asked for
  std::vector<SlangExpansion> expanded{};  // what slang added
  std::string corrected{};                 // a spelling suggestion, or empty
  double seconds = 0;                      // time in the index
};

// What the index holds, for the first page and for health.
struct Totals {
  std::uint64_t documents = 0;  // page versions, all classes
  std::uint64_t hosts = 0;
  std::uint64_t listings = 0;  // versions of kind listing
  std::uint64_t cursor = 0;    // captures below this number are searchable
};

// Whether a host must not be shown; an error where that cannot be said, and then nothing is.
using HostRule = std::function<Result<bool>(const std::string& host)>;

// Thread-safe: each call takes the newest revision of the index.
class Searcher final {
 public:
  // kNotFound when there is no index yet. `facts_folder` gives the texts snippets are cut from.
  [[nodiscard]] static Result<std::unique_ptr<Searcher>> Open(const std::string& index_folder,
                                                              const std::string& facts_folder);
  ~Searcher();

  // Leaves hosts out of every answer. Call it before the first query.
  void Hide(HostRule rule);

  // kInvalidInput for a query that cannot be read: the text names the position and what to write instead.
  [[nodiscard]] Result<Answer> Search(const Request& request) const;

  // All captures of the versions that match, ascending; for exports. At most `most` (kFull beyond it).
  [[nodiscard]] Result<std::vector<CaptureNumber>> Captures(const std::string& text, const CaseId& case_id,
                                                            std::size_t most) const;

  [[nodiscard]] Result<Totals> ReadTotals() const;
  [[nodiscard]] Result<std::uint64_t> Documents() const;
  [[nodiscard]] Result<std::uint64_t> Cursor() const;  // captures below this number are searchable

 private:
  struct State;
  explicit Searcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::query
