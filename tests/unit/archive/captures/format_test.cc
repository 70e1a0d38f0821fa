// SPDX-License-Identifier: Apache-2.0
// archive/FORMAT.md describes one archive of one capture, row by row. This is that archive.
#include "archive/captures/body_store.h"
#include "archive/evidence/tree.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

class Format : public ArchiveTest {
 protected:
  Format() {
    const auto writer = OpenWriter();
    EXPECT_TRUE(writer->Append(std::vector{ExampleExchange(7)}));
    EXPECT_TRUE(writer->SignCheckpoint());
  }
  static void ExpectShown(const std::string& text) {
    const auto format = ReadFile(NIGHTJAR_SOURCE "/archive/FORMAT.md");
    ASSERT_TRUE(format) << format.error().Format();
    EXPECT_NE(format->find(text), std::string::npos) << "archive/FORMAT.md should show\n" << text;
  }
  [[nodiscard]] Bytes ValueAt(store::Table table, const Bytes& key) const {
    const auto txn = OpenTables()->Read();
    const auto value = txn->Get(table, key);
    EXPECT_TRUE(value && *value);
    return value && *value ? Bytes(**value) : Bytes();
  }
};

TEST_F(Format, ShowsTheRecord) { ExpectShown("```\n" + ExampleExchange(7).record + "```\n"); }

TEST_F(Format, ShowsTheCaptureRow) {
  const auto capture = OpenReader()->Get(CaptureNumber{0});
  ASSERT_TRUE(capture);
  ExpectShown("| `" + HexEncode(capture->salt.View()) + "`");
  ExpectShown("| `" + HexEncode(capture->signature) + "`");
  ExpectShown("```\n" + capture->leaf + "```\n");
}

TEST_F(Format, ShowsTheKeyring) {
  for (const char* file : {"/owl-7.case-key", "/owl-7.data-keys"})
    ExpectShown("```\n" + ReadFile(paths_.folder + "/keyring" + file).value() + "```\n");
  const auto keys =
      keyring::KeyRing::Open(paths_.folder + "/keyring", keyring::KeyRing::Mode::kRead, random_).value();
  const auto scope = keys->Find({}).value();
  ExpectShown("`" + HexEncode(scope.key.Raw()) + "`");
  const Bytes body = ValueAt(kBodies, BigEndianKey(0) + BigEndian32(0));
  ExpectShown("`" + HexEncode(body) + "`");
  EXPECT_EQ(scope.key.Open(body, "body 0").value(), Bytes(4, '\0') + "r" + ExampleExchange(7).body);
  const Bytes name = BodyName(scope, Sha256(ExampleExchange(7).body));
  ExpectShown("`" + HexEncode(name) + "` | `" + HexEncode(ValueAt(kBodyNames, name)) + "`");
}

TEST_F(Format, ShowsKeysAndValuesOfTheOtherTables) {
  const Exchange exchange = ExampleExchange(7);
  ExpectShown("`63" + Sha256(exchange.record).Hex() + "`");
  EXPECT_EQ(ValueAt(kIdentities, 'c' + Bytes(Sha256(exchange.record).View())), BigEndianKey(0));
  ExpectShown("`" + HexEncode(ValueAt(kNodes, BigEndianKey(0))) + "`");
  ExpectShown("```\n" + ValueAt(kCheckpoints, BigEndianKey(1)) + "```\n");
  const std::string key_id = KeyId(ExampleFetcherKey().public_key());
  ExpectShown("`" + key_id + "` | `" + HexEncode(ValueAt(kFetchers, key_id)) + "`");
  for (const std::string_view name : {kMetaFormat, kMetaLogKey})
    ExpectShown("`" + std::string(name) + "` | `" + ValueAt(kMeta, Bytes(name)) + "`");
  ExpectShown("`" + HexEncode(ValueAt(kScopes, BigEndian32(0))) + "`");
  ExpectShown("`" + HexEncode(ValueAt(kGrowth, BigEndianKey(20454))) + "`");
  ExpectShown("`totals` | `" + HexEncode(ValueAt(kMeta, Bytes(kMetaTotals))) + "`");
}

TEST_F(Format, ShowsALineOfTheCheckpointLog) {
  ExpectShown("```\n" + ReadFile(paths_.folder + "/checkpoints.log").value() + "```\n");
}

TEST_F(Format, ShowsAProofFile) {
  const auto reader = OpenReader();
  const auto proof = reader->Prove(CaptureNumber{0}, 1);
  const auto checkpoint = reader->LatestCheckpoint();
  ASSERT_TRUE(proof && checkpoint);
  ExpectShown("```\n" + evidence::FormatProofFile(*proof, checkpoint->note) + "```\n");
}

}  // namespace
}  // namespace nightjar::captures
