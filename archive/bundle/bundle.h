// SPDX-License-Identifier: Apache-2.0
// Bundles: evidence for strangers. A BagIt folder in one deterministic tar, with WARC 1.1, records, salts,
// proofs, the checkpoint and the public keys, and two ways to check it alone: verify.py and the hand commands
// in VERIFY.txt. The layout, with one complete example, is in FORMAT.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/cases/cases.h"
#include "archive/cases/exports.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::bundle {

// What others said of a checkpoint, as the notary keeps it (archive/notary).
struct Attestation {
  evidence::SignedCheckpoint checkpoint;       // its note carries the cosignature, if there is one
  std::optional<evidence::NoteKey> witness{};  // who cosigned
  Bytes time_stamp{};                          // RFC 3161 response over the note; may be empty
  std::string certificates{};                  // that vouch for it, in the one PEM spelling
};
// What a bundle carries for people beside the evidence: made from it, and bound by the manifests only.
struct Papers {
  Bytes page;   // report.html; empty: none
  Bytes print;  // report.pdf; empty: none
};
struct ExportPlan;  // export_plan.h

struct ExportRequest {
  cases::Case exported_case;
  std::vector<CaptureNumber> captures;  // any order; duplicates fold
  std::string selection;                // how they were chosen: the query text or "captures 1,2,3"
  std::string out_path;                 // must not exist; written whole or not at all
  std::string exported_by = {};         // who exports, and why; may be empty
  std::string reason = {};
  // Earlier exports of the case, oldest first. Those of a smaller tree stand in custody.jsonl, and the newest
  // of them is proved to be the beginning of this one; so the same export made again is still the same bytes.
  std::vector<cases::ExportEntry> earlier = {};
  // The consensus document with this digest; kNotFound leaves it out. None are packed when empty.
  std::function<Result<Bytes>(const Digest& sha256)> consensus = {};
  std::function<Result<Papers>(const ExportPlan& plan)> papers = {};  // none when empty
  // Hosts of which nothing may leave (the blocklist); none when empty.
  std::function<bool(std::string_view host)> refuse_host = {};
  // Captures that are held as evidence beyond their time may leave too; else kRefused names one.
  bool restricted = false;
  // What the proofs shall lead to; the archive's newest checkpoint, which nobody attested, when there is
  // none.
  std::optional<Attestation> attestation = {};
};

struct ExportSummary {
  std::uint64_t captures = 0;
  std::uint64_t bytes = 0;
  Digest sha256;                    // of the bundle file
  evidence::Checkpoint checkpoint;  // what the proofs lead to
  std::optional<UtcTime> cosigned_at = {};
  std::optional<UtcTime> stamped_at = {};
  std::vector<CaptureNumber> erased = {};  // that were asked for and are gone by rule: the bundle says so
  std::string note;                        // the checkpoint as signed: to be remembered for `earlier`
};

// The same request against the same checkpoint gives the same bytes. The finished file is verified before it
// gets its name; a crash leaves at most "<out_path>.partial<pid>". Memory: one capture, and about 0.7 kB per
// capture for names and digests. kInvalidInput for no captures, kAlreadyExists for an existing out_path.
// Refuses (kRefused) captures of another case, of a refused host, and captures newer than the latest
// checkpoint; kCorrupt when a stored byte does not match its digest.
[[nodiscard]] Result<ExportSummary> Export(const captures::Reader& archive, const ExportRequest& request);

struct VerifyReport {
  std::uint64_t captures = 0;
  evidence::Checkpoint checkpoint;
  std::string case_id;
  std::string log_key;      // vkey the checkpoint was checked with: to compare with the one on paper
  std::uint64_t bytes = 0;  // of the bundle file
  Digest sha256;            // of the bundle file
  std::optional<UtcTime> cosigned_at;  // by a witness's clock, where one cosigned
  std::optional<UtcTime> stamped_at;   // by an authority's, where one stamped
  std::vector<std::string> checks;     // what was checked, one sentence each, for people
  std::vector<std::string> unchecked;  // what this bundle gives no means to check
};

// What is known from elsewhere (paper); empty means: not known.
struct Trusted {
  std::string log_key = {};  // vkey; may be one that the log has since replaced, by a rotation in the bundle
  std::string witness_key = {};   // vkey: then the bundle must be cosigned by it
  std::string certificates = {};  // PEM: then the bundle must be stamped by whom they vouch for
  // That of an earlier bundle, itself verified: then this one must show that its log is the beginning.
  std::optional<evidence::Checkpoint> earlier = {};
};

// Checks every byte of a bundle, reading the archive's own stores in no way. The first fault is the error:
// kCorrupt with the member's name. `trusted_key`, when not empty, is the log's vkey known from elsewhere
// (paper): without it the key inside the bundle is used and the report says so.
[[nodiscard]] Result<VerifyReport> Verify(const std::string& path, const std::string& trusted_key);
[[nodiscard]] Result<VerifyReport> Verify(const std::string& path, const Trusted& trusted);

}  // namespace nightjar::bundle
