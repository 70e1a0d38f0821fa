// SPDX-License-Identifier: Apache-2.0
// Signed notes (C2SP signed-note), Ed25519 only: a text, an empty line, signature lines.
//
//   — unit.example/nightjar/2026a <base64(key id ‖ signature)>
#pragma once

#include <string>

#include "base/result.h"
#include "base/signature.h"

namespace nightjar::evidence {

// A named public key. Name and key together give the key id that stands in signature lines.
struct NoteKey {
  std::string name;
  VerifyKey key;
};

// kInvalidInput unless `name` may name a key: not empty, valid UTF-8, no space, control character or '+'.
[[nodiscard]] Status CheckKeyName(std::string_view name);

// The vkey form: "name+<hex key id>+<base64(0x01 ‖ key)>".
[[nodiscard]] std::string FormatVkey(const NoteKey& key);
[[nodiscard]] Result<NoteKey> ParseVkey(std::string_view text);  // strict inverse

// `text` (ending in '\n') with one signature line by `key` under `name`.
[[nodiscard]] std::string SignNote(std::string_view text, const std::string& name, const SigningKey& key);

// The text of `note` if at least one signature is by `key` and none by `key` is bad. Signatures of other keys
// are ignored; up to 16 signature lines are accepted. kCorrupt otherwise. The view points into `note`.
[[nodiscard]] Result<std::string_view> OpenNote(std::string_view note, const NoteKey& key);

}  // namespace nightjar::evidence
