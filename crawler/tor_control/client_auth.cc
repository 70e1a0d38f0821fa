// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/client_auth.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/file.h"
#include "base/log.h"

namespace nightjar::tor_control {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kMaxFile = 4096;
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;
constexpr std::string_view kSuffix = ".auth_private";
constexpr std::string_view kOnion = ".onion";
constexpr std::string_view kKind = ":descriptor:x25519:";

std::string_view Trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string LowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string NameOf(const OnionAddress& host) {
  return host.host().substr(0, host.host().size() - kOnion.size());
}

}  // namespace

Result<ClientKey> ParseClientKey(std::string_view untrusted_text, const OnionAddress& host) {
  std::string_view text = Trimmed(untrusted_text);
  if (const auto kind = text.find(kKind); kind != std::string_view::npos) {
    if (LowerCase(text.substr(0, kind)) != NameOf(host))
      return Fail(Code::kRefused, "the key file is for another onion service", host.host());
    text.remove_prefix(kind + kKind.size());
  } else if (text.starts_with("x25519:")) {
    text.remove_prefix(std::string_view("x25519:").size());
  }
  auto raw = Base32Decode(LowerCase(text));
  if (!raw || raw->size() != kKeySize) raw = Base64Decode(text);
  if (!raw || raw->size() != kKeySize)
    return Fail(
        Code::kInvalidInput,
        "is no x25519 key: a line \"<56>:descriptor:x25519:<base32>\" as in Tor's .auth_private files, or "
        "the key alone in base32 or base64",
        "the key file");
  return ClientKey{std::move(*raw)};
}

Status ClientKeyFolder::Put(const OnionAddress& host, const ClientKey& key) const {
  RETURN_IF_ERROR(MakeFolders(folder_, kFolderMode));
  return WriteFileDurably(folder_ + "/" + NameOf(host) + std::string(kSuffix),
                          NameOf(host) + std::string(kKind) + Base32Encode(key.bytes) + "\n", kFileMode);
}

Result<bool> ClientKeyFolder::Remove(const OnionAddress& host) const {
  const std::string path = folder_ + "/" + NameOf(host) + std::string(kSuffix);
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return false;
    return FailErrno("cannot remove the key", path);
  }
  RETURN_IF_ERROR(SyncFolder(folder_));
  return true;
}

Result<std::vector<std::string>> ClientKeyFolder::Hosts() const {
  std::vector<std::string> hosts;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().filename();
    if (!name.ends_with(kSuffix)) continue;
    const auto host = OnionAddress::Parse(name.substr(0, name.size() - kSuffix.size()) + std::string(kOnion));
    if (host) hosts.push_back(host->host());
  }
  if (failure && failure != std::errc::no_such_file_or_directory)
    return Fail(Code::kIo, "cannot list the keys: " + failure.message(), folder_);
  std::ranges::sort(hosts);
  return hosts;
}

Result<ClientKeys> ClientKeyFolder::ReadAll() const {
  ASSIGN_OR_RETURN(const auto hosts, Hosts());
  ClientKeys keys;
  for (const std::string& name : hosts) {
    ASSIGN_OR_RETURN(const OnionAddress host, OnionAddress::Parse(name));
    const auto text = ReadFile(folder_ + "/" + NameOf(host) + std::string(kSuffix), kMaxFile);
    const auto key = text ? ParseClientKey(*text, host) : tl::unexpected<Error>(text.error());
    if (key)
      keys.emplace(name, *key);
    else
      log::warn("the client authorisation key of {} cannot be used: {}", name, key.error().Format());
  }
  return keys;
}

}  // namespace nightjar::tor_control
