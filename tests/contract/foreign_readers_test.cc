// SPDX-License-Identifier: Apache-2.0
// Programs that are not ours read what Nightjar exports: coreutils the bag, warcio.js the WARC, jsonld.js the
// graph.
#include <gtest/gtest.h>

#include "base/file.h"
#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
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

}  // namespace
}  // namespace nightjar::contract
