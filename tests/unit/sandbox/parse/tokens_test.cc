// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "sandbox/parse/linear.h"

namespace nightjar::parse {
namespace {

// "<p class=x>hi</p>" -> "[p]'hi'[/p]"
std::string Sketch(std::string_view markup) {
  std::string sketch;
  Tokens tokens(markup);
  std::size_t covered = 0;
  for (Token token; tokens.Next(token);) {
    covered += token.raw.size();
    const std::string name(token.name);
    if (token.kind == Token::Kind::kStart) sketch += "[" + name + "]";
    if (token.kind == Token::Kind::kEnd) sketch += "[/" + name + "]";
    if (token.kind == Token::Kind::kText) sketch += "'" + std::string(token.raw) + "'";
    if (token.kind == Token::Kind::kOther) sketch += "!";
  }
  EXPECT_EQ(covered, markup.size()) << markup;  // every byte is in exactly one token
  return sketch;
}

TEST(Tokens, CutsTagsTextAndComments) {
  EXPECT_EQ(Sketch("<!doctype html><p class=x>hi<br/></p>"), "![p]'hi'[br][/p]");
  EXPECT_EQ(Sketch("a<!-- <p> -->b<!-->c<!--x--!>d"), "'a'!'b'!'c'!'d'");
  EXPECT_EQ(Sketch("<?php x ?>a</ >"), "!'a'!");
}

TEST(Tokens, KnowsThatAQuotedAngleBracketEndsNothing) {
  EXPECT_EQ(Sketch("<a title=\"a>b\" x='>'>t</a>"), "[a]'t'[/a]");
  EXPECT_EQ(Sketch("<a title=it's>t"), "[a]'t'");
}

TEST(Tokens, TakesScriptAndStyleAsText) {
  EXPECT_EQ(Sketch("<script>if (a<b) '</p>'</script>x"), "[script]'if (a<b) '</p>''[/script]'x'");
  EXPECT_EQ(Sketch("<title>a</titles></TITLE>"), "[title]'a</titles>'[/TITLE]");
  EXPECT_EQ(Sketch("<style>never closed <p>"), "[style]'never closed <p>'");
}

TEST(Tokens, ReadsBrokenEndsOfPages) {
  for (const char* page :
       {"<", "</", "<a", "<a href", "<a href='", "<!", "<!--", "<!--x-", "a<", "<3 love", "</a"}) {
    (void)Sketch(page);
  }
  EXPECT_EQ(Sketch("1 < 2"), "'1 ''< 2'");
}

TEST(Tokens, FindsAttributesHoweverTheyAreWritten) {
  Tokens tokens("<meta CHARSET = 'x' a=1 b c=\"2 3\"d=/4>");
  Token token;
  ASSERT_TRUE(tokens.Next(token));
  EXPECT_EQ(AttributeOf(token, "charset"), "x");
  EXPECT_EQ(AttributeOf(token, "a"), "1");
  EXPECT_EQ(AttributeOf(token, "b"), "");
  EXPECT_EQ(AttributeOf(token, "c"), "2 3");
  EXPECT_EQ(AttributeOf(token, "d"), "/4");
}

TEST(Linear, ReadsWordsTitleAndLinksWithoutATree) {
  const LinearPage page = ReadLinear(
      "<title>A &amp; B</title><style>p{}</style><p>one <b>two</b>\n three<p>four<a href='/x'>five "
      "<i>six</i></a>"
      "<script>no</script>");
  EXPECT_EQ(page.title, "A & B");
  EXPECT_EQ(page.text, "one two three\nfourfive six");
  ASSERT_EQ(page.links.size(), 1U);
  EXPECT_EQ(page.links[0].href, "/x");
  EXPECT_EQ(page.links[0].text, "five six");
}

}  // namespace
}  // namespace nightjar::parse
