// SPDX-License-Identifier: Apache-2.0
#include "archive/places/places.h"

#include <gtest/gtest.h>

namespace nightjar::places {
namespace {

TEST(Places, PutsTheKeyringInsideTheArchiveUnlessTheSettingsSayWhere) {
  config::Settings settings;
  settings.data = "/d";
  EXPECT_EQ(ArchiveOf(settings).folder, "/d/archive");
  EXPECT_EQ(ArchiveOf(settings).keyring, "/d/archive/keyring");
  settings.archive.keyring = "/another/disk";
  EXPECT_EQ(ArchiveOf(settings).keyring, "/another/disk");
  EXPECT_EQ(ArchiveOf(settings).folder, "/d/archive");
}

}  // namespace
}  // namespace nightjar::places
