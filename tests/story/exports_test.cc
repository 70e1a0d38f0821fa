// SPDX-License-Identifier: Apache-2.0
// An analyst brings in what another agency archived and hands it out again, in every form, through the
// shipped program. No Tor is needed for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kHost = "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

std::string Response(const std::string& path, const std::string& body) {
  const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + kHost + path +
         "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:" + path +
         ">\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

class Exports : public ::testing::Test {
 protected:
  Exports() : nightjar_(World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}) {
    nightjar_.Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026", "--officer", "Officer 7"});
  }
  std::string Path(const std::string& name) { return nightjar_.scratch() + "/" + name; }
  std::string Import(const std::string& name, const std::string& content) {
    EXPECT_TRUE(WriteFileDurably(Path(name), content));
    return nightjar_.Command({"import", "warc", Path(name), "--case", "owl-7", "--source", "Agency B"});
  }
  std::string Export(const std::string& out, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"export", "--case", "owl-7", "--job", "import", "--out", Path(out)};
    words.insert(words.end(), more.begin(), more.end());
    return nightjar_.Command(words);
  }
  Installation nightjar_;
};

TEST_F(Exports, TakeInAForeignFileReportWhatIsBrokenAndHandItOutWithProofs) {
  const std::string said = Import(
      "seized.warc", Response("/a", "<title>Owl</title>") + "broken\n" + Response("/b", "<p>mouse</p>"));
  EXPECT_THAT(said, HasSubstr("no record begins here"));
  EXPECT_THAT(said, HasSubstr("2 new capture(s)"));
  Export("first.tar", {"--by", "Analyst 3", "--reason", "Hearing"});
  const std::string verified = nightjar_.Command({"verify", Path("first.tar")});
  EXPECT_THAT(verified, HasSubstr("3 captures were imported from files of others"));
  EXPECT_THAT(verified, HasSubstr("VERIFIED"));
  const Outcome script =
      RunProgram("/usr/bin/env", {"python3", NIGHTJAR_SOURCE "/archive/bundle/verify.py", Path("first.tar")});
  EXPECT_EQ(script.status, 0) << script.output;
  const std::string bundle = ReadFile(Path("first.tar")).value();
  EXPECT_THAT(bundle, HasSubstr("Analyst 3"));
  EXPECT_THAT(bundle, HasSubstr("%PDF-1.5"));

  Export("again.tar", {"--by", "Analyst 3", "--reason", "Hearing"});
  EXPECT_EQ(ReadFile(Path("again.tar")).value(), bundle) << "the same case and range, the same bytes";
}

TEST_F(Exports, ProveThatALaterExportGoesOnWhereTheLastOneEnded) {
  Import("one.warc", Response("/a", "<p>one</p>"));
  Export("first.tar", {"--no-report"});
  EXPECT_THAT(ReadFile(Path("first.tar")).value(), Not(HasSubstr("%PDF")));
  Import("two.warc", Response("/b", "<p>two</p>"));
  Export("second.tar");
  EXPECT_THAT(nightjar_.Command({"verify", Path("second.tar")}),
              HasSubstr("the log of an earlier export (2 leaves) is the beginning of this one"));
}

TEST_F(Exports, ComeInFormsForReplayToo) {
  Import("one.warc", Response("/a", "<p>one</p>"));
  EXPECT_THAT(Export("owl.wacz", {"--format", "wacz"}), HasSubstr("1 page(s)"));
  EXPECT_THAT(ReadFile(Path("owl.wacz")).value(), HasSubstr("\"wacz_version\": \"1.1.1\""));
  EXPECT_THAT(Export("owl.warc.gz", {"--format", "warc.gz"}), HasSubstr("owl.cdxj"));
  EXPECT_THAT(ReadFile(Path("owl.cdxj")).value(), HasSubstr("/a\", \"mime\": \"text/html\""));
  EXPECT_EQ(nightjar_.Try({"export", "--case", "owl-7", "--job", "import", "--out", Path("owl.wacz")}).status,
            1)
      << "no export replaces a file";
}

TEST_F(Exports, AreRefusedWithASentenceWhereTheyMakeNoSense) {
  EXPECT_THAT(nightjar_.Try({"export", "--case", "owl-7", "--out", Path("x")}).errors,
              HasSubstr("--job JOB"));
  EXPECT_THAT(nightjar_.Try({"import", "warc", Path("none"), "--case", "fox", "--source", "B"}).errors,
              HasSubstr("there is no case of this name"));
  const Outcome missing = nightjar_.Try({"import", "warc", Path("none"), "--case", "owl-7", "--source", "B"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.errors, HasSubstr("cannot open"));
}

}  // namespace
}  // namespace nightjar::story
