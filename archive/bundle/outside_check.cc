// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/outside_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/bundle/capture_check.h"
#include "archive/consensus/consensus.h"
#include "archive/evidence/cosignature.h"
#include "archive/evidence/leaf.h"
#include "base/timestamp.h"

namespace nightjar::bundle {
namespace {

tl::unexpected<Error> Broken(std::string_view member, std::string what) {
  return Fail(Code::kCorrupt, std::move(what), std::string(member));
}

// One line and its end.
std::optional<std::string_view> LineOf(const Bytes& text) {
  if (text.empty() || text.back() != '\n') return std::nullopt;
  return std::string_view(text).substr(0, text.size() - 1);
}

UtcTime FromSeconds(std::int64_t seconds) { return UtcTime(std::chrono::seconds(seconds)); }

std::string Shown(UtcTime time) { return FormatUtc(time).substr(0, 19) + "Z"; }

Result<evidence::RotationLeaf> CheckRotation(const RotationFiles& files,
                                             const evidence::SignedCheckpoint& checkpoint) {
  const RotationMembers names(files.leaf_index);
  auto rotation = evidence::ParseRotation(files.text);
  if (!rotation) return Broken(names.text, rotation.error().Format());
  if (const auto opened = evidence::OpenRotation(files.text, files.signatures); !opened)
    return Broken(names.signatures, opened.error().Format());
  RETURN_IF_ERROR(CheckLogLeaf({names.text, names.leaf, names.salt, names.proof},
                               {files.leaf_index, files.text, files.leaf, files.salt, files.proof},
                               {evidence::LeafKind::kRotation, "is not the leaf of a rotation"}, checkpoint));
  return evidence::RotationLeaf{files.leaf_index, std::move(*rotation)};
}

Status CheckRotations(const OutsideFiles& files, const Trusted& trusted, VerifyReport& report) {
  if (files.rotations.empty()) return {};
  std::vector<evidence::RotationLeaf> rotations;
  for (const RotationFiles& rotation : files.rotations) {
    ASSIGN_OR_RETURN(auto leaf, CheckRotation(rotation, files.checkpoint));
    rotations.push_back(std::move(leaf));
  }
  const auto chain = evidence::KeyChain::Make(files.log, std::move(rotations));
  if (!chain) return Broken(kLogVkey, chain.error().Format());
  report.checks.push_back(
      fmt::format("the log's key was replaced {} time(s), each time signed by the old key and "
                  "the new; the first was {}",
                  chain->rotations().size(), evidence::FormatVkey(chain->first())));
  if (trusted.log_key.empty()) return {};
  ASSIGN_OR_RETURN(const auto trusted_key, evidence::ParseVkey(trusted.log_key));
  if (!chain->Holds(trusted_key)) return Broken(kLogVkey, "is not the log key that is trusted");
  if (trusted_key.name != files.log.name)
    report.checks.push_back("the log's key follows from the one that is trusted, " + trusted_key.name);
  return {};
}

// Every signature line must be of somebody the bundle names, or a byte of it would be checked by nobody.
Status CheckSignatureLines(const OutsideFiles& files, bool cosigned) {
  ASSIGN_OR_RETURN(const auto parts, evidence::SplitNote(files.checkpoint.note));
  if (parts.signatures.size() != (cosigned ? 2 : 1))
    return Broken(kCheckpoint, "carries other signatures than those whose keys are here");
  return {};
}

Status CheckWitness(const OutsideFiles& files, const Trusted& trusted, VerifyReport& report) {
  const auto line = LineOf(files.witness_vkey);
  const auto witness = evidence::ParseVkey(line.value_or(""), evidence::KeyType::kWitness);
  if (!witness) return Broken(kWitnessVkey, witness.error().Format());
  if (files.witness_pem != witness->key.ToPem())
    return Broken(kWitnessPem, "is not the key of keys/witness.vkey");
  if (!trusted.witness_key.empty() && trusted.witness_key != *line)
    return Broken(kWitnessVkey, "is not the witness's key that is trusted");
  const auto time = evidence::OpenCosignature(files.checkpoint.note, *witness);
  if (!time) return Broken(kCheckpoint, time.error().Format());
  report.cosigned_at = FromSeconds(*time);
  report.checks.push_back(
      fmt::format("the checkpoint is cosigned by {} at {}", witness->name, Shown(*report.cosigned_at)));
  report.checks.push_back(trusted.witness_key.empty()
                              ? "the witness's key was taken from the bundle: compare " + std::string(*line) +
                                    " with the key given on paper"
                              : "the witness's key is the one that is trusted");
  return {};
}

Status CheckStamp(const OutsideFiles& files, const Trusted& trusted, VerifyReport& report) {
  const auto normal = timestamp::NormalCertificates(files.certificates);
  if (!normal || *normal != files.certificates)
    return Broken(kCertificates, "is not a list of certificates in its one spelling");
  if (!trusted.certificates.empty()) {
    ASSIGN_OR_RETURN(const std::string wanted, timestamp::NormalCertificates(trusted.certificates));
    if (wanted != files.certificates) return Broken(kCertificates, "is not the chain that is trusted");
  }
  const auto token = timestamp::Verify(files.response, Sha256(files.checkpoint.note), files.certificates);
  if (!token) return Broken(kStamp, token.error().Format());
  report.stamped_at = token->time;
  report.checks.push_back(
      fmt::format("the checkpoint is stamped {} by {}", Shown(token->time), token->authority));
  report.checks.push_back(trusted.certificates.empty()
                              ? "the authority's certificates were taken from the bundle: compare SHA-256 " +
                                    Sha256(files.certificates).Hex() +
                                    " of tsa-chain.pem with the one given on paper"
                              : "the authority's certificates are the ones that are trusted");
  return {};
}

// When the consensus that a record names became valid; nothing for "unknown".
Result<std::optional<UtcTime>> ValidAfter(std::string_view consensus) {
  if (consensus == "unknown") return std::nullopt;
  const auto name = consensus::ParseName(consensus);
  if (!name) return Fail(Code::kCorrupt, "names no consensus in the form it should have");
  return name->valid_after;
}

}  // namespace

Status TimeBracket::Add(const std::string& member, const captures::Record& record) {
  const auto valid_after = ValidAfter(record.consensus);
  if (!valid_after) return Broken(member, valid_after.error().text);
  if (!*valid_after) {
    ++undated_;
    return {};
  }
  const UtcTime begin = **valid_after;
  if (not_after_ && begin > *not_after_)
    return Broken(member, "names a Tor consensus that became valid after the time stamp");
  earliest_ = std::min(earliest_.value_or(begin), begin);
  latest_ = std::max(latest_.value_or(begin), begin);
  ++dated_;
  return {};
}

void TimeBracket::Conclude(VerifyReport& report) const {
  if (dated_ > 0) {
    report.checks.push_back(fmt::format(
        "{} records name a Tor consensus, valid from {} to {}: they were not made "
        "before theirs{}",
        dated_, Shown(*earliest_), Shown(*latest_), not_after_ ? ", nor after " + Shown(*not_after_) : ""));
  }
  if (undated_ > 0) {
    report.unchecked.push_back(
        fmt::format("{} records name no Tor consensus: nothing but clocks says when they began", undated_));
  }
}

Result<TimeBracket> CheckOutside(const OutsideFiles& files, const Attested& attested, const Trusted& trusted,
                                 VerifyReport& report) {
  RETURN_IF_ERROR(CheckRotations(files, trusted, report));
  RETURN_IF_ERROR(CheckSignatureLines(files, attested.cosigned));
  if (attested.cosigned) {
    RETURN_IF_ERROR(CheckWitness(files, trusted, report));
  } else if (!trusted.witness_key.empty()) {
    return Broken(kWitnessVkey, "is missing: no witness cosigned the checkpoint");
  } else {
    report.unchecked.emplace_back(
        "no witness cosigned the checkpoint: whoever holds the log's key could have rewritten it before the "
        "export");
  }
  if (attested.stamped) {
    RETURN_IF_ERROR(CheckStamp(files, trusted, report));
  } else if (!trusted.certificates.empty()) {
    return Broken(kStamp, "is missing: no authority stamped the checkpoint");
  } else {
    report.unchecked.emplace_back(
        "no authority stamped the checkpoint: only the makers' clocks say when it was made");
  }
  return TimeBracket(report.stamped_at);
}

}  // namespace nightjar::bundle
