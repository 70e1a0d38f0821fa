// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/authentication.h"

#include <algorithm>

#include "base/digest.h"
#include "base/file.h"
#include "crawler/tor_control/words.h"

namespace nightjar::tor_control {
namespace {

constexpr std::size_t kCookieSize = 32;
constexpr std::string_view kServerKey = "Tor safe cookie authentication server-to-controller hash";
constexpr std::string_view kClientKey = "Tor safe cookie authentication controller-to-server hash";

std::string LowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

void ReadMethods(std::string_view list, ProtocolInfo& info) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view method = list.substr(0, comma);
    info.null = info.null || method == "NULL";
    info.cookie = info.cookie || method == "COOKIE";
    info.safe_cookie = info.safe_cookie || method == "SAFECOOKIE";
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

}  // namespace

Result<ProtocolInfo> ReadProtocolInfo(const Reply& reply) {
  if (!reply.Ok()) return Fail(Code::kUnavailable, "Tor does not say how to authenticate");
  ProtocolInfo info;
  for (const ReplyLine& line : reply.lines) {
    const Words words = SplitWords(line.text);
    if (words.At(0) == "AUTH") {
      ReadMethods(words.Of("METHODS"), info);
      info.cookie_file = words.Of("COOKIEFILE");
    }
    if (words.At(0) == "VERSION") info.tor_version = words.Of("Tor");
  }
  return info;
}

Result<Bytes> ReadCookie(const ProtocolInfo& info) {
  if (info.cookie_file.empty())
    return Fail(Code::kUnavailable,
                "Tor names no cookie file; run it with 'CookieAuthentication 1' (passwords are not used)");
  // Tor names the file, and a stranger on the socket could name any: only something of a cookie's exact size
  // is taken, and SAFECOOKIE never sends it.
  auto cookie = ReadFile(info.cookie_file, kCookieSize);
  if (!cookie)
    return Fail(Code::kUnavailable,
                "Tor's cookie cannot be read (" + cookie.error().text +
                    "); add this user to Tor's group and set 'CookieAuthFileGroupReadable 1'",
                info.cookie_file);
  if (cookie->size() != kCookieSize)
    return Fail(Code::kCorrupt, "what Tor names as its cookie is not one", info.cookie_file);
  return cookie;
}

Result<std::string> AnswerChallenge(const Reply& reply, const Bytes& cookie, const Bytes& client_nonce) {
  if (!reply.Ok()) return Fail(Code::kRefused, "Tor refused the challenge: " + reply.lines.back().text);
  const Words words = SplitWords(reply.lines.back().text);
  const auto server_hash = HexDecode(LowerCase(words.Of("SERVERHASH")));
  const auto server_nonce = HexDecode(LowerCase(words.Of("SERVERNONCE")));
  if (!server_hash || !server_nonce || server_nonce->size() != kNonceSize)
    return Fail(Code::kCorrupt, "Tor's challenge cannot be read");
  const Bytes told = cookie + client_nonce + *server_nonce;
  if (HmacSha256(kServerKey, told).View() != *server_hash)
    return Fail(Code::kRefused, "whoever listens on Tor's control socket does not know Tor's cookie");
  return HmacSha256(kClientKey, told).Hex();
}

}  // namespace nightjar::tor_control
