// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/leaf.h"

#include <algorithm>
#include <iterator>

#include "archive/evidence/lines.h"
#include "base/decimal.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kFirstLine = "nightjar-leaf/v1";
constexpr std::string_view kCommitmentDomain = "nightjar-commit/v1\n";

constexpr LeafKind kKinds[] = {LeafKind::kCapture, LeafKind::kRejected, LeafKind::kRotation,
                               LeafKind::kErasure};

std::string_view KindName(LeafKind kind) {
  switch (kind) {
    case LeafKind::kCapture:
      return "capture";
    case LeafKind::kRejected:
      return "rejected";
    case LeafKind::kRotation:
      return "rotation";
    case LeafKind::kErasure:
      break;
  }
  return "erasure";
}

tl::unexpected<Error> Malformed() { return Fail(Code::kCorrupt, "is not a leaf of the evidence log"); }

}  // namespace

Digest Commitment(const Digest& salt, const Digest& record_digest) {
  Sha256Stream hash;
  hash.Update(kCommitmentDomain);
  hash.Update(salt.View());
  hash.Update(record_digest.View());
  return hash.Finish();
}

std::string FormatLeaf(const Leaf& leaf) {
  std::string text(kFirstLine);
  text += '\n';
  text += KindName(leaf.kind);
  text += ' ';
  text += std::to_string(leaf.unix_time);
  text += '\n';
  text += leaf.commitment.Hex();
  text += '\n';
  return text;
}

Result<Leaf> ParseLeaf(std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kFirstLine) return Malformed();
  const auto kind_and_time = lines.Next();
  const auto commitment = lines.Next();
  if (!kind_and_time || !commitment || !lines.rest().empty()) return Malformed();
  const std::size_t space = kind_and_time->find(' ');
  if (space == std::string_view::npos) return Malformed();

  Leaf leaf;
  const auto* const kind = std::ranges::find(kKinds, kind_and_time->substr(0, space), &KindName);
  if (kind == std::end(kKinds)) return Malformed();
  leaf.kind = *kind;
  const auto time = ParseDecimal(kind_and_time->substr(space + 1), INT64_MAX);
  const auto digest = Digest::FromHex(*commitment);
  if (!time || !digest) return Malformed();
  leaf.unix_time = static_cast<std::int64_t>(*time);
  leaf.commitment = *digest;
  return leaf;
}

}  // namespace nightjar::evidence
