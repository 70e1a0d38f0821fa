// SPDX-License-Identifier: Apache-2.0
// The text by which a log changes its key. It is a leaf of the log itself (LeafKind::kRotation), signed by
// both keys: the old one hands over, the new one takes over, and neither can be blamed on a stranger.
//
//   nightjar-key-rotation/v1
//   old: unit.example/nightjar/2026a+ab7f8be4+AW1E...
//   new: unit.example/nightjar/2026b+...
//   time: 2026-07-01T00:00:00.000000Z
//
// Checkpoints over trees that hold the leaf are signed by the new key, all smaller ones by the old.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "archive/evidence/checkpoint.h"
#include "archive/evidence/note.h"
#include "base/clock.h"

namespace nightjar::evidence {

struct Rotation {
  NoteKey old_key;
  NoteKey new_key;
  UtcTime time;
};

[[nodiscard]] std::string FormatRotation(const Rotation& rotation);
// kCorrupt unless `text` is exactly what FormatRotation writes, with two different names.
[[nodiscard]] Result<Rotation> ParseRotation(std::string_view text);

// Both signatures over the text, old key's first: 128 bytes.
[[nodiscard]] Bytes SignRotation(std::string_view text, const SigningKey& old_key, const SigningKey& new_key);
// ParseRotation, and both signatures are good. kCorrupt otherwise.
[[nodiscard]] Result<Rotation> OpenRotation(std::string_view text, ByteView signatures);

// One rotation in a log: `leaf` is the index of its leaf.
struct RotationLeaf {
  std::uint64_t leaf = 0;
  Rotation rotation;
};

// The keys of a log over its life.
class KeyChain final {
 public:
  explicit KeyChain(NoteKey only) : newest_(std::move(only)) {}
  // kCorrupt unless the rotations (ascending by leaf) lead from key to key, end at `newest` and never come
  // back to a name.
  [[nodiscard]] static Result<KeyChain> Make(NoteKey newest, std::vector<RotationLeaf> rotations);

  [[nodiscard]] const NoteKey& newest() const { return newest_; }
  [[nodiscard]] const NoteKey& first() const {
    return rotations_.empty() ? newest_ : rotations_.front().rotation.old_key;
  }
  // The key that signs checkpoints over this many leaves.
  [[nodiscard]] const NoteKey& At(std::uint64_t tree_size) const;
  // Whether this was ever the log's key.
  [[nodiscard]] bool Holds(const NoteKey& key) const;
  [[nodiscard]] std::span<const RotationLeaf> rotations() const { return rotations_; }

 private:
  NoteKey newest_;
  std::vector<RotationLeaf> rotations_;
};

// The checkpoint in `note`, signed by the key that the log had at its size. kCorrupt otherwise.
[[nodiscard]] Result<SignedCheckpoint> VerifyNote(std::string_view note, const KeyChain& keys);

}  // namespace nightjar::evidence
