// SPDX-License-Identifier: Apache-2.0
// The log meets the outside: the shipped `nightjar witness` and `nightjar notary`, with a time stamp
// authority to throw away, over loopback. The archive is made by its own writer, as a crawl would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "archive/captures/archive.h"
#include "base/file.h"
#include "tests/story/installation.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::story {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

const std::string kAuthority = NIGHTJAR_SOURCE "/tests/world/time_authority.py";
const std::string kOrigin = "unit.example/nightjar/2026a";

// The last words of a program that prints one line and stays.
std::string FirstLineOf(const std::string& path) {
  std::string line;
  EXPECT_TRUE(WaitUntil(seconds(30), [&] {
    std::ifstream file(path);
    return static_cast<bool>(std::getline(file, line)) && !line.empty();
  })) << path;
  return line;
}

class Witnessed : public ::testing::Test {
 protected:
  Witnessed()
      : nightjar_(World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}),
        other_(World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}) {
    nightjar_.Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026"});
  }

  [[nodiscard]] captures::ArchivePaths Paths(const std::string& data = {}) const {
    return {.folder = (data.empty() ? nightjar_.data() : data) + "/archive", .keyring = nightjar_.keyring()};
  }
  // What a crawl does: appends captures [first, end) and signs.
  void Capture(std::uint64_t first, std::uint64_t end, const std::string& origin = kOrigin) const {
    ASSERT_TRUE(MakeFolders(nightjar_.data() + "/keys", 0700));
    auto writer = captures::Writer::Open(
        {.paths = Paths(),
         .origin = origin,
         .log_key = SigningKey::LoadOrCreate(nightjar_.data() + "/keys/log.pem").value(),
         .fetchers = {captures::ExampleFetcherKey().public_key()}});
    ASSERT_TRUE(writer) << writer.error().Format();
    std::vector<captures::Exchange> exchanges;
    for (std::uint64_t n = first; n < end; ++n) exchanges.push_back(captures::ExampleExchange(n));
    ASSERT_TRUE((*writer)->Append(exchanges));
    ASSERT_TRUE((*writer)->SignCheckpoint());
  }

  // The witness is another installation: other folder, other key, as on another machine.
  void StartWitness() {
    ASSERT_TRUE(WriteFileDurably(other_.scratch() + "/logs", nightjar_.Command({"archive", "keys"})));
    std::string yaml = ReadFile(other_.config_path()).value();
    yaml.replace(yaml.find("listen: none"), 12, "listen: 127.0.0.1:" + std::to_string(other_.port()));
    ASSERT_TRUE(WriteFileDurably(other_.config_path(), yaml));
    other_.Set("logs", other_.scratch() + "/logs");
    std::string key = other_.Command({"witness", "key"});
    key.pop_back();
    RestartWitness();
    nightjar_.Set("witness_url", "http://127.0.0.1:" + std::to_string(other_.port()));
    nightjar_.Set("witness_vkey", "\"" + key + "\"");
  }
  void RestartWitness() {
    witness_.reset();
    std::filesystem::remove(other_.scratch() + "/witness.log");
    witness_ = std::make_unique<Child>(other_.Start("witness"));
    ASSERT_TRUE(WaitUntil(seconds(30), [&] {
      const auto log = ReadFile(other_.scratch() + "/witness.log");
      return log && log->find(" on http://") != std::string::npos;
    }));
  }
  void StartAuthority() {
    const std::string folder = nightjar_.scratch() + "/tsa";
    ASSERT_EQ(RunProgram("/usr/bin/python3", {kAuthority, "make", folder}).status, 0);
    const std::string port_file = nightjar_.scratch() + "/tsa-port";
    authority_ = std::make_unique<Child>(std::move(
        Child::Start(
            {.program = "/bin/sh",
             .arguments = {"-c", "exec python3 " + kAuthority + " serve " + folder + " > " + port_file}})
            .value()));
    nightjar_.Set("tsa_url", "http://127.0.0.1:" + FirstLineOf(port_file) + "/tsa");
    nightjar_.Set("tsa_ca", folder + "/root.pem");
  }

  Installation nightjar_;
  Installation other_;
  std::unique_ptr<Child> witness_;
  std::unique_ptr<Child> authority_;
};

TEST_F(Witnessed, ALogIsCosignedStampedExportedAndCheckedByAStranger) {
  Capture(0, 5);
  EXPECT_THAT(nightjar_.Command({"status"}), HasSubstr("witness   none"));
  StartWitness();
  StartAuthority();
  EXPECT_THAT(nightjar_.Command({"status"}), HasSubstr("witness   NEVER"));
  nightjar_.Command({"notary", "--once"});
  const std::string status = nightjar_.Command({"status"});
  EXPECT_THAT(status, HasSubstr("witness   5 captures cosigned"));
  EXPECT_THAT(status, HasSubstr("time      5 captures stamped"));

  const std::string bundle = nightjar_.scratch() + "/owl.tar";
  const std::string exported =
      nightjar_.Command({"export", "--case", "owl-7", "--capture", "1", "--capture", "4", "--out", bundle});
  EXPECT_THAT(exported, HasSubstr("; cosigned 20"));
  EXPECT_THAT(exported, HasSubstr(", stamped 20"));
  ASSERT_TRUE(WriteFileDurably(nightjar_.scratch() + "/witness.vkey", other_.Command({"witness", "key"})));
  const Outcome verified =
      RunProgram(NightjarPath(), {"verify", bundle, "--witness-key", nightjar_.scratch() + "/witness.vkey",
                                  "--tsa-ca", nightjar_.scratch() + "/tsa/root.pem"});
  EXPECT_EQ(verified.status, 0) << verified.errors;
  EXPECT_THAT(verified.output, HasSubstr("cosigned 20"));
  const Outcome script =
      RunProgram("/usr/bin/python3", {"-B", NIGHTJAR_SOURCE "/archive/bundle/verify.py", bundle,
                                      "--witness-key", nightjar_.scratch() + "/witness.vkey"});
  EXPECT_EQ(script.status, 0) << script.output;

  // Nothing new: the same request gives the same bytes.
  nightjar_.Command({"export", "--case", "owl-7", "--capture", "1", "--capture", "4", "--out", bundle + "2"});
  EXPECT_EQ(ReadFile(bundle).value(), ReadFile(bundle + "2").value());
}

TEST_F(Witnessed, ALogGoesOnWhenItsWitnessDiesAndComesBack) {
  Capture(0, 3);
  StartWitness();
  nightjar_.Command({"notary", "--once"});
  witness_->Signal(SIGKILL);
  witness_.reset();
  Capture(3, 6);
  const Outcome alone = nightjar_.Try({"notary", "--once"});
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(nightjar_.Command({"status"}), HasSubstr("NOTARY"));
  // An export is possible, and says what it lacks.
  const Outcome exported = nightjar_.Try(
      {"export", "--case", "owl-7", "--capture", "5", "--out", nightjar_.scratch() + "/alone.tar"});
  EXPECT_EQ(exported.status, 0) << exported.errors;
  EXPECT_THAT(exported.output, HasSubstr("NOT cosigned, NOT stamped"));
  RestartWitness();
  nightjar_.Command({"notary", "--once"});
  EXPECT_THAT(nightjar_.Command({"status"}), HasSubstr("witness   6 captures cosigned"));
}

TEST_F(Witnessed, YesterdaysArchiveIsRefusedByTheNotaryAndByTheWitness) {
  Capture(0, 3);
  StartWitness();
  const std::string yesterday = nightjar_.scratch() + "/yesterday";
  std::filesystem::copy(nightjar_.data() + "/archive", yesterday, std::filesystem::copy_options::recursive);
  Capture(3, 6);
  nightjar_.Command({"notary", "--once"});
  std::filesystem::remove_all(nightjar_.data() + "/archive");
  std::filesystem::rename(yesterday, nightjar_.data() + "/archive");

  const Outcome by_memory = nightjar_.Try({"notary", "--once"});
  EXPECT_EQ(by_memory.status, 1);
  EXPECT_THAT(by_memory.errors, HasSubstr("rolled back"));
  EXPECT_THAT(nightjar_.Command({"status"}), HasSubstr("ALERTS"));
  // Whoever rolls back the notary's memory too meets the witness's.
  std::filesystem::remove_all(nightjar_.data() + "/notary");
  const Outcome by_witness = nightjar_.Try({"notary", "--once"});
  EXPECT_EQ(by_witness.status, 1);
  EXPECT_THAT(by_witness.errors, HasSubstr("the witness has cosigned 6 leaves"));
  // And once the tree has grown beyond it again, it is another tree.
  Capture(3, 4);
  Capture(10, 15);
  const Outcome fork = nightjar_.Try({"notary", "--once"});
  EXPECT_EQ(fork.status, 1);
  EXPECT_THAT(fork.errors, HasSubstr("another tree"));
  EXPECT_THAT(ReadFile(other_.data() + "/witness/disputes.log").value_or(""), HasSubstr("nightjar/2026a"));
}

TEST_F(Witnessed, TheLogsKeyIsReplacedAndTheWitnessFollowsWhenItIsTold) {
  Capture(0, 3);
  const std::string old_key = nightjar_.Command({"archive", "keys"});
  StartWitness();
  nightjar_.Command({"notary", "--once"});
  EXPECT_EQ(nightjar_.Try({"archive", "rotate-key"}).status, 1) << "the name must change first";
  nightjar_.Set("origin", "unit.example/nightjar/2026b");
  EXPECT_THAT(nightjar_.Command({"archive", "rotate-key"}), HasSubstr("leaf 3 leads to it"));
  Capture(4, 6, "unit.example/nightjar/2026b");
  EXPECT_THAT(nightjar_.Try({"notary", "--once"}).errors, HasSubstr("404"));
  std::string both = nightjar_.Command({"archive", "keys"});
  both[both.find('\n')] = ' ';
  ASSERT_TRUE(WriteFileDurably(other_.scratch() + "/logs", both));
  RestartWitness();
  nightjar_.Command({"notary", "--once"});

  const std::string bundle = nightjar_.scratch() + "/after.tar";
  nightjar_.Command({"export", "--case", "owl-7", "--capture", "1", "--capture", "5", "--out", bundle});
  ASSERT_TRUE(WriteFileDurably(nightjar_.scratch() + "/old.vkey", old_key));
  const Outcome verified =
      RunProgram(NightjarPath(), {"verify", bundle, "--key", nightjar_.scratch() + "/old.vkey"});
  EXPECT_EQ(verified.status, 0) << verified.errors;
  EXPECT_THAT(verified.output, HasSubstr("follows from the one that is trusted"));
}

// C2SP tlog-witness, seen by a client that is not ours.
TEST_F(Witnessed, TheWitnessAnswersInHttpAsTheSpecificationSays) {
  Capture(0, 3);
  StartWitness();
  const std::string url = "http://127.0.0.1:" + std::to_string(other_.port()) + "/add-checkpoint";
  const auto ask = [&](const std::string& body) {
    const std::string file = other_.scratch() + "/body";
    EXPECT_TRUE(WriteFileDurably(file, body));
    return RunProgram("/usr/bin/curl",
                      {"-s", "-w", "%{http_code} %{content_type}", "--data-binary", "@" + file, url})
        .output;
  };
  // Opened anew each time: this process must not read the archive while it writes it.
  const auto newest = [&] {
    return captures::Reader::Open(Paths()).value()->LatestCheckpoint().value().note;
  };
  const std::string first = newest();
  EXPECT_THAT(ask("words"), HasSubstr("400 text/plain"));
  EXPECT_THAT(ask("old 4\n\n" + first), HasSubstr("400 "));
  const SigningKey stranger = SigningKey::FromSeed(std::string(32, 's')).value();
  EXPECT_THAT(ask("old 0\n\n" + evidence::Sign({"other.example/log", 3, Sha256("r")}, stranger).note),
              HasSubstr("404 "));
  EXPECT_THAT(ask("old 0\n\n" + evidence::Sign({kOrigin, 3, Sha256("r")}, stranger).note), HasSubstr("403 "));
  EXPECT_THAT(ask("old 1\n" + Base64Encode(Sha256("h").View()) + "\n\n" + first),
              testing::StartsWith("0\n409 text/x.tlog.size"));
  EXPECT_THAT(ask("old 0\n\n" + first), testing::StartsWith("\xE2\x80\x94 unit.example/witness/2026a "));
  EXPECT_THAT(ask("old 0\n\n" + first), testing::StartsWith("3\n409 text/x.tlog.size"));
  witness_->Signal(SIGKILL);
  RestartWitness();
  EXPECT_THAT(ask("old 0\n\n" + first), testing::StartsWith("3\n409 text/x.tlog.size")) << "it remembers";
  Capture(3, 9);
  const std::string second = newest();
  EXPECT_THAT(ask("old 3\n" + Base64Encode(Sha256("h").View()) + "\n\n" + second), HasSubstr("422 "));
  const SigningKey log_key = SigningKey::LoadOrCreate(nightjar_.data() + "/keys/log.pem").value();
  EXPECT_THAT(ask("old 3\n\n" + evidence::Sign({kOrigin, 3, Sha256("fork")}, log_key).note),
              testing::StartsWith("3\n409 "));
  EXPECT_THAT(RunProgram("/usr/bin/curl", {"-s", "-w", "%{http_code}", url}).output, HasSubstr("405"));
}

TEST_F(Witnessed, TheLogIsWrittenAsTilesThatGrow) {
  Capture(0, 3);
  const std::string folder = nightjar_.scratch() + "/tiles";
  EXPECT_THAT(nightjar_.Command({"archive", "tiles", folder}), HasSubstr("2 new files"));
  EXPECT_EQ(ReadFile(folder + "/tile/0/000.p/3")->size(), 96U);
  EXPECT_THAT(ReadFile(folder + "/tile/entries/000.p/3").value_or(""),
              HasSubstr("nightjar-leaf/v1\ncapture "));
  Capture(3, 260);
  EXPECT_THAT(nightjar_.Command({"archive", "tiles", folder}), HasSubstr("5 new files"));
  EXPECT_EQ(ReadFile(folder + "/tile/0/000")->size(), 8192U);
  EXPECT_TRUE(ReadFile(folder + "/tile/1/000.p/1"));
  EXPECT_THAT(ReadFile(folder + "/checkpoint").value_or(""), HasSubstr("\n260\n"));
}

}  // namespace
}  // namespace nightjar::story
