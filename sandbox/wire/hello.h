// SPDX-License-Identifier: Apache-2.0
// Hello: the first frame of a worker, sent once its jail stands and before it has seen a hostile byte. Either
// it names the walls and the reader, or it says why the worker will not work.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::wire {

struct Hello {
  std::string sandbox;    // "full" or "reduced"
  std::string extractor;  // kExtractor of the worker's build
  std::string failure;    // not empty: no jail, no work, and this is the reason
  friend bool operator==(const Hello&, const Hello&) = default;
};

inline constexpr std::size_t kMaxEncodedHello = 4096;

[[nodiscard]] Bytes EncodeHello(const Hello& hello);
[[nodiscard]] Result<Hello> DecodeHello(ByteView bytes);

}  // namespace nightjar::wire
