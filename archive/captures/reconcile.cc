// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/reconcile.h"

#include "archive/captures/stored_nodes.h"

namespace nightjar::captures {
namespace {

constexpr std::string_view kAdvice = "; somebody rolled back or replaced files: compare with a backup";

tl::unexpected<Error> Disagree(std::string text, const std::string& where) {
  return Fail(Code::kCorrupt, std::move(text) + std::string(kAdvice), where);
}

// The last capture must be number size - 1: then no number is missing and none is there twice.
Result<std::uint64_t> TreeSize(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const std::uint64_t size, txn.Count(kCaptures));
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCaptures));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  if (last && FromBigEndianKey(last->key) != size - 1)
    return Fail(Code::kCorrupt, "capture numbers are not dense");
  return size;
}

using Note = std::optional<std::string>;

Result<Note> NewestNote(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCheckpoints));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? Note(last->value) : Note();
}

Result<Note> PendingNote(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto note, txn.Get(kMeta, kMetaPending));
  return note ? Note(*note) : Note();
}

Status ComparePlaces(const Note& newest, const Note& pending, const CheckpointLog& log) {
  ASSIGN_OR_RETURN(const auto tail, log.ReadTail());
  const bool ends_before = tail.newest == newest;
  const bool ends_with = pending && tail.newest == pending && !tail.torn;
  if (ends_with || (ends_before && (pending || !tail.torn))) return {};
  return Disagree("the archive's checkpoints are not those of checkpoints.log", log.path());
}

Result<std::optional<evidence::SignedCheckpoint>> Verified(const Note& note, const evidence::KeyChain& keys) {
  if (!note) return std::nullopt;
  return evidence::VerifyNote(*note, keys);
}

Status CheckAgainstTree(const evidence::Checkpoint& checkpoint, std::uint64_t tree_size,
                        const evidence::NodeSource& nodes, const std::string& where) {
  if (checkpoint.size > tree_size) {
    return Disagree("the tree has " + std::to_string(tree_size) + " leaves, fewer than the " +
                        std::to_string(checkpoint.size) + " of its newest checkpoint",
                    where);
  }
  ASSIGN_OR_RETURN(const Digest root, evidence::RootAt(checkpoint.size, nodes));
  if (root != checkpoint.root) return Disagree("the tree is not the one its newest checkpoint signs", where);
  return {};
}

}  // namespace

Result<KnownState> Reconcile(const store::ReadTxn& txn, const CheckpointLog& log,
                             const evidence::KeyChain& log_keys) {
  ASSIGN_OR_RETURN(const std::uint64_t size, TreeSize(txn));
  const StoredNodes nodes(txn);
  KnownState state;
  ASSIGN_OR_RETURN(state.frontier, evidence::Frontier::Load(size, nodes));
  ASSIGN_OR_RETURN(const Note newest, NewestNote(txn));
  ASSIGN_OR_RETURN(const Note pending, PendingNote(txn));
  RETURN_IF_ERROR(ComparePlaces(newest, pending, log));
  ASSIGN_OR_RETURN(state.newest, Verified(newest, log_keys));
  ASSIGN_OR_RETURN(state.pending, Verified(pending, log_keys));
  for (const auto& checkpoint : {state.newest, state.pending}) {
    if (!checkpoint) continue;
    RETURN_IF_ERROR(CheckAgainstTree(checkpoint->checkpoint, size, nodes, log.path()));
  }
  return state;
}

Status CheckAttested(const store::ReadTxn& txn, std::uint64_t tree_size,
                     std::span<const evidence::Checkpoint> attested) {
  for (const evidence::Checkpoint& checkpoint : attested) {
    RETURN_IF_ERROR(CheckAgainstTree(checkpoint, tree_size, StoredNodes(txn),
                                     "what others attested of " + checkpoint.origin));
  }
  return {};
}

Status MakePending(store::Env& env, const evidence::SignedCheckpoint& checkpoint) {
  ASSIGN_OR_RETURN(auto txn, env.Write());
  RETURN_IF_ERROR(txn.Put(kMeta, kMetaPending, checkpoint.note));
  return txn.Commit();
}

Status CompletePending(store::Env& env, const CheckpointLog& log, const evidence::SignedCheckpoint& pending) {
  ASSIGN_OR_RETURN(const auto tail, log.ReadTail());
  RETURN_IF_ERROR(tail.newest == pending.note ? log.Sync() : log.Append(pending.note));
  ASSIGN_OR_RETURN(auto txn, env.Write());
  RETURN_IF_ERROR(txn.PutLast(kCheckpoints, BigEndianKey(pending.checkpoint.size), pending.note));
  RETURN_IF_ERROR(txn.Delete(kMeta, kMetaPending));
  return txn.Commit();
}

}  // namespace nightjar::captures
