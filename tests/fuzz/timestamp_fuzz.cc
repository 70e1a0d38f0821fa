// SPDX-License-Identifier: Apache-2.0
// What a time stamp authority, or whoever answers in its place, may send; and certificates of a stranger's
// bundle.
#include "base/timestamp.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/unit/base/timestamp_example.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() { return {timestamp::kExampleResponse, timestamp::kExampleRoot}; }

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  static const Digest kImprint = Sha256(timestamp::kExampleStamped);
  // Whatever is accepted was signed by the example's authority, which signed one time only.
  if (const auto token = timestamp::Verify(input, kImprint, timestamp::kExampleRoot))
    fuzz::Require(UnixSeconds(token->time) == timestamp::kExampleTime);
  if (const auto normal = timestamp::NormalCertificates(input))
    fuzz::Require(timestamp::NormalCertificates(*normal).value() == *normal);
  return 0;
}
