// SPDX-License-Identifier: Apache-2.0
// nightjar-fetcher: fetches pages of onion services from inside a jail that has no network but Tor's unix
// socket. Started by the crawl role with a socket pair as descriptor 3; not for people, except --selftest.
//
// Order: libraries first (they open files), then Hello (it names the Tor socket), then the walls, then Ready,
// and only then the first byte from outside.
#include <curl/curl.h>
#include <signal.h>

#include <cstdio>
#include <string>

#include "base/build_info.h"
#include "base/log.h"
#include "crawler/fetcher/fetch_loop.h"
#include "crawler/fetcher/options.h"
#include "crawler/fetcher/selftest.h"
#include "sandbox/walls/jail.h"

namespace nightjar::fetcher {
namespace {

constexpr int kChannel = 3;

Result<handover::Hello> ReadHello() {
  ASSIGN_OR_RETURN(const Bytes payload, ReadFrame(kChannel, handover::kMaxToFetcher));
  ASSIGN_OR_RETURN(auto message, handover::Decode(payload));
  auto* hello = std::get_if<handover::Hello>(&message);
  if (hello == nullptr) return Fail(Code::kCorrupt, "the crawl role did not begin with Hello");
  if (hello->build != BuildId())
    return Fail(Code::kRefused, "is of another build than the crawl role; install both from one",
                hello->build);
  return std::move(*hello);
}

Status Work() {
  ASSIGN_OR_RETURN(const handover::Hello hello, ReadHello());
  ASSIGN_OR_RETURN(SigningKey key, SigningKey::FromSeed(hello.signing_seed));
  RETURN_IF_ERROR(
      log::Open({.role = "fetch", .format = hello.json_log ? log::Format::kJson : log::Format::kText}));
  ASSIGN_OR_RETURN(HashLists hash_lists, HashLists::Load(hello));
  Witness witness(std::move(key), hello.config_sha256);
  std::string authorities;
  if (hello.route_class == RouteClass::kClearnet) {
    ASSIGN_OR_RETURN(authorities, ReadAuthorities());
  }
  ASSIGN_OR_RETURN(const walls::JailState jail,
                   walls::EnterFetcherJail({.tor_socket = hello.tor_socket, .last_descriptor = kChannel}));
  handover::Channel channel(UniqueFd(kChannel), handover::kMaxToFetcher);
  RETURN_IF_ERROR(channel.Send(handover::Ready{std::string(jail.Name())}));
  return FetchLoop(std::move(channel), hello, std::move(hash_lists), std::move(witness),
                   std::move(authorities))
      .Run();
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() == 3 && arguments[0] == "--selftest")
    return RunFetcherSelftest(arguments[1], arguments[2]);
  if (!arguments.empty()) {
    std::fprintf(stderr,
                 "nightjar-fetcher is started by `nightjar crawl`; by hand only:\n"
                 "  nightjar-fetcher --selftest list|control|ACTION TOR_SOCKET\n");
    return 2;
  }
  // The crawl role decides when the fetcher stops (end of file, or SIGKILL by its death): a Ctrl-C meant for
  // the role must not cut off the pages it still waits for.
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) ::signal(signal, SIG_IGN);
  if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK) Die("libcurl could not be initialised");
  if (const Status worked = Work(); !worked) Die(worked.error().Format());
  return 0;
}

}  // namespace
}  // namespace nightjar::fetcher

int main(int argc, char** argv) { return nightjar::fetcher::Main({argv + 1, argv + argc}); }
