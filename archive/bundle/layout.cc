// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/decimal.h"

namespace nightjar::bundle {
namespace {

constexpr std::string_view kPayload = "data/";
constexpr std::string_view kRecordHead = "data/records/", kRecordTail = ".txt";
constexpr std::string_view kRotationHead = "rotations/", kRotationTail = ".txt";
constexpr std::string_view kErasureHead = "erasures/", kErasureTail = ".txt";
constexpr std::string_view kKeyHead = "keys/fetcher-", kKeyTail = ".pem";
constexpr std::string_view kConsistencyHead = "proofs/consistency-from-";
constexpr std::string_view kConsensusHead = "consensus/";

bool IsPayload(const Member& member) { return member.name.starts_with(kPayload); }

// What stands between `head` and `tail` in `name`.
std::optional<std::string_view> Between(std::string_view name, std::string_view head, std::string_view tail) {
  if (!name.starts_with(head) || !name.ends_with(tail) || name.size() < head.size() + tail.size()) return {};
  return name.substr(head.size(), name.size() - head.size() - tail.size());
}

Bytes Line(const Member& member) { return member.sha256.Hex() + "  " + member.name + "\n"; }

}  // namespace

std::string FolderName(const CaseId& case_id) { return "nightjar-" + case_id.value; }

CaptureMembers::CaptureMembers(CaptureNumber number) {
  const std::string n = std::to_string(number.value);
  record = fmt::format("{}{}{}", kRecordHead, n, kRecordTail);
  signature = "data/signatures/" + n + ".sig";
  leaf = "data/leaves/" + n + ".txt";
  salt = "data/salts/" + n + ".hex";
  proof = "proofs/" + n + ".tlog-proof";
}

RotationMembers::RotationMembers(std::uint64_t leaf_index) {
  const std::string n = std::to_string(leaf_index);
  text = fmt::format("{}{}{}", kRotationHead, n, kRotationTail);
  signatures = "rotations/" + n + ".sig";
  leaf = "rotations/" + n + ".leaf";
  salt = "rotations/" + n + ".hex";
  proof = "rotations/" + n + ".tlog-proof";
}

ErasureMembers::ErasureMembers(std::uint64_t leaf_index) {
  const std::string n = std::to_string(leaf_index);
  text = fmt::format("{}{}{}", kErasureHead, n, kErasureTail);
  leaf = "erasures/" + n + ".leaf";
  salt = "erasures/" + n + ".hex";
  proof = "erasures/" + n + ".tlog-proof";
}

std::string FetcherKeyName(std::string_view key_id) {
  return fmt::format("{}{}{}", kKeyHead, key_id, kKeyTail);
}

std::string ConsistencyName(std::uint64_t size) {
  return std::string(kConsistencyHead) + std::to_string(size);
}

std::string ConsensusName(std::string_view sha256) { return fmt::format("{}{}", kConsensusHead, sha256); }

std::vector<std::string> MemberNames(const Contents& contents) {
  std::vector<std::string> names;
  for (const auto name : {kBagit, kVerifyText, kVerifyScript, kCheckpoint, kLogPem, kLogVkey})
    names.emplace_back(name);
  for (const std::uint64_t leaf : contents.attested.rotations) {
    RotationMembers of(leaf);
    for (std::string* name : {&of.text, &of.signatures, &of.leaf, &of.salt, &of.proof})
      names.push_back(std::move(*name));
  }
  for (const std::uint64_t leaf : contents.attested.erasures) {
    ErasureMembers of(leaf);
    for (std::string* name : {&of.text, &of.leaf, &of.salt, &of.proof}) names.push_back(std::move(*name));
  }
  if (contents.attested.cosigned)
    names.insert(names.end(), {std::string(kWitnessPem), std::string(kWitnessVkey)});
  if (contents.attested.stamped) names.insert(names.end(), {std::string(kStamp), std::string(kCertificates)});
  names.emplace_back(kWarc);
  for (const CaptureNumber number : contents.captures) {
    CaptureMembers of(number);
    for (std::string* name : {&of.record, &of.signature, &of.leaf, &of.salt, &of.proof})
      names.push_back(std::move(*name));
  }
  for (const std::string& id : contents.fetcher_key_ids) names.push_back(FetcherKeyName(id));
  if (contents.consistency_from) names.push_back(ConsistencyName(*contents.consistency_from));
  for (const std::string& sha256 : contents.consensuses) names.push_back(ConsensusName(sha256));
  if (contents.has_case_graph) names.emplace_back(kCaseGraph);
  if (contents.has_report_page) names.emplace_back(kReportPage);
  if (contents.has_report_print) names.emplace_back(kReportPrint);
  for (const auto name : {kCustody, kSelection, kBagInfo, kManifest, kTagManifest}) names.emplace_back(name);
  return names;
}

Contents ReadContents(std::span<const Member> members) {
  Contents contents;
  for (const Member& member : members) {
    if (const auto number = Between(member.name, kRecordHead, kRecordTail)) {
      if (const auto value = ParseDecimal(*number)) contents.captures.push_back({*value});
    } else if (const auto id = Between(member.name, kKeyHead, kKeyTail)) {
      contents.fetcher_key_ids.emplace_back(*id);
    } else if (const auto leaf = Between(member.name, kRotationHead, kRotationTail)) {
      if (const auto value = ParseDecimal(*leaf)) contents.attested.rotations.push_back(*value);
    } else if (const auto erasure = Between(member.name, kErasureHead, kErasureTail)) {
      if (const auto value = ParseDecimal(*erasure)) contents.attested.erasures.push_back(*value);
    } else if (const auto size = Between(member.name, kConsistencyHead, "")) {
      if (!contents.consistency_from) contents.consistency_from = ParseDecimal(*size);
    } else if (const auto sha256 = Between(member.name, kConsensusHead, "")) {
      if (Digest::FromHex(*sha256)) contents.consensuses.emplace_back(*sha256);
    }
    contents.attested.cosigned |= member.name == kWitnessVkey || member.name == kWitnessPem;
    contents.attested.stamped |= member.name == kStamp || member.name == kCertificates;
    contents.has_case_graph |= member.name == kCaseGraph;
    contents.has_report_page |= member.name == kReportPage;
    contents.has_report_print |= member.name == kReportPrint;
  }
  const auto sort_unique = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  sort_unique(contents.captures);
  sort_unique(contents.fetcher_key_ids);
  sort_unique(contents.attested.rotations);
  sort_unique(contents.attested.erasures);
  sort_unique(contents.consensuses);
  return contents;
}

Bytes Manifest(std::span<const Member> members) {
  Bytes text;
  for (const Member& member : members)
    if (IsPayload(member)) text += Line(member);
  return text;
}

Bytes TagManifest(std::span<const Member> members) {
  Bytes text;
  for (const Member& member : members)
    if (!IsPayload(member) && member.name != kTagManifest) text += Line(member);
  return text;
}

Bytes BagInfo(const CaseId& case_id, UtcTime latest, std::span<const Member> members) {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  for (const Member& member : members) {
    if (!IsPayload(member)) continue;
    bytes += member.size;
    ++files;
  }
  return fmt::format(
      "Bag-Software-Agent: Nightjar\n"
      "Bagging-Date: {}\n"
      "External-Description: nightjar-bundle/v1\n"
      "External-Identifier: {}\n"
      "Payload-Oxum: {}.{}\n",
      FormatUtc(latest).substr(0, 10), case_id.value, bytes, files);
}

}  // namespace nightjar::bundle
