// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/proof.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/json.h"

namespace nightjar::evidence {
namespace {

const std::string kVectors = NIGHTJAR_SOURCE "/../shared/vectors/merkle";

std::vector<std::string> VectorFiles(const std::string& kind) {
  std::vector<std::string> files;
  if (!std::filesystem::exists(kVectors + "/" + kind)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kVectors + "/" + kind))
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  return files;
}

// Values of a length that no digest has cannot reach the verifier: reading them is the refusal.
std::optional<Digest> ReadDigest(const json::value& value) {
  const auto digest = Digest::FromBytes(Base64Decode(std::string(value.as_string())).value());
  return digest ? std::optional(*digest) : std::nullopt;
}

std::optional<std::vector<Digest>> ReadHashes(const json::value& value) {
  std::vector<Digest> hashes;
  if (value.is_null()) return hashes;
  for (const json::value& entry : value.as_array()) {
    const auto digest = ReadDigest(entry);
    if (!digest) return std::nullopt;
    hashes.push_back(*digest);
  }
  return hashes;
}

// Some consistency vectors name roots of another length ("don't care 2") and ask only whether they are equal:
// their digests stand in for them.
Digest ReadRoot(const json::value& value) {
  return ReadDigest(value).value_or(Sha256(std::string_view(value.as_string())));
}

std::uint64_t Number(const json::object& vector, std::string_view key) {
  return vector.at(key).to_number<std::uint64_t>();
}

bool AcceptsInclusion(const json::object& vector) {
  const auto hashes = ReadHashes(vector.at("proof"));
  const auto leaf = ReadDigest(vector.at("leafHash"));
  const auto root = ReadDigest(vector.at("root"));
  if (!hashes || !leaf || !root) return false;
  return VerifyInclusion({Number(vector, "leafIdx"), Number(vector, "treeSize"), *hashes}, *leaf, *root)
      .has_value();
}

bool AcceptsConsistency(const json::object& vector) {
  const auto hashes = ReadHashes(vector.at("proof"));
  if (!hashes) return false;
  return VerifyConsistency(Number(vector, "size1"), Number(vector, "size2"), *hashes,
                           ReadRoot(vector.at("root1")), ReadRoot(vector.at("root2")))
      .has_value();
}

void CheckVectors(const std::string& kind, bool (*accepts)(const json::object&)) {
  const auto files = VectorFiles(kind);
  if (files.empty()) GTEST_SKIP() << "no vectors in " << kVectors;
  std::size_t accepted = 0;
  for (const std::string& file : files) {
    const json::object vector = json::parse(ReadFile(file).value()).as_object();
    const bool accept = accepts(vector);
    EXPECT_EQ(accept, !vector.at("wantErr").as_bool()) << file;
    if (accept) ++accepted;
  }
  EXPECT_EQ(files.size(), 98U);
  EXPECT_EQ(accepted, 6U);
}

TEST(InclusionProofs, AgreeWithAllReferenceVectors) { CheckVectors("inclusion", AcceptsInclusion); }

TEST(ConsistencyProofs, AgreeWithAllReferenceVectors) { CheckVectors("consistency", AcceptsConsistency); }

TEST(Hashes, AreThoseOfRfc6962) {
  // Known answers of the certificate-transparency reference implementation.
  EXPECT_EQ(EmptyRoot().Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(LeafHash("").Hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(ProofFile, IsTheTextOfC2spTlogProof) {
  const InclusionProof proof{3, 0, {Sha256("a"), Sha256("b")}};
  const std::string note = "origin\n4\nroot\n\n\xE2\x80\x94 origin c2ln\n";
  const std::string text = FormatProofFile(proof, note);
  EXPECT_EQ(text,
            "c2sp.org/tlog-proof@v1\nindex 3\nypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\n"
            "PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0=\n\n" +
                note);
  const auto parsed = ParseProofFile(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->proof.index, 3U);
  EXPECT_EQ(parsed->proof.hashes, proof.hashes);
  EXPECT_EQ(parsed->note, note);
}

TEST(ProofFile, MayHaveNoHashes) {
  const auto parsed = ParseProofFile("c2sp.org/tlog-proof@v1\nindex 0\n\nnote");
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->proof.hashes.empty());
}

TEST(ProofFile, RefusesOtherSpellings) {
  std::string too_many = "c2sp.org/tlog-proof@v1\nindex 0\n";
  for (int i = 0; i < 65; ++i) too_many += Base64Encode(Sha256("x").View()) + "\n";
  for (const std::string& text :
       {std::string(), std::string("c2sp.org/tlog-proof@v1"),
        std::string("c2sp.org/tlog-proof@v1\nindex 0\n"),
        std::string("c2sp.org/tlog-proof@v2\nindex 0\n\nnote"),
        std::string("c2sp.org/tlog-proof@v1\nindex 00\n\nnote"),
        std::string("c2sp.org/tlog-proof@v1\nindex  0\n\nnote"),
        std::string("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nnote"),
        std::string("c2sp.org/tlog-proof@v1\r\nindex 0\n\nnote"), too_many + "\nnote"})
    EXPECT_FALSE(ParseProofFile(text)) << text;
}

}  // namespace
}  // namespace nightjar::evidence
