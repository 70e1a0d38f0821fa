// SPDX-License-Identifier: Apache-2.0
// Programs that are not ours read what Nightjar exports: coreutils the bag, warcio.js the WARC, jsonld.js the
// graph.
#include <gtest/gtest.h>

#include "archive/wacz/wacz.h"
#include "base/file.h"
#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
#include "tests/unit/archive/bundle/example_archive.h"
#include "tests/unit/archive/bundle/temporary_folder.h"

namespace nightjar::contract {
namespace {

const std::string kReaders = NIGHTJAR_SOURCE "/tests/contract/readers";

class ForeignReaders : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ReadFile(kReaders + "/node_modules/warcio/package.json"))
        << "run `npm ci` in tests/contract/readers first";
    const auto run = RunIn(folder_.path(), "tar xf " + TheBundle().path);
    ASSERT_EQ(run.exit_status, 0) << run.output;
  }
  [[nodiscard]] CommandResult Run(const std::string& command) const {
    return RunIn(folder_ / "nightjar-owl-7", command);
  }
  bundle::TemporaryFolder folder_;
};

// RFC 8493, section 3: complete (all that is listed is there, all payload is listed) and valid (digests).
TEST_F(ForeignReaders, FindAWholeBagByTheRulesOfBagIt) {
  EXPECT_EQ(Run("sha256sum --check --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt").output, "");
  EXPECT_EQ(Run("find data -type f | LC_ALL=C sort > /tmp/$$ && sed 's/^[0-9a-f]\\{64\\}  //' "
                "manifest-sha256.txt | LC_ALL=C sort | diff - /tmp/$$; rm /tmp/$$")
                .output,
            "");
  EXPECT_EQ(Run("grep '^Payload-Oxum: ' bag-info.txt").output,
            Run("echo Payload-Oxum: $(find data -type f -print0 | xargs -0 cat | wc -c).$(find data -type f "
                "| wc -l)")
                .output);
  EXPECT_EQ(Run("cat bagit.txt").output, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
}

TEST_F(ForeignReaders, FindTheBagValidAndNoticeEachRuleThatIsBroken) {
  const std::string reader = "node " + kReaders + "/bag.mjs .";
  const auto good = Run(reader);
  EXPECT_EQ(good.exit_status, 0);
  EXPECT_TRUE(good.output.starts_with("BagIt: 25 payload files, ")) << good.output;
  for (const auto& [damage, rule] : {std::pair{"rm data/salts/2.hex", "3 complete"},
                                     {"touch data/more", "3 complete"},
                                     {"printf x >> data/salts/2.hex", "3 valid"},
                                     {"printf x >> VERIFY.txt", "3 valid"},
                                     {"sed -i 's/1.0/one/' bagit.txt", "2.1.1"},
                                     {"echo 'http://a.example/ 1 data/b' > fetch.txt", "2.2.3"},
                                     {"ln -s /etc/passwd data/passwd", "2.1.2"},
                                     {"sed -i 's/data.salts.2.hex/..\\/x/' manifest-sha256.txt", "5.2"},
                                     {"sed -i 1p manifest-sha256.txt", "2.1.3"}}) {
    bundle::TemporaryFolder folder;
    ASSERT_EQ(RunIn(folder.path(), "tar xf " + TheBundle().path).exit_status, 0);
    const auto broken = RunIn(folder / "nightjar-owl-7", std::string(damage) + " && " + reader);
    EXPECT_EQ(broken.exit_status, 1) << damage;
    EXPECT_TRUE(broken.output.starts_with(std::string("BROKEN ") + rule)) << damage << ": " << broken.output;
  }
}

TEST_F(ForeignReaders, ReadTheWarcAndAgreeWithEveryBlockDigest) {
  const auto run = Run("node " + kReaders + "/warc.mjs data/capture.warc");
  ASSERT_EQ(run.exit_status, 0) << run.output;
  const auto agree = Run("node " + kReaders +
                         "/warc.mjs data/capture.warc | python3 -c 'import json, sys\n"
                         "n = 0\n"
                         "for line in sys.stdin:\n"
                         "    r = json.loads(line); n += 1\n"
                         "    assert r[\"claimed\"] == \"sha256:\" + r[\"sha256\"], line\n"
                         "print(n, \"agree\")'");
  // warcinfo; 4 requests, 3 responses and 6 metadata records of the six captures.
  EXPECT_EQ(agree.output, "14 agree\n");
}

TEST_F(ForeignReaders, ReadTheGraphAndFindTheDigestsOfTheWarcInIt) {
  const auto run = Run("node " + kReaders + "/graph.mjs .");
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_EQ(LastLine(run.output), "7 blocks, 6 captures, 7 acts agree");
}

TEST_F(ForeignReaders, NoticeAGraphThatSaysSomethingElse) {
  ASSERT_EQ(Run("sed -i 's/\"77\"/\"78\"/' case.jsonld").exit_status, 0);
  EXPECT_NE(Run("node " + kReaders + "/graph.mjs .").exit_status, 0);
}

TEST_F(ForeignReaders, FindEachResponseOfACompressedWarcByItsIndex) {
  const bundle::ExampleArchive archive;
  const auto summary =
      wacz::ExportWarcGz(archive.reader(), archive.Request({0, 1, 2, 4, 6, 7}, "owl.warc.gz"));
  ASSERT_TRUE(summary) << summary.error().Format();
  EXPECT_EQ(summary->captures, 6U);
  const auto run = RunIn(archive.folder().path(),
                         "gzip -t owl.warc.gz && node " + kReaders + "/index.mjs owl.warc.gz owl.cdxj");
  EXPECT_EQ(LastLine(run.output), "4 lines, 16 records") << run.output;
}

// Python's zipfile unpacks it; every file has the digest the data package gives.
TEST_F(ForeignReaders, UnpackAWaczAndFindWhatItsDataPackageSays) {
  const bundle::ExampleArchive archive;
  const auto request = archive.Request({0, 1, 2, 6}, "owl.wacz");
  const auto summary =
      wacz::ExportWacz(archive.reader(), request, [](CaptureNumber) { return std::string("An \"owl\""); });
  ASSERT_TRUE(summary) << summary.error().Format();
  EXPECT_EQ(summary->pages, 2U);
  const auto run =
      RunIn(archive.folder().path(),
            "python3 -c 'import hashlib, json, zipfile\n"
            "z = zipfile.ZipFile(\"owl.wacz\")\n"
            "assert z.testzip() is None\n"
            "assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist())\n"
            "p = z.read(\"datapackage.json\"); d = json.loads(p)\n"
            "digest = lambda b: \"sha256:\" + hashlib.sha256(b).hexdigest()\n"
            "assert json.loads(z.read(\"datapackage-digest.json\"))[\"hash\"] == digest(p)\n"
            "assert d[\"wacz_version\"] == \"1.1.1\"\n"
            "for r in d[\"resources\"]: assert (digest(z.read(r[\"path\"])), len(z.read(r[\"path\"]))) == "
            "(r[\"hash\"], r[\"bytes\"])\n"
            "pages = [json.loads(l) for l in z.read(\"pages/pages.jsonl\").splitlines()]\n"
            "assert pages[0][\"format\"] == \"json-pages-1.0\" and pages[1][\"title\"] == chr(65) + \"n "
            "\\\"owl\\\"\"\n"
            "z.extractall(\"out\"); print(len(z.namelist()), len(d[\"resources\"]), len(pages))' && node " +
                kReaders + "/index.mjs out/archive/data.warc.gz out/indexes/index.cdxj");
  EXPECT_EQ(run.output, "5 3 3\n4 lines, 13 records\n");
}

TEST_F(ForeignReaders, GetTheSameBytesForTheSameCaptures) {
  const bundle::ExampleArchive archive;
  ASSERT_TRUE(wacz::ExportWacz(archive.reader(), archive.Request({0, 2}, "a.wacz"), {}));
  ASSERT_TRUE(wacz::ExportWacz(archive.reader(), archive.Request({2, 0}, "b.wacz"), {}));
  EXPECT_EQ(ReadFile(archive.folder() / "a.wacz").value(), ReadFile(archive.folder() / "b.wacz").value());
  EXPECT_EQ(wacz::ExportWacz(archive.reader(), archive.Request({0}, "a.wacz"), {}).error().code,
            Code::kAlreadyExists);
  EXPECT_EQ(wacz::ExportWacz(archive.reader(), archive.Request({3}, "c.wacz"), {}).error().code,
            Code::kRefused);
  EXPECT_EQ(wacz::ExportWarcGz(archive.reader(), archive.Request({3}, "c.warc.gz")).error().code,
            Code::kRefused);
  EXPECT_EQ(RunIn(archive.folder().path(), "ls").output, "a.wacz\narchive\nb.wacz\n");
}

}  // namespace
}  // namespace nightjar::contract
