// SPDX-License-Identifier: Apache-2.0
// Cosignatures (C2SP tlog-cosignature, Ed25519): a witness says that at a time this checkpoint was the
// largest consistent state it had seen of its log. One more signature line of the checkpoint's note:
//
//   — witness.example/2026a <base64(key id ‖ time as u64 big-endian ‖ signature)>
//
// The signature is over "cosignature/v1\ntime <seconds>\n" and the text of the note. Keys are of
// KeyType::kWitness. (C2SP prefers ML-DSA-44 for new witnesses; OpenSSL 3.0 has none.) Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "archive/evidence/note.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/signature.h"

namespace nightjar::evidence {

// What is signed: `text` is a note's text, its last line end included.
[[nodiscard]] std::string CosignedMessage(std::int64_t unix_time, std::string_view text);

// The signature line, with its line end. `unix_time` is not negative.
[[nodiscard]] std::string Cosign(std::string_view text, std::int64_t unix_time, const std::string& name,
                                 const SigningKey& key);

// When `witness` cosigned `note`: the latest of its cosignatures. kCorrupt unless it carries at least one by
// this key, all of which are good. Other signatures are ignored.
[[nodiscard]] Result<std::int64_t> OpenCosignature(std::string_view note, const NoteKey& witness);

// The cosignature line of `witness` in a witness's answer, checked against `text`; lines of other keys are
// ignored, as the specification wants. Untrusted. kCorrupt when there is none or it is bad.
[[nodiscard]] Result<std::string> TakeCosignature(std::string_view untrusted_answer, std::string_view text,
                                                  const NoteKey& witness);

}  // namespace nightjar::evidence
