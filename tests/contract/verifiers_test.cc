// SPDX-License-Identifier: Apache-2.0
// Two verifiers, one verdict: Verify() and verify.py on whole, damaged and forged bundles.
#include <gtest/gtest.h>

#include "archive/bundle/bundle.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/proof.h"
#include "base/file.h"
#include "base/random.h"
#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
#include "tests/contract/mutants.h"
#include "tests/contract/tampering.h"
#include "tests/unit/archive/bundle/example_archive.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::contract {
namespace {

TEST(Verifiers, AcceptAnUntouchedBundleAndSayWhatTheyChecked) {
  const ExampleBundle& good = TheBundle();
  const auto report = bundle::Verify(good.path, good.log_vkey);
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_EQ(report->captures, 6U);
  EXPECT_EQ(report->case_id, "owl-7");
  EXPECT_EQ(report->checkpoint, good.summary.checkpoint);
  EXPECT_EQ(report->sha256, Sha256(good.bytes));
  EXPECT_GE(report->checks.size(), 8U);
  const auto run =
      RunIn("/", "python3 " + kVerifyScript + " " + good.path + " --key '" + good.log_vkey + "'");
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_EQ(
      LastLine(run.output),
      "VERIFIED 6 captures of case owl-7, log unit.example/nightjar/2026a at 8 leaves; not cosigned, not "
      "stamped");
}

TEST(Verifiers, RejectWrongStructure) {
  Mutants mutants;
  const Bag good = Unpack(TheBundle().path);
  for (std::size_t i = 0; i < good.files.size(); ++i) {
    Bag without = good;
    without.files.erase(without.files.begin() + static_cast<std::ptrdiff_t>(i));
    mutants.Add("without-" + std::to_string(i), without);
    Bag twice = good;
    twice.files.insert(twice.files.begin() + static_cast<std::ptrdiff_t>(i), good.files[i]);
    mutants.Add("twice-" + std::to_string(i), twice);
    if (i == 0) continue;
    Bag swapped = good;
    std::swap(swapped.files[i - 1], swapped.files[i]);
    mutants.Add("swapped-" + std::to_string(i), swapped);
  }
  const auto renamed = [&](const std::string& from, const std::string& to) {
    Bag bag = good;
    bag.files[bag.IndexOf(from)].name = to;
    FixManifests(bag);
    mutants.Add("renamed-" + std::to_string(mutants.names().size()), bag);
  };
  renamed("data/records/2.txt", "data/records/3.txt");
  renamed("data/records/2.txt", "data/records/02.txt");
  renamed("data/records/2.txt", "data/records/2.TXT");
  renamed("proofs/2.tlog-proof", "proofs/../proofs/2.tlog-proof");
  renamed("keys/log.pem", "keys/log.\xFF");
  renamed("keys/log.pem", "x\nVERIFIED 6 captures");
  renamed("keys/log.pem", "");
  for (const char* extra :
       {"data/extra.txt", "data/records/3.txt", "fetch.txt", "keys/fetcher-0000000000000000.pem"}) {
    Bag bag = good;
    bag.files.push_back({extra, "something"});
    FixManifests(bag);
    mutants.Add("extra-" + std::to_string(mutants.names().size()), bag);
  }
  Bag elsewhere = good;
  elsewhere.folder = "nightjar-owl-8";
  mutants.Add("other-folder", elsewhere);
  mutants.ExpectAllRejectedByBoth();
}

TEST(Verifiers, RejectWrongEnds) {
  Mutants mutants;
  const Bytes& good = TheBundle().bytes;
  mutants.Add("empty", "");
  mutants.Add("end-blocks-only", Bytes(1024, '\0'));
  mutants.Add("garbage-after", good + "x");
  mutants.Add("zeros-after", good + Bytes(512, '\0'));
  mutants.Add("twice", good + good);
  for (const std::size_t cut :
       {1UL, 511UL, 512UL, 1024UL, 1025UL, 5000UL, good.size() / 2, good.size() - 100})
    mutants.Add("cut-" + std::to_string(cut), ByteView(good).substr(0, good.size() - cut));
  mutants.Add("cut-in-front", ByteView(good).substr(512));
  mutants.Add("not-a-tar", Bytes(4096, 'x'));
  mutants.ExpectAllRejectedByBoth();
}

TEST(Verifiers, SpeakTheSameWayAsProgramsOfTheirOwn) {
  SeededRandom random(3);
  Mutants mutants;
  const Bytes& good = TheBundle().bytes;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "byte-" + std::to_string(i);
    mutants.Add(name, Flipped(good, random.Next() % good.size(), random));
    const auto run = RunIn("/", "python3 " + kVerifyScript + " " + mutants.Path(name));
    EXPECT_EQ(run.exit_status, 1) << run.output;
    EXPECT_TRUE(LastLine(run.output).starts_with("REJECTED: ")) << run.output;
    EXPECT_EQ(run.output.find("Traceback"), std::string::npos) << run.output;
    EXPECT_FALSE(bundle::Verify(mutants.Path(name), ""));
  }
}

TEST(BothVerifiers, AcceptACaptureWhoseBodyWasWithheld) {
  using captures::Withheld;
  const bundle::ExampleArchive archive({captures::WithheldExchange(0, Withheld::By::kMediaPolicy, "photo"),
                                        captures::WithheldExchange(1, Withheld::By::kHashList, "film")});
  const auto request = archive.Request({0, 1}, "withheld.tar");
  const auto summary = bundle::Export(archive.reader(), request);  // which verifies
  ASSERT_TRUE(summary) << summary.error().Format();
  const auto run = RunIn(archive.folder().path(), "python3 " + kVerifyScript + " withheld.tar");
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_NE(ReadFile(request.out_path)->find("outcome: withheld"), std::string::npos);
}

}  // namespace
}  // namespace nightjar::contract
