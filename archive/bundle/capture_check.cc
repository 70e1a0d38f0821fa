// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/capture_check.h"

#include <utility>

#include "archive/evidence/leaf.h"
#include "archive/evidence/proof.h"

namespace nightjar::bundle {
namespace {

tl::unexpected<Error> Broken(const std::string& member, std::string what) {
  return Fail(Code::kCorrupt, std::move(what), member);
}

// The same error, seen from the member it is about.
tl::unexpected<Error> About(const std::string& member, const Error& error) {
  return Broken(member, error.Format());
}

}  // namespace

Result<CaptureFiles> ReadCapture(CaptureNumber number,
                                 const std::function<Result<Bytes>(const std::string& member)>& read) {
  const CaptureMembers names(number);
  CaptureFiles files;
  for (const auto& [name, content] :
       {std::pair{&names.record, &files.record}, std::pair{&names.signature, &files.signature},
        std::pair{&names.leaf, &files.leaf}, std::pair{&names.salt, &files.salt},
        std::pair{&names.proof, &files.proof}}) {
    ASSIGN_OR_RETURN(*content, read(*name));
  }
  return files;
}

Result<Digest> ReadSalt(const std::string& member, const Bytes& text) {
  if (text.size() == 2 * Digest::kSize + 1 && text.back() == '\n') {
    if (auto salt = Digest::FromHex(ByteView(text).substr(0, 2 * Digest::kSize))) return salt;
  }
  return Broken(member, "is not 64 hex digits and a line end");
}

Status CheckProof(const std::string& member, const LeafProof& untrusted,
                  const evidence::SignedCheckpoint& checkpoint) {
  auto file = evidence::ParseProofFile(untrusted.proof);
  if (!file) return About(member, file.error());
  evidence::InclusionProof& proof = file->proof;
  proof.tree_size = checkpoint.checkpoint.size;
  if (proof.index != untrusted.index) return Broken(member, "proves another leaf");
  if (file->note != checkpoint.note) return Broken(member, "leads to another checkpoint");
  const auto included =
      evidence::VerifyInclusion(proof, evidence::LeafHash(untrusted.leaf), checkpoint.checkpoint.root);
  if (!included) return About(member, included.error());
  return {};
}

Status CheckLogLeaf(const LogLeafNames& names, const LogLeafFiles& untrusted, const LogLeafKind& wanted,
                    const evidence::SignedCheckpoint& checkpoint) {
  const auto leaf = evidence::ParseLeaf(untrusted.leaf);
  if (!leaf || leaf->kind != wanted.kind) return Broken(names.leaf, std::string(wanted.refusal));
  ASSIGN_OR_RETURN(const Digest salt, ReadSalt(names.salt, untrusted.salt));
  if (evidence::Commitment(salt, Sha256(untrusted.text)) != leaf->commitment)
    return Broken(names.text, "with its salt does not give the commitment in the leaf");
  return CheckProof(names.proof, {untrusted.index, untrusted.leaf, untrusted.proof}, checkpoint);
}

Result<WarcSubject> CheckCapture(CaptureNumber number, const CaptureFiles& files,
                                 const evidence::SignedCheckpoint& checkpoint, const FetcherKeys& fetchers) {
  const CaptureMembers names(number);
  auto record = captures::ParseRecord(files.record);
  if (!record) return About(names.record, record.error());
  const auto leaf = evidence::ParseLeaf(files.leaf);
  if (!leaf) return About(names.leaf, leaf.error());
  if (leaf->kind == evidence::LeafKind::kRotation) return Broken(names.leaf, "is not a leaf of a capture");
  ASSIGN_OR_RETURN(const Digest salt, ReadSalt(names.salt, files.salt));

  WarcSubject subject{.number = number,
                      .record = std::move(*record),
                      .record_sha256 = Sha256(files.record),
                      .rejected = leaf->kind == evidence::LeafKind::kRejected};
  if (evidence::Commitment(salt, subject.record_sha256) != leaf->commitment)
    return Broken(names.record, "with its salt does not give the commitment in the leaf");
  RETURN_IF_ERROR(CheckProof(names.proof, {number.value, files.leaf, files.proof}, checkpoint));
  if (subject.rejected) return subject;
  if (const auto agrees = captures::CheckWithheld(subject.record); !agrees)
    return About(names.record, agrees.error());

  const auto key = fetchers.find(subject.record.fetcher_key);
  if (key == fetchers.end())
    return Broken(names.record,
                  "names a fetcher key that is not in the bundle: " + subject.record.fetcher_key);
  if (!key->second.Verify(files.record, files.signature))
    return Broken(names.signature, "is not the fetcher's signature over the record");
  return subject;
}

}  // namespace nightjar::bundle
