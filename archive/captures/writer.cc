// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "archive/captures/archive.h"
#include "archive/captures/batch.h"
#include "archive/captures/erase.h"
#include "archive/captures/log_keys.h"
#include "archive/captures/reconcile.h"
#include "archive/captures/tables.h"
#include "archive/store/writer_lock.h"

namespace nightjar::captures {
namespace {

// Makes a new archive this log's, or checks that an old one is.
Status Adopt(store::Env& env, const std::string& vkey) {
  ASSIGN_OR_RETURN(auto txn, env.Write());
  ASSIGN_OR_RETURN(const bool is_new, txn.PutNew(kMeta, kMetaFormat, kFormat));
  if (is_new) {
    RETURN_IF_ERROR(txn.Put(kMeta, kMetaLogKey, vkey));
    RETURN_IF_ERROR(WriteTotals(txn, {}));
    return txn.Commit();
  }
  RETURN_IF_ERROR(CheckFormat(txn));
  ASSIGN_OR_RETURN(const auto owner, Require(txn, kMeta, kMetaLogKey, "the key of its log"));
  if (owner == vkey) return {};
  return Fail(Code::kInvalidInput, "the archive belongs to the log " + std::string(owner) + ", not to " +
                                       vkey + "; a new key is taken up with `nightjar archive rotate-key`");
}

}  // namespace

struct Writer::State {
  store::WriterLock lock;
  std::shared_ptr<store::Env> env;
  evidence::KeyChain log_keys;
  SigningKey log_key;  // the newest of them
  std::map<std::string, VerifyKey> fetchers;
  const Clock* clock;
  CheckpointLog log;
  std::unique_ptr<Vault> vault;
  keyring::ScopeNumber least_scope;

  evidence::Frontier frontier;
  Totals totals;
  bool interrupted = false;  // the last Append() did not get to its end
  std::optional<evidence::SignedCheckpoint> newest;
  std::optional<evidence::SignedCheckpoint> pending;

  // Brings a checkpoint that an error or a crash stopped on its way into both places.
  [[nodiscard]] Status FinishPending() {
    if (!pending) return {};
    RETURN_IF_ERROR(CompletePending(*env, log, *pending));
    newest = std::exchange(pending, std::nullopt);
    return {};
  }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::Open(Options options) {
  RETURN_IF_ERROR(evidence::CheckKeyName(options.origin));
  ASSIGN_OR_RETURN(auto lock, store::WriterLock::Acquire(options.paths.folder));
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(options.paths, false)));
  RETURN_IF_ERROR(Adopt(*env, evidence::FormatVkey({options.origin, options.log_key.public_key()})));
  const CheckpointLog log(LogPath(options.paths));
  ASSIGN_OR_RETURN(const auto txn, env->Read());
  ASSIGN_OR_RETURN(auto log_keys, ReadKeyChain(txn));
  ASSIGN_OR_RETURN(auto known, Reconcile(txn, log, log_keys));
  RETURN_IF_ERROR(CheckAttested(txn, known.frontier.size(), options.attested));
  ASSIGN_OR_RETURN(const auto totals, ReadTotals(txn));
  ASSIGN_OR_RETURN(const std::uint32_t least_scope, NextScope(txn));
  Random& random = options.random != nullptr ? *options.random : SystemRandom();
  ASSIGN_OR_RETURN(auto keys, keyring::KeyRing::Open(KeyringFolder(options.paths),
                                                     keyring::KeyRing::Mode::kWrite, random));
  auto vault = std::make_unique<Vault>(std::move(keys), random);
  std::map<std::string, VerifyKey> fetchers;
  for (const VerifyKey& key : options.fetchers) fetchers.emplace(KeyId(key), key);
  auto state =
      std::make_unique<State>(State{.lock = std::move(lock),
                                    .env = env,
                                    .log_keys = std::move(log_keys),
                                    .log_key = std::move(options.log_key),
                                    .fetchers = std::move(fetchers),
                                    .clock = options.clock != nullptr ? options.clock : &SystemClock(),
                                    .log = log,
                                    .vault = std::move(vault),
                                    .least_scope = {least_scope},
                                    .frontier = std::move(known.frontier),
                                    .totals = totals,
                                    .newest = std::move(known.newest),
                                    .pending = std::move(known.pending)});
  RETURN_IF_ERROR(state->FinishPending());
  RETURN_IF_ERROR(FinishErasing(*state->env, state->vault->keys()));
  return std::unique_ptr<Writer>(new Writer(std::move(state)));
}

Result<std::vector<CaptureNumber>> Writer::Append(std::span<const Exchange> exchanges) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  if (std::exchange(state_->interrupted, true)) state_->vault->Forget();
  const BatchContext context{state_->fetchers, *state_->clock, *state_->vault, state_->least_scope};
  Batch batch(context, txn, state_->frontier, state_->totals);
  std::vector<CaptureNumber> numbers;
  numbers.reserve(exchanges.size());
  for (const Exchange& exchange : exchanges) {
    ASSIGN_OR_RETURN(const CaptureNumber number, batch.Add(exchange));
    numbers.push_back(number);
  }
  if (batch.frontier().size() == state_->frontier.size()) {  // nothing was new
    state_->interrupted = false;
    return numbers;
  }
  RETURN_IF_ERROR(batch.Finish());
  RETURN_IF_ERROR(txn.Commit());
  state_->frontier = batch.frontier();
  state_->totals = batch.totals();
  state_->interrupted = false;
  return numbers;
}

Result<evidence::SignedCheckpoint> Writer::SignCheckpoint() {
  RETURN_IF_ERROR(state_->FinishPending());
  const evidence::Checkpoint now{state_->log_keys.newest().name, state_->frontier.size(),
                                 state_->frontier.Root()};
  if (state_->newest && state_->newest->checkpoint == now) return *state_->newest;
  auto signed_checkpoint = evidence::Sign(now, state_->log_key);
  RETURN_IF_ERROR(MakePending(*state_->env, signed_checkpoint));
  state_->pending = std::move(signed_checkpoint);
  RETURN_IF_ERROR(state_->FinishPending());
  return *state_->newest;
}

Status Writer::Rotate(const std::string& new_origin, const SigningKey& new_key) {
  const evidence::NoteKey taken_up{new_origin, new_key.public_key()};
  RETURN_IF_ERROR(CheckNewKey(state_->log_keys, taken_up));
  if (state_->frontier.size() > 0) RETURN_IF_ERROR(SignCheckpoint());  // the old key's last word
  const RotationInput input{{state_->log_keys.newest(), taken_up, state_->clock->Utc()},
                            state_->log_key,
                            new_key,
                            *Digest::FromBytes(state_->vault->random().Take(Digest::kSize))};
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  evidence::Frontier grown = state_->frontier;
  RETURN_IF_ERROR(PutRotation(txn, grown, input));
  auto first_word = evidence::Sign({new_origin, grown.size(), grown.Root()}, new_key);
  RETURN_IF_ERROR(txn.Put(kMeta, kMetaPending, first_word.note));
  ASSIGN_OR_RETURN(auto log_keys, ReadKeyChain(txn));
  RETURN_IF_ERROR(txn.Commit());
  state_->frontier = std::move(grown);
  state_->log_keys = std::move(log_keys);
  state_->log_key = new_key;
  state_->pending = std::move(first_word);
  return state_->FinishPending();
}

Result<CaptureNumber> Writer::Erase(evidence::Erasure erasure) {
  erasure.time = state_->clock->Utc();
  Vault& vault = *state_->vault;
  state_->interrupted = true;
  vault.Forget();
  const EraseContext context{vault, state_->least_scope,
                             *Digest::FromBytes(vault.random().Take(Digest::kSize))};
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  evidence::Frontier grown = state_->frontier;
  Totals totals = state_->totals;
  const CaptureNumber leaf{grown.size()};
  RETURN_IF_ERROR(captures::Erase(txn, context, erasure, grown, totals));
  RETURN_IF_ERROR(txn.Commit());
  state_->frontier = std::move(grown);
  state_->totals = totals;
  vault.Forget();
  state_->interrupted = false;
  RETURN_IF_ERROR(FinishErasing(*state_->env, vault.keys()));
  return leaf;
}

std::uint64_t Writer::size() const { return state_->frontier.size(); }

}  // namespace nightjar::captures
