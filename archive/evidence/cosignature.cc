// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/cosignature.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/codec.h"

namespace nightjar::evidence {
namespace {

constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kSignatureSize = 64;

tl::unexpected<Error> Bad(const NoteKey& witness, std::string_view what) {
  return Fail(Code::kCorrupt, "the cosignature by " + witness.name + std::string(what));
}

// The time of a good cosignature.
Result<std::int64_t> Check(const SignatureLine& line, std::string_view text, const NoteKey& witness) {
  if (line.signature.size() != kTimeSize + kSignatureSize) return Bad(witness, " has another length");
  const std::uint64_t time = FromBigEndianKey(ByteView(line.signature).substr(0, kTimeSize));
  if (time > static_cast<std::uint64_t>(INT64_MAX)) return Bad(witness, " has an impossible time");
  const auto seconds = static_cast<std::int64_t>(time);
  if (!witness.key.Verify(CosignedMessage(seconds, text), ByteView(line.signature).substr(kTimeSize)))
    return Bad(witness, " does not match");
  return seconds;
}

}  // namespace

std::string CosignedMessage(std::int64_t unix_time, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(unix_time) + '\n' + std::string(text);
}

std::string Cosign(std::string_view text, std::int64_t unix_time, const std::string& name,
                   const SigningKey& key) {
  const Bytes time = BigEndianKey(static_cast<std::uint64_t>(unix_time));
  return FormatSignatureLine({name, key.public_key()}, KeyType::kWitness,
                             time + key.Sign(CosignedMessage(unix_time, text)));
}

Result<std::int64_t> OpenCosignature(std::string_view note, const NoteKey& witness) {
  ASSIGN_OR_RETURN(const NoteParts parts, SplitNote(note));
  std::optional<std::int64_t> latest;
  for (const SignatureLine& line : parts.signatures) {
    if (!line.Names(witness, KeyType::kWitness)) continue;
    ASSIGN_OR_RETURN(const std::int64_t time, Check(line, parts.text, witness));
    latest = std::max(latest.value_or(time), time);
  }
  if (!latest) return Fail(Code::kCorrupt, "carries no cosignature by " + witness.name);
  return *latest;
}

Result<std::string> TakeCosignature(std::string_view untrusted_answer, std::string_view text,
                                    const NoteKey& witness) {
  ASSIGN_OR_RETURN(const auto lines, ParseSignatureLines(untrusted_answer));
  for (const SignatureLine& line : lines) {
    if (!line.Names(witness, KeyType::kWitness)) continue;
    RETURN_IF_ERROR(Check(line, text, witness));
    return FormatSignatureLine(witness, KeyType::kWitness, line.signature);
  }
  return Fail(Code::kCorrupt, "the answer carries no cosignature by " + witness.name);
}

}  // namespace nightjar::evidence
