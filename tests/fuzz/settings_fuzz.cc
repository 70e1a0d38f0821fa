// SPDX-License-Identifier: Apache-2.0
// config::Parse: a settings file a person has broken gives an error, never a crash; what is accepted prints
// and reads back the same.
#include "config/settings.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {config::Example(), config::Print(config::Settings{}), "a: [1, {b: *c}]"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto settings = config::Parse(std::string(fuzz::Input(data, size)), "fuzz.yaml");
  if (!settings) return 0;
  const std::string printed = config::Print(*settings);
  const auto again = config::Parse(printed, "printed.yaml");
  fuzz::Require(again && config::Print(*again) == printed);
  return 0;
}
