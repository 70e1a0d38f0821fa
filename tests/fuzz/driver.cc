// SPDX-License-Identifier: Apache-2.0
// The short form of fuzzing, for compilers without libFuzzer: seeds, then mutations of seeds from one fixed
// seed.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/random.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

void RunOne(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// One to eight small changes: flip a bit, set, insert or delete a byte, repeat or splice a piece.
std::string Mutate(std::string input, const std::string& other, Random& random) {
  for (std::uint64_t changes = 1 + random.Next() % 8; changes > 0; --changes) {
    const std::size_t at = input.empty() ? 0 : random.Next() % input.size();
    switch (random.Next() % 6) {
      case 0:
        if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1 << random.Next() % 8));
        break;
      case 1:
        if (!input.empty()) input[at] = static_cast<char>(random.Next());
        break;
      case 2:
        input.insert(at, 1, static_cast<char>(random.Next()));
        break;
      case 3:
        if (!input.empty()) input.erase(at, 1 + random.Next() % 16);
        break;
      case 4:
        input.insert(at, input.substr(at, random.Next() % 64));
        break;
      default:
        if (!other.empty()) input.insert(at, other.substr(random.Next() % other.size(), random.Next() % 64));
    }
  }
  return input;
}

int WriteSeeds(const std::string& folder) {
  int number = 0;
  for (const std::string& seed : Seeds()) {
    std::ofstream file(folder + "/seed-" + std::to_string(number++), std::ios::binary);
    file << seed;
    if (!file.flush()) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace nightjar::fuzz

// argv[1]: how many mutations; argv[2]: seed (printed, so that a crash can be repeated). Or "seeds" and a
// folder that is there: writes the seeds as files, to begin a corpus with.
int main(int argc, char** argv) {
  using namespace nightjar;
  if (argc == 3 && std::string_view(argv[1]) == "seeds") return fuzz::WriteSeeds(argv[2]);
  const long rounds = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 20000;
  const unsigned long long seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const auto seeds = fuzz::Seeds();
  std::printf("%zu seeds, %ld mutations, seed %llu\n", seeds.size(), rounds, seed);
  for (const auto& input : seeds) fuzz::RunOne(input);
  SeededRandom random(seed);
  for (long round = 0; round < rounds; ++round) {
    fuzz::RunOne(
        fuzz::Mutate(seeds[random.Next() % seeds.size()], seeds[random.Next() % seeds.size()], random));
  }
  return 0;
}
