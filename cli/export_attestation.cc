// SPDX-License-Identifier: Apache-2.0
#include "cli/export_attestation.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/evidence/cosignature.h"
#include "archive/notary/notary_role.h"
#include "cli/doors.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

Result<std::optional<bundle::Attestation>> ChooseAttestation(const config::Settings& settings,
                                                             const std::vector<CaptureNumber>& chosen) {
  const auto store = notary::NotaryStore::Open(settings.NotaryFolder(), notary::NotaryStore::Mode::kReadOnly);
  if (!store && store.error().code == Code::kNotFound) return std::nullopt;
  if (!store) return tl::unexpected<Error>(store.error());
  const std::uint64_t last = std::ranges::max(chosen).value;
  const auto witness = evidence::ParseVkey(settings.evidence.witness_vkey, evidence::KeyType::kWitness);
  const auto cosigner =
      [&](const evidence::SignedCheckpoint& checkpoint) -> std::optional<evidence::NoteKey> {
    if (witness && evidence::OpenCosignature(checkpoint.note, *witness)) return *witness;
    return std::nullopt;
  };
  ASSIGN_OR_RETURN(const auto stamp, (*store)->NewestStamp());
  if (stamp && stamp->checkpoint.checkpoint.size > last) {
    return bundle::Attestation{.checkpoint = stamp->checkpoint,
                               .witness = cosigner(stamp->checkpoint),
                               .time_stamp = stamp->response,
                               .certificates = stamp->certificates};
  }
  ASSIGN_OR_RETURN(const auto cosigned, (*store)->NewestCosigned());
  if (cosigned && cosigned->checkpoint.size > last && cosigner(*cosigned))
    return bundle::Attestation{.checkpoint = *cosigned, .witness = *witness};
  return std::nullopt;
}

}  // namespace

Result<std::optional<bundle::Attestation>> FreshAttestation(const config::Settings& settings,
                                                            const std::vector<CaptureNumber>& chosen) {
  const Status fresh = notary::NotarizeNow(settings, DoorsOf(settings));
  if (!fresh && fresh.error().code == Code::kCorrupt) return tl::unexpected<Error>(fresh.error());
  if (!fresh)
    fmt::print(stderr, "nightjar: nothing new from witness or authority: {}\n",
               ForTerminal(fresh.error().Format()));
  return ChooseAttestation(settings, chosen);
}

}  // namespace nightjar::cli
