// SPDX-License-Identifier: Apache-2.0
#include "archive/notary/notary.h"

#include "archive/evidence/cosignature.h"
#include "archive/witness/request.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/log.h"
#include "base/timestamp.h"

namespace nightjar::notary {
namespace {

constexpr int kOk = 200;
constexpr int kConflict = 409;
constexpr int kUnprocessable = 422;
constexpr std::size_t kMaxShown = 200;  // of a stranger's words in a message

tl::unexpected<Error> Alarm(std::string text) { return Fail(Code::kCorrupt, std::move(text)); }

// The witness's size in the body of a conflict.
std::optional<std::uint64_t> SizeIn(std::string_view untrusted_body) {
  if (!untrusted_body.ends_with('\n')) return std::nullopt;
  return ParseDecimal(untrusted_body.substr(0, untrusted_body.size() - 1));
}

std::string Words(const PostAnswer& answer) {
  return std::to_string(answer.status) + " " +
         log::Safe(std::string_view(answer.body).substr(0, std::min(kMaxShown, answer.body.size())));
}

}  // namespace

Result<Outside> OutsideOf(const config::Settings& settings) {
  Outside outside;
  outside.interval = settings.notary.interval;
  if (settings.evidence.witness_url != config::kNone) {
    outside.witness_url = settings.evidence.witness_url;
    auto key = evidence::ParseVkey(settings.evidence.witness_vkey, evidence::KeyType::kWitness);
    if (!key) return Fail(Code::kInvalidInput, key.error().text, "evidence.witness_vkey");
    outside.witness = std::move(*key);
  }
  if (settings.notary.tsa_url != config::kNone) {
    outside.tsa_url = settings.notary.tsa_url;
    ASSIGN_OR_RETURN(const Bytes pem, ReadFile(settings.notary.tsa_ca, timestamp::kMaxCertificates));
    auto certificates = timestamp::NormalCertificates(pem);
    if (!certificates) return Fail(Code::kInvalidInput, certificates.error().text, settings.notary.tsa_ca);
    outside.tsa_certificates = std::move(*certificates);
  }
  return outside;
}

Status Notary::Step(bool now) {
  const auto latest = parts_.archive->LatestCheckpoint();
  if (!latest && latest.error().code == Code::kNotFound) return {};  // nothing was signed yet
  if (!latest) return tl::unexpected<Error>(latest.error());
  RETURN_IF_ERROR(CheckAgainstPast(*latest));
  Status cosigned;
  if (!parts_.outside.witness_url.empty()) cosigned = Cosign(*latest);
  if (!cosigned && cosigned.error().code == Code::kCorrupt) return cosigned;
  Status stamped;
  if (!parts_.outside.tsa_url.empty()) stamped = StampIfDue(*latest, now);
  return cosigned ? stamped : cosigned;
}

// The tree must still hold what was attested before: our own memory first, before anybody is asked.
Status Notary::CheckAgainstPast(const evidence::SignedCheckpoint& latest) const {
  ASSIGN_OR_RETURN(const auto cosigned, parts_.store->NewestCosigned());
  ASSIGN_OR_RETURN(const auto stamp, parts_.store->NewestStamp());
  for (const auto* past : {cosigned ? &*cosigned : nullptr, stamp ? &stamp->checkpoint : nullptr}) {
    if (past == nullptr || past->checkpoint.size == 0) continue;
    const evidence::Checkpoint& before = past->checkpoint;
    if (latest.checkpoint.size < before.size) {
      return Alarm("the archive was rolled back: its newest checkpoint has " +
                   std::to_string(latest.checkpoint.size) + " leaves, others have attested " +
                   std::to_string(before.size));
    }
    ASSIGN_OR_RETURN(const auto proof, parts_.archive->ProveConsistency(before.size, latest.checkpoint.size));
    const auto same = evidence::VerifyConsistency(before.size, latest.checkpoint.size, proof, before.root,
                                                  latest.checkpoint.root);
    if (!same) return Alarm("the archive is not the one that others have attested: " + same.error().text);
  }
  return {};
}

Result<PostAnswer> Notary::Ask(std::uint64_t old_size, const evidence::SignedCheckpoint& latest) const {
  witness::AddRequest request{old_size, {}, latest.note};
  if (old_size > 0) {
    ASSIGN_OR_RETURN(request.proof, parts_.archive->ProveConsistency(old_size, latest.checkpoint.size));
  }
  return parts_.post({.url = parts_.outside.witness_url + "/add-checkpoint",
                      .content_type = "text/plain; charset=utf-8",
                      .body = witness::FormatAddCheckpoint(request)});
}

Status Notary::Cosign(const evidence::SignedCheckpoint& latest) {
  ASSIGN_OR_RETURN(const auto known, parts_.store->NewestCosigned());
  // A new witness, or a new key of ours, wants to see the same tree again.
  const bool by_this_witness = known && evidence::OpenCosignature(known->note, *parts_.outside.witness);
  if (by_this_witness && known->checkpoint == latest.checkpoint) return {};
  const std::uint64_t believed = by_this_witness ? known->checkpoint.size : 0;
  ASSIGN_OR_RETURN(PostAnswer answer, Ask(believed, latest));
  if (answer.status == kConflict) {
    const auto size = SizeIn(answer.body);
    if (!size) return Fail(Code::kUnavailable, "the witness answers " + Words(answer));
    if (*size > latest.checkpoint.size) {
      return Alarm("the witness has cosigned " + std::to_string(*size) +
                   " leaves of this log, the archive has " + std::to_string(latest.checkpoint.size) +
                   ": it was rolled back");
    }
    if (*size == believed) return Alarm("the witness has cosigned another tree of this size: a fork");
    ASSIGN_OR_RETURN(answer, Ask(*size, latest));
  }
  if (answer.status == kUnprocessable)
    return Alarm("the witness refuses the archive's proof, it has seen another tree: " + Words(answer));
  if (answer.status == kConflict) {
    return SizeIn(answer.body) == latest.checkpoint.size
               ? Alarm("the witness has cosigned another tree of this size: a fork")
               : Fail(Code::kUnavailable, "the witness moved on meanwhile");
  }
  return TakeCosigned(answer, latest);
}

Status Notary::TakeCosigned(const PostAnswer& answer, const evidence::SignedCheckpoint& latest) {
  if (answer.status != kOk) return Fail(Code::kUnavailable, "the witness answers " + Words(answer));
  const std::string text = evidence::FormatCheckpoint(latest.checkpoint);
  ASSIGN_OR_RETURN(
      const std::string line,
      evidence::TakeCosignature(answer.body, text, *parts_.outside.witness).map_error([](Error error) {
        error.code = Code::kUnavailable;  // the witness's fault, not the archive's
        return error;
      }));
  RETURN_IF_ERROR(parts_.store->PutCosigned({latest.checkpoint, latest.note + line}));
  log::debug("the checkpoint over {} captures is cosigned", latest.checkpoint.size);
  return {};
}

Status Notary::StampIfDue(const evidence::SignedCheckpoint& latest, bool now) {
  evidence::SignedCheckpoint checkpoint = latest;
  if (!parts_.outside.witness_url.empty()) {
    ASSIGN_OR_RETURN(auto cosigned, parts_.store->NewestCosigned());
    if (!cosigned) return {};  // only what is cosigned is stamped
    checkpoint = std::move(*cosigned);
  }
  ASSIGN_OR_RETURN(const auto last, parts_.store->NewestStamp());
  if (last && last->checkpoint.checkpoint == checkpoint.checkpoint) return {};
  const bool due = !last || parts_.clock->Utc() - last->time >= parts_.outside.interval;
  return now || due ? StampNow(checkpoint) : Status();
}

Status Notary::StampNow(const evidence::SignedCheckpoint& checkpoint) {
  const Digest imprint = Sha256(checkpoint.note);
  const Bytes nonce = parts_.random->Take(timestamp::kNonceSize);
  ASSIGN_OR_RETURN(const Bytes query, timestamp::MakeQuery(imprint, nonce));
  ASSIGN_OR_RETURN(const PostAnswer answer, parts_.post({.url = parts_.outside.tsa_url,
                                                         .content_type = std::string(timestamp::kQueryType),
                                                         .body = query}));
  if (answer.status != kOk)
    return Fail(Code::kUnavailable, "the time stamp authority answers " + Words(answer));
  const auto token = timestamp::Verify(answer.body, imprint, parts_.outside.tsa_certificates, nonce);
  if (!token) return Fail(Code::kUnavailable, "the time stamp authority: " + token.error().text);
  RETURN_IF_ERROR(
      parts_.store->PutStamp({checkpoint, answer.body, parts_.outside.tsa_certificates, token->time}));
  log::info("the checkpoint over {} captures is stamped {}", checkpoint.checkpoint.size,
            FormatUtc(token->time));
  return {};
}

}  // namespace nightjar::notary
