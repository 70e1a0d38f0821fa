// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/ending.h"

#include <fmt/format.h>

#include <charconv>

namespace nightjar::fetcher {
namespace {

using captures::Outcome;

struct SocksMeaning {
  int reply;
  Outcome outcome;
  std::string_view sentence;
};

// 0x01-0x08: RFC 1928 section 6, as Tor uses them (stream_end_reason_to_socks5_response). 0xF0-0xF7: Tor's
// extended errors (proposal 304, tor(1) ExtendedErrors).
constexpr SocksMeaning kSocksMeanings[] = {
    {0x01, Outcome::kDisconnected, "Tor reports a general failure"},
    {0x02, Outcome::kBadAddress, "Tor's rules do not allow this address"},
    {0x03, Outcome::kDescriptorMissing, "Tor finds no way to the service"},
    {0x04, Outcome::kDescriptorMissing, "Tor cannot reach the service"},
    {0x05, Outcome::kRefused, "the service refused the connection"},
    {0x06, Outcome::kTimedOut, "Tor gave up waiting for the service"},
    {0xF0, Outcome::kDescriptorMissing, "the onion service's descriptor was not found"},
    {0xF1, Outcome::kDescriptorMissing, "the onion service's descriptor is invalid"},
    {0xF2, Outcome::kIntroduction, "the introduction to the onion service failed"},
    {0xF3, Outcome::kRendezvous, "the rendezvous with the onion service failed"},
    {0xF4, Outcome::kClientAuth, "the onion service asks for client authorisation"},
    {0xF5, Outcome::kClientAuth, "the onion service did not accept our client authorisation"},
    {0xF6, Outcome::kBadAddress, "Tor says that the onion address is invalid"},
    {0xF7, Outcome::kIntroduction, "the introduction to the onion service timed out"},
};

Ending ExplainSocks(std::string_view error_text) {
  const int reply = SocksReplyIn(error_text);
  for (const auto& meaning : kSocksMeanings) {
    if (meaning.reply == reply) return {meaning.outcome, std::string(meaning.sentence), reply};
  }
  if (reply >= 0)
    return {Outcome::kDisconnected, fmt::format("Tor answered with SOCKS code {}", reply), reply};
  return {Outcome::kProxyUnavailable, "Tor's socket ended the SOCKS conversation"};
}

// libcurl has one code for three limits; its text tells the third, the order of events the other two.
std::string TimeLimit(const CurlVerdict& verdict, const handover::Limits& limits) {
  if (verdict.error_text.starts_with("Operation too slow"))
    return fmt::format("it was slower than {} bytes a second for {} s", limits.low_speed_bytes,
                       limits.low_speed_time.count());
  if (!verdict.connected && limits.connect < limits.total)
    return fmt::format("no connection stood within {} ms", limits.connect.count());
  return fmt::format("the exchange took longer than {} ms", limits.total.count());
}

}  // namespace

int SocksReplyIn(std::string_view error_text) {
  const auto open = error_text.rfind('(');
  if (open == std::string_view::npos || !error_text.ends_with(')')) return -1;
  const std::string_view digits = error_text.substr(open + 1, error_text.size() - open - 2);
  int reply = -1;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), reply);
  const bool number = failure == std::errc() && end == digits.data() + digits.size();
  return number && reply >= 0 && reply <= 255 ? reply : -1;
}

Ending ExplainEnding(const CurlVerdict& verdict, const handover::Limits& limits) {
  switch (verdict.code) {
    case CURLE_OK:
      return {};
    case CURLE_PROXY:
      return ExplainSocks(verdict.error_text);
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {Outcome::kProxyUnavailable, "Tor's socket could not be reached"};
    case CURLE_OPERATION_TIMEDOUT:
      return {verdict.response_begun ? Outcome::kTruncated : Outcome::kTimedOut, TimeLimit(verdict, limits)};
    case CURLE_PARTIAL_FILE:
      return {Outcome::kDisconnected, "the connection ended inside the response"};
    case CURLE_GOT_NOTHING:
      return {Outcome::kDisconnected, "the connection ended before a response began"};
    case CURLE_RECV_ERROR:
      if (verdict.error_text.find("chunked-encoding") !=
          std::string_view::npos)  // libcurl has no code for it
        return {Outcome::kProtocol, "the chunked coding is broken"};
      [[fallthrough]];
    case CURLE_SEND_ERROR:
      return {Outcome::kDisconnected, "the connection broke"};
    case CURLE_SSL_CONNECT_ERROR:
      return {Outcome::kProtocol, "the TLS handshake failed"};
    default:
      return {Outcome::kProtocol,
              fmt::format("not HTTP/1 as libcurl knows it ({}: {})", static_cast<int>(verdict.code),
                          curl_easy_strerror(verdict.code))};
  }
}

}  // namespace nightjar::fetcher
