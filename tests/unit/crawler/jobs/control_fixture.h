// SPDX-License-Identifier: Apache-2.0
// A control store of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/onion.h"
#include "base/random.h"

namespace nightjar::jobs {

inline std::string OnionHost(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

class ControlTest : public ::testing::Test {
 protected:
  void SetUp() override { folder_ = ::testing::TempDir() + "control-" + HexEncode(SystemRandom().Take(6)); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
  const UtcTime now_{std::chrono::seconds(1767225600)};
};

}  // namespace nightjar::jobs
