// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/webhook.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "indexer/sinks/alert_texts.h"
#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/indexer/sinks/http_receiver.h"

namespace nightjar::sinks {
namespace {

const watch::Alert kOwl{.number = 7,
                        .key = std::string(64, 'a'),
                        .name = "owls",
                        .why = "new",
                        .capture = {12},
                        .url = "http://a.onion/\"quoted\"",
                        .title = "Owl \xF0\x9F\xA6\x89"};

Webhook To(const std::string& url) {
  return {.url = url, .secret = "0123456789abcdef", .proxy = "", .clock = &SystemClock()};
}

TEST(Webhook, PostsTheAlertSignedWithItsKeyAndTheTime) {
  const HttpReceiver receiver;
  const Status taken = PostTo(To(receiver.url()))(kOwl);
  ASSERT_TRUE(taken) << taken.error().Format();
  const auto posts = receiver.posts();
  ASSERT_EQ(posts.size(), 1U);
  auto headers = posts[0].headers;
  EXPECT_EQ(headers["Idempotency-Key"], kOwl.key);
  EXPECT_EQ(headers["Content-Type"], "application/json");
  const std::string signed_text = headers["X-Nightjar-Timestamp"] + "." + posts[0].body;
  EXPECT_EQ(headers["X-Nightjar-Signature"], "sha256=" + HmacSha256("0123456789abcdef", signed_text).Hex());
  EXPECT_NEAR(std::stod(headers["X-Nightjar-Timestamp"]),
              static_cast<double>(UnixSeconds(SystemClock().Utc())), 60);
  const json::value body = json::parse(posts[0].body);
  EXPECT_EQ(body.at("url").as_string(), kOwl.url);
  EXPECT_EQ(body.at("title").as_string(), kOwl.title);
  EXPECT_EQ(body.at("capture").to_number<int>(), 12);
}

TEST(Webhook, FailsForAnyAnswerButSuccessAndFollowsNoRedirect) {
  const HttpReceiver elsewhere;
  const HttpReceiver moved(
      0, "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(PostTo(To(moved.url()))(kOwl).error().code, Code::kRefused);
  EXPECT_TRUE(elsewhere.posts().empty());
  const HttpReceiver busy(1);
  EXPECT_EQ(PostTo(To(busy.url()))(kOwl).error().code, Code::kRefused);
}

TEST(Webhook, SaysThatNobodyIsThere) {
  std::string url;
  {
    const HttpReceiver gone;
    url = gone.url();
  }
  EXPECT_EQ(PostTo(To(url))(kOwl).error().code, Code::kUnavailable);
  EXPECT_EQ(PostTo(To("file:///etc/passwd"))(kOwl).error().code, Code::kUnavailable);
}

TEST(Webhook, IsGivenUpByWhoeverWaitsForItToStop) {
  std::stop_source stop;
  const HttpReceiver silent(0, "");  // takes the post and closes; but the stop is there before
  stop.request_stop();
  Webhook webhook = To(silent.url());
  webhook.stop = stop.get_token();
  EXPECT_EQ(PostTo(webhook)(kOwl).error().code, Code::kUnavailable);
}

TEST(Webhook, EndsAnAnswerWithoutEnd) {
  const HttpReceiver flood(0,
                           "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + std::string(200'000, 'x'));
  EXPECT_EQ(PostTo(To(flood.url()))(kOwl).error().code, Code::kUnavailable);
}

TEST(Webhook, SignsTimeAndBodySoThatNeitherCanBeSwapped) {
  EXPECT_EQ(SignatureOf("key", "12", "{}"), "sha256=" + HmacSha256("key", "12.{}").Hex());
  EXPECT_NE(SignatureOf("key", "1", "23"), SignatureOf("key", "12", "3"));
}

TEST(Secret, IsReadOnlyWhereNobodyElseCanReadIt) {
  const TemporaryFolder folder;
  const std::string path = folder / "secret";
  ASSERT_TRUE(WriteFileDurably(path, "0123456789abcdef\n", 0600));
  EXPECT_EQ(ReadSecret(path).value(), "0123456789abcdef");
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_EQ(ReadSecret(path).error().code, Code::kRefused);
  ASSERT_TRUE(WriteFileDurably(path, "short", 0600));
  EXPECT_EQ(ReadSecret(path).error().code, Code::kInvalidInput);
  EXPECT_FALSE(ReadSecret(folder / "none"));
}

}  // namespace
}  // namespace nightjar::sinks
