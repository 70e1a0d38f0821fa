// SPDX-License-Identifier: Apache-2.0
// Signed notes (C2SP signed-note), Ed25519 only: a text, an empty line, signature lines.
//
//   — unit.example/nightjar/2026a <base64(key id ‖ signature)>
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/signature.h"

namespace nightjar::evidence {

// A named public key. Name and key together give the key id that stands in signature lines.
struct NoteKey {
  std::string name;
  VerifyKey key;
};

// What a key signs, as C2SP numbers it. The number is hashed into the key id, so a log's key and a witness's
// key never look the same, even if somebody used one for both.
enum class KeyType : std::uint8_t {
  kLog = 0x01,      // Ed25519 over the text (C2SP signed-note)
  kWitness = 0x04,  // Ed25519 over a timed cosignature of the text (C2SP tlog-cosignature)
};

// kInvalidInput unless `name` may name a key: not empty, valid UTF-8, no space, control character or '+'.
[[nodiscard]] Status CheckKeyName(std::string_view name);

// The vkey form: "name+<hex key id>+<base64(type ‖ key)>".
[[nodiscard]] std::string FormatVkey(const NoteKey& key, KeyType type = KeyType::kLog);
[[nodiscard]] Result<NoteKey> ParseVkey(std::string_view text,
                                        KeyType type = KeyType::kLog);  // strict inverse

// The first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ key).
[[nodiscard]] Bytes KeyIdOf(const NoteKey& key, KeyType type = KeyType::kLog);

// One signature line, "— name base64(key id ‖ signature)", with its line end.
[[nodiscard]] std::string FormatSignatureLine(const NoteKey& key, KeyType type, ByteView signature);

struct SignatureLine {
  std::string_view name;  // into the text it was read from
  Bytes key_id;
  Bytes signature;
  // Whether name and key id are this key's. Says nothing of the signature.
  [[nodiscard]] bool Names(const NoteKey& key, KeyType type) const;
};

// A note taken apart, no signature checked. The views point into `note`.
struct NoteParts {
  std::string_view text;  // up to and with the last line end before the empty line
  std::vector<SignatureLine> signatures;
};
// kCorrupt unless it is UTF-8 without control characters, with an empty line and at most 16 signature lines.
[[nodiscard]] Result<NoteParts> SplitNote(std::string_view note);

// Signature lines alone, as a witness answers with them. kCorrupt for anything else, and for none.
[[nodiscard]] Result<std::vector<SignatureLine>> ParseSignatureLines(std::string_view text);

// `text` (ending in '\n') with one signature line by `key` under `name`.
[[nodiscard]] std::string SignNote(std::string_view text, const std::string& name, const SigningKey& key);

// The text of `note` if at least one signature is by `key` and none by `key` is bad. Signatures of other keys
// are ignored; up to 16 signature lines are accepted. kCorrupt otherwise. The view points into `note`.
[[nodiscard]] Result<std::string_view> OpenNote(std::string_view note, const NoteKey& key);

}  // namespace nightjar::evidence
