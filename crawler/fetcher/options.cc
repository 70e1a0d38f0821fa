// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/options.h"

#include "base/file.h"
#include "crawler/fetcher/gate.h"

namespace nightjar::fetcher {
namespace {

// One request, one response, nothing behind our back.
void OneExchangeOnly(CURL* easy) {
  Set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  Set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");  // an empty list is refused (error 43)
  Set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  Set(easy, CURLOPT_MAXREDIRS, 0L);
  Set(easy, CURLOPT_AUTOREFERER, 0L);
  Set(easy, CURLOPT_UNRESTRICTED_AUTH, 0L);
  Set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  Set(easy, CURLOPT_HSTS_CTRL, 0L);
  Set(easy, CURLOPT_NOSIGNAL, 1L);
  Set(easy, CURLOPT_TCP_NODELAY, 0L);  // meaningless on a unix socket, and refused there
}

// The bytes as they travelled: neither transfer nor content coding is undone. Both switches are needed, for
// libcurl would undo "Transfer-Encoding: gzip" as if it were a content coding.
void RawBytes(CURL* easy) {
  Set(easy, CURLOPT_HTTPGET, 1L);
  Set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  Set(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  Set(easy, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
  Set(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  Set(easy, CURLOPT_VERBOSE, 1L);  // DEBUGFUNCTION, which shows the request as sent, needs it
}

// An onion service is authenticated by its address: Tor proves that it holds the address's key. Certificates
// add nothing to that, most are self-signed, and there is no file in the jail to check them against.
void TlsWithinTor(CURL* easy) {
  Set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
  Set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  Set(easy, CURLOPT_SSL_VERIFYSTATUS, 0L);
  Set(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);  // a resumed session would link two identities
  Set(easy, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  Set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

// Beyond an exit relay only the certificate says who answers.
void TlsOutside(CURL* easy, const std::string& authorities) {
  Set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  Set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  Set(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
  Set(easy, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  Set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  curl_blob pem{const_cast<char*>(authorities.data()), authorities.size(), CURL_BLOB_COPY};
  SetPointer(easy, CURLOPT_CAINFO_BLOB, &pem);
}

void Bounds(CURL* easy, const handover::Limits& limits) {
  Set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  Set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  Set(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.low_speed_bytes));
  Set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.low_speed_time.count()));
}

}  // namespace

Easy MakePattern(const PatternOptions& options) {
  Easy easy(curl_easy_init());
  if (!easy) Die("libcurl gave no handle");
  if (options.route == RouteClass::kI2p)
    SendThroughI2p(easy.get());
  else
    SendThroughTor(easy.get());
  OneExchangeOnly(easy.get());
  RawBytes(easy.get());
  if (options.route == RouteClass::kClearnet)
    TlsOutside(easy.get(), options.authorities);
  else
    TlsWithinTor(easy.get());
  Bounds(easy.get(), options.limits);
  SetPointer(easy.get(), CURLOPT_HTTPHEADER, options.header);
  return easy;
}

Result<std::string> ReadAuthorities() {
  constexpr char kBundle[] = "/etc/ssl/certs/ca-certificates.crt";  // Debian's ca-certificates
  constexpr std::size_t kMost = 4 << 20;
  auto bundle = ReadFile(kBundle, kMost);
  if (!bundle)
    return Fail(Code::kUnavailable,
                "hosts of the clear net need the certificates of authorities: install ca-certificates",
                kBundle);
  return bundle;
}

HeaderList MakeHeader(const std::vector<std::string>& lines) {
  HeaderList header;
  for (const auto& line : lines) {
    curl_slist* longer = curl_slist_append(header.get(), line.c_str());
    if (longer == nullptr) Die("out of memory");
    (void)header.release();  // now part of `longer`
    header.reset(longer);
  }
  return header;
}

}  // namespace nightjar::fetcher
