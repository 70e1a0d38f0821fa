// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/gate.h"

#include "base/onion.h"

namespace nightjar::fetcher {
namespace {

constexpr std::size_t kMaxLength = 2048;

}  // namespace

Result<Url> PassGate(const std::string& untrusted_url) {
  if (untrusted_url.size() > kMaxLength) return Fail(Code::kRefused, "the URL is longer than 2048 bytes");
  ASSIGN_OR_RETURN(Url url, Url::Parse(untrusted_url));
  if (url.Href() != untrusted_url || url.fragment()) return Fail(Code::kRefused, "the URL is not normalised");
  if (!url.username().empty() || !url.password().empty())
    return Fail(Code::kRefused, "the URL holds a user name or password");
  if (const auto onion = OnionAddress::Parse(url.host()); !onion)
    return Fail(Code::kRefused, "the host " + onion.error().text);
  return url;
}

}  // namespace nightjar::fetcher
