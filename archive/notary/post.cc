// SPDX-License-Identifier: Apache-2.0
#include "archive/notary/post.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "base/log.h"
#include "base/url.h"

namespace nightjar::notary {
namespace {

constexpr long kConnectSeconds = 60;  // a circuit and a stream, as the crawl's own limit
constexpr long kTotalSeconds = 120;

bool IsLoopback(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
  }
  if (address->sa_family != AF_INET6) return false;
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
  return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

bool IsLoopbackHost(const std::string& host) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1)
    return IsLoopback(reinterpret_cast<const sockaddr*>(&v4));
  return host == "[::1]";
}

// The wall: whatever libcurl means to do, only Tor's socket, or this machine itself, can be reached.
curl_socket_t OpenSocket(void* door, curlsocktype, curl_sockaddr* address) {
  const bool through_tor = !static_cast<const std::string*>(door)->empty();
  const bool allowed = through_tor ? address->family == AF_UNIX : IsLoopback(&address->addr);
  if (!allowed) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Receive(char* data, std::size_t one, std::size_t count, void* into) {
  auto& body = *static_cast<Bytes*>(into);
  if (body.size() + one * count > kMaxAnswer) return 0;  // ends the transfer
  body.append(data, one * count);
  return one * count;
}

struct EasyFreer {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListFreer {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyFreer>;
using List = std::unique_ptr<curl_slist, ListFreer>;

Error ErrorOf(CURLcode code, const char* details, const std::string& url) {
  const std::string text = details[0] != '\0' ? details : curl_easy_strerror(code);
  return {code == CURLE_OPERATION_TIMEDOUT ? Code::kTimeout : Code::kUnavailable,
          "no answer: " + log::Safe(text), log::Safe(url)};
}

void SetWay(CURL* easy, const std::string& door) {
  curl_easy_setopt(easy, CURLOPT_PROXY, door.empty() ? "" : ("socks5h://localhost" + door).c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");  // the environment has no say
  // Credentials of its own: never on a circuit of the crawl.
  if (!door.empty()) {
    curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, "nightjar-notary");
    curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, "notary");
  }
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &door);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, kTotalSeconds);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

Result<PostAnswer> Send(const PostRequest& request, const std::string& door) {
  const Easy easy(curl_easy_init());
  const std::string type = "Content-Type: " + request.content_type;
  List headers(curl_slist_append(nullptr, type.c_str()));
  curl_slist_append(headers.get(), "Expect:");  // no round trip before the body
  if (!easy || !headers) return Fail(Code::kInternal, "libcurl could not be started");
  PostAnswer answer;
  char details[CURL_ERROR_SIZE] = "";
  SetWay(easy.get(), door);
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, details);
  curl_easy_setopt(easy.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer.body);
  const CURLcode done = curl_easy_perform(easy.get());
  if (done == CURLE_WRITE_ERROR)
    return Fail(Code::kUnavailable, "the answer is too long", log::Safe(request.url));
  if (done != CURLE_OK) return tl::unexpected<Error>(ErrorOf(done, details, request.url));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

}  // namespace

Result<std::string> DoorTo(const std::string& url, const Doors& doors) {
  ASSIGN_OR_RETURN(const Url parsed, Url::Parse(url));
  const std::string& host = parsed.host();
  if (IsLoopbackHost(host)) return std::string();
  const bool onion = host.ends_with(".onion");
  const std::string& door = onion ? doors.onion : doors.clearnet;
  if (!door.empty()) return door;
  return Fail(Code::kUnavailable,
              onion ? "there is no Tor socket to reach it by; set tor.socks"
                    : "it is no onion service and is reached through Tor only; set tor.clearnet_socks",
              url);
}

Post PostThrough(Doors doors) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  return [doors = std::move(doors)](const PostRequest& request) -> Result<PostAnswer> {
    if (kReady != CURLE_OK) return Fail(Code::kInternal, "libcurl could not be started");
    ASSIGN_OR_RETURN(const std::string door, DoorTo(request.url, doors));
    return Send(request, door);
  };
}

}  // namespace nightjar::notary
