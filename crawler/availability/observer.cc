// SPDX-License-Identifier: Apache-2.0
#include "crawler/availability/observer.h"

#include <new>

#include "archive/store/store.h"
#include "base/log.h"

namespace nightjar::availability {
namespace {

constexpr store::Table kHosts{0};

store::Options StoreOptions(const std::string& folder, bool read_only) {
  store::Options options;
  options.folder = folder;
  options.tables = {"hosts"};
  options.read_only = read_only;
  return options;
}

}  // namespace

struct Observer::State {
  std::shared_ptr<store::Env> env;
  const Clock* clock = nullptr;
  std::map<std::string, Timeline> waiting;
  MonoTime written;
};

Observer::Observer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Observer::~Observer() {
  try {
    if (const Status written = Write(); !written)
      log::warn("the last observations of hosts are lost: {}", written.error().Format());
  } catch (const std::bad_alloc&) {  // a destructor that throws would end the process
    log::warn("the last observations of hosts are lost: out of memory");
  }
}

Result<std::unique_ptr<Observer>> Observer::Open(const std::string& folder, const Clock& clock) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(folder, false)));
  auto state = std::make_unique<State>(State{std::move(env), &clock, {}, clock.Mono()});
  return std::unique_ptr<Observer>(new Observer(std::move(state)));
}

void Observer::Note(const std::string& host, Cause cause) {
  const UtcTime now = state_->clock->Utc();
  state_->waiting[host].Add({cause, now, now, 1});
}

Status Observer::Step() {
  const bool due = state_->clock->Mono() - state_->written >= kWriteEvery;
  return due || state_->waiting.size() >= kMostWaiting ? Write() : Status();
}

Status Observer::Write() {
  state_->written = state_->clock->Mono();
  if (state_->waiting.empty()) return {};
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  for (const auto& [host, seen] : state_->waiting) {
    Timeline timeline;
    ASSIGN_OR_RETURN(const auto row, txn.Get(kHosts, host));
    if (row) {
      ASSIGN_OR_RETURN(timeline, DecodeTimeline(*row));
    }
    for (const Span& span : seen.spans) timeline.Add(span);
    RETURN_IF_ERROR(txn.Put(kHosts, host, Encode(timeline)));
  }
  RETURN_IF_ERROR(txn.Commit());
  state_->waiting.clear();
  return {};
}

Result<Timeline> ReadTimeline(const std::string& folder, const std::string& host) {
  ASSIGN_OR_RETURN(const auto env, store::Env::Open(StoreOptions(folder, true)));
  ASSIGN_OR_RETURN(const auto txn, env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kHosts, host));
  if (!row) return Fail(Code::kNotFound, "nothing was ever seen of this host", host);
  return DecodeTimeline(*row);
}

Status Forget(const std::string& folder, std::span<const std::string> hosts) {
  ASSIGN_OR_RETURN(const auto env, store::Env::Open(StoreOptions(folder, false)));
  ASSIGN_OR_RETURN(auto txn, env->Write());
  for (const std::string& host : hosts) RETURN_IF_ERROR(txn.Delete(kHosts, host));
  return txn.Commit();
}

Result<std::map<std::string, Timeline>> ReadTimelines(const std::string& folder) {
  std::map<std::string, Timeline> timelines;
  auto env = store::Env::Open(StoreOptions(folder, true));
  if (!env && env.error().code == Code::kNotFound) return timelines;
  if (!env) return tl::unexpected(env.error());
  ASSIGN_OR_RETURN(const auto txn, (*env)->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kHosts));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(timelines[std::string(entry->key)], DecodeTimeline(entry->value));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return timelines;
}

}  // namespace nightjar::availability
