// SPDX-License-Identifier: Apache-2.0
// Which members a bundle has, in which order, and the members that are pure functions of the others: the
// BagIt 1.0 (RFC 8493) declaration, bag-info and manifests. Export and Verify share it; verify.py says the
// same on its own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/bundle/tar.h"
#include "base/clock.h"
#include "base/ids.h"

namespace nightjar::bundle {

inline constexpr std::string_view kBagit = "bagit.txt";
inline constexpr std::string_view kVerifyText = "VERIFY.txt";
inline constexpr std::string_view kVerifyScript = "verify.py";
inline constexpr std::string_view kCheckpoint = "checkpoint";
inline constexpr std::string_view kLogPem = "keys/log.pem";
inline constexpr std::string_view kLogVkey = "keys/log.vkey";
// What others attested (outside_check.h); each pair is there or not.
inline constexpr std::string_view kWitnessPem = "keys/witness.pem";
inline constexpr std::string_view kWitnessVkey = "keys/witness.vkey";
inline constexpr std::string_view kStamp = "checkpoint.tsr";
inline constexpr std::string_view kCertificates = "tsa-chain.pem";
inline constexpr std::string_view kWarc = "data/capture.warc";
inline constexpr std::string_view kCaseGraph = "case.jsonld";
inline constexpr std::string_view kReportPage = "report.html";
inline constexpr std::string_view kReportPrint = "report.pdf";
inline constexpr std::string_view kCustody = "custody.jsonl";
inline constexpr std::string_view kSelection = "selection.json";
inline constexpr std::string_view kBagInfo = "bag-info.txt";
inline constexpr std::string_view kManifest = "manifest-sha256.txt";
inline constexpr std::string_view kTagManifest = "tagmanifest-sha256.txt";

inline constexpr std::string_view kBagitContent = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

// The one folder all members lie in.
[[nodiscard]] std::string FolderName(const CaseId& case_id);

// The small members each capture has, in their order in the tar.
struct CaptureMembers {
  explicit CaptureMembers(CaptureNumber number);
  std::string record;
  std::string signature;
  std::string leaf;
  std::string salt;
  std::string proof;
};

// The members of each rotation of the log's key (a leaf, as captures are).
struct RotationMembers {
  explicit RotationMembers(std::uint64_t leaf_index);
  std::string text;
  std::string signatures;
  std::string leaf;
  std::string salt;
  std::string proof;
};

// The members of each erasure of captures of the case (a leaf, too).
struct ErasureMembers {
  explicit ErasureMembers(std::uint64_t leaf_index);
  std::string text;
  std::string leaf;
  std::string salt;
  std::string proof;
};

// Which optional members there are.
struct Attested {
  bool cosigned = false;
  bool stamped = false;
  std::vector<std::uint64_t> rotations = {};  // leaf indices, ascending
  std::vector<std::uint64_t> erasures = {};   // likewise
};

[[nodiscard]] std::string FetcherKeyName(std::string_view key_id);

// The proof that the log of an earlier export, of `size` leaves, is the beginning of this one.
[[nodiscard]] std::string ConsistencyName(std::uint64_t size);

// A consensus of Tor that a record names, by its SHA-256 in hex.
[[nodiscard]] std::string ConsensusName(std::string_view sha256);

// What distinguishes the members of one bundle from those of another. All lists ascending, each entry once.
struct Contents {
  std::vector<CaptureNumber> captures;
  std::vector<std::string> fetcher_key_ids;
  Attested attested;
  std::optional<std::uint64_t> consistency_from;  // tree size of the earlier export
  std::vector<std::string> consensuses;           // SHA-256 in hex
  bool has_case_graph = false;                    // case.jsonld
  bool has_report_page = false;                   // report.html
  bool has_report_print = false;                  // report.pdf
};

// Every member of such a bundle, in the order of the tar.
[[nodiscard]] std::vector<std::string> MemberNames(const Contents& contents);

// What MemberNames was called with, read off the names of untrusted members; names that fit nothing are left
// out, so that the comparison with MemberNames finds them.
[[nodiscard]] Contents ReadContents(std::span<const Member> members);

// manifest-sha256.txt covers what lies under data/; tagmanifest-sha256.txt covers everything else but itself.
[[nodiscard]] Bytes Manifest(std::span<const Member> members);
[[nodiscard]] Bytes TagManifest(std::span<const Member> members);

// `latest` is when the last capture ended: an export made twice is the same bytes, so no clock is read for
// it.
[[nodiscard]] Bytes BagInfo(const CaseId& case_id, UtcTime latest, std::span<const Member> members);

}  // namespace nightjar::bundle
