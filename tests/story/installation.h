// SPDX-License-Identifier: Apache-2.0
// One Nightjar installation for a story: its own data folder and settings file, the world it crawls, and the
// words to command it. Everything goes through the shipped programs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/story/program.h"

namespace nightjar::story {

// What tests/world left in world.json: the private Tor network and the sites with their ground truth.
struct World {
  std::string socks{};                                       // Tor's unix socket
  std::string control = "none";                              // its control socket
  std::string consensus{};                                   // path of the client's cached consensus
  std::string torrc{};                                       // lines that make a tor a client of the network
  std::string closed_host{};                                 // asks for client authorisation ...
  std::string closed_key_file{};                             // ... with this key
  std::string gate_host{};                                   // of whatever serves ...
  std::string gate_socket{};                                 // ... this unix socket
  std::vector<std::pair<std::string, std::string>> sites{};  // name, onion host
  json::object truth{};
};

// The world that the ctest fixture started; a test that needs it fails clearly where it is not there.
[[nodiscard]] std::optional<World> FindWorld();

class Installation final {
 public:
  explicit Installation(const World& world);

  [[nodiscard]] const std::string& config_path() const { return config_path_; }
  [[nodiscard]] const std::string& data() const { return data_; }
  [[nodiscard]] std::string keyring() const { return scratch() + "/keyring"; }  // of the archive in data()
  [[nodiscard]] const std::string& scratch() const { return scratch_.path(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

  // Sets one key of the settings, which a person would do in an editor.
  void Set(const std::string& key, const std::string& value) const;

  // `nightjar --config ... <arguments>`; fails the test unless the exit status is 0. Returns standard output.
  std::string Command(const std::vector<std::string>& arguments) const;
  // The same, whatever the status.
  [[nodiscard]] Outcome Try(const std::vector<std::string>& arguments) const;

  // Opens case "owl-7" and orders one job over all sites of the world.
  void OrderCrawl(const World& world) const;

  // A role (or "up") as a process of this test; its log goes to <scratch>/<role>.log.
  [[nodiscard]] Child Start(const std::string& role, const std::vector<std::string>& arguments = {}) const;

  [[nodiscard]] json::object Status() const;
  [[nodiscard]] bool Idle() const;

 private:
  Scratch scratch_{true};
  std::string data_;
  std::string config_path_;
  std::uint16_t port_;
};

}  // namespace nightjar::story
