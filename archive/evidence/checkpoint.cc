// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/checkpoint.h"

#include "archive/evidence/lines.h"
#include "base/decimal.h"

namespace nightjar::evidence {

std::string FormatCheckpoint(const Checkpoint& checkpoint) {
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
         Base64Encode(checkpoint.root.View()) + '\n';
}

Result<Checkpoint> ParseCheckpoint(std::string_view text) {
  Lines lines(text);
  const auto origin = lines.Next();
  const auto size_text = lines.Next();
  const auto root_text = lines.Next();
  if (!root_text || !lines.rest().empty() || origin->empty())
    return Fail(Code::kCorrupt, "a checkpoint has three lines: origin, size and root");
  const auto size = ParseDecimal(*size_text);
  if (!size) return Fail(Code::kCorrupt, "a checkpoint's second line is the size of the tree");
  const auto root = Base64Decode(*root_text);
  if (!root || root->size() != Digest::kSize)
    return Fail(Code::kCorrupt, "a checkpoint's third line is a root of 32 bytes in base64");
  return Checkpoint{std::string(*origin), *size, *Digest::FromBytes(*root)};
}

SignedCheckpoint Sign(const Checkpoint& checkpoint, const SigningKey& key) {
  return {checkpoint, SignNote(FormatCheckpoint(checkpoint), checkpoint.origin, key)};
}

Result<SignedCheckpoint> VerifyNote(std::string_view note, const NoteKey& key) {
  ASSIGN_OR_RETURN(const auto text, OpenNote(note, key));
  ASSIGN_OR_RETURN(auto checkpoint, ParseCheckpoint(text));
  if (checkpoint.origin != key.name)
    return Fail(Code::kCorrupt, "the checkpoint is of another log than its key: " + checkpoint.origin);
  return SignedCheckpoint{std::move(checkpoint), std::string(note)};
}

}  // namespace nightjar::evidence
