// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include <gtest/gtest.h>

#include "tests/unit/base/timestamp_example.h"

namespace nightjar::timestamp {
namespace {

const Digest kImprint = Sha256(kExampleStamped);

TEST(TimeStamp, OfAnAuthorityIsAcceptedLongAfterItsCertificateEnded) {
  const auto token = Verify(kExampleResponse, kImprint, kExampleRoot, kExampleNonce);
  ASSERT_TRUE(token) << token.error().Format();
  EXPECT_EQ(UnixSeconds(token->time), kExampleTime);
  EXPECT_EQ(token->authority, "CN=Example TSA");
}

TEST(TimeStamp, IsRefusedForOtherBytesAnotherNonceOrAnotherRoot) {
  EXPECT_EQ(Verify(kExampleResponse, Sha256("nightjar"), kExampleRoot).error().code, Code::kCorrupt);
  EXPECT_FALSE(Verify(kExampleResponse, kImprint, kExampleRoot, "another nonce"));
  EXPECT_EQ(Verify(kExampleResponse, kImprint, "no certificates").error().code, Code::kInvalidInput);
  EXPECT_EQ(Verify(kExampleResponse, kImprint, "").error().code, Code::kInvalidInput);
}

TEST(TimeStamp, IsRefusedWhereverItIsCut) {
  for (std::size_t size = 0; size < kExampleResponse.size(); ++size)
    EXPECT_FALSE(Verify(ByteView(kExampleResponse).substr(0, size), kImprint, kExampleRoot)) << size;
  EXPECT_FALSE(Verify(kExampleResponse + "x", kImprint, kExampleRoot));
}

// The words of PKIStatusInfo and whatever else the TSA does not sign may change; what is signed may not.
TEST(TimeStamp, HasTheSameTimeOrNoneAfterAChangeOfOneByte) {
  std::size_t refused = 0;
  for (std::size_t i = 0; i < kExampleResponse.size(); ++i) {
    Bytes changed = kExampleResponse;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto token = Verify(changed, kImprint, kExampleRoot);
    refused += token ? 0 : 1;
    if (token) {
      EXPECT_EQ(UnixSeconds(token->time), kExampleTime) << "byte " << i;
    }
  }
  EXPECT_GE(refused, kExampleResponse.size() * 9 / 10);
}

TEST(Certificates, HaveOneSpelling) {
  EXPECT_EQ(NormalCertificates("words before\n" + kExampleRoot + "words after\n").value(), kExampleRoot);
  EXPECT_FALSE(NormalCertificates(kExampleRoot.substr(0, kExampleRoot.size() / 2)));
  EXPECT_EQ(NormalCertificates(kExampleRoot + kExampleRoot).value(), kExampleRoot + kExampleRoot);
}

TEST(Query, AsksForSha256WithANonceAndTheCertificate) {
  const auto query = MakeQuery(kImprint, std::string(kNonceSize, '\x42'));
  ASSERT_TRUE(query);
  EXPECT_NE(query->find(Bytes(kImprint.View())), Bytes::npos);
  EXPECT_NE(query->find(std::string(kNonceSize, '\x42')), Bytes::npos);
  EXPECT_TRUE(query->ends_with("\x01\x01\xFF"));  // certReq: TRUE
}

}  // namespace
}  // namespace nightjar::timestamp
