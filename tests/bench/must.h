// SPDX-License-Identifier: Apache-2.0
// A bench goes on only while everything works: what fails ends it with its message.
#pragma once

#include <stdexcept>
#include <utility>

#include "base/result.h"

namespace nightjar {

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().Format());
  return std::move(*result);
}
inline void Must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().Format());
}

}  // namespace nightjar
