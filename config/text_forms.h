// SPDX-License-Identifier: Apache-2.0
// What a setting that is a text may look like. Part of config; other rooms use config/settings.h.
#pragma once

#include <string_view>

#include "config/settings.h"

namespace nightjar::config {

struct TextForm {
  std::string_view phrase;  // for errors and comments
  bool (*allowed)(std::string_view);
};

[[nodiscard]] bool IsAbsolutePath(std::string_view text);
[[nodiscard]] bool IsSocketPath(std::string_view text);
[[nodiscard]] bool IsSocketPaths(std::string_view text);
[[nodiscard]] bool IsOrigin(std::string_view text);
[[nodiscard]] bool IsListenAddress(std::string_view text);
[[nodiscard]] bool IsHttpUrl(std::string_view text);
[[nodiscard]] bool IsProxyUrl(std::string_view text);
[[nodiscard]] bool IsMailAddress(std::string_view text);
[[nodiscard]] bool IsRetentionClasses(std::string_view text);
[[nodiscard]] bool IsVkey(std::string_view text);

inline constexpr TextForm kAbsolutePath{"an absolute path", &IsAbsolutePath};
// sockaddr_un holds 107 bytes and a NUL (unix(7)); a longer path would fail at the first fetch.
inline constexpr TextForm kSocketPath{"the absolute path of a unix socket, of at most 107 bytes",
                                      &IsSocketPath};
inline constexpr TextForm kSocketPaths{
    "absolute paths of unix sockets, of at most 107 bytes each, parted by blanks", &IsSocketPaths};
inline constexpr TextForm kSocketPathsOrNone{
    "none, or absolute paths of unix sockets, of at most 107 bytes each, parted by blanks",
    [](std::string_view text) { return text == kNone || IsSocketPaths(text); }};
inline constexpr TextForm kSocketPathOrNone{
    "none, or the absolute path of a unix socket, of at most 107 bytes",
    [](std::string_view text) { return text == kNone || IsSocketPath(text); }};
inline constexpr TextForm kAbsolutePathOrNone{
    "none, or an absolute path", [](std::string_view text) { return text == kNone || IsAbsolutePath(text); }};
// A key name of a signed note (C2SP signed-note): no spaces, no '+'. The slash keeps it apart from plain
// words.
inline constexpr TextForm kOrigin{"a name without spaces, such as unit.example/nightjar/2026a", &IsOrigin};
inline constexpr TextForm kListenAddress{"an IP address and port, such as 127.0.0.1:8080 or [::1]:8080",
                                         &IsListenAddress};
inline constexpr TextForm kListenAddressOrNone{
    "none, or an IP address and port, such as 127.0.0.1:8081",
    [](std::string_view text) { return text == kNone || IsListenAddress(text); }};
inline constexpr TextForm kHttpUrlOrNone{
    "none, or a URL with http or https and no name or password in it",
    [](std::string_view text) { return text == kNone || IsHttpUrl(text); }};
inline constexpr TextForm kProxyOrNone{"none, or a URL with http or socks5h", [](std::string_view text) {
                                         return text == kNone || IsProxyUrl(text);
                                       }};
inline constexpr TextForm kMailAddress{"a mail address such as unit@example.org", &IsMailAddress};
// name+id+base64 (C2SP signed-note); whether the key is one is seen where it is used.
inline constexpr TextForm kVkeyOrNone{"none, or a key of the form name+id+base64",
                                      [](std::string_view text) { return text == kNone || IsVkey(text); }};
inline constexpr TextForm kLogLevel{"one of debug, info, warn, error", [](std::string_view text) {
                                      return text == "debug" || text == "info" || text == "warn" ||
                                             text == "error";
                                    }};
inline constexpr TextForm kLogFormat{"one of text, json",
                                     [](std::string_view text) { return text == "text" || text == "json"; }};

inline constexpr TextForm kRetentionClasses{
    "none, or classes such as standard:180:730 (name, days to review, days to erasure), parted by blanks",
    [](std::string_view text) { return text == kNone || IsRetentionClasses(text); }};

inline constexpr TextForm kOnOrOff{"one of on, off",
                                   [](std::string_view text) { return text == "on" || text == "off"; }};
inline constexpr TextForm kNoneOrReason{
    "none, or a sentence of at most 500 bytes",
    [](std::string_view text) { return !text.empty() && text.size() <= 500; }};
inline constexpr TextForm kRefuseOrWarn{
    "one of refuse, warn", [](std::string_view text) { return text == "refuse" || text == "warn"; }};

}  // namespace nightjar::config
