// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>

#include "base/file.h"
#include "cli/commands.h"
#include "crawler/tor_control/client_auth.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMaxKeyFile = 4096;
constexpr char kExample[] = "nightjar host auth <56 characters>.onion --key-file market.auth_private";

struct Order {
  std::string host;
  std::string key_file;
  bool remove = false;
};

Status List(const tor_control::ClientKeyFolder& keys) {
  ASSIGN_OR_RETURN(const auto hosts, keys.Hosts());
  for (const auto& host : hosts) fmt::print("{}\n", host);
  return {};
}

Status Run(const Context& context, const Order& order) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  const tor_control::ClientKeyFolder keys(settings.ClientKeysFolder());
  if (order.host.empty()) return List(keys);
  ASSIGN_OR_RETURN(const OnionAddress host, OnionAddress::Parse(order.host));
  if (order.remove) {
    ASSIGN_OR_RETURN(const bool removed, keys.Remove(host));
    fmt::print("{}\n",
               removed ? "key removed; a running crawl tells Tor within seconds" : "there was no key");
    return {};
  }
  if (order.key_file.empty())
    return Fail(Code::kInvalidInput,
                "name the key with --key-file FILE (- for standard input), or use --remove", "host auth");
  Bytes text;
  if (order.key_file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    ASSIGN_OR_RETURN(text, ReadFile(order.key_file, kMaxKeyFile));
  }
  ASSIGN_OR_RETURN(const auto key, tor_control::ParseClientKey(text, host));
  RETURN_IF_ERROR(keys.Put(host, key));
  fmt::print("key of {} kept; a running crawl gives it to Tor within seconds\n", host.host());
  if (settings.tor.managed == 0 && settings.tor.control == config::kNone)
    fmt::print("Tor is told over its control socket: set tor.control, or tor.managed\n");
  return {};
}

}  // namespace

void AddHostAuth(CLI::App& host_verb, Context& context) {
  CLI::App* verb = AddVerb(host_verb, "auth", "Keep the key of an onion service that asks for one", kExample);
  auto order = std::make_shared<Order>();
  verb->add_option("HOST", order->host, "<56 characters>.onion; without it the hosts with a key are listed");
  verb->add_option("--key-file", order->key_file, "x25519 private key, as in Tor's .auth_private files");
  verb->add_flag("--remove", order->remove, "forget the key");
  verb->callback([&context, order] { context.action = [&context, order] { return Run(context, *order); }; });
}

}  // namespace nightjar::cli
