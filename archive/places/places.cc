// SPDX-License-Identifier: Apache-2.0
#include "archive/places/places.h"

namespace nightjar::places {

captures::ArchivePaths ArchiveOf(const config::Settings& settings) {
  return {.folder = settings.ArchiveFolder(), .keyring = settings.KeyringFolder()};
}

}  // namespace nightjar::places
