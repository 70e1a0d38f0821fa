// SPDX-License-Identifier: Apache-2.0
#include "search/http/form.h"

#include <gtest/gtest.h>

#include "search/http/asked.h"

namespace nightjar::http {
namespace {

TEST(Form, UndoesEscapesAndPluses) {
  const auto form = ParseForm("q=owl+post%20%22x%22&offset=20&empty=&bare");
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->at("q"), "owl post \"x\"");
  EXPECT_EQ(form->at("offset"), "20");
  EXPECT_EQ(form->at("empty"), "");
  EXPECT_EQ(form->at("bare"), "");
  EXPECT_TRUE(ParseForm("")->empty());
}

TEST(Form, RefusesWhatIsMalformed) {
  for (const char* text : {"q=%", "q=%4", "q=%zz", "q=%ff", "q=1&q=2"}) EXPECT_FALSE(ParseForm(text)) << text;
  std::string many;
  for (int i = 0; i < 21; ++i) many += "n" + std::to_string(i) + "=1&";
  EXPECT_FALSE(ParseForm(many));
}

Request Post(const std::string& type, const std::string& body) {
  return {.method = "POST", .target = "/", .host = "localhost", .content_type = type, .body = body};
}

TEST(Asked, ReadsTheSameFromQueryFormAndJson) {
  const Request get{.method = "GET", .target = "/", .host = "localhost", .content_type = "", .body = ""};
  for (const auto& asked :
       {ReadAsked(get, "q=barn+owl&offset=5&limit=7", 20),
        ReadAsked(Post("application/x-www-form-urlencoded", "q=barn+owl&offset=5&limit=7"), "", 20),
        ReadAsked(Post("application/json", R"({"q":"barn owl","offset":5,"limit":7})"), "", 20)}) {
    ASSERT_TRUE(asked.has_value()) << asked.error().Format();
    EXPECT_EQ(asked->text, "barn owl");
    EXPECT_EQ(asked->offset, 5U);
    EXPECT_EQ(asked->limit, 7U);
  }
}

TEST(Asked, RefusesUnknownNamesNumbersAndBodies) {
  EXPECT_EQ(ReadAsked(Post("application/json", R"({"query":"owl"})"), "", 20).error().where, "query");
  EXPECT_EQ(ReadAsked(Post("application/json", R"({"limit":1001})"), "", 20).error().where, "limit");
  EXPECT_EQ(ReadAsked(Post("application/json", R"({"offset":-1})"), "", 20).error().where, "offset");
  EXPECT_EQ(ReadAsked(Post("application/json", R"({"q":["owl"]})"), "", 20).error().where, "q");
  EXPECT_FALSE(ReadAsked(Post("application/json", R"("owl")"), "", 20));
  EXPECT_FALSE(ReadAsked(Post("application/json", R"({"q":)"), "", 20));
  EXPECT_FALSE(ReadAsked(Post("text/plain", "q=owl"), "", 20));
}

}  // namespace
}  // namespace nightjar::http
