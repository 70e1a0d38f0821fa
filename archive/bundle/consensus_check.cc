// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/consensus_check.h"

#include "archive/bundle/layout.h"
#include "archive/consensus/consensus.h"

namespace nightjar::bundle {

Result<std::uint64_t> CheckConsensuses(std::span<const std::string> documents,
                                       const std::map<std::string, std::uint64_t>& named,
                                       const std::function<Result<Bytes>(const std::string& member)>& read) {
  std::uint64_t backed = 0;
  for (const std::string& sha256 : documents) {
    const std::string member = ConsensusName(sha256);
    const auto broken = [&](std::string what) { return Fail(Code::kCorrupt, std::move(what), member); };
    ASSIGN_OR_RETURN(const Bytes document, read(member));
    const auto name = consensus::NameOf(document);
    if (!name) return broken(name.error().Format());
    if (name->sha256.Hex() != sha256) return broken("does not have the digest it is named by");
    const auto captures = named.find(consensus::FormatName(*name));
    if (captures == named.end()) return broken("is named by no record, or with another time");
    backed += captures->second;
  }
  return backed;
}

}  // namespace nightjar::bundle
