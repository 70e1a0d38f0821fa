// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>

#include "base/file.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "crawler/robots/robots.h"

namespace nightjar::cli {
namespace {

struct Arguments {
  std::string file;
  std::string url;
  std::string agent{robots::kAgent};
  bool json = false;
};

Status Decide(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Url url, Url::Parse(arguments.url));
  Bytes text;
  if (arguments.file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    ASSIGN_OR_RETURN(text, ReadFile(arguments.file, std::size_t{64} << 20));
  }
  const auto decision = robots::Robots::Read(text, arguments.agent).Decide(url);
  const std::string_view word = decision.allowed ? "allowed" : "disallowed";
  if (arguments.json) {
    fmt::print("{}\n", json::serialize(json::object{{"url", url.Href()},
                                                    {"agent", arguments.agent},
                                                    {"allowed", decision.allowed},
                                                    {"line", decision.line},
                                                    {"rule", ToValidUtf8(decision.rule)}}));
  } else if (decision.line == 0) {
    fmt::print("{}: no rule for {} matches\n", word, ForTerminal(arguments.agent));
  } else {
    fmt::print("{} by line {}: {}\n", word, decision.line, ForTerminal(decision.rule));
  }
  return {};
}

}  // namespace

void AddRobots(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "robots", "What a robots.txt says about a URL (RFC 9309), and which line decides",
              "nightjar robots robots.txt 'http://<56 characters>.onion/private?x=1'");
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("FILE", arguments->file, "the robots.txt, or - for standard input")->required();
  verb->add_option("URL", arguments->url, "the URL; only its path and query count")->required();
  verb->add_option("--agent", arguments->agent, "product token of the crawler")->capture_default_str();
  verb->add_flag("--json", arguments->json, "print JSON");
  verb->callback([&context, arguments] { context.action = [arguments] { return Decide(*arguments); }; });
}

}  // namespace nightjar::cli
