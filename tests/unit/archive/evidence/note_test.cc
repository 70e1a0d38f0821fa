// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/note.h"

#include <gtest/gtest.h>

#include "archive/evidence/checkpoint.h"

namespace nightjar::evidence {
namespace {

// The worked example of the Go implementation, golang.org/x/mod/sumdb/note.
constexpr std::string_view kForeignVkey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kForeignNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyB"
    "wJnAM=\n";

SigningKey KeyNumber(char n) { return SigningKey::FromSeed(std::string(32, n)).value(); }
NoteKey Named(const std::string& name, const SigningKey& key) { return {name, key.public_key()}; }

TEST(Note, OpensOneThatAnotherImplementationSigned) {
  const auto key = ParseVkey(kForeignVkey);
  ASSERT_TRUE(key) << key.error().Format();
  EXPECT_EQ(FormatVkey(*key), kForeignVkey);
  const auto text = OpenNote(kForeignNote, *key);
  ASSERT_TRUE(text) << text.error().Format();
  EXPECT_TRUE(text->starts_with("If you think") && text->ends_with("problem is.\n"));
}

TEST(Note, IsRefusedAfterAnyChangeOfOneByte) {
  const auto key = ParseVkey(kForeignVkey).value();
  for (std::size_t i = 0; i < kForeignNote.size(); ++i) {
    std::string changed(kForeignNote);
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenNote(changed, key)) << "byte " << i;
  }
}

TEST(Note, MayCarrySignaturesOfStrangers) {
  const auto ours = KeyNumber(1);
  const auto stranger = KeyNumber(2);
  const std::string note = SignNote("text\n", "a.example/log", ours);
  const std::string line = SignNote("text\n", "b.example/witness", stranger).substr(6);
  EXPECT_TRUE(OpenNote(note + line, Named("a.example/log", ours)));
  EXPECT_TRUE(OpenNote(note + line, Named("b.example/witness", stranger)));
  EXPECT_FALSE(OpenNote(note, Named("b.example/witness", stranger)));
  EXPECT_FALSE(OpenNote(note, Named("a.example/log", stranger)));
  EXPECT_FALSE(OpenNote(note, Named("c.example/log", ours)));
}

TEST(Note, IsRefusedWhenOneOfTwoSignaturesByTheKeyIsBad) {
  const auto ours = KeyNumber(1);
  const std::string note = SignNote("text\n", "a.example/log", ours);
  const std::string bad_line = SignNote("other\n", "a.example/log", ours).substr(7);
  EXPECT_EQ(OpenNote(note + bad_line, Named("a.example/log", ours)).error().code, Code::kCorrupt);
}

TEST(Note, CarriesSixteenSignaturesAndNotMore) {
  const auto ours = KeyNumber(1);
  std::string note = SignNote("text\n", "a.example/log", ours);
  for (int i = 1; i < 16; ++i) note += SignNote("t\n", "w" + std::to_string(i), KeyNumber('w')).substr(3);
  EXPECT_TRUE(OpenNote(note, Named("a.example/log", ours)));
  EXPECT_FALSE(
      OpenNote(note + SignNote("t\n", "w16", KeyNumber('w')).substr(3), Named("a.example/log", ours)));
}

TEST(Note, RefusesMalformedEnvelopes) {
  const auto ours = KeyNumber(1);
  const NoteKey key = Named("a.example/log", ours);
  const std::string note = SignNote("text\n", "a.example/log", ours);
  for (const std::string& bad : {std::string(), std::string("text\n"), note.substr(0, note.size() - 1),
                                 note + "\n", note + "x\n", "\t" + note, note + "\xFF\n"})
    EXPECT_FALSE(OpenNote(bad, key)) << bad;
}

TEST(Vkey, RefusesOtherAlgorithmsAndWrongIds) {
  const std::string good(kForeignVkey);
  for (const std::string& bad :
       {std::string(), std::string("PeterNeumann"), std::string("PeterNeumann+c74f20a3"),
        std::string("PeterNeumann+c74f20a4") + good.substr(21), "+" + good, good + "=",
        std::string("Peter Neumann") + good.substr(12),
        std::string("PeterNeumann+C74F20A3") + good.substr(21)})
    EXPECT_FALSE(ParseVkey(bad)) << bad;
}

TEST(KeyNames, HaveNoSpacesOfAnyKind) {
  EXPECT_TRUE(CheckKeyName("unit.example/nightjar/2026a"));
  EXPECT_TRUE(CheckKeyName("b\u00FCro.example"));
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\u00A0b", "a\u2003b", "a\u3000b", "a\xFF"})
    EXPECT_FALSE(CheckKeyName(name)) << name;
}

TEST(Checkpoint, SignsThreeLinesUnderTheNameOfItsOrigin) {
  const auto key = KeyNumber(1);
  const Checkpoint checkpoint{"unit.example/nightjar/2026a", 42, Sha256("root")};
  const auto signed_checkpoint = Sign(checkpoint, key);
  EXPECT_TRUE(signed_checkpoint.note.starts_with(
      "unit.example/nightjar/2026a\n42\n" + Base64Encode(Sha256("root").View()) + "\n\n\xE2\x80\x94 unit"));
  const auto verified = VerifyNote(signed_checkpoint.note, Named("unit.example/nightjar/2026a", key));
  ASSERT_TRUE(verified) << verified.error().Format();
  EXPECT_EQ(verified->checkpoint, checkpoint);
  EXPECT_EQ(verified->note, signed_checkpoint.note);
}

TEST(Checkpoint, OfAnotherLogIsRefusedThoughTheKeyIsRight) {
  const auto key = KeyNumber(1);
  const std::string text = FormatCheckpoint({"other.example/log", 1, Sha256("root")});
  const std::string note = SignNote(text, "a.example/log", key);
  EXPECT_EQ(VerifyNote(note, Named("a.example/log", key)).error().code, Code::kCorrupt);
}

TEST(Checkpoint, RefusesExtensionLinesAndOtherSpellings) {
  const std::string root = Base64Encode(Sha256("root").View());
  ASSERT_TRUE(ParseCheckpoint("o\n1\n" + root + "\n"));
  for (const std::string& bad :
       {std::string(), "o\n1\n" + root, "o\n01\n" + root + "\n", "\n1\n" + root + "\n",
        std::string("o\n1\nAAAA\n"), "o\n1\n" + root + "\nextension\n",
        "o\n18446744073709551616\n" + root + "\n"})
    EXPECT_FALSE(ParseCheckpoint(bad)) << bad;
}

}  // namespace
}  // namespace nightjar::evidence
