// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/export_plan.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/url.h"

namespace nightjar::bundle {
namespace {

std::string NameOf(CaptureNumber number) { return "capture " + std::to_string(number.value); }

Result<std::vector<CaptureNumber>> Ascending(std::vector<CaptureNumber> numbers, std::uint64_t tree_size) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.empty())
    return Fail(Code::kInvalidInput, "no capture was chosen, so there is nothing to export");
  if (numbers.back().value >= tree_size)
    return Fail(Code::kRefused, "is newer than the latest signed checkpoint; wait for the next one",
                NameOf(numbers.back()));
  return numbers;
}

// The checkpoint to prove against, and who attested it. One that is not the archive's own past is no proof.
Result<Attestation> AttestationFor(const captures::Reader& archive, const ExportRequest& request) {
  ASSIGN_OR_RETURN(evidence::SignedCheckpoint latest, archive.LatestCheckpoint());
  if (!request.attestation) return Attestation{.checkpoint = std::move(latest)};
  const evidence::Checkpoint& attested = request.attestation->checkpoint.checkpoint;
  if (attested.size == 0) return Fail(Code::kRefused, "the attested checkpoint is of an empty log");
  ASSIGN_OR_RETURN(const auto proof, archive.ProveConsistency(attested.size, latest.checkpoint.size));
  RETURN_IF_ERROR(evidence::VerifyConsistency(attested.size, latest.checkpoint.size, proof, attested.root,
                                              latest.checkpoint.root));
  return *request.attestation;
}

Selection Describe(const ExportRequest& request, const evidence::Checkpoint& checkpoint) {
  return {.case_id = request.exported_case.id.value,
          .case_title = request.exported_case.title,
          .legal_basis = request.exported_case.legal_basis,
          .officer = request.exported_case.officer,
          .selected_by = request.selection,
          .exported_by = request.exported_by,
          .reason = request.reason,
          .log = checkpoint.origin,
          .tree_size = checkpoint.size,
          .captures = 0,
          .first = 0,
          .last = 0,
          .counts = {},
          .rejections = {}};
}

void Take(ExportPlan& plan, const captures::CaptureRow& row) {
  Selection& selection = plan.selection;
  if (selection.captures++ == 0) {
    selection.first = row.number.value;
    plan.first_started = row.record.started;
    plan.latest_ended = row.record.ended;
  }
  selection.last = row.number.value;
  if (row.rejected.empty() && WasLeftOut(row.record)) ++plan.left_out;
  plan.latest_ended = std::max(plan.latest_ended, row.record.ended);
  if (!row.rejected.empty()) {
    selection.rejections[row.number.value] = row.rejected;
  } else if (const auto named = consensus::ParseName(row.record.consensus)) {
    plan.consensuses.insert(*named);
  }
}

// The newest of the earlier exports' checkpoints whose tree was smaller. Those of a former key are passed
// over: the rotation in the bundle leads from that key to this log.
Result<std::optional<evidence::SignedCheckpoint>> NewestBefore(const std::vector<cases::ExportEntry>& exports,
                                                               const evidence::KeyChain& keys,
                                                               std::uint64_t tree_size) {
  std::optional<evidence::SignedCheckpoint> newest;
  for (const cases::ExportEntry& made : exports) {
    ASSIGN_OR_RETURN(evidence::SignedCheckpoint one, evidence::VerifyNote(made.checkpoint, keys));
    const std::uint64_t size = one.checkpoint.size;
    const bool of_this_key = keys.At(size).key == keys.At(tree_size).key;
    if (size == 0 || !of_this_key || size >= tree_size || (newest && newest->checkpoint.size >= size))
      continue;
    newest = std::move(one);
  }
  return newest;
}

// Exports under this very checkpoint are left to the next bundle: this one must not change with their number.
Status AddEarlierExports(const std::vector<cases::ExportEntry>& exports, const evidence::KeyChain& keys,
                         std::uint64_t tree_size, std::vector<CustodyEntry>& custody) {
  for (const cases::ExportEntry& made : exports) {
    ASSIGN_OR_RETURN(const auto checkpoint, evidence::VerifyNote(made.checkpoint, keys));
    const evidence::Checkpoint& tree = checkpoint.checkpoint;
    if (tree.size == 0 || tree.size >= tree_size) continue;
    custody.push_back(EntryOf(made, tree));
  }
  return {};
}

Result<std::vector<std::pair<std::uint64_t, evidence::Erasure>>> ErasuresOf(const captures::Reader& archive,
                                                                            const CaseId& case_id,
                                                                            std::uint64_t tree_size) {
  ASSIGN_OR_RETURN(auto all, archive.Erasures());
  std::vector<std::pair<std::uint64_t, evidence::Erasure>> mine;
  for (auto& [leaf, erasure] : all)
    if (erasure.case_id == case_id && leaf.value < tree_size)
      mine.emplace_back(leaf.value, std::move(erasure));
  return mine;
}

// What was asked for and erased is explained by its erasure; without anything else there is no bundle.
Status SetErasedAside(ExportPlan& plan) {
  const auto gone = [&](CaptureNumber number) {
    return std::ranges::any_of(plan.erasures,
                               [&](const auto& entry) { return entry.second.erased.Contains(number.value); });
  };
  std::ranges::copy_if(plan.captures, std::back_inserter(plan.erased), gone);
  std::erase_if(plan.captures, gone);
  if (!plan.captures.empty()) return {};
  return Fail(Code::kInvalidInput, "everything that was chosen was erased, under \"" +
                                       plan.erasures.back().second.rule + "\"; there is nothing to export");
}

}  // namespace

Result<ExportPlan> PlanExport(const captures::Reader& archive, const ExportRequest& request) {
  ASSIGN_OR_RETURN(Attestation attestation, AttestationFor(archive, request));
  evidence::SignedCheckpoint checkpoint = attestation.checkpoint;
  ASSIGN_OR_RETURN(const evidence::KeyChain keys, archive.LogKeys());
  const std::uint64_t tree_size = checkpoint.checkpoint.size;
  ASSIGN_OR_RETURN(std::vector<CaptureNumber> numbers, Ascending(request.captures, tree_size));
  ExportPlan plan{.captures = std::move(numbers),
                  .checkpoint = std::move(checkpoint),
                  .log = keys.At(tree_size),
                  .rotations = {},
                  .erasures = {},
                  .erased = {},
                  .attestation = std::move(attestation),
                  .selection = {},
                  .first_started = {},
                  .latest_ended = {},
                  .earlier = {},
                  .consensuses = {},
                  .custody = {}};
  ASSIGN_OR_RETURN(plan.earlier, NewestBefore(request.earlier, keys, tree_size));
  plan.selection = Describe(request, plan.checkpoint.checkpoint);
  Collections collections;
  for (const auto& step : keys.rotations())
    if (step.leaf < tree_size) plan.rotations.push_back(step);
  ASSIGN_OR_RETURN(plan.erasures, ErasuresOf(archive, request.exported_case.id, tree_size));
  RETURN_IF_ERROR(SetErasedAside(plan));
  auto wanted = plan.captures.begin();
  for (std::uint64_t n = 0; n < tree_size; ++n) {
    ASSIGN_OR_RETURN(const captures::CaptureRow row, archive.GetRow({n}, captures::Restricted::kShow));
    const bool is_wanted = wanted != plan.captures.end() && wanted->value == n;
    if (is_wanted) ++wanted;
    if (row.record.case_id != request.exported_case.id) {
      if (is_wanted)
        return Fail(Code::kRefused, "belongs to another case than " + request.exported_case.id.value,
                    NameOf(row.number));
      continue;
    }
    if (is_wanted && row.restricted_by && !request.restricted)
      return Fail(Code::kRefused, "is restricted: it is held as evidence, and handed out only on purpose",
                  NameOf(row.number));
    Tally& tally = plan.selection.counts[TallyKeyOf(row.record, !row.rejected.empty())];
    ++tally.archived;
    if (!is_wanted) continue;
    const auto url = Url::Parse(row.record.url);
    if (request.refuse_host && (!url || request.refuse_host(url->host())))
      return Fail(Code::kRefused, "is of a host on the blocklist, of which nothing is handed out",
                  NameOf(row.number));
    ++tally.exported;
    collections.Add(row.number, row.record, !row.rejected.empty());
    Take(plan, row);
  }
  plan.custody = collections.Entries();
  for (const auto& step : plan.rotations) plan.custody.push_back(EntryOf(step));
  for (const auto& [leaf, erasure] : plan.erasures) plan.custody.push_back(EntryOf(leaf, erasure));
  RETURN_IF_ERROR(AddEarlierExports(request.earlier, keys, tree_size, plan.custody));
  plan.custody.push_back(ThisExport(plan.selection, plan.checkpoint.checkpoint));
  return plan;
}

}  // namespace nightjar::bundle
