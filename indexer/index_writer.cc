// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_writer.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/decimal.h"
#include "base/file.h"
#include "indexer/columns/writer.h"
#include "indexer/query/layout.h"
#include "indexer/query/schema.h"
#include "indexer/shard.h"
#include "indexer/site_memory.h"
#include "indexer/version_document.h"
#include "indexer/version_row.h"

namespace nightjar::indexer {
namespace {

using columns::Column;
using columns::DocumentNumber;

Error OtherSchema(const std::string& folder) {
  return {.code = Code::kRefused,
          .text = "the index was written by another version; run nightjar index rebuild",
          .where = folder};
}

// The number of shards. A new index gets its schema in its first commit; an old one must have been written
// under the same.
Result<unsigned> CheckOrWriteSchema(columns::Writer& columns, const std::string& folder, unsigned shards) {
  ASSIGN_OR_RETURN(const std::string version, columns.Meta(query::kSchemaVersionKey));
  if (version.empty() && columns.cursor() == 0 && columns.last_document() == 0) {
    RETURN_IF_ERROR(columns.SetMeta(query::kSchemaVersionKey, query::kSchemaVersion));
    RETURN_IF_ERROR(columns.SetMeta(query::kShardsKey, std::to_string(shards)));
    RETURN_IF_ERROR(columns.Commit(0));
    return shards;
  }
  if (version != query::kSchemaVersion) return tl::unexpected<Error>(OtherSchema(folder));
  ASSIGN_OR_RETURN(const std::string known, columns.Meta(query::kShardsKey));
  const std::uint64_t number = ParseDecimal(known).value_or(0);
  if (number == 0 || number > kMostShards)
    return Fail(Code::kCorrupt, "the index does not say how many shards it has", folder);
  return static_cast<unsigned>(number);
}

// FNV-1a over the page's id: all versions of a page are in one shard, on every machine the same.
std::size_t ShardOf(std::string_view page, std::size_t shards) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : page) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash % shards;
}

}  // namespace

struct IndexWriter::State {
  std::string folder;
  std::unique_ptr<columns::Writer> columns;
  std::vector<std::unique_ptr<Shard>> shards;
  std::uint64_t forgotten = 0;
  SiteMemory sites;

  Status AddNew(Observation observation, const std::string& id, const std::string& page,
                DocumentNumber newest);
  Result<bool> SaysTheSame(DocumentNumber newest, const std::string& id, const Observation& observation,
                           const EarlierFacts& earlier);
  Status SeeAgain(DocumentNumber document, const std::string& id, Observation observation, bool anew);
  Status MakeNewest(DocumentNumber document, DocumentNumber newest, const std::string& page, UtcTime when);
  Result<std::vector<std::string>> Labels(DocumentNumber document);
  Status SetLabels(DocumentNumber document, const std::vector<std::string>& labels);
  Status ForgetIn(DocumentNumber document, const std::function<Result<UtcTime>(CaptureNumber)>& ended);
};

IndexWriter::IndexWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
IndexWriter::~IndexWriter() = default;

Result<std::unique_ptr<IndexWriter>> IndexWriter::Open(const std::string& folder, unsigned shards) {
  if (std::filesystem::exists(folder + "/iamglass")) return tl::unexpected<Error>(OtherSchema(folder));
  RETURN_IF_ERROR(MakeFolders(folder));
  auto state = std::make_unique<State>();
  state->folder = folder;
  ASSIGN_OR_RETURN(state->columns, columns::Writer::Open(query::ColumnsFolder(folder)));
  ASSIGN_OR_RETURN(const unsigned number,
                   CheckOrWriteSchema(*state->columns, folder, std::clamp(shards, 1U, kMostShards)));
  for (unsigned i = 0; i < number; ++i) {
    ASSIGN_OR_RETURN(auto shard,
                     Shard::Open(query::ShardFolder(folder, i), i, state->columns->last_document()));
    state->shards.push_back(std::move(shard));
  }
  ASSIGN_OR_RETURN(const std::string forgotten, state->columns->Meta(query::kForgottenKey));
  state->forgotten = ParseDecimal(forgotten).value_or(0);
  ASSIGN_OR_RETURN(state->sites, SiteMemory::Load(*state->columns));
  return std::unique_ptr<IndexWriter>(new IndexWriter(std::move(state)));
}

std::uint64_t IndexWriter::cursor() const { return state_->columns->cursor(); }

std::uint64_t IndexWriter::Documents() const { return state_->columns->last_document(); }

bool IndexWriter::MarkRepeated(Observation& observation) {
  if (observation.number.value >= cursor()) state_->sites.Learn(observation);
  observation.repeated = state_->sites.Repeated(observation);
  std::vector<wire::Span> furniture = JoinRanges(observation.facts.furniture, observation.repeated);
  if (observation.repeated.empty() || furniture == observation.facts.furniture) return false;
  observation.facts.furniture = std::move(furniture);
  return true;
}

// Whether the page's newest version says what `id` stands for, but for what the site repeats.
Result<bool> IndexWriter::State::SaysTheSame(DocumentNumber newest, const std::string& id,
                                             const Observation& observation, const EarlierFacts& earlier) {
  ASSIGN_OR_RETURN(const std::uint32_t capture, columns->Get(Column::kLastCapture, newest));
  auto facts = earlier(CaptureNumber{capture});
  if (!facts) return false;  // derived data may be missing: then it is a version of its own
  Observation then{.number = {capture}, .record = observation.record, .facts = std::move(*facts)};
  then.site = observation.site;
  then.repeated = sites.Repeated(then);
  return VersionIdOf(then) == id;
}

Status IndexWriter::State::AddNew(Observation observation, const std::string& id, const std::string& page,
                                  DocumentNumber newest) {
  ASSIGN_OR_RETURN(const DocumentNumber document, columns->NewDocument());
  const std::size_t shard = ShardOf(page, shards.size());
  RETURN_IF_ERROR(columns->Set(Column::kShard, document, static_cast<std::uint32_t>(shard + 1)));
  RETURN_IF_ERROR(
      columns->Set(Column::kMadeBy, document, static_cast<std::uint32_t>(observation.number.value) + 1));
  RETURN_IF_ERROR(WriteRow(observation, document, *columns));
  ASSIGN_OR_RETURN([[maybe_unused]] const bool fresh,
                   Observe(observation.number, observation.record.ended, document, *columns));
  RETURN_IF_ERROR(columns->PutVersion(id, document));
  RETURN_IF_ERROR(MakeNewest(document, newest, page, observation.record.ended));
  RETURN_IF_ERROR(SetLabels(document, LabelsOf(observation)));
  shards[shard]->Write(document, id, std::move(observation), {}, false);
  return {};
}

Result<std::vector<std::string>> IndexWriter::State::Labels(DocumentNumber document) {
  ASSIGN_OR_RETURN(const std::uint32_t symbol, columns->Get(Column::kLabels, document));
  ASSIGN_OR_RETURN(const std::string list, columns->TextOf(Column::kLabels, symbol));
  return columns::SplitList(list);
}

Status IndexWriter::State::SetLabels(DocumentNumber document, const std::vector<std::string>& labels) {
  ASSIGN_OR_RETURN(const std::uint32_t symbol, columns->SymbolOf(Column::kLabels, columns::JoinList(labels)));
  return columns->Set(Column::kLabels, document, symbol);
}

// `page`'s newest version is now `document`, where `newest` was before.
Status IndexWriter::State::MakeNewest(DocumentNumber document, DocumentNumber newest, const std::string& page,
                                      UtcTime when) {
  RETURN_IF_ERROR(columns->PutPage(page, document));
  RETURN_IF_ERROR(columns->Set(Column::kUntil, document, 0));
  RETURN_IF_ERROR(columns->Set(Column::kNext, document, 0));
  if (newest == 0) return {};
  RETURN_IF_ERROR(columns->Set(Column::kUntil, newest, ColumnTime(when)));
  return columns->Set(Column::kNext, newest, document);
}

// `anew`: the document was made when less was known of the site.
Status IndexWriter::State::SeeAgain(DocumentNumber document, const std::string& id, Observation observation,
                                    bool anew) {
  ASSIGN_OR_RETURN(const bool fresh,
                   Observe(observation.number, observation.record.ended, document, *columns));
  if (!fresh) return {};
  ASSIGN_OR_RETURN(const std::uint32_t shard, columns->Get(Column::kShard, document));
  if (shard == 0 || shard > shards.size())
    return Fail(Code::kCorrupt, "a version of the index is in no shard: rebuild the index", folder);
  ASSIGN_OR_RETURN(std::vector<std::string> labels, Labels(document));
  std::vector<std::string> more;
  for (std::string& label : LabelsOf(observation))
    if (std::ranges::count(labels, label) == 0) more.push_back(std::move(label));
  labels.insert(labels.end(), more.begin(), more.end());
  if (!more.empty()) RETURN_IF_ERROR(SetLabels(document, labels));
  if (anew) {
    RETURN_IF_ERROR(columns->PutVersion(id, document));
    shards[shard - 1]->Write(document, id, std::move(observation), std::move(labels), true);
  } else if (!more.empty()) {
    shards[shard - 1]->AddLabels(document, std::move(more));
  }
  return {};
}

Status IndexWriter::Add(Observation observation, const EarlierFacts& earlier) {
  // A wall is an observation of the wall, not of the page behind it: it neither makes a version nor ends one.
  if (wire::IsWall(observation.facts.page_class)) return {};
  const std::string page = PageIdOf(observation);
  const std::string id = VersionIdOf(observation);
  const UtcTime when = observation.record.ended;
  ASSIGN_OR_RETURN(const DocumentNumber newest, state_->columns->FindPage(page));
  ASSIGN_OR_RETURN(const DocumentNumber known, state_->columns->FindVersion(id));
  if (known != 0) {
    RETURN_IF_ERROR(state_->SeeAgain(known, id, std::move(observation), false));
    return known == newest ? Status() : state_->MakeNewest(known, newest, page, when);
  }
  bool same = false;
  if (newest != 0 && earlier) {
    ASSIGN_OR_RETURN(same, state_->SaysTheSame(newest, id, observation, earlier));
  }
  return same ? state_->SeeAgain(newest, id, std::move(observation), true)
              : state_->AddNew(std::move(observation), id, page, newest);
}

std::uint64_t IndexWriter::forgotten() const { return state_->forgotten; }
void IndexWriter::SetForgotten(std::uint64_t erasures) { state_->forgotten = erasures; }

// The captures that stay are in the columns; the row is made to fit them.
Status IndexWriter::State::ForgetIn(DocumentNumber document,
                                    const std::function<Result<UtcTime>(CaptureNumber)>& ended) {
  ASSIGN_OR_RETURN(const std::uint32_t host, columns->Get(Column::kHost, document));
  ASSIGN_OR_RETURN(const std::string name, columns->TextOf(Column::kHost, host));
  sites.ForgetHost(name);
  ASSIGN_OR_RETURN(const std::vector<CaptureNumber> kept, columns->Captures(document));
  if (!kept.empty()) return ObserveOnly(kept, ended, document, *columns);
  ASSIGN_OR_RETURN(const std::uint32_t shard, columns->Get(Column::kShard, document));
  if (shard != 0 && shard <= shards.size()) shards[shard - 1]->Delete(document);
  return columns->ClearRow(document);
}

Result<std::uint64_t> IndexWriter::Forget(const std::function<bool(CaptureNumber)>& gone,
                                          const std::function<Result<UtcTime>(CaptureNumber)>& ended) {
  std::set<DocumentNumber> changed;
  RETURN_IF_ERROR(state_->columns->SiftCaptures([&](DocumentNumber document, CaptureNumber capture) {
    if (!gone(capture)) return true;
    changed.insert(document);
    return false;
  }));
  std::set<DocumentNumber> emptied;
  for (const DocumentNumber document : changed) {
    RETURN_IF_ERROR(state_->ForgetIn(document, ended));
    ASSIGN_OR_RETURN(const std::uint32_t shard, state_->columns->Get(Column::kShard, document));
    if (shard == 0) emptied.insert(document);
  }
  RETURN_IF_ERROR(
      state_->columns->DropIdsOf([&](DocumentNumber document) { return emptied.contains(document); }));
  RETURN_IF_ERROR(state_->columns->SweepSymbols());
  return changed.size();
}

Status IndexWriter::Commit(std::uint64_t cursor) {
  std::vector<std::future<Status>> told;
  told.reserve(state_->shards.size());
  for (const auto& shard : state_->shards) told.push_back(shard->Commit());
  Status shards;
  for (std::future<Status>& one : told)
    if (Status done = one.get(); !done) shards = done;
  RETURN_IF_ERROR(shards);
  RETURN_IF_ERROR(state_->columns->SetMeta(query::kForgottenKey, std::to_string(state_->forgotten)));
  RETURN_IF_ERROR(state_->sites.Save(*state_->columns));
  return state_->columns->Commit(cursor);
}

}  // namespace nightjar::indexer
