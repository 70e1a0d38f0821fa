// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/export_plan.h"

#include <algorithm>
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
  plan.latest_ended = std::max(plan.latest_ended, row.record.ended);
  if (!row.rejected.empty()) {
    selection.rejections[row.number.value] = row.rejected;
  } else if (const auto named = consensus::ParseName(row.record.consensus)) {
    plan.consensuses.insert(*named);
  }
}

// The newest of the earlier exports' checkpoints whose tree was smaller.
Result<std::optional<evidence::SignedCheckpoint>> NewestBefore(const std::vector<std::string>& notes,
                                                               const evidence::NoteKey& log,
                                                               std::uint64_t tree_size) {
  std::optional<evidence::SignedCheckpoint> newest;
  for (const std::string& note : notes) {
    ASSIGN_OR_RETURN(evidence::SignedCheckpoint one, evidence::VerifyNote(note, log));
    const std::uint64_t size = one.checkpoint.size;
    if (size == 0 || size >= tree_size || (newest && newest->checkpoint.size >= size)) continue;
    newest = std::move(one);
  }
  return newest;
}

}  // namespace

Result<ExportPlan> PlanExport(const captures::Reader& archive, const ExportRequest& request) {
  ASSIGN_OR_RETURN(evidence::SignedCheckpoint checkpoint, archive.LatestCheckpoint());
  ASSIGN_OR_RETURN(evidence::NoteKey log, archive.LogNoteKey());
  const std::uint64_t tree_size = checkpoint.checkpoint.size;
  ASSIGN_OR_RETURN(std::vector<CaptureNumber> numbers, Ascending(request.captures, tree_size));
  ExportPlan plan{.captures = std::move(numbers),
                  .checkpoint = std::move(checkpoint),
                  .log = std::move(log),
                  .selection = {},
                  .first_started = {},
                  .latest_ended = {},
                  .earlier = {},
                  .consensuses = {}};
  ASSIGN_OR_RETURN(plan.earlier, NewestBefore(request.earlier, plan.log, tree_size));
  plan.selection = Describe(request, plan.checkpoint.checkpoint);
  auto wanted = plan.captures.begin();
  for (std::uint64_t n = 0; n < tree_size; ++n) {
    ASSIGN_OR_RETURN(const captures::CaptureRow row, archive.GetRow({n}));
    const bool is_wanted = wanted != plan.captures.end() && wanted->value == n;
    if (is_wanted) ++wanted;
    if (row.record.case_id != request.exported_case.id) {
      if (is_wanted)
        return Fail(Code::kRefused, "belongs to another case than " + request.exported_case.id.value,
                    NameOf(row.number));
      continue;
    }
    Tally& tally = plan.selection.counts[TallyKeyOf(row.record, !row.rejected.empty())];
    ++tally.archived;
    if (!is_wanted) continue;
    const auto url = Url::Parse(row.record.url);
    if (request.refuse_host && (!url || request.refuse_host(url->host())))
      return Fail(Code::kRefused, "is of a host on the blocklist, of which nothing is handed out",
                  NameOf(row.number));
    ++tally.exported;
    Take(plan, row);
  }
  return plan;
}

}  // namespace nightjar::bundle
