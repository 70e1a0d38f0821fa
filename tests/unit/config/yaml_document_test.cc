// SPDX-License-Identifier: Apache-2.0
// YAML that is no settings file at all, some of it meant to harm.
#include "config/yaml_document.h"

#include <gtest/gtest.h>

#include <string>

#include "config/settings.h"

namespace nightjar::config {
namespace {

using namespace std::string_literals;

std::string ErrorOf(const std::string& yaml) {
  const auto entries = ReadYaml(yaml, "f");
  return entries ? "no error" : entries.error().Format();
}

TEST(YamlDocument, IsReadAsAFlatListWithLines) {
  const auto entries = ReadYaml("a: 1\nb:\n  c: 'x'\n  d:\n    e:\n", "f");
  ASSERT_TRUE(entries) << entries.error().Format();
  ASSERT_EQ(entries->size(), 5U);
  const auto expect = [&](std::size_t i, const char* name, Entry::Kind kind, const char* value, int line) {
    const Entry& entry = (*entries)[i];
    EXPECT_EQ(entry.name, name);
    EXPECT_EQ(entry.kind, kind) << name;
    EXPECT_EQ(entry.value, value) << name;
    EXPECT_EQ(entry.line, line) << name;
  };
  expect(0, "a", Entry::Kind::kPlain, "1", 1);
  expect(1, "b", Entry::Kind::kSection, "", 2);
  expect(2, "b.c", Entry::Kind::kQuoted, "x", 3);
  expect(3, "b.d", Entry::Kind::kSection, "", 4);
  expect(4, "b.d.e", Entry::Kind::kEmpty, "", 5);
}

TEST(YamlDocument, ThatIsNoMappingIsRefused) {
  EXPECT_EQ(ErrorOf(""), "f:1: there are no settings here");
  EXPECT_EQ(ErrorOf("# only a comment\n"), "f:1: there are no settings here");
  EXPECT_EQ(ErrorOf("---\n"), "f:2: settings are names with values, such as \"data: /var/lib/nightjar\"");
  EXPECT_NE(ErrorOf("word\n").find("names with values"), std::string::npos);
  EXPECT_EQ(ErrorOf("a: 1\nb: [1, 2]\n"), "f:2: a list stands here; no setting is one");
  EXPECT_EQ(ErrorOf("a: 1\n---\nb: 2\n"), "f:2: a second document starts here; settings are one");
  EXPECT_NE(ErrorOf("? {a: 1}\n: 2\n").find("plain word"), std::string::npos);
  EXPECT_NE(ErrorOf("? \n: 2\n").find("plain word"), std::string::npos);
}

TEST(YamlDocument, MayHoldListsOfValuesWhereTheyAreAllowed) {
  const auto entries =
      ReadYaml("a: [x, 'y']\nb:\n  c:\n    - 1\n    - 2\n  d: e\nf: []\n", "f", Lists::kAllowed);
  ASSERT_TRUE(entries) << entries.error().Format();
  std::string text;
  for (const Entry& entry : *entries)
    text += entry.name + "/" + std::to_string(static_cast<int>(entry.kind)) + "/" + entry.value + "/" +
            std::to_string(entry.line) + " ";
  EXPECT_EQ(text, "a/4//1 a/5/x/1 a/5/y/1 b/3//2 b.c/4//3 b.c/5/1/4 b.c/5/2/5 b.d/0/e/6 f/4//7 ");
  for (const char* nested :
       {"a: [[1]]", "a: [{b: 1}]", "a: [~]", "a: [*x]", "a: [!!int 1]", "[1, 2]", "? [1]\n: 2"})
    EXPECT_FALSE(ReadYaml(nested, "f", Lists::kAllowed)) << nested;
}

TEST(YamlDocument, WithAnchorsAliasesOrTagsIsRefused) {
  EXPECT_EQ(ErrorOf("a: &x 1\nb: 2\n"), "f:1: settings have no YAML anchors and aliases");
  EXPECT_NE(ErrorOf("a: *x\n"), "no error");
  EXPECT_EQ(ErrorOf("a: 1\nb: !!int 2\n"), "f:2: settings have no YAML tags");
  EXPECT_EQ(ErrorOf("a: !mine {b: 2}\n"), "f:1: settings have no YAML tags");
}

TEST(YamlDocument, WithBrokenSyntaxIsRefusedAtItsLine) {
  for (const auto& text : {"a: 1\nb: \"open"s, "a: 1\nb: {c"s, "a: 1\n\tb: 2"s, "a: 1\n]"s, "a: 1\nb: @x"s,
                           "a: 1\nb: c: d"s, "%YAML 3.0\n---\na: 1"s, "a: \"\\q\""s}) {
    const std::string error = ErrorOf(text);
    EXPECT_TRUE(error.starts_with("f:")) << error;
    EXPECT_NE(error, "no error") << text;
  }
}

TEST(YamlDocument, OverOneMebibyteIsRefusedUnread) {
  const auto entries = ReadYaml(std::string(kMaxBytes + 1, '\n'), "f");
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().code, Code::kFull);
}

TEST(YamlDocument, OfAliasesThatMultiplyIsRefusedAtTheFirst) {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'z'; ++name) {
    const char before = static_cast<char>(name - 1);
    bomb += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 9; ++i) bomb += "*"s + before + (i < 8 ? ", " : "]\n");
  }
  EXPECT_EQ(ErrorOf(bomb), "f:1: settings have no YAML anchors and aliases");
}

TEST(YamlDocument, NestedWithoutEndIsRefused) {
  std::string nested;
  for (int depth = 0; depth < 20; ++depth)
    nested += std::string(static_cast<std::size_t>(depth), ' ') + "a:\n";
  EXPECT_EQ(ErrorOf(nested + std::string(20, ' ') + "a: 1\n"),
            "f:9: settings are not nested as deep as this");
  for (const char* unit : {"[", "{", "{a: ", "- ", "? ", "!", "&", "a: &a "}) {
    std::string text;
    while (text.size() < 100000) text += unit;
    EXPECT_NE(ErrorOf(text), "no error") << unit;
  }
}

// yaml-cpp 0.7 finds an endless row of empty documents before a comma.
TEST(YamlDocument, ThatStartsWithACommaComesToAnEnd) {
  EXPECT_EQ(ErrorOf(", a: 1\n"), "f:1: settings are names with values, such as \"data: /var/lib/nightjar\"");
}

TEST(YamlDocument, OfAnyBytesNeverThrows) {
  const std::string good = Example();
  for (int byte = 0; byte < 256; ++byte) {
    for (const std::size_t at :
         {std::size_t{0}, good.find("tries"), good.find("level: info") + 8, good.size() - 1}) {
      std::string bad = good;
      bad[at] = static_cast<char>(byte);
      EXPECT_NO_THROW((void)Parse(bad, "f")) << byte << " at " << at;
    }
  }
  for (std::size_t size = 0; size < good.size(); size += 7) {
    EXPECT_NO_THROW((void)Parse(good.substr(0, size), "f")) << size;
  }
}

}  // namespace
}  // namespace nightjar::config
