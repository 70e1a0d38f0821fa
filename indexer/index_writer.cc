// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_writer.h"

#include "base/decimal.h"
#include "base/file.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"
#include "indexer/query/xapian_errors.h"
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
  std::string folder;
  Xapian::WritableDatabase database;
  Xapian::TermGenerator splitter;
  std::uint64_t cursor = 0;
  std::uint64_t forgotten = 0;

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

Status IndexWriter::Add(const Observation& observation) {
  // A wall is an observation of the wall, not of the page behind it: it neither makes a version nor ends one.
  if (wire::IsWall(observation.facts.page_class)) return {};
  return query::Guarded(state_->folder, [&]() -> Status {
    Xapian::WritableDatabase& database = state_->database;
    const std::string id = VersionIdTerm(observation);
    const auto known = database.postlist_begin(id);
    if (known == database.postlist_end(id)) {
      database.add_document(MakeDocument(observation, state_->splitter));
      return {};
    }
    Xapian::Document document = database.get_document(*known);
    ASSIGN_OR_RETURN(query::StoredVersion version, query::DecodeStoredVersion(document.get_data()));
    if (!version.Observe(observation.number, observation.record.ended)) return {};
    UpdateDocument(document, version, observation.record.job);
    database.replace_document(*known, document);
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
      if (std::erase_if(version.captures, gone) > 0) changed.emplace_back(*id, std::move(version));
    }
    for (auto& [id, version] : changed) RETURN_IF_ERROR(state_->ForgetIn(id, std::move(version), ended));
    return changed.size();
  });
}

Status IndexWriter::Commit(std::uint64_t cursor) {
  return query::Guarded(state_->folder, [&]() -> Status {
    state_->database.set_metadata(std::string(query::kCursorKey), std::to_string(cursor));
    state_->database.set_metadata(std::string(query::kForgottenKey), std::to_string(state_->forgotten));
    state_->database.commit_transaction();
    state_->database.begin_transaction();
    state_->cursor = cursor;
    return {};
  });
}

}  // namespace nightjar::indexer
