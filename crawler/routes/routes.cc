// SPDX-License-Identifier: Apache-2.0
#include "crawler/routes/routes.h"

#include <fmt/format.h>

#include "base/digest.h"

namespace nightjar::routes {
namespace {

constexpr std::size_t kHostShown = 16;  // enough to tell services apart in a record and in Tor's control port

}  // namespace

Credentials Routes::For(const Identity& identity) const {
  const auto found = epochs_.find(identity);
  const std::uint32_t epoch = found == epochs_.end() ? 0 : found->second;
  const std::string persona = identity.persona.empty() ? "-" : identity.persona;
  Credentials credentials;
  credentials.user =
      fmt::format("{}/{}/{}/{}", identity.job.value, identity.host.substr(0, kHostShown), persona, epoch);
  // The whole host goes into the digest: two hosts alike in their first characters share a tag, never a
  // circuit.
  credentials.password = Sha256(secret_ + identity.host + '\n' + credentials.user).Hex();
  return credentials;
}

void Routes::Leave(const Identity& identity, const std::string& user) {
  if (For(identity).user == user) ++epochs_[identity];
}

}  // namespace nightjar::routes
