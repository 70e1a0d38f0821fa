// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/cosignature.h"

#include <gtest/gtest.h>

#include "archive/evidence/checkpoint.h"

namespace nightjar::evidence {
namespace {

constexpr std::int64_t kTime = 1679315147;

SigningKey KeyNumber(char n) { return SigningKey::FromSeed(std::string(32, n)).value(); }
const SigningKey kLog = KeyNumber('l');
const SigningKey kWitness = KeyNumber('w');
const NoteKey kWitnessKey{"witness.example/2026a", kWitness.public_key()};

std::string Text() { return FormatCheckpoint({"unit.example/log", 42, Sha256("root")}); }
std::string Signed() { return SignNote(Text(), "unit.example/log", kLog); }
std::string Cosigned(std::int64_t time = kTime) {
  return Signed() + Cosign(Text(), time, kWitnessKey.name, kWitness);
}

// The signed message as C2SP tlog-cosignature shows it.
TEST(Cosignature, SignsTheMessageOfTheSpecification) {
  EXPECT_EQ(CosignedMessage(kTime,
                            "example.com/behind-the-sofa\n20852163\n"
                            "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"),
            "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
            "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
}

TEST(Cosignature, HasTheBytesOfTheSpecification) {
  const std::string line = Cosign(Text(), kTime, kWitnessKey.name, kWitness);
  const std::string head = "\xE2\x80\x94 witness.example/2026a ";
  ASSERT_TRUE(line.starts_with(head) && line.ends_with("\n")) << line;
  const Bytes raw =
      Base64Decode(std::string_view(line).substr(head.size(), line.size() - head.size() - 1)).value();
  ASSERT_EQ(raw.size(), 4U + 8U + 64U);
  const Bytes id =
      Bytes(Sha256(kWitnessKey.name + "\n\x04" + Bytes(kWitness.public_key().View())).View().substr(0, 4));
  EXPECT_EQ(raw.substr(0, 4), id);
  EXPECT_EQ(raw.substr(4, 8), Bytes("\0\0\0\0\x64\x18\x50\xCB", 8));
  EXPECT_TRUE(kWitness.public_key().Verify(CosignedMessage(kTime, Text()), raw.substr(12)));
}

TEST(Cosignature, LeavesTheLogsSignatureGoodAndGivesItsTime) {
  EXPECT_TRUE(VerifyNote(Cosigned(), {"unit.example/log", kLog.public_key()}));
  EXPECT_EQ(OpenCosignature(Cosigned(), kWitnessKey).value(), kTime);
  const std::string twice = Cosigned() + Cosign(Text(), kTime + 60, kWitnessKey.name, kWitness);
  EXPECT_EQ(OpenCosignature(twice, kWitnessKey).value(), kTime + 60);
}

TEST(Cosignature, IsRefusedAfterAnyChangeOfOneByte) {
  const std::string note = Cosigned();
  const std::size_t log_line = note.find("\n\n") + 2;
  const std::size_t witness_line = note.find('\n', log_line) + 1;
  for (std::size_t i = 0; i < note.size(); ++i) {
    if (i >= log_line && i < witness_line) continue;  // the log's signature: VerifyNote looks at that
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenCosignature(changed, kWitnessKey)) << "byte " << i;
  }
  for (std::size_t size = 0; size < note.size(); ++size)
    EXPECT_FALSE(OpenCosignature(note.substr(0, size), kWitnessKey)) << size;
}

TEST(Cosignature, IsNotTakenFromAnotherKindOfSignatureOrKey) {
  const std::string plain = SignNote(Text(), kWitnessKey.name, kWitness);
  EXPECT_FALSE(OpenCosignature(plain, kWitnessKey)) << "a log's signature by the same key";
  EXPECT_FALSE(OpenCosignature(Signed(), kWitnessKey));
  EXPECT_FALSE(OpenCosignature(Cosigned(), {kWitnessKey.name, KeyNumber('x').public_key()}));
  EXPECT_FALSE(OpenCosignature(Cosigned(), {"witness.example/2026b", kWitness.public_key()}));
  const std::string other =
      SignNote("other\n", "unit.example/log", kLog) + Cosign(Text(), kTime, kWitnessKey.name, kWitness);
  EXPECT_FALSE(OpenCosignature(other, kWitnessKey)) << "of another text";
  const std::string good_and_bad = Cosigned() + Cosign("other\n", kTime, kWitnessKey.name, kWitness);
  EXPECT_FALSE(OpenCosignature(good_and_bad, kWitnessKey));
}

TEST(Cosignature, IsTakenOutOfAWitnesssAnswer) {
  const std::string ours = Cosign(Text(), kTime, kWitnessKey.name, kWitness);
  const std::string strange = Cosign(Text(), kTime, "other.example/w", KeyNumber('o'));
  EXPECT_EQ(TakeCosignature(ours, Text(), kWitnessKey).value(), ours);
  EXPECT_EQ(TakeCosignature(strange + ours, Text(), kWitnessKey).value(), ours);
  EXPECT_FALSE(TakeCosignature(strange, Text(), kWitnessKey));
  EXPECT_FALSE(TakeCosignature("", Text(), kWitnessKey));
  EXPECT_FALSE(TakeCosignature(ours + "x", Text(), kWitnessKey));
  EXPECT_FALSE(TakeCosignature(ours, Text() + "\n", kWitnessKey));
  EXPECT_FALSE(TakeCosignature(ours.substr(0, ours.size() - 1), Text(), kWitnessKey));
}

TEST(WitnessVkey, IsToldApartFromALogsKey) {
  const std::string vkey = FormatVkey(kWitnessKey, KeyType::kWitness);
  EXPECT_EQ(ParseVkey(vkey, KeyType::kWitness)->key, kWitness.public_key());
  EXPECT_FALSE(ParseVkey(vkey));
  EXPECT_FALSE(ParseVkey(FormatVkey(kWitnessKey), KeyType::kWitness));
  EXPECT_NE(KeyIdOf(kWitnessKey, KeyType::kWitness), KeyIdOf(kWitnessKey));
}

}  // namespace
}  // namespace nightjar::evidence
