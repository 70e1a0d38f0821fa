// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace nightjar::log {
namespace {

// What `lines` writes to standard error with a log opened by `options`.
template <typename Lines>
std::string Logged(const Options& options, Lines lines) {
  testing::internal::CaptureStderr();
  const auto opened = Open(options);
  if (opened) lines();
  EXPECT_TRUE(opened);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesATextLineWithLevelRoleAndMessage) {
  const std::string text = Logged({.role = "crawl"}, [] { info("capture {} stored", 7); });
  EXPECT_TRUE(text.ends_with(" info  crawl  capture 7 stored\n")) << text;
  EXPECT_EQ(text.find('T'), 10U) << text;
}

TEST(Log, WritesOneJsonObjectALineWhateverTheMessage) {
  const std::string nasty = "quote \" back \\ line\nend \x01 bad \xFF";
  const std::string text = Logged({.role = "index", .format = Format::kJson}, [&] { warn("{}", nasty); });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  const auto line = json::parse(text).as_object();
  EXPECT_EQ(line.at("role"), "index");
  EXPECT_EQ(line.at("level"), "warning");
  EXPECT_EQ(line.at("text"), "quote \" back \\ line\nend \x01 bad \xEF\xBF\xBD");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  const std::string text = Logged({.role = "cli", .level = "warn"}, [] {
    info("quiet");
    error("loud");
  });
  EXPECT_EQ(text.find("quiet"), std::string::npos);
  EXPECT_NE(text.find("loud"), std::string::npos);
}

TEST(Log, KnowsFourLevelsOnly) {
  for (const auto* level : {"", "off", "INFO", "trace", "verbose"}) {
    EXPECT_FALSE(Open({.role = "cli", .level = level})) << level;
  }
}

TEST(LogSafe, LeavesOnePrintableUnambiguousLine) {
  EXPECT_EQ(Safe("plain text"), "plain text");
  EXPECT_EQ(Safe("a\nb\x1b[31m\xC3\xA9\\"), "a\\x0ab\\x1b[31m\\xc3\\xa9\\x5c");
  EXPECT_EQ(Safe(std::string(1000, 'x')), std::string(200, 'x') + "...");
}

}  // namespace
}  // namespace nightjar::log
