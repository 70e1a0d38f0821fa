// SPDX-License-Identifier: Apache-2.0
#include "crawler/handover/messages.h"

#include <gtest/gtest.h>

namespace nightjar::handover {
namespace {

Hello SomeHello() {
  Hello hello;
  hello.build = "nightjar/0";
  hello.tor_socket = "/run/tor/socks";
  hello.concurrency = 16;
  hello.limits = {8 << 20,
                  64 << 10,
                  200,
                  std::chrono::seconds(60),
                  std::chrono::seconds(300),
                  100,
                  std::chrono::seconds(60)};
  hello.signing_seed = std::string(32, '\x07');
  hello.header = {"User-Agent: x", "Accept: */*"};
  hello.config_sha256 = std::string(64, 'a');
  hello.hash_lists_md5 = {"/lists/a"};
  hello.hash_lists_sha256 = {"/lists/b", "/lists/c"};
  return hello;
}

Task SomeTask() {
  Task task{.fetch_id = "00ff",
            .url = "http://a.onion/x?y",
            .job = JobId{"j"},
            .case_id = CaseId{"c"},
            .legal_basis = "order 1",
            .depth = 3,
            .via = "-",
            .socks_user = "j/a/-/0",
            .socks_password = "secret",
            .clock_state = "synchronised",
            .consensus = "unknown",
            .robots = "ignored"};
  task.media = {"image/*"};
  task.purpose = Purpose::kLogin;
  task.post = true;
  task.form = "user=a&password=b";
  task.cookies = "sid=1";
  task.redact = true;
  task.tell_begin = true;
  task.refusal = "robots.txt forbids it: Disallow: /";
  return task;
}

Done SomeDone() {
  return {"00ff", {"record\n", std::string(64, 's'), "GET /", "HTTP/1.1 200\r\n\r\n", {"\0b", 2}}};
}

std::vector<Message> Each() {
  return {
      SomeHello(),  Ready{"full"}, SomeTask(), SomeDone(), Circuit{"j/a/-/0", "id=7 purpose=HS_CLIENT_REND"},
      Begun{"00ff"}};
}

TEST(Messages, EveryTypeComesBackAsItWas) {
  for (const Message& message : Each()) {
    const auto read = Decode(Encode(message));
    ASSERT_TRUE(read) << read.error().Format();
    EXPECT_EQ(read->index(), message.index());
    EXPECT_EQ(Encode(*read), Encode(message));
  }
  EXPECT_EQ(std::get<Hello>(*Decode(Encode(SomeHello()))).limits, SomeHello().limits);
  EXPECT_EQ(std::get<Task>(*Decode(Encode(SomeTask()))).purpose, Purpose::kLogin);
  EXPECT_EQ(std::get<Done>(*Decode(Encode(SomeDone()))).exchange.body, SomeDone().exchange.body);
}

TEST(Messages, RefusesEveryTruncationAndWhatIsLeftOver) {
  for (const Message& message : Each()) {
    const Bytes payload = Encode(message);
    for (std::size_t size = 0; size < payload.size(); ++size) EXPECT_FALSE(Decode(payload.substr(0, size)));
    EXPECT_FALSE(Decode(payload + '\0'));
  }
}

TEST(Messages, RefusesUnknownTypes) {
  EXPECT_FALSE(Decode(Bytes(1, '\0')));
  EXPECT_FALSE(Decode(Bytes(1, '\x07')));
}

TEST(Messages, RefusesAFieldOverItsCap) {
  Task task = SomeTask();
  task.url.assign(5000, 'x');
  EXPECT_FALSE(Decode(Encode(task)));
  task = SomeTask();
  task.cookies.assign(kMaxCookieLine + 1, 'x');
  EXPECT_FALSE(Decode(Encode(task)));
}

TEST(Messages, BoundsADoneByTheLimitsOfItsExchange) {
  Done done = SomeDone();
  const Limits limits = SomeHello().limits;
  done.exchange.body.assign(limits.body_bytes, 'b');
  done.exchange.head.assign(limits.header_bytes, 'h');
  EXPECT_LE(Encode(done).size(), MaxFromFetcher(limits));
}

}  // namespace
}  // namespace nightjar::handover
