// SPDX-License-Identifier: Apache-2.0
// What a session adds to a request: cookies in their place, forms only where a login or a person's answer
// sends them, and a signed form without the secrets.
#include <gmock/gmock.h>

#include "archive/captures/redaction.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using handover::Purpose;
using ::testing::HasSubstr;
using ::testing::Not;

class FetcherSession : public FetcherTest {
 protected:
  handover::Done FetchOnce(const handover::Task& task) {
    ServeBytes("HTTP/1.1 200 OK\r\nSet-Cookie: sid=fresh; Path=/\r\nContent-Length: 2\r\n\r\nok");
    Start();
    return Fetch(task);
  }
  handover::Task LoginTask() const {
    handover::Task task = MakeTask(url_ + "login");
    task.purpose = Purpose::kLogin;
    task.post = true;
    task.form = "user=owl&password=hoot";
    task.cookies = "sid=old; a=b";
    task.redact = true;
    return task;
  }
};

TEST_F(FetcherSession, SendsCookiesOnlyWhenTheTaskHasThem) {
  handover::Task task = MakeTask(url_);
  task.cookies = "sid=old; a=b";
  EXPECT_THAT(FetchOnce(task).exchange.request, HasSubstr("\r\nCookie: sid=old; a=b\r\n"));
  EXPECT_THAT(Fetch(url_).exchange.request, Not(HasSubstr("Cookie")))
      << "libcurl must keep nothing that the service set";
}

TEST_F(FetcherSession, PostsALoginAndKeepsItsBytes) {
  const handover::Done done = FetchOnce(LoginTask());
  const std::string& request = done.exchange.request;
  EXPECT_TRUE(request.starts_with("POST /login HTTP/1.1\r\nHost: ")) << request;
  EXPECT_TRUE(request.ends_with("\r\n\r\nuser=owl&password=hoot")) << request;
  EXPECT_THAT(request,
              HasSubstr("\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 22\r\n"));
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk) << RecordOf(done).detail;
  EXPECT_EQ(RecordOf(done).purpose, "login");
  EXPECT_EQ(RecordOf(done).request_sha256, Sha256(request));
}

TEST_F(FetcherSession, SignsTheRedactedFormBesideTheWholeOne) {
  const handover::Done done = FetchOnce(LoginTask());
  const captures::Record record = RecordOf(done);
  const Bytes shown = captures::RedactRequest(done.exchange.request);
  ASSERT_TRUE(record.redacted_request);
  EXPECT_EQ(record.redacted_request->sha256, Sha256(shown));
  for (const char* secret : {"hoot", "owl", "sid=old", "22"}) EXPECT_THAT(shown, Not(HasSubstr(secret)));
  const Bytes head = captures::RedactHead(done.exchange.head);
  EXPECT_EQ(record.redacted_response->sha256, Sha256(head + done.exchange.body));
  EXPECT_THAT(head, Not(HasSubstr("fresh")));
  EXPECT_FALSE(RecordOf(Fetch(url_)).redacted_request) << "an anonymous page holds nothing to hide";
}

TEST_F(FetcherSession, RefusesToPostForAnythingButALoginOrAnAnswer) {
  Start();
  for (const Purpose purpose : {Purpose::kPage, Purpose::kWait, Purpose::kWallImage}) {
    handover::Task task = LoginTask();
    task.purpose = purpose;
    const auto record = RecordOf(Fetch(task));
    EXPECT_EQ(record.outcome, Outcome::kNotAttempted);
    EXPECT_THAT(record.detail, HasSubstr("POST"));
  }
  handover::Task form_without_post = LoginTask();
  form_without_post.post = false;
  EXPECT_EQ(RecordOf(Fetch(form_without_post)).outcome, Outcome::kNotAttempted);
  EXPECT_TRUE(tor_->visits().empty());
}

TEST_F(FetcherSession, RefusesCookiesThatWouldForgeALine) {
  Start();
  handover::Task task = MakeTask(url_);
  task.cookies = "sid=1\r\nX-Evil: 1";
  EXPECT_EQ(RecordOf(Fetch(task)).outcome, Outcome::kNotAttempted);
  EXPECT_TRUE(tor_->visits().empty());
}

}  // namespace
}  // namespace nightjar::leak
