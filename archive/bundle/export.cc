// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <map>
#include <utility>

#include "archive/bundle/bundle.h"
#include "archive/bundle/case_graph.h"
#include "archive/bundle/export_plan.h"
#include "archive/bundle/layout.h"
#include "archive/bundle/out_file.h"
#include "archive/bundle/tar.h"
#include "archive/bundle/warc.h"
#include "archive/bundle/warc_block.h"
#include "archive/evidence/consistency_file.h"
#include "embedded/verify_py.h"
#include "embedded/verify_txt.h"

namespace nightjar::bundle {
namespace {

// Writes one bundle. The WARC goes straight to the tar while the small members of each capture go to a spool
// that is appended after it: each capture is read once, and only its own bytes are held in memory.
class Packer {
 public:
  struct Files {
    TarWriter& tar;
    TarWriter& spool;  // small members of the captures
    TarWriter& graph;  // case.jsonld, which grows with the captures, too
  };
  Packer(const captures::Reader& archive, const ExportRequest& request, const ExportPlan& plan,
         const Files& files)
      : archive_(archive),
        request_(request),
        plan_(plan),
        tar_(files.tar),
        spool_(files.spool),
        graph_file_(files.graph),
        graph_(plan) {}

  Status Run() {
    RETURN_IF_ERROR(tar_.Add(kBagit, kBagitContent));
    RETURN_IF_ERROR(tar_.Add(kVerifyText, embedded::verify_txt));
    RETURN_IF_ERROR(tar_.Add(kVerifyScript, embedded::verify_py));
    RETURN_IF_ERROR(tar_.Add(kCheckpoint, plan_.checkpoint.note));
    RETURN_IF_ERROR(tar_.Add(kLogPem, plan_.log.key.ToPem()));
    RETURN_IF_ERROR(tar_.Add(kLogVkey, evidence::FormatVkey(plan_.log) + "\n"));
    RETURN_IF_ERROR(PackAttestation());
    RETURN_IF_ERROR(PackCaptures());
    for (const auto& [id, key] : fetchers_) RETURN_IF_ERROR(tar_.Add(FetcherKeyName(id), key.ToPem()));
    RETURN_IF_ERROR(PackConsistency());
    RETURN_IF_ERROR(PackConsensuses());
    RETURN_IF_ERROR(tar_.Append(graph_file_));
    RETURN_IF_ERROR(PackPapers());
    RETURN_IF_ERROR(tar_.Add(kCustody, FormatCustody(plan_.custody)));
    RETURN_IF_ERROR(tar_.Add(kSelection, FormatSelection(plan_.selection)));
    const CaseId case_id{plan_.selection.case_id};
    RETURN_IF_ERROR(tar_.Add(kBagInfo, BagInfo(case_id, plan_.latest_ended, tar_.members())));
    RETURN_IF_ERROR(tar_.Add(kManifest, Manifest(tar_.members())));
    RETURN_IF_ERROR(tar_.Add(kTagManifest, TagManifest(tar_.members())));
    return tar_.Finish();
  }

 private:
  Status PackAttestation() {
    for (const auto& step : plan_.rotations) {
      const RotationMembers names(step.leaf);
      ASSIGN_OR_RETURN(const captures::StoredCapture row, archive_.Get(CaptureNumber{step.leaf}));
      ASSIGN_OR_RETURN(const evidence::InclusionProof proof,
                       archive_.Prove(CaptureNumber{step.leaf}, plan_.checkpoint.checkpoint.size));
      RETURN_IF_ERROR(tar_.Add(names.text, row.record_text));
      RETURN_IF_ERROR(tar_.Add(names.signatures, row.signature));
      RETURN_IF_ERROR(tar_.Add(names.leaf, row.leaf));
      RETURN_IF_ERROR(tar_.Add(names.salt, row.salt.Hex() + "\n"));
      RETURN_IF_ERROR(tar_.Add(names.proof, evidence::FormatProofFile(proof, plan_.checkpoint.note)));
    }
    for (const auto& [leaf, erasure] : plan_.erasures) RETURN_IF_ERROR(PackErasure(leaf));
    const Attestation& attested = plan_.attestation;
    if (attested.witness) {
      RETURN_IF_ERROR(tar_.Add(kWitnessPem, attested.witness->key.ToPem()));
      RETURN_IF_ERROR(tar_.Add(kWitnessVkey,
                               evidence::FormatVkey(*attested.witness, evidence::KeyType::kWitness) + "\n"));
    }
    if (attested.time_stamp.empty()) return {};
    RETURN_IF_ERROR(tar_.Add(kStamp, attested.time_stamp));
    return tar_.Add(kCertificates, attested.certificates);
  }

  Status PackErasure(std::uint64_t leaf) {
    const ErasureMembers names(leaf);
    ASSIGN_OR_RETURN(const captures::StoredCapture row, archive_.Get(CaptureNumber{leaf}));
    ASSIGN_OR_RETURN(const evidence::InclusionProof proof,
                     archive_.Prove(CaptureNumber{leaf}, plan_.checkpoint.checkpoint.size));
    RETURN_IF_ERROR(tar_.Add(names.text, row.record_text));
    RETURN_IF_ERROR(tar_.Add(names.leaf, row.leaf));
    RETURN_IF_ERROR(tar_.Add(names.salt, row.salt.Hex() + "\n"));
    return tar_.Add(names.proof, evidence::FormatProofFile(proof, plan_.checkpoint.note));
  }

  Status PackCaptures() {
    RETURN_IF_ERROR(graph_file_.Begin(kCaseGraph));
    RETURN_IF_ERROR(graph_file_.Write(graph_.Head()));
    RETURN_IF_ERROR(tar_.Begin(kWarc));
    RETURN_IF_ERROR(PutWarc(WarcInfo({plan_.selection.case_id}, plan_.first_started), {}));
    for (const CaptureNumber number : plan_.captures) {
      ASSIGN_OR_RETURN(const captures::StoredCapture capture,
                       archive_.Get(number, captures::Restricted::kShow));
      const WarcSubject subject{.number = number,
                                .record = capture.record,
                                .record_sha256 = Sha256(capture.record_text),
                                .rejected = !capture.rejected.empty()};
      for (const WarcRecord& record : WarcRecords(subject)) RETURN_IF_ERROR(PutWarc(record, capture));
      RETURN_IF_ERROR(PackEvidence(capture));
      RETURN_IF_ERROR(graph_file_.Write(graph_.Of(subject)));
    }
    RETURN_IF_ERROR(tar_.End());
    const Member warc = tar_.members().back();
    RETURN_IF_ERROR(tar_.Append(spool_));
    RETURN_IF_ERROR(graph_file_.Write(graph_.Tail(warc)));
    return graph_file_.End();
  }

  Status PackConsistency() {
    if (!plan_.earlier) return {};
    const std::uint64_t size = plan_.earlier->checkpoint.size;
    ASSIGN_OR_RETURN(std::vector<Digest> hashes,
                     archive_.ProveConsistency(size, plan_.checkpoint.checkpoint.size));
    return tar_.Add(ConsistencyName(size), evidence::FormatConsistencyFile(
                                               {.hashes = std::move(hashes), .note = plan_.earlier->note}));
  }

  Status PackConsensuses() {
    if (!request_.consensus) return {};
    for (const consensus::Name& name : plan_.consensuses) {
      const auto document = request_.consensus(name.sha256);
      if (!document && document.error().code == Code::kNotFound) continue;
      if (!document) return tl::unexpected<Error>(document.error());
      RETURN_IF_ERROR(tar_.Add(ConsensusName(name.sha256.Hex()), *document));
    }
    return {};
  }

  Status PackPapers() {
    if (!request_.papers) return {};
    ASSIGN_OR_RETURN(const Papers papers, request_.papers(plan_));
    if (!papers.page.empty()) RETURN_IF_ERROR(tar_.Add(kReportPage, papers.page));
    if (!papers.print.empty()) RETURN_IF_ERROR(tar_.Add(kReportPrint, papers.print));
    return {};
  }

  Status PutWarc(const WarcRecord& record, const captures::StoredCapture& capture) {
    RETURN_IF_ERROR(tar_.Write(record.header));
    const BlockPieces pieces(record, capture);
    for (const ByteView piece : pieces.views()) RETURN_IF_ERROR(tar_.Write(piece));
    return tar_.Write(kWarcRecordEnd);
  }

  Status PackEvidence(const captures::StoredCapture& capture) {
    const CaptureMembers names(capture.number);
    ASSIGN_OR_RETURN(const evidence::InclusionProof proof,
                     archive_.Prove(capture.number, plan_.checkpoint.checkpoint.size));
    RETURN_IF_ERROR(spool_.Add(names.record, capture.record_text));
    RETURN_IF_ERROR(spool_.Add(names.signature, capture.signature));
    RETURN_IF_ERROR(spool_.Add(names.leaf, capture.leaf));
    RETURN_IF_ERROR(spool_.Add(names.salt, capture.salt.Hex() + "\n"));
    RETURN_IF_ERROR(spool_.Add(names.proof, evidence::FormatProofFile(proof, plan_.checkpoint.note)));
    const std::string& signer = capture.record.fetcher_key;
    if (!capture.rejected.empty() || fetchers_.contains(signer)) return {};
    ASSIGN_OR_RETURN(const VerifyKey key, archive_.FetcherKey(signer));
    fetchers_[signer] = key;
    return {};
  }

  const captures::Reader& archive_;
  const ExportRequest& request_;
  const ExportPlan& plan_;
  TarWriter& tar_;
  TarWriter& spool_;
  TarWriter& graph_file_;
  CaseGraph graph_;
  std::map<std::string, VerifyKey> fetchers_;
};

// A file that lives as long as its descriptor.
Result<UniqueFd> CreateSpool(const std::string& path) {
  ASSIGN_OR_RETURN(UniqueFd file, CreateFile(path));
  ::unlink(path.c_str());
  return file;
}

Status Pack(const captures::Reader& archive, const ExportRequest& request, const ExportPlan& plan,
            const std::string& path) {
  ASSIGN_OR_RETURN(UniqueFd file, CreateFile(path));
  ASSIGN_OR_RETURN(UniqueFd spool_file, CreateSpool(path + ".spool"));
  ASSIGN_OR_RETURN(UniqueFd graph_file, CreateSpool(path + ".graph"));
  const std::string folder = FolderName({plan.selection.case_id});
  TarWriter tar(std::move(file), folder, path);
  TarWriter spool(std::move(spool_file), folder, path);
  TarWriter graph(std::move(graph_file), folder, path);
  return Packer(archive, request, plan, {.tar = tar, .spool = spool, .graph = graph}).Run();
}

}  // namespace

Result<ExportSummary> Export(const captures::Reader& archive, const ExportRequest& request) {
  RETURN_IF_ERROR(RefuseExisting(request.out_path));
  ASSIGN_OR_RETURN(const ExportPlan plan, PlanExport(archive, request));
  const std::string partial = PartialName(request.out_path);
  Status done = Pack(archive, request, plan, partial);
  // What a stranger would refuse is never handed out.
  Result<VerifyReport> report;
  if (done) report = Verify(partial, evidence::FormatVkey(plan.log));
  if (done && !report) done = tl::unexpected<Error>(report.error());
  if (done) done = Publish(partial, request.out_path);
  if (!done) {
    ::unlink(partial.c_str());
    return tl::unexpected<Error>(std::move(done).error());
  }
  return ExportSummary{.captures = report->captures,
                       .bytes = report->bytes,
                       .sha256 = report->sha256,
                       .checkpoint = plan.checkpoint.checkpoint,
                       .cosigned_at = report->cosigned_at,
                       .stamped_at = report->stamped_at,
                       .erased = plan.erased,
                       .note = plan.checkpoint.note};
}

}  // namespace nightjar::bundle
