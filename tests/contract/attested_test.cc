// SPDX-License-Identifier: Apache-2.0
// What others attested of a bundle, seen by Verify(), verify.py and the hand commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/bundle/outside_check.h"
#include "base/file.h"
#include "tests/contract/attested_bundle.h"
#include "tests/contract/mutants.h"

namespace nightjar::contract {
namespace {

using testing::HasSubstr;

CommandResult Script(const std::string& arguments) {
  return RunIn("/", "python3 " + kVerifyScript + " " + TheAttestedBundle().path + " " + arguments);
}

TEST(AttestedBundle, IsAcceptedBecauseOfEachThingThatOthersSaid) {
  const AttestedBundle& good = TheAttestedBundle();
  ASSERT_TRUE(good.summary.cosigned_at && good.summary.stamped_at);
  EXPECT_EQ(UnixSeconds(*good.summary.cosigned_at), 1767225700);
  const auto report = bundle::Verify(good.path, bundle::Trusted{.log_key = good.newest_vkey,
                                                                .witness_key = good.witness_vkey,
                                                                .certificates = good.root});
  ASSERT_TRUE(report) << report.error().Format();
  const std::string checks = testing::PrintToString(report->checks);
  EXPECT_THAT(checks, HasSubstr("cosigned by witness.example/2026a at 2026-01-01T00:01:40Z"));
  EXPECT_THAT(checks, HasSubstr("by CN=Example Authority"));
  EXPECT_THAT(checks, HasSubstr("2 records name a Tor consensus, valid from 2025-12-31T23:00:00Z"));
  EXPECT_THAT(testing::PrintToString(report->unchecked), HasSubstr("1 records name no Tor consensus"));
  const auto run = Script("--key '" + good.newest_vkey + "' --witness-key '" + good.witness_vkey +
                          "' --tsa-ca " + good.root_path);
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_THAT(LastLine(run.output), HasSubstr("cosigned 2026-01-01T00:01:40Z, stamped 20"));
  EXPECT_EQ(Script("--command-only").exit_status, 0);
}

TEST(AttestedBundle, SaysUnderWhichRuleACaptureIsGoneAndThatIsNoFault) {
  const AttestedBundle& good = TheAttestedBundle();
  const std::string sentence =
      "captures 4 of this case were erased and 1 restricted under \"BDSG s.75\" on 2026-01-01, ordered by "
      "Analyst 3, "
      "approved by Officer 1 (leaf 5 of the log): by rule, not lost";
  EXPECT_EQ(good.summary.erased, std::vector<CaptureNumber>{{4}});
  EXPECT_EQ(good.summary.captures, 3U);
  EXPECT_THAT(bundle::Verify(good.path, good.newest_vkey)->checks, testing::Contains(sentence));
  EXPECT_THAT(Script("").output, HasSubstr(sentence));
}

// Both verifiers say the same sentences but for the time they take to the last word.
TEST(AttestedBundle, IsTrustedByWhoeverHasAnOlderKeyOnPaper) {
  const AttestedBundle& good = TheAttestedBundle();
  const auto report = bundle::Verify(good.path, good.first_vkey);
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_THAT(testing::PrintToString(report->checks), HasSubstr("follows from the one that is trusted"));
  const auto run = Script("--key '" + good.first_vkey + "'");
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_THAT(run.output, HasSubstr("follows from the one that is trusted, unit.example/nightjar/2026a"));
}

TEST(AttestedBundle, IsRejectedByWhoeverTrustsSomebodyElse) {
  const AttestedBundle& good = TheAttestedBundle();
  const auto stranger = SigningKey::FromSeed(std::string(32, 's')).value().public_key();
  const std::string log = evidence::FormatVkey({"unit.example/nightjar/2026a", stranger});
  const std::string witness =
      evidence::FormatVkey({"witness.example/2026a", stranger}, evidence::KeyType::kWitness);
  EXPECT_EQ(bundle::Verify(good.path, log).error().where, "keys/log.vkey");
  EXPECT_EQ(bundle::Verify(good.path, bundle::Trusted{.witness_key = witness}).error().where,
            "keys/witness.vkey");
  EXPECT_EQ(bundle::Verify(good.path, bundle::Trusted{.certificates = good.root + good.root}).error().where,
            "tsa-chain.pem");
  EXPECT_EQ(LastLine(Script("--key '" + log + "'").output),
            "REJECTED: keys/log.vkey: is not the log key that is trusted");
  EXPECT_EQ(Script("--witness-key '" + witness + "'").exit_status, 1);
}

TEST(AttestedBundle, IsRejectedWhenAnythingWasTakenOutOfIt) {
  const AttestedBundle& good = TheAttestedBundle();
  Mutants mutants;
  for (const char* name :
       {"keys/witness.pem", "keys/witness.vkey", "checkpoint.tsr", "tsa-chain.pem", "rotations/2.txt",
        "rotations/2.sig", "rotations/2.leaf", "rotations/2.hex", "rotations/2.tlog-proof", "erasures/5.txt",
        "erasures/5.leaf", "erasures/5.hex", "erasures/5.tlog-proof"}) {
    Bag bag = Unpack(good.path);
    bag.files.erase(bag.files.begin() + static_cast<std::ptrdiff_t>(bag.IndexOf(name)));
    FixManifests(bag);
    mutants.Add("without-" + std::to_string(mutants.names().size()), bag);
  }
  mutants.ExpectAllRejectedByBoth(good.newest_vkey);
  // Whoever takes out the witness as a whole is found by those who know that there was one.
  EXPECT_EQ(bundle::Verify(TheBundle().path, bundle::Trusted{.witness_key = good.witness_vkey}).error().where,
            "keys/witness.vkey");
  EXPECT_EQ(bundle::Verify(TheBundle().path, bundle::Trusted{.certificates = good.root}).error().where,
            "checkpoint.tsr");
}

TEST(AttestedBundle, IsRejectedAfterChangesUnderFreshManifests) {
  const AttestedBundle& good = TheAttestedBundle();
  SeededRandom random(11);
  Mutants mutants;
  const Bag untouched = Unpack(good.path);
  for (const char* name :
       {"checkpoint", "keys/witness.pem", "keys/witness.vkey", "rotations/2.txt", "rotations/2.sig",
        "rotations/2.leaf", "rotations/2.hex", "rotations/2.tlog-proof"}) {
    for (int i = 0; i < 15; ++i) {
      Bag bag = untouched;
      Bytes& content = bag[name];
      content = Flipped(content, random.Next() % content.size(), random);
      FixManifests(bag);
      mutants.Add(std::to_string(mutants.names().size()), bag);
    }
  }
  // What the authority signed lies behind the first bytes of the response; of the rest see FORMAT.md.
  const Bytes imprint(Sha256(untouched.files[untouched.IndexOf("checkpoint")].content).View());
  for (int i = 0; i < 20; ++i) {
    Bag bag = untouched;
    Bytes& content = bag["checkpoint.tsr"];
    content = Flipped(content, content.find(imprint) + random.Next() % 60, random);
    FixManifests(bag);
    mutants.Add(std::to_string(mutants.names().size()), bag);
  }
  mutants.ExpectAllRejectedByBoth(good.newest_vkey);
}

TEST(AttestedBundle, IsRejectedWhenItsConsensusIsYoungerThanItsTimeStamp) {
  const Bag untouched = Unpack(TheAttestedBundle().path);
  const auto stamp = bundle::Verify(TheAttestedBundle().path, "")->stamped_at;
  bundle::TimeBracket bracket(stamp);
  captures::Record record;
  record.consensus = "sha256=" + Sha256("c").Hex() + " valid-after=" + FormatUtc(*stamp);
  EXPECT_TRUE(bracket.Add("m", record));
  record.consensus = "sha256=" + Sha256("c").Hex() + " valid-after=" + FormatUtc(*stamp + Micros(1));
  EXPECT_EQ(bracket.Add("m", record).error().where, "m");
  for (const char* bad : {"", "-", "sha256=", "sha256=0 valid-after=2025-12-31T23:00:00.000000Z"}) {
    record.consensus = bad;
    EXPECT_FALSE(bracket.Add("m", record)) << bad;
  }
}

TEST(AttestedBundle, IsVerifiedByTheHandCommandsAsWritten) {
  bundle::TemporaryFolder folder;
  ASSERT_EQ(RunIn(folder.path(), "tar xf " + TheAttestedBundle().path).exit_status, 0);
  const auto run = RunIn(folder / "nightjar-owl-7", "sh VERIFY.txt");
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_THAT(run.output, HasSubstr("the witness cosigned the checkpoint"));
  EXPECT_THAT(run.output, HasSubstr("the authority stamped the checkpoint"));
  for (const char* file : {"checkpoint.tsr", "keys/witness.pem"}) {
    bundle::TemporaryFolder damaged;
    ASSERT_EQ(RunIn(damaged.path(), "tar xf " + TheAttestedBundle().path).exit_status, 0);
    const std::string name = damaged / ("nightjar-owl-7/" + std::string(file));
    Bytes content = ReadFile(name).value();
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    ASSERT_TRUE(WriteFileDurably(name, content));
    EXPECT_NE(RunIn(damaged / "nightjar-owl-7", "sh VERIFY.txt").exit_status, 0) << file;
  }
}

}  // namespace
}  // namespace nightjar::contract
