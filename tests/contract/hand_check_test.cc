// SPDX-License-Identifier: Apache-2.0
// What a stranger does with an unpacked bundle: verify.py as it lies there, and the commands of VERIFY.txt as
// written.
#include <gtest/gtest.h>

#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
#include "tests/unit/archive/bundle/temporary_folder.h"

namespace nightjar::contract {
namespace {

// The example bundle unpacked with the tar command.
class Unpacked : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = RunIn(folder_.path(), "tar xf " + TheBundle().path);
    ASSERT_EQ(run.exit_status, 0) << run.output;
  }
  [[nodiscard]] CommandResult Run(const std::string& command) const {
    return RunIn(folder_ / "nightjar-owl-7", command);
  }
  // Adds one to the byte at `offset`.
  void Damage(const std::string& file, int offset) const {
    const auto run =
        Run("python3 -c 'f = open(\"" + file + "\", \"r+b\"); f.seek(" + std::to_string(offset) +
            "); b = f.read(1)[0]; f.seek(" + std::to_string(offset) + "); f.write(bytes([(b + 1) % 256]))'");
    ASSERT_EQ(run.exit_status, 0) << run.output;
  }

  bundle::TemporaryFolder folder_;
};

constexpr const char* kHandCommands = "sh VERIFY.txt";

TEST_F(Unpacked, IsVerifiedByTheScriptThatLiesInIt) {
  const auto run = Run("python3 verify.py");
  EXPECT_EQ(run.exit_status, 0);
  EXPECT_TRUE(LastLine(run.output).starts_with("VERIFIED 6 captures of case owl-7")) << run.output;
}

TEST_F(Unpacked, IsVerifiedByTheOpensslCommandAlone) {
  const auto run = Run("python3 verify.py --command-only --key keys/log.vkey");
  EXPECT_EQ(run.exit_status, 0);
  EXPECT_TRUE(LastLine(run.output).starts_with("VERIFIED ")) << run.output;
}

TEST_F(Unpacked, IsVerifiedByTheHandCommandsAsWritten) {
  const auto run = Run(kHandCommands);
  EXPECT_EQ(run.exit_status, 0) << run.output;
  EXPECT_TRUE(LastLine(run.output).starts_with("step 9: ")) << run.output;
}

TEST_F(Unpacked, IsRejectedByAllWhenAFileIsDamaged) {
  for (const char* file :
       {"data/capture.warc", "data/records/2.txt", "data/signatures/2.sig", "data/leaves/2.txt",
        "data/salts/2.hex", "proofs/2.tlog-proof", "checkpoint", "keys/log.pem", "bag-info.txt",
        "proofs/consistency-from-4", "case.jsonld", "custody.jsonl"}) {
    SetUp();
    Damage(file, 40);
    EXPECT_EQ(Run("python3 verify.py").exit_status, 1) << file;
    EXPECT_NE(Run(kHandCommands).exit_status, 0) << file;
  }
}

TEST_F(Unpacked, IsRejectedByTheHandCommandsAlsoUnderFreshManifests) {
  const std::string refresh =
      "for m in manifest-sha256.txt tagmanifest-sha256.txt; do sed 's/^[0-9a-f]*  //' $m | xargs sha256sum > "
      "m && mv m $m; "
      "done";
  EXPECT_EQ(Run(refresh).exit_status, 0);
  EXPECT_EQ(Run(kHandCommands).exit_status, 0) << "refreshing alone changes nothing";
  for (const char* file :
       {"data/records/2.txt", "data/signatures/2.sig", "data/leaves/2.txt", "data/salts/2.hex",
        "proofs/2.tlog-proof", "checkpoint", "keys/log.pem", "proofs/consistency-from-4"}) {
    SetUp();
    Damage(file, 40);
    EXPECT_EQ(Run(refresh).exit_status, 0);
    EXPECT_NE(Run(kHandCommands).exit_status, 0) << file;
    EXPECT_EQ(Run("python3 verify.py").exit_status, 1) << file;
  }
}

TEST_F(Unpacked, IsRejectedWithAnotherConsensusThanTheRecordsName) {
  const std::string swap =
      "set -e; old=$(ls consensus); sed -i 's/23:00:00/22:00:00/' consensus/$old; "
      "new=$(sha256sum < consensus/$old | cut -c 1-64); mv consensus/$old consensus/$new; "
      "sed -i \"s/  consensus.$old/  consensus\\/$new/\" tagmanifest-sha256.txt; "
      "sed 's/^[0-9a-f]*  //' tagmanifest-sha256.txt | xargs sha256sum > m; mv m tagmanifest-sha256.txt";
  EXPECT_EQ(Run(swap).exit_status, 0);
  EXPECT_EQ(Run("sha256sum --check --quiet tagmanifest-sha256.txt").exit_status, 0);
  EXPECT_NE(Run(kHandCommands).exit_status, 0);
  const auto script = Run("python3 verify.py");
  EXPECT_EQ(script.exit_status, 1);
  EXPECT_NE(script.output.find("is named by no record"), std::string::npos) << script.output;
}

TEST_F(Unpacked, IsRejectedWithAFileTooManyTooFewOrLinked) {
  EXPECT_EQ(Run("touch extra").exit_status, 0);
  EXPECT_EQ(LastLine(Run("python3 verify.py").output), "REJECTED: extra: does not belong in a bundle");
  EXPECT_EQ(Run("rm extra data/salts/2.hex").exit_status, 0);
  EXPECT_EQ(LastLine(Run("python3 verify.py").output), "REJECTED: data/salts/2.hex: is missing");
  EXPECT_EQ(Run("ln -s 0.hex data/salts/2.hex").exit_status, 0);
  EXPECT_EQ(LastLine(Run("python3 verify.py").output), "REJECTED: data/salts/2.hex: is a symbolic link");
}

TEST_F(Unpacked, CannotBeCheckedWithoutOpensslAndTheScriptSaysSo) {
  const auto run =
      Run("python=$(command -v $(python3 -c 'import sys; print(sys.executable)')); PATH=/nowhere "
          "\"$python\" verify.py");
  EXPECT_EQ(run.exit_status, 2);
  EXPECT_TRUE(LastLine(run.output).starts_with("CANNOT CHECK: ")) << run.output;
}

TEST_F(Unpacked, IsRefusedWithAKeyThatIsNoKey) {
  EXPECT_EQ(Run("python3 verify.py --key nonsense").exit_status, 2);
}

}  // namespace
}  // namespace nightjar::contract
