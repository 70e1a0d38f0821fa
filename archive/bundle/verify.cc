// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "archive/bundle/bundle.h"
#include "archive/bundle/capture_check.h"
#include "archive/bundle/consensus_check.h"
#include "archive/bundle/custody.h"
#include "archive/bundle/earlier_check.h"
#include "archive/bundle/erasure_check.h"
#include "archive/bundle/layout.h"
#include "archive/bundle/outside_check.h"
#include "archive/bundle/selection.h"
#include "archive/bundle/tar.h"
#include "archive/bundle/warc_reader.h"
#include "archive/captures/redaction.h"
#include "archive/consensus/consensus.h"
#include "archive/evidence/consistency_file.h"
#include "embedded/verify_py.h"

namespace nightjar::bundle {
namespace {

constexpr std::uint64_t kMaxSmallMember = 1 << 20;  // records, leaves, proofs, keys: a few hundred bytes each
constexpr std::uint64_t kMaxSelection = 64 << 20;   // one line per job, host and outcome
constexpr std::uint64_t kMaxManifest = 4ULL << 30;  // five lines per capture

tl::unexpected<Error> Broken(std::string_view untrusted_member, std::string what) {
  return Fail(Code::kCorrupt, std::move(what), ShownName(untrusted_member));
}

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// One check of a bundle. Steps run in order; each may rely on those before it.
class Inspection {
 public:
  Inspection(TarFile file, Trusted trusted) : file_(std::move(file)), trusted_(std::move(trusted)) {}

  Result<VerifyReport> Run() {
    ASSIGN_OR_RETURN(listing_, file_.List());
    Note("the tar has one spelling and every byte of it was read");
    RETURN_IF_ERROR(CheckStructure());
    RETURN_IF_ERROR(CheckManifests());
    RETURN_IF_ERROR(CheckKeys());
    RETURN_IF_ERROR(CheckCheckpoint());
    RETURN_IF_ERROR(CheckAttestation());
    RETURN_IF_ERROR(CheckConsistency());
    RETURN_IF_ERROR(CheckSelectionForm());
    RETURN_IF_ERROR(CheckErasureLeaves());
    RETURN_IF_ERROR(CheckCaptures());
    NoteImports();
    RETURN_IF_ERROR(CheckConsensusDocuments());
    RETURN_IF_ERROR(CheckCounts());
    RETURN_IF_ERROR(CheckCustodyLines());
    RETURN_IF_ERROR(CheckBagInfo());
    report_.captures = contents_.captures.size();
    report_.checkpoint = checkpoint_.checkpoint;
    report_.case_id = selection_.case_id;
    report_.log_key = evidence::FormatVkey(log_);
    report_.bytes = file_.size();
    report_.sha256 = listing_.sha256;
    return std::move(report_);
  }

 private:
  void Note(std::string sentence) { report_.checks.push_back(std::move(sentence)); }

  const Member& Get(std::string_view name) const { return *by_name_.at(name); }
  Result<Bytes> Read(std::string_view name, std::uint64_t max_bytes = kMaxSmallMember) const {
    return file_.Read(Get(name), max_bytes);
  }

  Status CheckStructure() {
    contents_ = ReadContents(listing_.members);
    const auto expected = MemberNames(contents_);
    const auto& found = listing_.members;
    for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i) {
      if (found[i].name != expected[i])
        return Broken(found[i].name, "stands where " + expected[i] + " belongs");
    }
    if (found.size() < expected.size()) return Broken(expected[found.size()], "is missing");
    if (found.size() > expected.size())
      return Broken(found[expected.size()].name, "does not belong in a bundle");
    if (contents_.captures.empty()) return Broken(kWarc, "the bundle holds no capture");
    for (const Member& member : found) by_name_[member.name] = &member;
    ASSIGN_OR_RETURN(const Bytes bagit, Read(kBagit));
    if (bagit != kBagitContent) return Broken(kBagit, "is not the declaration of BagIt 1.0");
    Note(fmt::format("the bag is complete: {} members, none missing, none extra", found.size()));
    return {};
  }

  Status CheckManifests() {
    // The tag manifest first: when the manifest itself was touched, the manifest gets named.
    RETURN_IF_ERROR(CheckManifest(kTagManifest, TagManifest(listing_.members)));
    RETURN_IF_ERROR(CheckManifest(kManifest, Manifest(listing_.members)));
    Note("every member has the SHA-256 its manifest gives");
    ASSIGN_OR_RETURN(const Bytes script, Read(kVerifyScript));
    Note(script == embedded::verify_py ? "verify.py is the one this program carries"
                                       : "verify.py is of another version of Nightjar than this program");
    return {};
  }

  Status CheckManifest(std::string_view name, const Bytes& expected) const {
    ASSIGN_OR_RETURN(const Bytes text, Read(name, kMaxManifest));
    std::string_view rest_found(text);
    std::string_view rest_expected(expected);
    while (!rest_found.empty() && !rest_expected.empty()) {
      const std::string_view line = TakeLine(rest_expected);
      if (TakeLine(rest_found) != line)
        return Broken(line.substr(2 * Digest::kSize + 2), fmt::format("does not match its line in {}", name));
    }
    if (text != expected) return Broken(name, "has lines missing or left over");
    return {};
  }

  Status CheckKeys() {
    ASSIGN_OR_RETURN(const Bytes vkey, Read(kLogVkey));
    if (vkey.empty() || vkey.back() != '\n') return Broken(kLogVkey, "is not one line");
    auto log = evidence::ParseVkey(ByteView(vkey).substr(0, vkey.size() - 1));
    if (!log) return Broken(kLogVkey, log.error().Format());
    log_ = std::move(*log);
    ASSIGN_OR_RETURN(const Bytes pem, Read(kLogPem));
    if (pem != log_.key.ToPem()) return Broken(kLogPem, "is not the key of keys/log.vkey");
    for (const std::string& id : contents_.fetcher_key_ids) {
      const std::string name = FetcherKeyName(id);
      ASSIGN_OR_RETURN(const Bytes fetcher_pem, Read(name));
      const auto key = VerifyKey::FromPem(fetcher_pem);
      if (!key || key->ToPem() != fetcher_pem)
        return Broken(name, "is not an Ed25519 public key in PEM form");
      if (KeyId(*key) != id) return Broken(name, "is not the key with this id");
      fetchers_[id] = *key;
    }
    return CheckTrustedKey();
  }

  Status CheckTrustedKey() {
    if (trusted_.log_key.empty()) {
      Note("the log's key was taken from the bundle: compare " + evidence::FormatVkey(log_) +
           " with the key given on paper");
      return {};
    }
    ASSIGN_OR_RETURN(const evidence::NoteKey trusted, evidence::ParseVkey(trusted_.log_key));
    const bool is_newest = trusted.name == log_.name && trusted.key == log_.key;
    if (!is_newest && !contents_.attested.rotations.empty()) return {};  // seen with the rotations
    if (!is_newest) return Broken(kLogVkey, "is not the log key that is trusted");
    Note("the log's key is the one that is trusted");
    return {};
  }

  Status CheckCheckpoint() {
    ASSIGN_OR_RETURN(const Bytes note, Read(kCheckpoint));
    auto checkpoint = evidence::VerifyNote(note, log_);
    if (!checkpoint) return Broken(kCheckpoint, checkpoint.error().Format());
    checkpoint_ = std::move(*checkpoint);
    Note(fmt::format("the checkpoint ({} leaves) is signed by {}", checkpoint_.checkpoint.size, log_.name));
    return {};
  }

  // What others said of the checkpoint, and how the log came to its key.
  Status CheckAttestation() {
    OutsideFiles files{.log = log_, .checkpoint = checkpoint_};
    for (const std::uint64_t leaf : contents_.attested.rotations) {
      const RotationMembers names(leaf);
      RotationFiles rotation{.leaf_index = leaf};
      ASSIGN_OR_RETURN(rotation.text, Read(names.text));
      ASSIGN_OR_RETURN(rotation.signatures, Read(names.signatures));
      ASSIGN_OR_RETURN(rotation.leaf, Read(names.leaf));
      ASSIGN_OR_RETURN(rotation.salt, Read(names.salt));
      ASSIGN_OR_RETURN(rotation.proof, Read(names.proof));
      files.rotations.push_back(std::move(rotation));
    }
    if (contents_.attested.cosigned) {
      ASSIGN_OR_RETURN(files.witness_pem, Read(kWitnessPem));
      ASSIGN_OR_RETURN(files.witness_vkey, Read(kWitnessVkey));
    }
    if (contents_.attested.stamped) {
      ASSIGN_OR_RETURN(files.response, Read(kStamp));
      ASSIGN_OR_RETURN(files.certificates, Read(kCertificates));
    }
    ASSIGN_OR_RETURN(bracket_, CheckOutside(files, contents_.attested, trusted_, report_));
    return {};
  }

  // What is gone by rule.
  Status CheckErasureLeaves() {
    const auto read = [&](const std::string& member) { return Read(member, kMaxSelection); };
    ASSIGN_OR_RETURN(const auto erasures, ReadErasures(contents_.attested.erasures, read));
    ASSIGN_OR_RETURN(erasure_entries_,
                     CheckErasures(erasures, {selection_.case_id}, contents_.captures, checkpoint_, report_));
    return {};
  }

  Status CheckConsistency() {
    if (contents_.consistency_from) RETURN_IF_ERROR(CheckConsistencyFile());
    if (!trusted_.earlier) return {};
    ASSIGN_OR_RETURN(std::string sentence, CheckEarlier(*trusted_.earlier, checkpoint_.checkpoint, earlier_));
    Note(std::move(sentence));
    return {};
  }

  Status CheckConsistencyFile() {
    const std::string name = ConsistencyName(*contents_.consistency_from);
    ASSIGN_OR_RETURN(const Bytes text, Read(name));
    const auto older = evidence::CheckConsistencyFile(text, checkpoint_.checkpoint, log_);
    if (!older) return Broken(name, older.error().Format());
    if (older->checkpoint.size != *contents_.consistency_from)
      return Broken(name, "is about a log of another size than its name");
    Note(fmt::format("the log of an earlier export ({} leaves) is the beginning of this one",
                     older->checkpoint.size));
    earlier_ = older->checkpoint;
    return {};
  }

  Status CheckCustodyLines() {
    ASSIGN_OR_RETURN(const Bytes text, Read(kCustody, kMaxSelection));
    ASSIGN_OR_RETURN(const auto entries, ParseCustody(text));
    CustodyFacts facts{.first = collections_.Entries(),
                       .last = ThisExport(selection_, checkpoint_.checkpoint),
                       .earlier = earlier_ ? &*earlier_ : nullptr};
    for (const std::uint64_t leaf : contents_.attested.rotations) {
      ASSIGN_OR_RETURN(const Bytes rotation, Read(RotationMembers(leaf).text));
      ASSIGN_OR_RETURN(auto parsed, evidence::ParseRotation(rotation));
      facts.first.push_back(EntryOf(evidence::RotationLeaf{leaf, std::move(parsed)}));
    }
    facts.first.insert(facts.first.end(), erasure_entries_.begin(), erasure_entries_.end());
    RETURN_IF_ERROR(CheckCustody(entries, facts));
    Note(
        "custody.jsonl repeats who made the captures and what this export is; its other entries are the "
        "exporter's");
    return {};
  }

  void NoteImports() {
    if (imported_ == 0) return;
    Note(fmt::format(
        "{} captures were imported from files of others: the key that signed them vouches for what "
        "those files held, not for what a server sent",
        imported_));
  }

  Status CheckConsensusDocuments() {
    const auto read = [&](const std::string& member) { return Read(member, consensus::kMaxDocument); };
    ASSIGN_OR_RETURN(const std::uint64_t backed,
                     CheckConsensuses(contents_.consensuses, named_consensuses_, read));
    if (!contents_.consensuses.empty()) {
      Note(fmt::format(
          "{} records name a Tor consensus that is here ({} in all): they were not made before it was valid",
          backed, contents_.consensuses.size()));
    }
    return {};
  }

  Status CheckSelectionForm() {
    ASSIGN_OR_RETURN(const Bytes text, Read(kSelection, kMaxSelection));
    ASSIGN_OR_RETURN(selection_, ParseSelection(text));
    if (!CheckName("case", selection_.case_id) || FolderName({selection_.case_id}) != listing_.folder)
      return Broken(kSelection, "is about another case than the folder's name");
    return {};
  }

  Status CheckCaptures() {
    const auto read = [&](const std::string& member) { return Read(member); };
    WarcReader warc(file_, Get(kWarc));
    for (const CaptureNumber number : contents_.captures) {
      ASSIGN_OR_RETURN(const CaptureFiles files, ReadCapture(number, read));
      ASSIGN_OR_RETURN(const WarcSubject subject, CheckCapture(number, files, checkpoint_, fetchers_));
      if (subject.record.case_id.value != selection_.case_id)
        return Broken(CaptureMembers(number).record, "belongs to another case than " + selection_.case_id);
      if (!subject.rejected) RETURN_IF_ERROR(bracket_.Add(CaptureMembers(number).record, subject.record));
      if (tally_.captures == 0)
        RETURN_IF_ERROR(warc.Expect(WarcInfo(subject.record.case_id, subject.record.started)));
      for (const WarcRecord& record : WarcRecords(subject)) RETURN_IF_ERROR(warc.Expect(record));
      Count(subject);
    }
    RETURN_IF_ERROR(warc.ExpectEnd());
    for (const auto& [id, key] : fetchers_)
      if (!signers_.contains(id)) return Broken(FetcherKeyName(id), "signed none of the records");
    Note(fmt::format("{} records lead through salt, commitment, leaf and proof to the checkpoint",
                     contents_.captures.size()));
    Note(fmt::format("{} records are signed by {} fetcher key(s) of the bundle",
                     contents_.captures.size() - rejected_.size(), signers_.size()));
    Note("the WARC holds exactly the bytes the records describe");
    if (left_out_ > 0) {
      Note(
          fmt::format("{} records say that a URL was left out by a rule (robots.txt, blocklist): nothing was "
                      "sent or received",
                      left_out_));
    }
    bracket_.Conclude(report_);
    if (redacted_ > 0) {
      Note(fmt::format(
          "{} captures are shown without the secrets of a session (cookies, passwords, forms): the "
          "records give the digests of this form and of the whole bytes, bodies are whole",
          redacted_));
    }
    return {};
  }

  void Count(const WarcSubject& subject) {
    latest_ended_ =
        tally_.captures == 0 ? subject.record.ended : std::max(latest_ended_, subject.record.ended);
    ++tally_.captures;
    collections_.Add(subject.number, subject.record, subject.rejected);
    if (!subject.rejected && WasLeftOut(subject.record)) ++left_out_;
    ++tally_.counts[TallyKeyOf(subject.record, subject.rejected)].exported;
    if (!subject.rejected && captures::IsRedacted(subject.record)) ++redacted_;
    if (subject.rejected) {
      rejected_.insert(subject.number.value);
    } else {
      signers_.insert(subject.record.fetcher_key);
      ++named_consensuses_[subject.record.consensus];
      if (!subject.record.origin.empty()) ++imported_;
    }
  }

  Status CheckCounts() {
    const Selection& s = selection_;
    if (s.log != checkpoint_.checkpoint.origin || s.tree_size != checkpoint_.checkpoint.size)
      return Broken(kSelection, "is about another checkpoint");
    if (s.captures != contents_.captures.size() || s.first != contents_.captures.front().value ||
        s.last != contents_.captures.back().value)
      return Broken(kSelection, "does not give the number and range of the captures here");
    std::uint64_t exported = 0;
    for (const auto& [key, tally] : s.counts) {
      const auto here = tally_.counts.find(key);
      if (tally.exported != (here == tally_.counts.end() ? 0 : here->second.exported))
        return Broken(kSelection, "counts other captures than are here");
      if (tally.archived < tally.exported || tally.archived > s.tree_size)
        return Broken(kSelection, "claims an impossible number of archived captures");
      exported += tally.exported;
    }
    if (exported != s.captures) return Broken(kSelection, "counts fewer captures than are here");
    std::set<std::uint64_t> explained;
    for (const auto& [number, reason] : s.rejections) explained.insert(number);
    if (explained != rejected_) return Broken(kSelection, "explains other rejections than are here");
    Note("selection.json counts exactly the captures here; its other words are the exporter's");
    return {};
  }

  Status CheckBagInfo() {
    ASSIGN_OR_RETURN(const Bytes text, Read(kBagInfo));
    if (text != BagInfo({selection_.case_id}, latest_ended_, listing_.members))
      return Broken(kBagInfo, "does not describe this bag");
    return {};
  }

  TarFile file_;
  Trusted trusted_;
  TimeBracket bracket_;
  TarListing listing_;
  std::unordered_map<std::string_view, const Member*> by_name_;  // into listing_
  Contents contents_;
  evidence::NoteKey log_;
  FetcherKeys fetchers_;
  evidence::SignedCheckpoint checkpoint_;
  Selection selection_;  // as claimed
  Selection tally_;      // as found: captures and counts only
  Collections collections_;
  std::vector<CustodyEntry> erasure_entries_;
  std::optional<evidence::Checkpoint> earlier_;  // of the export that consistency is proved from
  std::set<std::string> signers_;
  std::set<std::uint64_t> rejected_;
  std::map<std::string, std::uint64_t> named_consensuses_;  // as the records say it, and how many do
  UtcTime latest_ended_;
  std::uint64_t redacted_ = 0;
  std::uint64_t left_out_ = 0;
  std::uint64_t imported_ = 0;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> Verify(const std::string& path, const std::string& trusted_key) {
  return Verify(path, Trusted{.log_key = trusted_key});
}

Result<VerifyReport> Verify(const std::string& path, const Trusted& trusted) {
  ASSIGN_OR_RETURN(TarFile file, TarFile::Open(path));
  return Inspection(std::move(file), trusted).Run();
}

}  // namespace nightjar::bundle
