// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/wall.h"

#include <gtest/gtest.h>

#include "sandbox/extract/extract.h"

namespace nightjar::extract {
namespace {

wire::Facts Read(const std::string& body, const std::string& fields = "") {
  return ReadDocument({.url = "http://market.example/gate/in",
                       .head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + fields + "\r\n",
                       .body = body});
}

const std::string kGate =
    "<title>Are you human?</title><form action=/verify method=post>Type the captcha"
    "<img src='../captcha.php?x=1'><input name=answer><input type=hidden name=token value=t1>"
    "<input type=submit></form>";

TEST(Walls, NameThePictureTheyAskAbout) {
  const wire::Facts facts = Read(kGate + "<img src=/logo.png>");
  EXPECT_EQ(facts.page_class, wire::PageClass::kCaptcha);
  ASSERT_EQ(facts.wall_pictures.size(), 1U);
  EXPECT_EQ(facts.wall_pictures[0].url, "http://market.example/captcha.php?x=1");
}

TEST(Walls, MayCarryThePictureThemselves) {
  const wire::Facts facts = Read(
      "<title>captcha</title><form method=post><img src='data:image/png;base64,iVBORw=='><input "
      "name=a></form>");
  ASSERT_EQ(facts.wall_pictures.size(), 1U);
  EXPECT_EQ(facts.wall_pictures[0].url, "");
  EXPECT_EQ(facts.wall_pictures[0].bytes, "\x89PNG");
}

TEST(Walls, GiveNoPictureThatIsNone) {
  for (const char* source :
       {"", "data:image/png;base64,***", "data:image/png,raw", "javascript:x", "ftp://a/b"}) {
    const wire::Facts facts = Read("<title>captcha</title><form method=post><img src='" +
                                   std::string(source) + "' alt=captcha><input name=a></form>");
    EXPECT_TRUE(facts.wall_pictures.empty()) << source;
  }
}

TEST(Walls, AreTheOnlyPagesWhosePicturesCount) {
  const std::string text(2000, 'x');
  const wire::Facts facts = Read("<h1>Owl</h1><p>" + text + "<form><img src=/a.png><input name=q></form>");
  EXPECT_EQ(facts.page_class, wire::PageClass::kContent);
  EXPECT_TRUE(facts.wall_pictures.empty());
}

TEST(Walls, SayWhenToAskAgain) {
  EXPECT_EQ(Read("<p>x").refresh_seconds, wire::kNoRefresh);
  EXPECT_EQ(Read("<meta http-equiv=refresh content='7; url=/next'><p>x").refresh_seconds, 7U);
  EXPECT_EQ(Read("<p>x", "Refresh: 12\r\n").refresh_seconds, 12U);
  EXPECT_EQ(Read("<p>x", "Refresh: 99999999999999999999\r\n").refresh_seconds, 1'000'000U);
}

}  // namespace
}  // namespace nightjar::extract
