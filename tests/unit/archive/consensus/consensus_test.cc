// SPDX-License-Identifier: Apache-2.0
#include "archive/consensus/consensus.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"

namespace nightjar::consensus {
namespace {

const Bytes kDocument =
    "network-status-version 3 microdesc\nvote-status consensus\nvalid-after 2026-01-01 03:00:00\n"
    "fresh-until 2026-01-01 04:00:00\n" +
    Bytes(10'000, 'r');

class ConsensusStore : public testing::Test {
 protected:
  ConsensusStore() { EXPECT_NE(::mkdtemp(template_), nullptr); }
  ~ConsensusStore() override { std::filesystem::remove_all(template_); }
  [[nodiscard]] std::string folder() const { return std::string(template_) + "/consensus"; }
  char template_[32] = "/tmp/nightjar-test-XXXXXX";
};

TEST(ConsensusName, IsDigestAndValidAfterOfTheDocument) {
  const auto name = NameOf(kDocument);
  ASSERT_TRUE(name);
  const std::string text = "sha256=" + Sha256(kDocument).Hex() + " valid-after=2026-01-01T03:00:00.000000Z";
  EXPECT_EQ(FormatName(*name), text);
  EXPECT_EQ(ParseName(text).value(), *name);
}

TEST(ConsensusName, HasOneSpelling) {
  const std::string good = FormatName(NameOf(kDocument).value());
  for (std::size_t cut = 0; cut < good.size(); ++cut) EXPECT_FALSE(ParseName(good.substr(0, cut))) << cut;
  EXPECT_FALSE(ParseName(good + " "));
  EXPECT_FALSE(ParseName("unknown"));
  std::string upper = good;
  upper[7] = 'F';
  EXPECT_FALSE(ParseName(upper));
}

TEST(ConsensusName, IsNotMadeUpForADocumentWithoutAProperTime) {
  EXPECT_FALSE(NameOf(""));
  EXPECT_FALSE(NameOf("valid-after 2026-01-01 03:00:00\n")) << "not at the start of a later line";
  const std::size_t line = kDocument.find("valid-after ");
  for (std::size_t cut = 0; cut < line + 31; ++cut) EXPECT_FALSE(NameOf(kDocument.substr(0, cut))) << cut;
  EXPECT_FALSE(NameOf("x\nvalid-after 2026-01-01T03:00:00\n"));
}

TEST_F(ConsensusStore, KeepsEachDocumentOnceAndSmall) {
  const Store store(folder());
  ASSERT_TRUE(store.Keep(kDocument));
  ASSERT_TRUE(store.Keep(kDocument));
  EXPECT_EQ(store.Get(Sha256(kDocument)).value(), kDocument);
  const auto files = std::distance(std::filesystem::directory_iterator(folder()), {});
  EXPECT_EQ(files, 1);
  EXPECT_LT(std::filesystem::file_size(folder() + "/" + Sha256(kDocument).Hex()), kDocument.size() / 4);
}

TEST_F(ConsensusStore, SaysWhatIsMissingAndWhatWasChanged) {
  const Store store(folder());
  EXPECT_EQ(store.Get(Sha256("never")).error().code, Code::kNotFound);
  ASSERT_TRUE(store.Keep(kDocument));
  ASSERT_TRUE(WriteFileDurably(folder() + "/" + Sha256(kDocument).Hex(), "r" + kDocument + "x"));
  EXPECT_EQ(store.Get(Sha256(kDocument)).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::consensus
