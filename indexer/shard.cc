// SPDX-License-Identifier: Apache-2.0
#include "indexer/shard.h"

#include <atomic>
#include <thread>

#include "base/file.h"
#include "base/inbox.h"
#include "indexer/query/schema.h"
#include "indexer/query/stored_version.h"
#include "indexer/query/terms.h"
#include "indexer/query/xapian_errors.h"
#include "indexer/version_document.h"

namespace nightjar::indexer {
namespace {

constexpr std::size_t kQueued = 128;  // jobs; each may hold a whole page's text

// The words of its title leave the spelling dictionary.
void ForgetTitle(Xapian::WritableDatabase& database, Xapian::docid id) {
  const auto version = query::DecodeStoredVersion(database.get_document(id).get_data());
  if (version) ForgetSpelling(database, version->title);
}

}  // namespace

struct Shard::State {
  struct Job {
    std::function<Status()> work;
    std::shared_ptr<std::promise<Status>> done{};  // if somebody waits for it
  };

  std::string folder;
  Xapian::WritableDatabase database;
  Xapian::TermGenerator splitter;
  Status health;  // of the jobs so far; the thread's own
  std::atomic<bool> closing{false};
  Inbox<Job> jobs{kQueued};
  std::jthread thread;  // last: it uses everything above

  void Run() {
    while (!closing) {
      auto job = jobs.TakeFor(std::chrono::minutes(1));
      if (!job) continue;
      if (health) health = query::Guarded(folder, job->work);
      if (job->done) job->done->set_value(health);
    }
  }

  Status Prepare(unsigned number, columns::DocumentNumber last) {
    database = Xapian::WritableDatabase(folder, Xapian::DB_CREATE_OR_OPEN);
    if (database.get_metadata(std::string(query::kSchemaVersionKey)).empty()) {
      database.set_metadata(std::string(query::kSchemaKey), query::SchemaText());
      database.set_metadata(std::string(query::kShardKey), std::to_string(number));
      database.set_metadata(std::string(query::kSchemaVersionKey), std::string(query::kSchemaVersion));
      database.commit();
    }
    splitter = query::WordSplitter();
    splitter.set_database(database);
    // Always inside a transaction: outside one Xapian commits by itself after so many documents.
    database.begin_transaction();
    std::vector<Xapian::docid> beyond;
    auto id = database.postlist_begin("");
    for (id.skip_to(last + 1); id != database.postlist_end(""); ++id) beyond.push_back(*id);
    for (const Xapian::docid document : beyond) {
      ForgetTitle(database, document);
      database.delete_document(document);
    }
    return {};
  }
};

Shard::Shard(std::unique_ptr<State> state) : state_(std::move(state)) {}

Shard::~Shard() {
  state_->closing = true;
  state_->jobs.Close();
}

Result<std::unique_ptr<Shard>> Shard::Open(const std::string& folder, unsigned number,
                                           columns::DocumentNumber last) {
  RETURN_IF_ERROR(MakeFolders(folder));
  auto state = std::make_unique<State>();
  state->folder = folder;
  RETURN_IF_ERROR(query::Guarded(folder, [&] { return state->Prepare(number, last); }));
  state->thread = std::jthread([&state = *state] { state.Run(); });
  return std::unique_ptr<Shard>(new Shard(std::move(state)));
}

void Shard::Write(columns::DocumentNumber document, const std::string& version_id, Observation observation,
                  std::vector<std::string> labels, bool anew) {
  auto work = [&state = *state_, document, version_id, observation = std::move(observation),
               labels = std::move(labels), anew]() -> Status {
    if (anew) ForgetTitle(state.database, document);
    Xapian::Document made = MakeDocument(observation, version_id, state.splitter);
    for (const std::string& label : labels) made.add_boolean_term(label);
    state.database.replace_document(document, made);
    return {};
  };
  state_->jobs.Put({std::move(work)});
}

void Shard::AddLabels(columns::DocumentNumber document, std::vector<std::string> labels) {
  auto work = [&state = *state_, document, labels = std::move(labels)]() -> Status {
    Xapian::Document known = state.database.get_document(document);
    for (const std::string& label : labels) known.add_boolean_term(label);
    state.database.replace_document(document, known);
    return {};
  };
  state_->jobs.Put({std::move(work)});
}

void Shard::Delete(columns::DocumentNumber document) {
  auto work = [&state = *state_, document]() -> Status {
    ForgetTitle(state.database, document);
    state.database.delete_document(document);
    return {};
  };
  state_->jobs.Put({std::move(work)});
}

std::future<Status> Shard::Commit() {
  auto done = std::make_shared<std::promise<Status>>();
  auto work = [&state = *state_]() -> Status {
    state.database.commit_transaction();
    state.database.begin_transaction();
    return {};
  };
  std::future<Status> told = done->get_future();
  state_->jobs.Put({std::move(work), std::move(done)});
  return told;
}

}  // namespace nightjar::indexer
