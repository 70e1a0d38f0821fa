// SPDX-License-Identifier: Apache-2.0
// Masks: the names of our own accounts at markets, which must never become searchable. A market greets its
// user by name on every page; before facts of a persona's captures are stored and indexed, that name is
// replaced by kMaskMark. The archive keeps the page as it was.
//
// The index role must find a name it must not know: stored are its length and SHA-256(salt ‖ name), salt 16
// random bytes, name in ASCII lower case. That keeps a name from whoever reads the store by chance, not from
// someone with a list of names to try; the name itself lies sealed in crawler/sessions.
//
// What is found: the name as a word of its own, in any letter case of ASCII. Not found: the name inside a
// longer word, in pictures, in URLs, or spelled otherwise.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/digest.h"
#include "base/random.h"
#include "sandbox/wire/facts.h"

namespace nightjar::masks {

inline constexpr std::string_view kMaskMark = "[account]";

struct Mask {
  std::uint32_t length = 0;  // of the name, in bytes
  Bytes salt;
  Digest digest;
  friend bool operator==(const Mask&, const Mask&) = default;
};
[[nodiscard]] Mask MakeMask(std::string_view name, Random& random);

// Replaces the name; the result may be longer than the caps of facts and is to be held to them.
[[nodiscard]] std::string Hide(std::string_view text, const Mask& mask);
void Hide(wire::Facts& facts, const Mask& mask);

// The persona part of a record's route ("job/host/persona/epoch"); "" for none.
[[nodiscard]] std::string PersonaOf(std::string_view route);

// Table "masks" of the control store: key = persona, value = base/codec.h: U32 length, Str salt, Hash. A mask
// outlives its persona, for so do the captures.
class MaskStore final {
 public:
  // For the command line. Several processes may have it open.
  [[nodiscard]] static Result<std::unique_ptr<MaskStore>> Open(const std::string& control_folder);
  ~MaskStore();
  [[nodiscard]] Status Put(const std::string& persona, const Mask& mask);
  [[nodiscard]] Result<std::optional<Mask>> Get(const std::string& persona) const;

 private:
  struct State;
  explicit MaskStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Hides accounts in facts as they come by. One thread.
class MaskFinder final {
 public:
  // The store is opened when the first capture of a persona comes.
  explicit MaskFinder(std::string control_folder) : folder_(std::move(control_folder)) {}

  // Hides the account of the persona that the capture was made with, if any. `route` is the record's.
  [[nodiscard]] Status HideIn(wire::Facts& facts, std::string_view route);

 private:
  std::string folder_;
  std::unique_ptr<MaskStore> store_;
};

}  // namespace nightjar::masks
