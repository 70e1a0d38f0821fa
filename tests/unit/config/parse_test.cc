// SPDX-License-Identifier: Apache-2.0
// What a person may get wrong in a settings file, and what each mistake is answered with.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "config/settings.h"

namespace nightjar::config {
namespace {

// The printed defaults with the one line that holds `part` replaced; an empty line takes it out.
struct Edit {
  std::string yaml;
  int line = 0;
};
Edit Replace(const std::string& part, const std::string& line) {
  std::string yaml = Print(Settings{});
  const std::size_t at = yaml.find(part);
  if (at == std::string::npos) return {"no line with " + part, 0};
  const std::size_t begin = yaml.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::size_t end = yaml.find('\n', at);
  const auto number =
      static_cast<int>(std::count(yaml.begin(), yaml.begin() + static_cast<long>(at), '\n')) + 1;
  return {yaml.replace(begin, line.empty() ? end + 1 - begin : end - begin, line), number};
}

std::string ErrorOf(const std::string& yaml) {
  const auto settings = Parse(yaml, "f");
  if (settings) return "no error";
  EXPECT_EQ(settings.error().code, Code::kInvalidInput);
  return settings.error().Format();
}

// The error of that edit, checked to stand at the edited line, without its "f:<line>: ".
std::string ErrorAfter(const std::string& part, const std::string& line) {
  const Edit edit = Replace(part, line);
  const std::string error = ErrorOf(edit.yaml);
  const std::string place = "f:" + std::to_string(edit.line) + ": ";
  EXPECT_TRUE(error.starts_with(place)) << error << " should be at line " << edit.line;
  return error.substr(std::min(place.size(), error.size()));
}

TEST(Parse, NamesTheNearestKeyForAnUnknownOne) {
  EXPECT_EQ(ErrorAfter("tries: 3", "  trys: 3"),
            R"("crawl.trys" is not a setting; did you mean "crawl.tries"?)");
  EXPECT_EQ(ErrorAfter("data:", "dta: /var/lib/nightjar"), R"("dta" is not a setting; did you mean "data"?)");
  EXPECT_EQ(
      ErrorAfter("connect_seconds", "    conect_seconds: 60"),
      R"("crawl.limits.conect_seconds" is not a setting; did you mean "crawl.limits.connect_seconds"?)");
  // A key in the wrong section, and a section with a wrong name.
  EXPECT_EQ(ErrorAfter("data:", "listen: 127.0.0.1:80"),
            R"("listen" is not a setting; did you mean "serve.listen"?)");
  EXPECT_EQ(ErrorAfter("tor:", "tro:"), R"("tro" is not a section; did you mean "tor"?)");
}

TEST(Parse, ShowsAHostileKeyHarmlessly) {
  const std::string error = ErrorOf("\"a\\nb\\e[31m\": 1\n");
  EXPECT_EQ(error.find('\n'), std::string::npos);
  EXPECT_EQ(error.find('\x1b'), std::string::npos);
  EXPECT_LT(ErrorOf(std::string(100000, 'k') + ": 1\n").size(), 400U);
}

TEST(Parse, GivesTheDefaultOfAMissingKeyAndTheLineOfItsSection) {
  EXPECT_EQ(ErrorOf(Replace("tries: 3", "").yaml), R"(f:24: "crawl.tries" is missing; its default is 3)");
  EXPECT_EQ(ErrorOf(Replace("data:", "").yaml),
            R"(f:1: "data" is missing; its default is /var/lib/nightjar)");
  EXPECT_EQ(ErrorOf("data: /d\n"), R"(f:1: "archive.keyring" is missing; its default is none)");
}

TEST(Parse, SaysWhatANumberMayBe) {
  for (const auto* bad :
       {"0", "21", "-1", "+3", "3.0", "0x3", "03", "three", "99999999999999999999", "3 4", "1e1"}) {
    EXPECT_EQ(ErrorAfter("tries: 3", std::string("  tries: ") + bad),
              std::string(R"("crawl.tries" must be a whole number from 1 to 20, not ")") + bad + "\"");
  }
  EXPECT_EQ(ErrorAfter("tries: 3", "  tries: \"3\""),
            R"("crawl.tries" must be a whole number from 1 to 20, not "3")");
  EXPECT_EQ(ErrorAfter("tries: 3", "  tries:"),
            R"("crawl.tries" must be a whole number from 1 to 20, not nothing)");
  EXPECT_EQ(ErrorAfter("tries: 3", "  tries: {a: 1}"),
            R"("crawl.tries" must be a whole number from 1 to 20, not a section)");
}

TEST(Parse, TakesBothEndsOfARangeAndNothingBeyond) {
  const auto interval = [](int seconds) {
    return Parse(
        Replace("checkpoint_interval", "  checkpoint_interval_seconds: " + std::to_string(seconds)).yaml,
        "f");
  };
  EXPECT_EQ(interval(1)->evidence.checkpoint_interval, std::chrono::seconds(1));
  EXPECT_EQ(interval(10)->evidence.checkpoint_interval, std::chrono::seconds(10));
  EXPECT_FALSE(interval(0));
  EXPECT_FALSE(interval(11));
}

TEST(Parse, SaysWhatATextMayBe) {
  EXPECT_EQ(ErrorAfter("data:", "data: nightjar"), R"("data" must be an absolute path, not "nightjar")");
  EXPECT_EQ(ErrorAfter("data:", "data: ~"), R"("data" must be an absolute path, not nothing)");
  EXPECT_EQ(ErrorAfter("level:", "  level: loud"),
            R"("log.level" must be one of debug, info, warn, error, not "loud")");
  EXPECT_EQ(ErrorAfter("format:", "  format: xml"), R"("log.format" must be one of text, json, not "xml")");
  EXPECT_NE(ErrorAfter("socks:", "  socks: /" + std::string(107, 's')).find("107 bytes"), std::string::npos);
  EXPECT_TRUE(Parse(Replace("socks:", "  socks: /" + std::string(106, 's')).yaml, "f"));
  for (const auto* bad : {"a b/c", "a+b/c", "word", "/rooted", "\"\""}) {
    EXPECT_NE(ErrorAfter("origin:", std::string("  origin: ") + bad).find("name without spaces"),
              std::string::npos);
  }
}

TEST(Parse, TakesIpAddressesToListenOnAndNoNames) {
  for (const auto* good : {"127.0.0.1:8080", "0.0.0.0:0", "\"[::1]:8080\"", "\"[::]:65535\""}) {
    EXPECT_TRUE(Parse(Replace("listen:", std::string("  listen: ") + good).yaml, "f")) << good;
  }
  for (const auto* bad : {"localhost:8080", "8080", ":8080", "127.0.0.1", "\"127.0.0.1:\"", "127.0.0.1:65536",
                          "127.0.0.1:080", "127.1:80", "::1:80", "\"[127.0.0.1]:80\"", "\"[]:80\""}) {
    EXPECT_NE(ErrorAfter("listen:", std::string("  listen: ") + bad).find("IP address"), std::string::npos)
        << bad;
  }
}

TEST(Parse, TakesProxiesAndMailAddressesForAlertsAndNothingThatCouldWriteAHeader) {
  for (const auto* good : {"none", "http://10.0.0.1:3128", "socks5h://127.0.0.1:9050"})
    EXPECT_TRUE(Parse(Replace("webhook_proxy:", std::string("  webhook_proxy: ") + good).yaml, "f")) << good;
  for (const auto* bad : {"socks5://127.0.0.1:9050", "https://proxy.example", "socks5h://", "10.0.0.1:3128"})
    EXPECT_NE(ErrorAfter("webhook_proxy:", std::string("  webhook_proxy: ") + bad).find("socks5h"),
              std::string::npos)
        << bad;
  for (const auto* bad : {"\"a@b\\r\\nBcc: c@d\"", "a", "\"@b\"", "a@", "a@b@c", "\"<a@b>\"", "a b@c"})
    EXPECT_NE(ErrorAfter("mail_to:", std::string("  mail_to: ") + bad).find("mail address"),
              std::string::npos)
        << bad;
  EXPECT_NE(ErrorOf(Replace("webhook_url:", "  webhook_url: https://unit.example/hook").yaml)
                .find("must both be given"),
            std::string::npos)
      << "a webhook without a key to sign with";
}

TEST(Parse, RefusesControlCharactersInTexts) {
  for (const auto* bad : {"\"/a\\0b\"", "\"/a\\nb\"", "\"/a\\x7f\"", "\"/\\e[31m\""}) {
    const std::string error = ErrorAfter("data:", std::string("data: ") + bad);
    EXPECT_NE(error.find("absolute path"), std::string::npos) << error;
  }
  EXPECT_NE(ErrorOf(Replace("data:", "data: \"/a\xFF\"").yaml), "no error");
}

TEST(Parse, HoldsSettingsToEachOther) {
  EXPECT_NE(ErrorAfter("lease_seconds", "  lease_seconds: 360").find("crawl.limits.connect_seconds"),
            std::string::npos);
  EXPECT_TRUE(Parse(Replace("lease_seconds", "  lease_seconds: 361").yaml, "f"));
  EXPECT_TRUE(Parse(Replace("concurrency", "  concurrency: 1").yaml, "f"))
      << "as many for one host as for all";
  Settings settings;
  settings.crawl.concurrency = 2;
  settings.crawl.per_host = 3;
  EXPECT_EQ(ErrorOf(Print(settings)), R"(f:26: "crawl.per_host" must not be more than crawl.concurrency)");
}

TEST(Parse, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(ErrorOf("data: /a\ndata: /b\n"), R"(f:2: "data" stands here for a second time)");
  EXPECT_EQ(ErrorOf("log:\n  level: info\n  level: warn\n"),
            R"(f:3: "log.level" stands here for a second time)");
  EXPECT_EQ(ErrorOf("log: {level: info}\nlog: {format: text}\n"),
            R"(f:2: "log" stands here for a second time)");
}

TEST(Parse, RefusesASectionWithoutKeys) {
  EXPECT_EQ(ErrorOf("tor: yes\n"), R"(f:1: "tor" is a section, with keys under it)");
  EXPECT_EQ(ErrorOf("tor:\n"), R"(f:1: "tor" is a section, with keys under it)");
}

TEST(Parse, TakesTheFlowStyleOfYamlToo) {
  std::string flow = Print(Settings{});
  const auto settings = Parse(Replace("level:", "  level: \"info\"  # quoted, with a comment").yaml, "f");
  EXPECT_EQ(settings.value(), Settings{});
}

}  // namespace
}  // namespace nightjar::config
