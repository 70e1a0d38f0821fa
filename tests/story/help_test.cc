// SPDX-License-Identifier: Apache-2.0
// What a newcomer meets first: help that fits one screen, examples for every verb, errors in one line.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "base/file.h"
#include "tests/story/program.h"

namespace nightjar::story {
namespace {

constexpr const char* kVerbs[] = {
    "up",      "crawl",  "index",   "serve",  "status", "case",     "job",       "host",   "queue",
    "url",     "robots", "session", "search", "item",   "alerts",   "hunt",      "export", "verify",
    "archive", "notary", "witness", "config", "doctor", "frontier", "blocklist", "vendor", "coverage"};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Help, FitsOnOneScreenAndNamesEveryVerb) {
  const Outcome help = RunProgram(NightjarPath(), {"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_LE(Lines(help.output).size(), 50U) << help.output;
  for (const auto& line : Lines(help.output)) EXPECT_LE(line.size(), 120U) << line;
  for (const char* verb : kVerbs)
    EXPECT_NE(help.output.find(std::string("\n  ") + verb), std::string::npos) << verb;
}

TEST(Help, GivesAnExampleWithEveryVerb) {
  for (const char* verb : kVerbs) {
    const Outcome help = RunProgram(NightjarPath(), {verb, "--help"});
    EXPECT_EQ(help.status, 0) << verb;
    EXPECT_NE(help.output.find("Example:\n  nightjar " + std::string(verb)), std::string::npos)
        << help.output;
  }
}

TEST(Errors, AreOneLineThatSaysWhatToDo) {
  const Scratch scratch;
  const Outcome missing = RunProgram(NightjarPath(), {"--config", scratch.path() + "/none.yaml", "status"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(Lines(missing.errors).size(), 1U) << missing.errors;
  EXPECT_TRUE(missing.output.empty());
  const Outcome unknown = RunProgram(NightjarPath(), {"serach", "owl"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(Lines(unknown.errors).size(), 1U) << unknown.errors;
}

TEST(Errors, InSettingsNameFileLineAndTheKeyThatWasMeant) {
  const Scratch scratch;
  std::string yaml = RunProgram(NightjarPath(), {"config", "example"}).output;
  const auto key = yaml.find("concurrency:");
  ASSERT_NE(key, std::string::npos);
  yaml.replace(key, std::string("concurrency").size(), "concurency");
  const std::string path = scratch.path() + "/bad.yaml";
  ASSERT_TRUE(WriteFileDurably(path, yaml));
  const auto line = 1 + std::count(yaml.begin(), yaml.begin() + static_cast<std::ptrdiff_t>(key), '\n');
  const Outcome checked = RunProgram(NightjarPath(), {"config", "check", path});
  EXPECT_EQ(checked.status, 1);
  EXPECT_NE(checked.errors.find("bad.yaml:" + std::to_string(line)), std::string::npos) << checked.errors;
  EXPECT_NE(checked.errors.find("concurrency"), std::string::npos) << checked.errors;
}

TEST(Errors, InAFileThatIsNoBundleAreARejection) {
  const Scratch scratch;
  const std::string path = scratch.path() + "/no.tar";
  ASSERT_TRUE(WriteFileDurably(path, std::string(5000, 'x')));
  const Outcome verified = RunProgram(NightjarPath(), {"verify", path});
  EXPECT_EQ(verified.status, 1);
  EXPECT_EQ(Lines(verified.errors).size(), 1U) << verified.errors;
}

}  // namespace
}  // namespace nightjar::story
