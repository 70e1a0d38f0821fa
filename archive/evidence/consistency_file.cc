// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/consistency_file.h"

#include "archive/evidence/lines.h"
#include "archive/evidence/proof.h"
#include "base/bytes.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kFirstLine = "nightjar-consistency/v1";
constexpr std::size_t kMaxHashes = 128;  // two a level, and a tree has at most 64 levels

tl::unexpected<Error> Malformed() {
  return Fail(Code::kCorrupt, "is not a proof of the form nightjar-consistency/v1");
}

}  // namespace

std::string FormatConsistencyFile(const ConsistencyFile& file) {
  std::string text(kFirstLine);
  text += '\n';
  for (const Digest& hash : file.hashes) text += Base64Encode(hash.View()) + "\n";
  text += "\n";
  text += file.note;
  return text;
}

Result<ConsistencyFile> ParseConsistencyFile(std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kFirstLine) return Malformed();
  ConsistencyFile file;
  for (;;) {
    const auto line = lines.Next();
    if (!line) return Malformed();
    if (line->empty()) break;
    const auto raw = Base64Decode(*line);
    if (!raw || raw->size() != Digest::kSize || file.hashes.size() == kMaxHashes) return Malformed();
    file.hashes.push_back(*Digest::FromBytes(*raw));
  }
  file.note = std::string(lines.rest());
  return file;
}

Result<SignedCheckpoint> CheckConsistencyFile(std::string_view text, const Checkpoint& newer,
                                              const NoteKey& log) {
  ASSIGN_OR_RETURN(const ConsistencyFile file, ParseConsistencyFile(text));
  ASSIGN_OR_RETURN(SignedCheckpoint older, VerifyNote(file.note, log));
  RETURN_IF_ERROR(
      VerifyConsistency(older.checkpoint.size, newer.size, file.hashes, older.checkpoint.root, newer.root));
  return older;
}

}  // namespace nightjar::evidence
