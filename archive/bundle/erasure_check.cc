// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/erasure_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/bundle/capture_check.h"
#include "archive/bundle/layout.h"
#include "archive/evidence/leaf.h"

namespace nightjar::bundle {
namespace {

using evidence::Erasure;
using evidence::NumberRanges;

tl::unexpected<Error> Broken(std::string_view member, std::string what) {
  return Fail(Code::kCorrupt, std::move(what), std::string(member));
}

bool AllBefore(const NumberRanges& ranges, std::uint64_t leaf) {
  return ranges.empty() || ranges.ranges().back().last < leaf;
}

Result<Erasure> CheckOne(const ErasureFiles& files, const evidence::SignedCheckpoint& checkpoint) {
  const ErasureMembers names(files.leaf_index);
  auto erasure = evidence::ParseErasure(files.text);
  if (!erasure) return Broken(names.text, erasure.error().text);
  RETURN_IF_ERROR(CheckLogLeaf({names.text, names.leaf, names.salt, names.proof},
                               {files.leaf_index, files.text, files.leaf, files.salt, files.proof},
                               {evidence::LeafKind::kErasure, "is not the leaf of an erasure"}, checkpoint));
  if (!AllBefore(erasure->erased, files.leaf_index) || !AllBefore(erasure->restricted, files.leaf_index))
    return Broken(names.text, "is about captures that were made after it");
  return erasure;
}

std::string Sentence(std::uint64_t leaf, const Erasure& erasure) {
  return fmt::format(
      "captures {} of this case were erased and {} restricted under \"{}\" on {}, ordered by {}, approved by "
      "{} "
      "(leaf {} of the log): by rule, not lost",
      erasure.erased.Format(), erasure.restricted.Format(), erasure.rule,
      FormatUtc(erasure.time).substr(0, 10), erasure.ordered_by, erasure.approved_by, leaf);
}

}  // namespace

Result<std::vector<ErasureFiles>> ReadErasures(
    std::span<const std::uint64_t> leaves,
    const std::function<Result<Bytes>(const std::string& member)>& read) {
  std::vector<ErasureFiles> erasures;
  for (const std::uint64_t leaf : leaves) {
    const ErasureMembers names(leaf);
    ErasureFiles& files = erasures.emplace_back(ErasureFiles{.leaf_index = leaf});
    ASSIGN_OR_RETURN(files.text, read(names.text));
    ASSIGN_OR_RETURN(files.leaf, read(names.leaf));
    ASSIGN_OR_RETURN(files.salt, read(names.salt));
    ASSIGN_OR_RETURN(files.proof, read(names.proof));
  }
  return erasures;
}

Result<std::vector<CustodyEntry>> CheckErasures(std::span<const ErasureFiles> erasures, const CaseId& case_id,
                                                std::span<const CaptureNumber> exported,
                                                const evidence::SignedCheckpoint& checkpoint,
                                                VerifyReport& report) {
  std::vector<CustodyEntry> entries;
  for (const ErasureFiles& files : erasures) {
    ASSIGN_OR_RETURN(const Erasure erasure, CheckOne(files, checkpoint));
    const ErasureMembers names(files.leaf_index);
    if (erasure.case_id != case_id) return Broken(names.text, "is about another case than " + case_id.value);
    if (std::ranges::any_of(exported, [&](CaptureNumber n) { return erasure.erased.Contains(n.value); }))
      return Broken(names.text, "says that a capture was erased which is here");
    report.checks.push_back(Sentence(files.leaf_index, erasure));
    entries.push_back(EntryOf(files.leaf_index, erasure));
  }
  return entries;
}

}  // namespace nightjar::bundle
