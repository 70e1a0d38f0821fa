// SPDX-License-Identifier: Apache-2.0
// Bodies that may not be kept: the shipped fetcher hands over head, size and hash, and not a byte more.
#include <gmock/gmock.h>

#include "base/file.h"
#include "base/md5.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using captures::Withheld;
using ::testing::HasSubstr;

const std::string kPng = "\x89PNG\r\n\x1A\n" + std::string(5000, 'p');

class FetcherMedia : public FetcherTest {
 protected:
  void ServeFile(const std::string& type, const std::string& file) {
    ServeBytes("HTTP/1.1 200 OK\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(file.size()) + "\r\n\r\n" + file);
  }
  void ExpectWithheld(const handover::Done& done, Withheld::By by, const std::string& why) {
    const captures::Record record = RecordOf(done);
    EXPECT_EQ(record.outcome, Outcome::kWithheld);
    EXPECT_EQ(record.withheld.by, by);
    EXPECT_THAT(record.detail, HasSubstr(why));
    EXPECT_EQ(record.http_status, 200);
    EXPECT_GT(record.head_size, 0U);
    EXPECT_EQ(done.exchange.body, "");
    EXPECT_EQ(handover::Encode(done).find("pppp"), std::string::npos) << "in no form";
  }
  [[nodiscard]] handover::Task TaskAllowing(std::vector<std::string> media) const {
    handover::Task task = MakeTask(url_);
    task.media = std::move(media);
    return task;
  }
};

TEST_F(FetcherMedia, WithholdsWhatIsDeclaredToBeAPicture) {
  ServeFile("image/png", kPng);
  Start();
  const handover::Done done = Fetch(url_);
  ExpectWithheld(done, Withheld::By::kMediaPolicy, "image/png, declared");
  EXPECT_GT(RecordOf(done).withheld.size, 0U);
}

TEST_F(FetcherMedia, WithholdsAPictureThatCallsItselfAPage) {
  ServeFile("text/html", kPng);
  Start();
  ExpectWithheld(Fetch(url_), Withheld::By::kMediaPolicy, "image/png, found in its first bytes");
}

TEST_F(FetcherMedia, CutsTheTransferAsSoonAsItKnows) {
  tor_->Serve([](const Stream& stream) {
    (void)stream.ReadRequest();
    stream.Write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999\r\n\r\n" + kPng);
    stream.WaitForEnd();  // the rest never comes: only a cut ends this
  });
  Start();
  const handover::Done done = Fetch(url_);
  ExpectWithheld(done, Withheld::By::kMediaPolicy, "image/png");
  EXPECT_EQ(RecordOf(done).withheld.sha256, Sha256(kPng.substr(0, RecordOf(done).withheld.size)));
}

TEST_F(FetcherMedia, KeepsAHeadWithoutABodyWhateverItDeclares) {
  ServeFile("image/png", "");
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kOk);
}

TEST_F(FetcherMedia, KeepsTheTypesThatAJobAllows) {
  ServeFile("image/png", kPng);
  Start();
  const handover::Done done = Fetch(TaskAllowing({"image/*"}));
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk) << RecordOf(done).detail;
  EXPECT_EQ(done.exchange.body, kPng);
  ExpectWithheld(Fetch(TaskAllowing({"video/mp4"})), Withheld::By::kMediaPolicy, "image/png");
}

TEST_F(FetcherMedia, WithholdsAFileThatAHashListKnowsThoughItsTypeIsAllowed) {
  ASSERT_TRUE(WriteFileDurably(folder_ + "/md5", HexEncode(*Md5(kPng)) + "\n"));
  ASSERT_TRUE(WriteFileDurably(folder_ + "/sha256", Sha256("another" + kPng).Hex() + "\n"));
  hash_lists_md5_ = {folder_ + "/md5"};
  hash_lists_sha256_ = {folder_ + "/sha256"};
  Start();
  ServeFile("image/png", kPng);
  const handover::Done done = Fetch(TaskAllowing({"image/*"}));
  ExpectWithheld(done, Withheld::By::kHashList, "hash list");
  EXPECT_EQ(RecordOf(done).withheld.size, kPng.size());
  EXPECT_EQ(RecordOf(done).withheld.sha256, Sha256(kPng));
  ServeFile("image/png", kPng + "other");
  EXPECT_EQ(RecordOf(Fetch(TaskAllowing({"image/*"}))).outcome, Outcome::kOk);
}

TEST_F(FetcherMedia, DoesNotStartWithoutAHashListItWasTold) {
  hash_lists_sha256_ = {folder_ + "/missing"};
  EXPECT_FALSE(crawler::FetcherProcess::Start(FetcherProgram(), MakeHello()));
}

}  // namespace
}  // namespace nightjar::leak
