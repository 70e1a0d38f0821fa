// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_writer.h"

#include <algorithm>
#include <optional>

#include "base/decimal.h"
#include "base/file.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"
#include "indexer/query/xapian_errors.h"
#include "indexer/site_memory.h"
#include "indexer/version_document.h"

namespace nightjar::indexer {
namespace {

std::uint64_t ReadNumber(const Xapian::Database& database, std::string_view key) {
  return ParseDecimal(database.get_metadata(std::string(key))).value_or(0);
}

// A new index gets its schema in its first commit; an old one must have been written under the same.
Status CheckOrWriteSchema(Xapian::WritableDatabase& database, const std::string& folder) {
  const std::string version = database.get_metadata(std::string(query::kSchemaVersionKey));
  if (version == query::kSchemaVersion) return {};
  if (!version.empty() || database.get_doccount() != 0) {
    return Fail(Code::kRefused, "the index was written by another version; run nightjar index rebuild",
                folder);
  }
  database.set_metadata(std::string(query::kSchemaKey), query::SchemaText());
  database.set_metadata(std::string(query::kSchemaVersionKey), std::string(query::kSchemaVersion));
  database.commit();
  return {};
}

}  // namespace

struct IndexWriter::State {
  struct Known {
    Xapian::docid id = 0;
    Xapian::Document document{};
    query::StoredVersion version{};
  };

  std::string folder;
  Xapian::WritableDatabase database;
  Xapian::TermGenerator splitter;
  std::uint64_t cursor = 0;
  std::uint64_t forgotten = 0;
  SiteMemory sites;

  Result<std::optional<Known>> NewestLike(const Observation& observation, const std::string& id,
                                          const EarlierFacts& earlier);
  Status SeeAgain(Known known, const Observation& observation, bool anew);
  Status ForgetIn(Xapian::docid id, query::StoredVersion version,
                  const std::function<Result<UtcTime>(CaptureNumber)>& ended);
};

IndexWriter::IndexWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

// Xapian cancels an open transaction when its database goes: what has no cursor yet never gets in.
IndexWriter::~IndexWriter() = default;

Result<std::unique_ptr<IndexWriter>> IndexWriter::Open(const std::string& folder) {
  RETURN_IF_ERROR(MakeFolders(folder));
  return query::Guarded(folder, [&]() -> Result<std::unique_ptr<IndexWriter>> {
    auto state = std::make_unique<State>();
    state->folder = folder;
    state->database = Xapian::WritableDatabase(folder, Xapian::DB_CREATE_OR_OPEN);
    RETURN_IF_ERROR(CheckOrWriteSchema(state->database, folder));
    state->cursor = ReadNumber(state->database, query::kCursorKey);
    state->forgotten = ReadNumber(state->database, query::kForgottenKey);
    state->sites = SiteMemory::Load(state->database);
    state->splitter = query::WordSplitter();
    state->splitter.set_database(state->database);
    // Always inside a transaction: outside one Xapian commits by itself after so many documents, without our
    // cursor.
    state->database.begin_transaction();
    return std::unique_ptr<IndexWriter>(new IndexWriter(std::move(state)));
  });
}

std::uint64_t IndexWriter::cursor() const { return state_->cursor; }

Result<std::uint64_t> IndexWriter::Documents() const {
  return query::Guarded(state_->folder,
                        [&]() -> Result<std::uint64_t> { return state_->database.get_doccount(); });
}

bool IndexWriter::MarkRepeated(Observation& observation) {
  if (observation.number.value >= state_->cursor) state_->sites.Learn(observation);
  observation.repeated = state_->sites.Repeated(observation);
  std::vector<wire::Span> furniture = JoinRanges(observation.facts.furniture, observation.repeated);
  if (observation.repeated.empty() || furniture == observation.facts.furniture) return false;
  observation.facts.furniture = std::move(furniture);
  return true;
}

// The newest version of the observed URL and case, where it says the same but for what the site repeats.
Result<std::optional<IndexWriter::State::Known>> IndexWriter::State::NewestLike(
    const Observation& observation, const std::string& id, const EarlierFacts& earlier) {
  constexpr std::size_t kMostLookedAt = 8;  // versions: other cases may hold the same URL
  const std::string url_term =
      query::ExactTerm(query::Field("url"), query::CanonicalUrl(observation.record.url));
  const std::vector<Xapian::docid> ids(database.postlist_begin(url_term), database.postlist_end(url_term));
  for (std::size_t i = 0; i < std::min(ids.size(), kMostLookedAt); ++i) {
    Known known{.id = ids[ids.size() - 1 - i]};
    known.document = database.get_document(known.id);
    ASSIGN_OR_RETURN(known.version, query::DecodeStoredVersion(known.document.get_data()));
    if (known.version.case_id != observation.record.case_id.value) continue;
    auto facts = earlier(known.version.captures.back());
    if (!facts) return std::nullopt;  // derived data may be missing: then it is a version of its own
    Observation then{observation.number, observation.record, std::move(*facts)};
    then.repeated = sites.Repeated(then);
    if (VersionIdTerm(then) != id) return std::nullopt;
    return known;
  }
  return std::nullopt;
}

// `anew`: the document was made when less was known of the site.
Status IndexWriter::State::SeeAgain(Known known, const Observation& observation, bool anew) {
  if (!known.version.Observe(observation.number, observation.record.ended)) return {};
  if (anew) {
    const std::string job_prefix(query::Field("job").prefix);
    ForgetSpelling(database, known.version.title);
    Xapian::Document fresh = MakeDocument(observation, splitter);
    auto job = known.document.termlist_begin();
    for (job.skip_to(job_prefix); job != known.document.termlist_end() && (*job).starts_with(job_prefix);
         ++job)
      fresh.add_boolean_term(*job);
    fresh.add_value(query::kFirstCaptureSlot, known.document.get_value(query::kFirstCaptureSlot));
    known.document = std::move(fresh);
  }
  UpdateDocument(known.document, known.version, observation.record.job);
  database.replace_document(known.id, known.document);
  return {};
}

Status IndexWriter::Add(const Observation& observation, const EarlierFacts& earlier) {
  // A wall is an observation of the wall, not of the page behind it: it neither makes a version nor ends one.
  if (wire::IsWall(observation.facts.page_class)) return {};
  return query::Guarded(state_->folder, [&]() -> Status {
    Xapian::WritableDatabase& database = state_->database;
    const std::string id = VersionIdTerm(observation);
    if (const auto found = database.postlist_begin(id); found != database.postlist_end(id)) {
      State::Known known{.id = *found, .document = database.get_document(*found)};
      ASSIGN_OR_RETURN(known.version, query::DecodeStoredVersion(known.document.get_data()));
      return state_->SeeAgain(std::move(known), observation, false);
    }
    std::optional<State::Known> like;
    if (earlier) {
      ASSIGN_OR_RETURN(like, state_->NewestLike(observation, id, earlier));
    }
    if (like) return state_->SeeAgain(std::move(*like), observation, true);
    database.add_document(MakeDocument(observation, state_->splitter));
    return {};
  });
}

std::uint64_t IndexWriter::forgotten() const { return state_->forgotten; }
void IndexWriter::SetForgotten(std::uint64_t erasures) { state_->forgotten = erasures; }

// `version` holds the captures that stay.
Status IndexWriter::State::ForgetIn(Xapian::docid id, query::StoredVersion version,
                                    const std::function<Result<UtcTime>(CaptureNumber)>& ended) {
  if (version.captures.empty()) {
    ForgetSpelling(database, version.title);
    database.delete_document(id);
    return {};
  }
  const std::vector<CaptureNumber> kept = std::exchange(version.captures, {});
  for (const CaptureNumber number : kept) {
    ASSIGN_OR_RETURN(const UtcTime when, ended(number));
    version.Observe(number, when);
  }
  Xapian::Document document = database.get_document(id);
  SetVersion(document, version);
  database.replace_document(id, document);
  return {};
}

Result<std::uint64_t> IndexWriter::Forget(const std::function<bool(CaptureNumber)>& gone,
                                          const std::function<Result<UtcTime>(CaptureNumber)>& ended) {
  return query::Guarded(state_->folder, [&]() -> Result<std::uint64_t> {
    Xapian::WritableDatabase& database = state_->database;
    std::vector<std::pair<Xapian::docid, query::StoredVersion>> changed;
    for (auto id = database.postlist_begin(""); id != database.postlist_end(""); ++id) {
      ASSIGN_OR_RETURN(auto version, query::DecodeStoredVersion(database.get_document(*id).get_data()));
      if (std::erase_if(version.captures, gone) == 0) continue;
      state_->sites.ForgetHost(version.host);
      changed.emplace_back(*id, std::move(version));
    }
    for (auto& [id, version] : changed) RETURN_IF_ERROR(state_->ForgetIn(id, std::move(version), ended));
    return changed.size();
  });
}

Status IndexWriter::Commit(std::uint64_t cursor) {
  return query::Guarded(state_->folder, [&]() -> Status {
    state_->database.set_metadata(std::string(query::kCursorKey), std::to_string(cursor));
    state_->database.set_metadata(std::string(query::kForgottenKey), std::to_string(state_->forgotten));
    state_->sites.Save(state_->database);
    state_->database.commit_transaction();
    state_->database.begin_transaction();
    state_->cursor = cursor;
    return {};
  });
}

}  // namespace nightjar::indexer
