// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace nightjar {
namespace {

class KernelRandom final : public Random {
 public:
  [[nodiscard]] Bytes Take(std::size_t count) override {
    Bytes out(count, '\0');
    for (std::size_t have = 0; have < count;) {
      const ssize_t got = ::getrandom(out.data() + have, count - have, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) std::abort();
      have += static_cast<std::size_t>(got);
    }
    return out;
  }
};

}  // namespace

std::uint64_t Random::Next() {
  std::uint64_t value = 0;
  const Bytes bytes = Take(sizeof value);
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

Random& SystemRandom() {
  static KernelRandom random;
  return random;
}

Bytes SeededRandom::Take(std::size_t count) {
  Bytes out;
  while (out.size() < count) {
    constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_.fetch_add(kStep) + kStep;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    out.append(reinterpret_cast<const char*>(&z), sizeof z);
  }
  out.resize(count);
  return out;
}

}  // namespace nightjar
