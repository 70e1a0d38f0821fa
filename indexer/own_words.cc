// SPDX-License-Identifier: Apache-2.0
#include "indexer/own_words.h"

#include "base/file.h"

namespace nightjar::indexer {

Result<OwnWords> OwnWords::Load(const config::IndexSettings& settings) {
  OwnWords own;
  if (settings.rates != config::kNone) {
    ASSIGN_OR_RETURN(const Bytes csv, ReadFile(settings.rates));
    ASSIGN_OR_RETURN(own.rates_, rates::RateTable::Parse(csv, settings.rates));
  }
  if (settings.categories == config::kNone) {
    own.categories_ = words::CategoryMap::Shipped();
  } else {
    ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(settings.categories));
    ASSIGN_OR_RETURN(own.categories_, words::CategoryMap::Parse(yaml, settings.categories));
  }
  return own;
}

void OwnWords::LendTo(Observation& observation) const {
  observation.rates = &rates_;
  observation.categories = &categories_;
}

Result<words::Slang> LoadSlang(const config::IndexSettings& settings) {
  if (settings.slang == config::kNone) return words::Slang::Shipped();
  ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(settings.slang));
  return words::Slang::Parse(yaml, settings.slang);
}

}  // namespace nightjar::indexer
