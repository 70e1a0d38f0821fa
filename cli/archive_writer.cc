// SPDX-License-Identifier: Apache-2.0
#include "cli/archive_writer.h"

#include "archive/notary/notary_role.h"
#include "archive/places/places.h"

namespace nightjar::cli {

Result<std::unique_ptr<captures::Writer>> OpenArchiveWriter(const config::Settings& settings,
                                                            std::vector<VerifyKey> fetchers) {
  ASSIGN_OR_RETURN(SigningKey log_key, SigningKey::LoadOrCreate(settings.KeysFolder() + "/log.pem"));
  ASSIGN_OR_RETURN(auto attested, notary::AttestedCheckpoints(settings));
  auto writer = captures::Writer::Open({.paths = places::ArchiveOf(settings),
                                        .origin = settings.evidence.origin,
                                        .log_key = std::move(log_key),
                                        .fetchers = std::move(fetchers),
                                        .attested = std::move(attested)});
  if (!writer && writer.error().code == Code::kUnavailable)
    return Fail(Code::kUnavailable,
                "the archive has one writer: stop the crawl and try again (" + writer.error().Format() + ")");
  return writer;
}

}  // namespace nightjar::cli
