// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/capture_check.h"

#include <gtest/gtest.h>

#include "archive/evidence/leaf.h"
#include "archive/evidence/proof.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::bundle {
namespace {

const Digest kSalt = Sha256("salt");

// A good capture as leaf 1 of a log of two.
struct Example {
  CaptureFiles files;
  evidence::SignedCheckpoint checkpoint;
  FetcherKeys fetchers;

  explicit Example(evidence::LeafKind kind = evidence::LeafKind::kCapture) {
    const captures::Exchange exchange = captures::ExampleExchange(1);
    files.record = exchange.record;
    files.signature = exchange.signature;
    files.leaf = evidence::FormatLeaf({.kind = kind,
                                       .unix_time = 1767225600,
                                       .commitment = evidence::Commitment(kSalt, Sha256(files.record))});
    files.salt = kSalt.Hex() + "\n";
    const Digest other = evidence::LeafHash("other");
    checkpoint.checkpoint = {"unit.example/log", 2,
                             evidence::NodeHash(other, evidence::LeafHash(files.leaf))};
    checkpoint.note = "a note that was verified before\n";
    files.proof = evidence::FormatProofFile({.index = 1, .tree_size = 2, .hashes = {other}}, checkpoint.note);
    const VerifyKey key = captures::ExampleFetcherKey().public_key();
    fetchers[KeyId(key)] = key;
  }

  [[nodiscard]] Result<WarcSubject> Check(std::uint64_t number = 1) const {
    return CheckCapture({number}, files, checkpoint, fetchers);
  }
  [[nodiscard]] std::string Blamed(std::uint64_t number = 1) const {
    const auto checked = Check(number);
    return checked ? "" : checked.error().where;
  }
};

TEST(CheckCapture, AcceptsAChainFromRecordToCheckpoint) {
  const auto checked = Example().Check();
  ASSERT_TRUE(checked) << checked.error().Format();
  EXPECT_EQ(checked->number.value, 1U);
  EXPECT_EQ(checked->record.case_id.value, "owl-7");
  EXPECT_FALSE(checked->rejected);
}

TEST(CheckCapture, BlamesTheMemberThatIsWrong) {
  Example record;
  record.files.record = captures::ExampleExchange(2).record;
  EXPECT_EQ(record.Blamed(), "data/records/1.txt");
  Example signature;
  signature.files.signature[5] ^= 1;
  EXPECT_EQ(signature.Blamed(), "data/signatures/1.sig");
  Example leaf;
  leaf.files.leaf += "x";
  EXPECT_EQ(leaf.Blamed(), "data/leaves/1.txt");
  Example salt;
  salt.files.salt.pop_back();
  EXPECT_EQ(salt.Blamed(), "data/salts/1.hex");
  Example note;
  note.checkpoint.note += "\n";
  EXPECT_EQ(note.Blamed(), "proofs/1.tlog-proof");
  Example root;
  root.checkpoint.checkpoint.root = Sha256("another root");
  EXPECT_EQ(root.Blamed(), "proofs/1.tlog-proof");
}

TEST(CheckCapture, RefusesALeafThatChangedItsTimeOrKind) {
  Example time;
  time.files.leaf.replace(time.files.leaf.find("1767225600"), 10, "1767225601");
  EXPECT_EQ(time.Blamed(), "proofs/1.tlog-proof");
  Example kind;
  kind.files.leaf.replace(kind.files.leaf.find("capture"), 7, "rejected");
  EXPECT_EQ(kind.Blamed(), "proofs/1.tlog-proof");
}

TEST(CheckCapture, RefusesAProofOfAnotherLeaf) { EXPECT_EQ(Example().Blamed(0), "proofs/0.tlog-proof"); }

TEST(CheckCapture, RefusesAFetcherWhoseKeyIsNotThere) {
  Example example;
  example.fetchers.clear();
  EXPECT_EQ(example.Blamed(), "data/records/1.txt");
}

TEST(CheckCapture, AsksNoSignatureOfARejection) {
  Example example(evidence::LeafKind::kRejected);
  example.files.signature.clear();
  example.fetchers.clear();
  const auto checked = example.Check();
  ASSERT_TRUE(checked) << checked.error().Format();
  EXPECT_TRUE(checked->rejected);
}

}  // namespace
}  // namespace nightjar::bundle
