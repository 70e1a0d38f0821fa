// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/transfer.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <utility>

#include "base/log.h"
#include "crawler/fetcher/gate.h"

namespace nightjar::fetcher {
namespace {

constexpr std::size_t kMaxRequest = 64 << 10;

bool HasConnected(CURL* easy) {
  curl_off_t until_request = 0;  // microseconds
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &until_request);
  return until_request > 0;
}

}  // namespace

Transfer::Transfer(CURL* pattern, handover::Task task, const Url& url, const Rules& rules)
    : limits_(rules.limits),
      task_(std::move(task)),
      easy_(curl_easy_duphandle(pattern)),
      response_(limits_, {media::Policy(task_.media), &rules.hash_lists}),
      begun_(task_.tell_begin ? &rules.begun : nullptr),
      started_(SystemClock().Utc()),
      started_mono_(SystemClock().Mono()) {
  if (!easy_) Die("libcurl gave no handle");
  Prepare(url, rules.route);
}

void Transfer::Prepare(const Url& url, RouteClass route) {
  // libcurl parses only the origin; the request target is ours to the letter, so its idea of a URL and the
  // WHATWG's cannot differ over a path.
  Set(easy(), CURLOPT_URL, url.Origin() + "/");
  if (route == RouteClass::kI2p) {
    Set(easy(), CURLOPT_REQUEST_TARGET, url.Origin() + url.PathAndQuery());
  } else {
    Set(easy(), CURLOPT_REQUEST_TARGET, url.PathAndQuery());
    Set(easy(), CURLOPT_PROXYUSERNAME, task_.socks_user);
    Set(easy(), CURLOPT_PROXYPASSWORD, task_.socks_password);
  }
  SetPointer(easy(), CURLOPT_ERRORBUFFER, error_.data());
  SetPointer(easy(), CURLOPT_PRIVATE, this);
  SetPointer(easy(), CURLOPT_HEADERFUNCTION, &Transfer::OnHeader);
  SetPointer(easy(), CURLOPT_HEADERDATA, this);
  SetPointer(easy(), CURLOPT_WRITEFUNCTION, &Transfer::OnBody);
  SetPointer(easy(), CURLOPT_WRITEDATA, this);
  SetPointer(easy(), CURLOPT_DEBUGFUNCTION, &Transfer::OnDebug);
  SetPointer(easy(), CURLOPT_DEBUGDATA, this);
  SetPointer(easy(), CURLOPT_OPENSOCKETFUNCTION, &Transfer::OnOpenSocket);
  SetPointer(easy(), CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::SendSessionPart(HeaderList header) {
  own_header_ = std::move(header);
  SetPointer(easy(), CURLOPT_HTTPHEADER, own_header_.get());
  if (!task_.post) return;
  Set(easy(), CURLOPT_POST, 1L);
  Set(easy(), CURLOPT_POSTFIELDSIZE, static_cast<long>(task_.form.size()));
  SetPointer(easy(), CURLOPT_POSTFIELDS, task_.form.c_str());
  // On a kept-alive connection that turns out dead libcurl would send the form a second time.
  Set(easy(), CURLOPT_FRESH_CONNECT, 1L);
}

std::size_t Transfer::OnHeader(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  return transfer.response_.AddHeaderLine({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::OnBody(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  return transfer.response_.AddBody({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
}

int Transfer::OnDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
  if (type != CURLINFO_HEADER_OUT && type != CURLINFO_DATA_OUT) return 0;
  auto& transfer = *static_cast<Transfer*>(self);
  if (auto* begun = std::exchange(transfer.begun_, nullptr)) begun->push_back(transfer.task_.fetch_id);
  Bytes& request = transfer.request_;
  // A whole head and then more of a head: libcurl met a dead kept-alive connection and sends the request
  // again on a new one. The request that was answered is the one kept.
  if (type == CURLINFO_HEADER_OUT && request.find("\r\n\r\n") != Bytes::npos) request.clear();
  if (request.size() + size <= kMaxRequest) request.append(data, size);
  return 0;
}

curl_socket_t Transfer::OnOpenSocket(void* self, curlsocktype, curl_sockaddr* address) {
  const curl_socket_t opened = OpenSocket(*address);
  if (opened != CURL_SOCKET_BAD || address->family == AF_UNIX) return opened;
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.refused_family_ = address->family;
  log::error("LEAK REFUSED: libcurl asked for a socket of family {} for fetch {}", address->family,
             transfer.task_.fetch_id);
  return CURL_SOCKET_BAD;
}

Ending Transfer::Explain(CURLcode code) const {
  using captures::Outcome;
  if (refused_family_ >= 0) {
    return {Outcome::kNotAttempted,
            fmt::format("a socket of address family {} was asked for and refused", refused_family_)};
  }
  if (!response_.withheld().empty()) return {Outcome::kWithheld, response_.withheld()};
  if (!response_.broken_limit().empty())
    return {response_.body_cut() ? Outcome::kTruncated : Outcome::kProtocol, response_.broken_limit()};
  const CurlVerdict verdict{
      .code = code,
      .error_text = error_.data(),
      .connected = HasConnected(easy()),
      .response_begun = response_.begun(),
  };
  return ExplainEnding(verdict, limits_);
}

Observation Transfer::Finish(CURLcode code) {
  Observation seen;
  seen.started = started_;
  seen.started_mono = started_mono_;
  seen.ended = SystemClock().Utc();
  seen.ended_mono = SystemClock().Mono();
  long status = 0;
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  seen.http_status = static_cast<int>(status);
  response_.End();
  seen.connected = HasConnected(easy());
  seen.ending = Explain(code);
  seen.request = std::move(request_);
  seen.response = response_.Take();
  return seen;
}

}  // namespace nightjar::fetcher
