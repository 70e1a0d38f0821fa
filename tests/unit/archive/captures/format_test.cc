// SPDX-License-Identifier: Apache-2.0
// archive/FORMAT.md describes one archive of one capture, row by row. This is that archive.
#include "archive/captures/capture_row.h"
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
  const auto row = DecodeRow(ValueAt(kCaptures, BigEndianKey(0)), CaptureNumber{0});
  ASSERT_TRUE(row);
  ExpectShown("| `" + HexEncode(row->salt.View()) + "`");
  ExpectShown("| `" + HexEncode(row->signature) + "`");
  ExpectShown("```\n" + row->leaf + "```\n");
}

TEST_F(Format, ShowsKeysAndValuesOfTheOtherTables) {
  const Exchange exchange = ExampleExchange(7);
  ExpectShown("`" + Sha256(exchange.body).Hex() + "`");
  ExpectShown("`63" + Sha256(exchange.record).Hex() + "`");
  EXPECT_EQ(ValueAt(kIdentities, 'c' + Bytes(Sha256(exchange.record).View())), BigEndianKey(0));
  ExpectShown("`" + HexEncode(ValueAt(kNodes, BigEndianKey(0))) + "`");
  ExpectShown("```\n" + ValueAt(kCheckpoints, BigEndianKey(1)) + "```\n");
  const std::string key_id = KeyId(ExampleFetcherKey().public_key());
  ExpectShown("`" + key_id + "` | `" + HexEncode(ValueAt(kFetchers, key_id)) + "`");
  for (const std::string_view name : {kMetaFormat, kMetaLogKey})
    ExpectShown("`" + std::string(name) + "` | `" + ValueAt(kMeta, Bytes(name)) + "`");
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
