// SPDX-License-Identifier: Apache-2.0
// The evidence formats a stranger's file may hold: signed notes, proof files, leaves, verifier keys.
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/leaf.h"
#include "archive/evidence/proof.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

const SigningKey& Key() {
  static const SigningKey kKey = SigningKey::FromSeed(std::string(32, 'k')).value();
  return kKey;
}

evidence::NoteKey LogKey() { return {"unit.example/nightjar/2026a", Key().public_key()}; }

std::string Note() { return evidence::Sign({LogKey().name, 42, Sha256("root")}, Key()).note; }

}  // namespace

std::vector<std::string> Seeds() {
  return {Note(), evidence::FormatProofFile({7, 42, {Sha256("a"), Sha256("b")}}, Note()),
          evidence::FormatLeaf({evidence::LeafKind::kCapture, 1767225600, Sha256("c")}),
          evidence::FormatVkey(LogKey())};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  if (const auto note = evidence::VerifyNote(input, fuzz::LogKey())) fuzz::Require(note->note == input);
  if (const auto leaf = evidence::ParseLeaf(input)) fuzz::Require(evidence::FormatLeaf(*leaf) == input);
  if (const auto key = evidence::ParseVkey(input)) fuzz::Require(evidence::FormatVkey(*key) == input);
  if (const auto file = evidence::ParseProofFile(input)) {
    fuzz::Require(evidence::FormatProofFile(file->proof, file->note) == input);
  }
  return 0;
}
