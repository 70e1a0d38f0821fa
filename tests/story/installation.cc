// SPDX-License-Identifier: Apache-2.0
#include "tests/story/installation.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <regex>

#include "base/file.h"

namespace nightjar::story {
namespace {

// A port nobody listens on just now.
std::uint16_t FreePort() {
  const UniqueFd probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(probe.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(probe.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  return ntohs(address.sin_port);
}

// Sets one key of the example settings, which a person would do in an editor.
void SetKey(std::string& yaml, const std::string& key, const std::string& value) {
  const std::regex line("(^|\n)( *" + key + ":)[^\n]*");
  ASSERT_TRUE(std::regex_search(yaml, line)) << "the example settings have no key " << key;
  yaml = std::regex_replace(yaml, line, "$1$2 " + value, std::regex_constants::format_first_only);
}

}  // namespace

std::optional<World> FindWorld() {
  const auto text = ReadFile(NIGHTJAR_WORLD);
  if (!text) return std::nullopt;
  const json::value described = json::parse(*text);
  World world;
  world.socks = described.at("socks").as_string().c_str();
  world.control = described.at("control").as_string().c_str();
  world.torrc = described.at("torrc").as_string().c_str();
  world.closed_host = described.at("closed").at("host").as_string().c_str();
  world.closed_key_file = described.at("closed").at("key_file").as_string().c_str();
  world.gate_host = described.at("gate").at("host").as_string().c_str();
  world.gate_socket = described.at("gate").at("socket").as_string().c_str();
  world.consensus = described.at("consensus").as_string().c_str();
  for (const auto& site : described.at("sites").as_array()) {
    world.sites.emplace_back(site.at("name").as_string().c_str(), site.at("host").as_string().c_str());
  }
  const auto truth = ReadFile(described.at("truth").as_string().c_str());
  if (!truth) return std::nullopt;
  world.truth = json::parse(*truth).as_object();
  return world;
}

Installation::Installation(const World& world)
    : data_(scratch_.path() + "/data"), config_path_(scratch_.path() + "/nightjar.yaml"), port_(FreePort()) {
  std::string yaml = RunProgram(NightjarPath(), {"config", "example"}).output;
  SetKey(yaml, "data", data_);
  SetKey(yaml, "keyring", keyring());  // not in the data folder: every role must look there
  SetKey(yaml, "socks", world.socks);
  SetKey(yaml, "control", world.control);
  SetKey(yaml, "consensus", world.consensus);
  SetKey(yaml, "md5", "none");
  SetKey(yaml, "waiver", "a private world of synthetic sites");
  SetKey(yaml, "listen", "127.0.0.1:" + std::to_string(port_));
  EXPECT_TRUE(WriteFileDurably(config_path_, yaml));
}

void Installation::Set(const std::string& key, const std::string& value) const {
  std::string yaml = ReadFile(config_path_).value_or("");
  SetKey(yaml, key, value);
  EXPECT_TRUE(WriteFileDurably(config_path_, yaml));
}

Outcome Installation::Try(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words{"--config", config_path_};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return RunProgram(NightjarPath(), words);
}

std::string Installation::Command(const std::vector<std::string>& arguments) const {
  const Outcome outcome = Try(arguments);
  EXPECT_EQ(outcome.status, 0) << "nightjar " << arguments[0] << ": " << outcome.errors;
  return outcome.output;
}

void Installation::OrderCrawl(const World& world) const {
  Command({"case", "add", "owl-7", "--title", "Operation Owl", "--legal-basis", "Order 12/2026"});
  std::vector<std::string> job{"job",        "add", "owls",     "--case", "owl-7",
                               "--delay-ms", "20",  "--jitter", "0.2"};
  for (const auto& [name, host] : world.sites) {
    job.emplace_back("--seed");
    job.emplace_back("http://" + host + "/");
  }
  Command(job);
}

Child Installation::Start(const std::string& role, const std::vector<std::string>& arguments) const {
  const std::string path = scratch_.path() + "/" + role + ".log";
  const UniqueFd log(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  std::vector<std::string> words{"--config", config_path_, role};
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto child = Child::Start(
      {.program = NightjarPath(), .arguments = words, .descriptors = {{log.get(), 1}, {log.get(), 2}}});
  if (!child) std::abort();
  return std::move(*child);
}

json::object Installation::Status() const {
  const Outcome outcome = Try({"status", "--json"});
  if (outcome.status != 0) return {{"idle", false}, {"error", outcome.errors}};
  return json::parse(outcome.output).as_object();
}

bool Installation::Idle() const { return Status().at("idle").as_bool(); }

}  // namespace nightjar::story
