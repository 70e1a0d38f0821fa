// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/rotation.h"

#include <set>

#include "archive/evidence/lines.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kFirstLine = "nightjar-key-rotation/v1";
constexpr std::size_t kSignatureSize = 64;

tl::unexpected<Error> Malformed() { return Fail(Code::kCorrupt, "is not a rotation of the log's key"); }
tl::unexpected<Error> Broken(std::string what) { return Fail(Code::kCorrupt, std::move(what)); }

bool Same(const NoteKey& a, const NoteKey& b) { return a.name == b.name && a.key == b.key; }

}  // namespace

std::string FormatRotation(const Rotation& rotation) {
  return std::string(kFirstLine) + "\nold: " + FormatVkey(rotation.old_key) +
         "\nnew: " + FormatVkey(rotation.new_key) + "\ntime: " + FormatUtc(rotation.time) + "\n";
}

Result<Rotation> ParseRotation(std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kFirstLine) return Malformed();
  const auto old_text = lines.NextAfter("old: ");
  const auto new_text = lines.NextAfter("new: ");
  const auto time_text = lines.NextAfter("time: ");
  if (!old_text || !new_text || !time_text) return Malformed();
  const auto old_key = ParseVkey(*old_text);
  const auto new_key = ParseVkey(*new_text);
  const auto time = ParseUtc(*time_text);
  if (!old_key || !new_key || !time || old_key->name == new_key->name) return Malformed();
  Rotation rotation{*old_key, *new_key, *time};
  if (FormatRotation(rotation) != text) return Malformed();
  return rotation;
}

Bytes SignRotation(std::string_view text, const SigningKey& old_key, const SigningKey& new_key) {
  return old_key.Sign(text) + new_key.Sign(text);
}

Result<Rotation> OpenRotation(std::string_view text, ByteView signatures) {
  ASSIGN_OR_RETURN(auto rotation, ParseRotation(text));
  if (signatures.size() != 2 * kSignatureSize) return Broken("a rotation carries two signatures");
  if (!rotation.old_key.key.Verify(text, signatures.substr(0, kSignatureSize)))
    return Broken("the rotation is not signed by the old key, " + rotation.old_key.name);
  if (!rotation.new_key.key.Verify(text, signatures.substr(kSignatureSize)))
    return Broken("the rotation is not signed by the new key, " + rotation.new_key.name);
  return rotation;
}

Result<KeyChain> KeyChain::Make(NoteKey newest, std::vector<RotationLeaf> rotations) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < rotations.size(); ++i) {
    const bool last = i + 1 == rotations.size();
    const NoteKey& next = last ? newest : rotations[i + 1].rotation.old_key;
    if (!Same(rotations[i].rotation.new_key, next) || (!last && rotations[i].leaf >= rotations[i + 1].leaf))
      return Broken("the rotations of the log's key do not lead from one to the next");
    if (!names.insert(rotations[i].rotation.old_key.name).second)
      return Broken("the rotations of the log's key come back to an old name");
  }
  if (names.contains(newest.name)) return Broken("the rotations of the log's key come back to an old name");
  KeyChain chain(std::move(newest));
  chain.rotations_ = std::move(rotations);
  return chain;
}

const NoteKey& KeyChain::At(std::uint64_t tree_size) const {
  for (const RotationLeaf& step : rotations_)
    if (tree_size <= step.leaf) return step.rotation.old_key;
  return newest_;
}

Result<SignedCheckpoint> VerifyNote(std::string_view note, const KeyChain& keys) {
  ASSIGN_OR_RETURN(const NoteParts parts, SplitNote(note));
  ASSIGN_OR_RETURN(const Checkpoint claimed, ParseCheckpoint(parts.text));
  return VerifyNote(note, keys.At(claimed.size));
}

bool KeyChain::Holds(const NoteKey& key) const {
  if (Same(key, newest_)) return true;
  for (const RotationLeaf& step : rotations_)
    if (Same(key, step.rotation.old_key)) return true;
  return false;
}

}  // namespace nightjar::evidence
