// SPDX-License-Identifier: Apache-2.0
#include "search/api/capture_view.h"

#include "archive/evidence/leaf.h"

namespace nightjar::api {
namespace {

Check Made(std::string statement, const Status& status) {
  return {std::move(statement), status.has_value(), status ? std::string() : status.error().text};
}

Status CheckSignature(const captures::Reader& archive, const captures::StoredCapture& capture) {
  ASSIGN_OR_RETURN(const VerifyKey key, archive.FetcherKey(capture.record.fetcher_key));
  if (key.Verify(capture.record_text, capture.signature)) return {};
  return Fail(Code::kCorrupt, "the signature does not belong to this record");
}

Status CheckCommitment(const captures::StoredCapture& capture) {
  ASSIGN_OR_RETURN(const evidence::Leaf leaf, evidence::ParseLeaf(capture.leaf));
  if (leaf.commitment == evidence::Commitment(capture.salt, Sha256(capture.record_text))) return {};
  return Fail(Code::kCorrupt, "the leaf commits to another record");
}

Status CheckInclusion(const captures::Reader& archive, CaptureView& view) {
  const evidence::Checkpoint& checkpoint = view.checkpoint->checkpoint;
  ASSIGN_OR_RETURN(const evidence::InclusionProof proof, archive.Prove(view.capture.number, checkpoint.size));
  view.proof_file = evidence::FormatProofFile(proof, view.checkpoint->note);
  return evidence::VerifyInclusion(proof, evidence::LeafHash(view.capture.leaf), checkpoint.root);
}

Status CheckCheckpoint(const captures::Reader& archive, const evidence::SignedCheckpoint& checkpoint) {
  ASSIGN_OR_RETURN(const evidence::KeyChain keys, archive.LogKeys());
  RETURN_IF_ERROR(evidence::VerifyNote(checkpoint.note, keys));
  return {};
}

}  // namespace

Result<CaptureView> ReadCapture(const captures::Reader& archive, const facts::FactsStore* facts,
                                CaptureNumber number) {
  CaptureView view;
  ASSIGN_OR_RETURN(view.capture, archive.Get(number));
  if (view.capture.erased_by) {
    ASSIGN_OR_RETURN(view.erasure, archive.ErasureAt(*view.capture.erased_by));
  }
  if (facts != nullptr) {
    if (auto read = facts->Get(number)) view.facts = std::move(*read);
  }
  if (view.capture.rejected.empty()) {
    view.checks.push_back(Made("Request, response and body match the digests in the record", {}));
    view.checks.push_back(
        Made("The record is signed by the fetcher’s key", CheckSignature(archive, view.capture)));
  }
  if (!view.capture.erased_by)
    view.checks.push_back(Made("The leaf commits to exactly this record", CheckCommitment(view.capture)));
  auto checkpoint = archive.LatestCheckpoint();
  if (!checkpoint || checkpoint->checkpoint.size <= number.value) return view;
  view.checkpoint = std::move(*checkpoint);
  view.checks.push_back(
      Made("The leaf is in the evidence log under the checkpoint", CheckInclusion(archive, view)));
  view.checks.push_back(
      Made("The checkpoint is signed by the log’s key", CheckCheckpoint(archive, *view.checkpoint)));
  return view;
}

}  // namespace nightjar::api
