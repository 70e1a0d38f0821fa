// SPDX-License-Identifier: Apache-2.0
// What an installation adds to the words of pages: rates of currencies, and shared words for categories.
#pragma once

#include "base/result.h"
#include "config/settings.h"
#include "indexer/observation.h"
#include "indexer/rates/rate_table.h"
#include "indexer/words/category_map.h"
#include "indexer/words/slang.h"

namespace nightjar::indexer {

class OwnWords final {
 public:
  // Reads the files that the settings name. An edit holds for what is indexed after the next start; for the
  // rest after a rebuild. kInvalidInput with "FILE:LINE", or why a file cannot be read.
  [[nodiscard]] static Result<OwnWords> Load(const config::IndexSettings& settings);

  // The observation must not outlive this.
  void LendTo(Observation& observation) const;

 private:
  rates::RateTable rates_;
  words::CategoryMap categories_;
};

// The names that --slang looks under: those of the settings' file, or the shipped ones.
[[nodiscard]] Result<words::Slang> LoadSlang(const config::IndexSettings& settings);

}  // namespace nightjar::indexer
