// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/attested_bundle.h"

#include <gtest/gtest.h>

#include "archive/evidence/cosignature.h"
#include "base/file.h"
#include "base/timestamp.h"
#include "tests/contract/command.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::contract {
namespace {

const std::string kSecondOrigin = "unit.example/nightjar/2026b";
const std::string kWitness = "witness.example/2026a";
SigningKey SecondKey() { return SigningKey::FromSeed(std::string(32, 'm')).value(); }
SigningKey WitnessKey() { return SigningKey::FromSeed(std::string(32, 'w')).value(); }

// An exchange whose record names a consensus of an hour before it.
captures::Exchange Dated(std::uint64_t n) {
  captures::Record record = captures::ExampleRecord(n, "GET", "HEAD\r\n\r\n", "owl");
  record.consensus = "sha256=" + Sha256("consensus").Hex() + " valid-after=2025-12-31T23:00:00.000000Z";
  return bundle::SignedBy(captures::ExampleFetcherKey(), record, "GET", "HEAD\r\n\r\n", "owl");
}

std::unique_ptr<captures::Reader> MakeArchive(const std::string& folder) {
  ManualClock clock;
  SeededRandom random(1);
  captures::ArchivePaths paths{.folder = folder, .map_size = 256 << 20};
  auto writer = captures::Writer::Open({.paths = paths,
                                        .origin = bundle::kExampleOrigin,
                                        .log_key = bundle::ExampleLogKey(),
                                        .fetchers = {captures::ExampleFetcherKey().public_key()},
                                        .clock = &clock,
                                        .random = &random});
  EXPECT_TRUE(writer) << writer.error().Format();
  EXPECT_TRUE((*writer)->Append(std::vector{captures::ExampleExchange(0), Dated(1)}));
  EXPECT_TRUE((*writer)->Rotate(kSecondOrigin, SecondKey()));
  EXPECT_TRUE((*writer)->Append(std::vector{Dated(3), captures::ExampleExchange(4)}));
  EXPECT_TRUE((*writer)->Erase({.case_id = {"owl-7"},
                                .rule = "BDSG s.75",
                                .ordered_by = "Analyst 3",
                                .approved_by = "Officer 1",
                                .time = {},
                                .erased = evidence::NumberRanges::Of({4}),
                                .restricted = evidence::NumberRanges::Of({1})}));
  EXPECT_TRUE((*writer)->SignCheckpoint());
  return std::move(captures::Reader::Open(paths).value());
}

AttestedBundle Make(const std::string& folder) {
  AttestedBundle made;
  const std::string authority = "python3 " NIGHTJAR_SOURCE "/tests/world/time_authority.py ";
  const auto root = RunIn(folder, authority + "make " + folder + "/tsa");
  EXPECT_EQ(root.exit_status, 0) << root.output;
  made.root_path = folder + "/tsa/root.pem";
  made.root = ReadFile(made.root_path).value_or("");

  const auto archive = MakeArchive(folder + "/archive");
  bundle::Attestation attestation{.checkpoint = archive->LatestCheckpoint().value()};
  attestation.witness = evidence::NoteKey{kWitness, WitnessKey().public_key()};
  attestation.checkpoint.note += evidence::Cosign(
      evidence::FormatCheckpoint(attestation.checkpoint.checkpoint), 1767225700, kWitness, WitnessKey());
  EXPECT_TRUE(WriteFileDurably(folder + "/note", attestation.checkpoint.note));
  const auto stamped = RunIn(folder, authority + "stamp " + folder + "/tsa note stamp");
  EXPECT_EQ(stamped.exit_status, 0) << stamped.output;
  attestation.time_stamp = ReadFile(folder + "/stamp").value_or("");
  attestation.certificates = timestamp::NormalCertificates(made.root).value_or("");
  made.first_vkey = evidence::FormatVkey({bundle::kExampleOrigin, bundle::ExampleLogKey().public_key()});
  made.newest_vkey = evidence::FormatVkey({kSecondOrigin, SecondKey().public_key()});
  made.witness_vkey = evidence::FormatVkey(*attestation.witness, evidence::KeyType::kWitness);
  made.path = folder + "/attested.tar";
  const auto summary = bundle::Export(*archive, {.exported_case = {.id = CaseId{"owl-7"},
                                                                   .title = "Owls",
                                                                   .legal_basis = "Order 12/2026",
                                                                   .officer = "Officer 7",
                                                                   .opened = {}},
                                                 .captures = {{0}, {1}, {3}, {4}},
                                                 .selection = "captures 0,1,3,4",
                                                 .out_path = made.path,
                                                 .restricted = true,
                                                 .attestation = attestation});
  EXPECT_TRUE(summary) << summary.error().Format();
  if (summary) made.summary = *summary;
  return made;
}

}  // namespace

const AttestedBundle& TheAttestedBundle() {
  static const bundle::TemporaryFolder kFolder;
  static const AttestedBundle kBundle = Make(kFolder.path());
  return kBundle;
}

}  // namespace nightjar::contract
