// SPDX-License-Identifier: Apache-2.0
// The notary: takes our newest checkpoint to the witness for its cosignature, and the cosigned checkpoint to
// a time stamp authority. What comes back is checked, stored, and exported with evidence. Only a checkpoint
// (size and root of the tree) ever leaves, or 32 bytes of digest: nothing of what was captured.
//
// It also sees what the sequencer cannot: an archive that was rolled back as a whole, for its own store and
// the witness remember more.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "archive/captures/archive.h"
#include "archive/notary/notary_store.h"
#include "archive/notary/post.h"
#include "base/clock.h"
#include "base/random.h"
#include "config/settings.h"

namespace nightjar::notary {

// Whom to ask. An empty URL: nobody.
struct Outside {
  std::string witness_url;                   // prefix: "/add-checkpoint" is added
  std::optional<evidence::NoteKey> witness;  // its key
  std::string tsa_url;
  std::string tsa_certificates;         // PEM, in the one spelling
  std::chrono::seconds interval{3600};  // between tokens
  [[nodiscard]] bool nobody() const { return witness_url.empty() && tsa_url.empty(); }
};
// What the settings say, with the certificates read. kInvalidInput for a key or certificates that are none.
[[nodiscard]] Result<Outside> OutsideOf(const config::Settings& settings);

// One thread.
class Notary final {
 public:
  struct Parts {
    const captures::Reader* archive = nullptr;  // these three outlive the notary
    NotaryStore* store = nullptr;
    const Clock* clock = nullptr;
    Random* random = nullptr;
    Outside outside;
    Post post;
  };
  explicit Notary(Parts parts) : parts_(std::move(parts)) {}

  // Does what is due: a cosignature when there is a newer checkpoint; a token when the newest cosigned
  // checkpoint (without a witness: the newest) has none and `interval` has passed since the last, or `now` is
  // asked for. A failure of one does not keep the other from being done; the first is returned. kCorrupt: the
  // archive is not the one that was cosigned before, or the witness refuses it: a person must look. Other
  // errors: try again later; nothing is lost.
  [[nodiscard]] Status Step(bool now = false);

 private:
  [[nodiscard]] Status CheckAgainstPast(const evidence::SignedCheckpoint& latest) const;
  [[nodiscard]] Status Cosign(const evidence::SignedCheckpoint& latest);
  [[nodiscard]] Result<PostAnswer> Ask(std::uint64_t old_size,
                                       const evidence::SignedCheckpoint& latest) const;
  [[nodiscard]] Status TakeCosigned(const PostAnswer& answer, const evidence::SignedCheckpoint& latest);
  [[nodiscard]] Status StampIfDue(const evidence::SignedCheckpoint& latest, bool now);
  [[nodiscard]] Status StampNow(const evidence::SignedCheckpoint& checkpoint);

  Parts parts_;
};

}  // namespace nightjar::notary
