// SPDX-License-Identifier: Apache-2.0
#include "archive/witness/witness.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>

#include "archive/evidence/checkpoint.h"
#include "archive/evidence/cosignature.h"
#include "archive/evidence/proof.h"
#include "archive/store/writer_lock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"

namespace nightjar::witness {
namespace {

constexpr std::size_t kMaxState = 64 << 10;
constexpr std::uintmax_t kMaxDisputes = 16 << 20;  // only the log's own key can add to it
constexpr std::string_view kStateTail = ".checkpoint";

std::string StatePath(const std::string& folder, const std::string& origin) {
  return folder + "/" + Sha256(origin).Hex() + std::string(kStateTail);
}

// A log with what was last cosigned of it.
struct Watched {
  KnownLog log;
  std::size_t key = 0;  // by which its newest checkpoint is signed
  std::optional<evidence::SignedCheckpoint> newest;

  [[nodiscard]] std::uint64_t size() const { return newest ? newest->checkpoint.size : 0; }
  [[nodiscard]] Digest root() const { return newest ? newest->checkpoint.root : evidence::EmptyRoot(); }
};

// Reads what is known of a log: of its files (one for each key that ever signed), that of the largest tree.
Result<std::size_t> LoadState(const std::string& folder, Watched& watched) {
  std::size_t files = 0;
  for (std::size_t i = 0; i < watched.log.keys.size(); ++i) {
    const std::string path = StatePath(folder, watched.log.keys[i].name);
    const auto note = ReadFile(path, kMaxState);
    if (!note && note.error().code == Code::kNotFound) continue;
    if (!note) return tl::unexpected<Error>(note.error());
    auto known = evidence::VerifyNote(*note, watched.log.keys[i]);
    if (!known) return Fail(Code::kCorrupt, "the stored checkpoint " + known.error().text, path);
    ++files;
    if (watched.newest && known->checkpoint.size < watched.size()) continue;
    watched.newest = std::move(*known);
    watched.key = i;
  }
  return files;
}

std::size_t CountStateFiles(const std::string& folder) {
  std::error_code failed;
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    count += entry.path().string().ends_with(kStateTail) ? 1 : 0;
  return count;
}

}  // namespace

struct Witness::State {
  Options options;
  store::WriterLock lock;
  std::mutex mutex;  // guards what follows, and the files
  std::vector<Watched> logs;

  // The log with a key of this name, and which key that is.
  [[nodiscard]] std::pair<Watched*, std::size_t> Find(const std::string& origin) {
    for (Watched& watched : logs) {
      const auto& keys = watched.log.keys;
      const auto found = std::ranges::find(keys, origin, &evidence::NoteKey::name);
      if (found != keys.end()) return {&watched, static_cast<std::size_t>(found - keys.begin())};
    }
    return {nullptr, 0};
  }

  [[nodiscard]] Answer Judge(const AddRequest& request);
  [[nodiscard]] Answer JudgeNext(const AddRequest& request, Watched& watched, std::size_t key,
                                 evidence::SignedCheckpoint next);
  [[nodiscard]] Answer Cosign(Watched& watched, std::size_t key, evidence::SignedCheckpoint next);
  void Dispute(const Watched& watched, const AddRequest& request, const std::string& why) const;
};

Witness::Witness(std::unique_ptr<State> state) : state_(std::move(state)) {}
Witness::~Witness() = default;

Result<std::unique_ptr<Witness>> Witness::Open(Options options) {
  RETURN_IF_ERROR(evidence::CheckKeyName(options.name));
  ASSIGN_OR_RETURN(auto lock, store::WriterLock::Acquire(options.folder));
  if (options.clock == nullptr) options.clock = &SystemClock();
  std::vector<Watched> logs;
  std::size_t files = 0;
  for (const KnownLog& log : options.logs) {
    Watched watched{log, 0, {}};
    ASSIGN_OR_RETURN(const std::size_t read, LoadState(options.folder, watched));
    files += read;
    logs.push_back(std::move(watched));
  }
  if (files != CountStateFiles(options.folder)) {
    return Fail(Code::kCorrupt,
                "holds the checkpoint of a log that is on no line of the list; put the log back, or move its "
                "file away by hand to forget it for good",
                options.folder);
  }
  auto state = std::unique_ptr<State>(new State{std::move(options), std::move(lock), {}, std::move(logs)});
  return std::unique_ptr<Witness>(new Witness(std::move(state)));
}

std::string Witness::vkey() const {
  return evidence::FormatVkey({state_->options.name, state_->options.key.public_key()},
                              evidence::KeyType::kWitness);
}

Answer Witness::AddCheckpoint(std::string_view untrusted_body) {
  const auto request = ParseAddCheckpoint(untrusted_body);
  if (!request) return {Verdict::kMalformed, request.error().text + "\n"};
  const std::scoped_lock lock(state_->mutex);
  return state_->Judge(*request);
}

// The checks in the order of the specification.
Answer Witness::State::Judge(const AddRequest& request) {
  const auto parts = evidence::SplitNote(request.note);
  if (!parts) return {Verdict::kMalformed, parts.error().text + "\n"};
  const auto claimed = evidence::ParseCheckpoint(parts->text);
  if (!claimed) return {Verdict::kMalformed, claimed.error().text + "\n"};
  const auto [watched, key] = Find(claimed->origin);
  if (watched == nullptr) return {Verdict::kUnknownLog, "this witness does not watch that log\n"};
  auto next = evidence::VerifyNote(request.note, watched->log.keys[key]);
  if (!next) return {Verdict::kUntrusted, next.error().text + "\n"};
  if (key < watched->key) return {Verdict::kUntrusted, "the log has a newer key\n"};
  if (request.old_size > next->checkpoint.size)
    return {Verdict::kMalformed, "the old size is above the checkpoint's\n"};
  return JudgeNext(request, *watched, key, std::move(*next));
}

Answer Witness::State::JudgeNext(const AddRequest& request, Watched& watched, std::size_t key,
                                 evidence::SignedCheckpoint next) {
  const evidence::Checkpoint& wanted = next.checkpoint;
  Answer conflict{Verdict::kConflict, std::to_string(watched.size()) + "\n"};
  if (request.old_size != watched.size()) {
    if (wanted.size == watched.size() && watched.newest && wanted.root != watched.root())
      Dispute(watched, request, "two trees of one size");
    return conflict;
  }
  if (wanted.size == request.old_size && wanted.root != watched.root()) {
    Dispute(watched, request, "two trees of one size");
    return conflict;
  }
  // From nothing there is nothing to prove.
  const Status proved =
      request.old_size > 0    ? evidence::VerifyConsistency(request.old_size, wanted.size, request.proof,
                                                            watched.root(), wanted.root)
      : request.proof.empty() ? Status()
                              : Fail(Code::kCorrupt, "a proof from the empty tree is empty");
  if (!proved) {
    Dispute(watched, request, proved.error().text);
    return {Verdict::kBadProof, proved.error().text + "\n"};
  }
  return Cosign(watched, key, std::move(next));
}

Answer Witness::State::Cosign(Watched& watched, std::size_t key, evidence::SignedCheckpoint next) {
  const std::string text = evidence::FormatCheckpoint(next.checkpoint);
  std::string line = evidence::Cosign(text, UnixSeconds(options.clock->Utc()), options.name, options.key);
  const Status stored = WriteFileDurably(StatePath(options.folder, next.checkpoint.origin), next.note, 0640);
  if (!stored) {
    log::error("nothing was cosigned: {}", stored.error().Format());
    return {Verdict::kFailed, "the witness cannot store its state\n"};
  }
  watched.newest = std::move(next);
  watched.key = key;
  return {Verdict::kCosigned, std::move(line)};
}

void Witness::State::Dispute(const Watched& watched, const AddRequest& request,
                             const std::string& why) const {
  log::error("ALERT: a signed checkpoint of {} does not fit the tree of {} leaves cosigned before: {}",
             watched.log.keys.front().name, watched.size(), why);
  const std::string path = options.folder + "/disputes.log";
  std::error_code absent;
  const std::uintmax_t size = std::filesystem::file_size(path, absent);
  if (!absent && size > kMaxDisputes) return;
  const json::object line{{"at", FormatUtc(options.clock->Utc())},
                          {"why", why},
                          {"known", watched.newest ? watched.newest->note : ""},
                          {"request", FormatAddCheckpoint(request)}};
  const Status kept = AppendFileDurably(path, json::serialize(line) + "\n", 0640);
  if (!kept) log::error("a dispute could not be kept: {}", kept.error().Format());
}

}  // namespace nightjar::witness
