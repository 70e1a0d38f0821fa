// SPDX-License-Identifier: Apache-2.0
#include "search/web/visible.h"

#include <gtest/gtest.h>

namespace nightjar::web {
namespace {

TEST(Visible, LeavesOrdinaryTextOfAllScriptsAlone) {
  for (const std::string_view text :
       {"owl\npost\t10 €", "Übergrößenträger", "сова 梟 بومة 🦉", "", "a\u0301"}) {
    EXPECT_EQ(MakeVisible(text), text);
  }
}

TEST(Visible, WritesOutWhatHidesOrReorders) {
  EXPECT_EQ(MakeVisible("a\u202Eb"), "a‹U+202E›b");
  EXPECT_EQ(MakeVisible("\u2066x\u2069"), "‹U+2066›x‹U+2069›");
  EXPECT_EQ(MakeVisible("ow\u200Bl"), "ow‹U+200B›l");
  EXPECT_EQ(MakeVisible("\uFEFFowl"), "‹U+FEFF›owl");
  EXPECT_EQ(MakeVisible("\U000E0041"), "‹U+E0041›");
  EXPECT_EQ(MakeVisible(std::string_view("a\0b\x1b[2J\x7f\r", 9)), "a‹U+0000›b‹U+001B›[2J‹U+007F›‹U+000D›");
  EXPECT_EQ(MakeVisible("\u0085"), "‹U+0085›");
}

TEST(Visible, ReplacesInvalidBytes) {
  EXPECT_EQ(MakeVisible("a\xff"
                        "b\xc3"),
            "a\uFFFDb\uFFFD");
}

TEST(Defang, KeepsALinkFromBeingFollowed) {
  EXPECT_EQ(Defang("http://abc.onion/x"), "hxxp://abc.onion/x");
  EXPECT_EQ(Defang("https://abc.onion/"), "hxxps://abc.onion/");
  EXPECT_EQ(Defang(""), "");
}

TEST(ShortHost, ShowsTheBeginningOfAnOnionAddress) {
  EXPECT_EQ(ShortHost(std::string(56, 'a') + ".onion"), "aaaaaaaaaaaa….onion");
  EXPECT_EQ(ShortHost("short.onion"), "short.onion");
  EXPECT_EQ(ShortHost("127.0.0.1"), "127.0.0.1");
}

TEST(Grouped, SetsDigitsInThrees) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1\u202F000");
  EXPECT_EQ(Grouped(1234567), "1\u202F234\u202F567");
}

}  // namespace
}  // namespace nightjar::web
