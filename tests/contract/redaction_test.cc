// SPDX-License-Identifier: Apache-2.0
// A session's captures in a bundle: without its secrets, and yet nothing can be changed in them.
#include "archive/captures/redaction.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "archive/evidence/note.h"
#include "archive/wacz/wacz.h"
#include "base/file.h"
#include "tests/contract/mutants.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::contract {
namespace {

constexpr std::array<const char*, 4> kSecrets = {"hoot-hoot", "sid=old-cookie", "sid=fresh-cookie",
                                                 "owl_hunter"};

captures::Exchange LoginExchange(std::uint64_t n) {
  const Bytes request =
      "POST /login HTTP/1.1\r\nHost: example.onion\r\nCookie: sid=old-cookie\r\nContent-Length: 34\r\n\r\n"
      "user=owl_hunter&password=hoot-hoot";
  const Bytes head = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=fresh-cookie; Path=/\r\n\r\n";
  const Bytes body = "<html><title>Welcome</title></html>";
  captures::Record record = captures::ExampleRecord(n, request, head, body);
  record.purpose = "login";
  record.redacted_request = captures::DescribeRedactedRequest(request);
  record.redacted_response = captures::DescribeRedactedResponse(head, body);
  return captures::Signed(record, request, head, body);
}

class RedactedBundle : public testing::Test {
 protected:
  RedactedBundle() : archive_({captures::ExampleExchange(0), LoginExchange(1)}) {
    const auto request = archive_.Request({0, 1}, "redacted.tar");
    const auto exported = bundle::Export(archive_.reader(), request);
    EXPECT_TRUE(exported) << exported.error().Format();
    path_ = request.out_path;
  }
  const std::string vkey_ =
      evidence::FormatVkey({bundle::kExampleOrigin, bundle::ExampleLogKey().public_key()});
  bundle::ExampleArchive archive_;
  std::string path_;
};

TEST_F(RedactedBundle, HoldsNoSecretAndIsAcceptedByAllWhoSayWhatIsMissing) {
  const Bytes bytes = ReadFile(path_).value();
  for (const char* secret : kSecrets) EXPECT_EQ(bytes.find(secret), Bytes::npos) << secret;
  EXPECT_NE(bytes.find("POST /login"), Bytes::npos) << "what is no secret stays";
  EXPECT_NE(bytes.find("<title>Welcome</title>"), Bytes::npos);
  const auto report = bundle::Verify(path_, vkey_);
  ASSERT_TRUE(report) << report.error().Format();
  EXPECT_TRUE(std::ranges::any_of(report->checks, [](const std::string& check) {
    return check.starts_with("1 captures are shown without the secrets");
  }));
  const auto script = RunIn("/", "python3 " + kVerifyScript + " " + path_ + " --key '" + vkey_ + "'");
  EXPECT_EQ(script.exit_status, 0) << script.output;
  EXPECT_NE(script.output.find("1 captures are shown without the secrets"), std::string::npos);
}

TEST_F(RedactedBundle, HoldsNoSecretInTheFormsForReplayEither) {
  ASSERT_TRUE(wacz::ExportWarcGz(archive_.reader(), archive_.Request({0, 1}, "login.warc.gz")));
  ASSERT_TRUE(wacz::ExportWacz(archive_.reader(), archive_.Request({0, 1}, "login.wacz"), {}));
  const auto run = RunIn(archive_.folder().path(),
                         "zcat login.warc.gz; python3 -c 'import gzip, sys, zipfile\n"
                         "z = zipfile.ZipFile(\"login.wacz\")\n"
                         "for n in z.namelist():\n"
                         "    b = z.read(n)\n"
                         "    sys.stdout.buffer.write(gzip.decompress(b) if n.endswith(\".gz\") else b)'");
  ASSERT_EQ(run.exit_status, 0) << run.output;
  for (const char* secret : kSecrets) EXPECT_EQ(run.output.find(secret), Bytes::npos) << secret;
  EXPECT_NE(run.output.find("Cookie: [redacted by Nightjar]"), Bytes::npos);
  EXPECT_NE(run.output.find("redacted: request secrets, response cookies"), Bytes::npos);
}

TEST_F(RedactedBundle, IsAcceptedByTheHandCommandsToo) {
  const bundle::TemporaryFolder folder;
  ASSERT_EQ(RunIn(folder.path(), "tar xf " + path_).exit_status, 0);
  const auto run = RunIn(folder / "nightjar-owl-7", "sh VERIFY.txt");
  EXPECT_EQ(run.exit_status, 0) << run.output;
}

TEST_F(RedactedBundle, IsRefusedWithAnyByteOfItsWarcOrRecordsChangedEvenUnderFreshManifests) {
  SeededRandom random(3);
  Mutants mutants;
  const Bag good = Unpack(path_);
  for (const char* name : {"data/capture.warc", "data/records/1.txt"}) {
    for (int i = 0; i < 150; ++i) {
      Bag bag = good;
      bag[name] = Flipped(bag[name], random.Next() % bag[name].size(), random);
      FixManifests(bag);
      mutants.Add(std::string(name).substr(5, 3) + std::to_string(i), bag);
    }
  }
  mutants.ExpectAllRejectedByBoth(vkey_);
}

TEST_F(RedactedBundle, IsRefusedWhenTheMarkIsReplacedByWordsOrAPageIsRedactedAfterTheFact) {
  Mutants mutants;
  Bag words = Unpack(path_);
  Replace(words["data/capture.warc"], "Cookie: [redacted by Nightjar]", "Cookie: [innocent by Nightjar]");
  FixManifests(words);
  mutants.Add("words", words);
  Bag later = Unpack(path_);
  Replace(later["data/capture.warc"], "Owl 0", std::string(captures::kRedactionMark));
  FixManifests(later);
  mutants.Add("later", later);
  mutants.ExpectAllRejectedByBoth(vkey_);
}

}  // namespace
}  // namespace nightjar::contract
