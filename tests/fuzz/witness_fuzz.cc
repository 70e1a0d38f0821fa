// SPDX-License-Identifier: Apache-2.0
// What strangers send to a witness and a witness sends to a log: add-checkpoint bodies, lists of logs,
// cosignature lines, rotations.
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/cosignature.h"
#include "archive/evidence/rotation.h"
#include "archive/witness/log_list.h"
#include "archive/witness/request.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

const SigningKey& Key() {
  static const SigningKey kKey = SigningKey::FromSeed(std::string(32, 'k')).value();
  return kKey;
}

evidence::NoteKey Named(const std::string& name) { return {name, Key().public_key()}; }

evidence::SignedCheckpoint Checkpoint() {
  return evidence::Sign({"unit.example/nightjar/2026a", 42, Sha256("root")}, Key());
}

std::string Text() { return evidence::FormatCheckpoint(Checkpoint().checkpoint); }

}  // namespace

std::vector<std::string> Seeds() {
  const std::string line = evidence::Cosign(Text(), 1767225600, "w.example/w", Key());
  return {
      witness::FormatAddCheckpoint({7, {Sha256("a"), Sha256("b")}, Checkpoint().note}), line,
      Checkpoint().note + line,
      evidence::FormatVkey(Named("a.example/a")) + " " + evidence::FormatVkey(Named("b.example/b")) + "\n",
      evidence::FormatRotation({Named("a.example/a"), Named("b.example/b"), {}})};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  if (const auto request = witness::ParseAddCheckpoint(input))
    fuzz::Require(witness::FormatAddCheckpoint(*request) == input);
  if (const auto rotation = evidence::ParseRotation(input))
    fuzz::Require(evidence::FormatRotation(*rotation) == input);
  if (const auto logs = witness::ParseLogList(input, "logs")) fuzz::Require(!logs->empty());
  const evidence::NoteKey witness = fuzz::Named("w.example/w");
  if (const auto time = evidence::OpenCosignature(input, witness)) fuzz::Require(*time >= 0);
  if (const auto line = evidence::TakeCosignature(input, fuzz::Text(), witness))
    fuzz::Require(evidence::OpenCosignature(fuzz::Checkpoint().note + *line, witness).has_value());
  return 0;
}
