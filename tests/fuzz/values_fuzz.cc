// SPDX-License-Identifier: Apache-2.0
// Printed values: whatever is read stands inside the text, at characters, and is never empty.
#include "sandbox/values/country.h"
#include "sandbox/values/typed.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {
      "~ \xE0\xB8\xBF"
      "0.0012",
      "1 108,00 \xE2\x82\xAC",
      "CHF 1'108.00",
      "2018-08-24T13:05:06.789+02:00",
      "25th of December 2019 at 12:05 a.m.",
      "24. 08. 18",
      "2 days, 3 hours and 5 minutes",
      "12.5k",
      "4.88/5 \xE2\x98\x85\xE2\x98\x85\xE2\x98\x86",
      "Bosnia and Herzegovina, US - \xF0\x9F\x87\xBA\xF0\x9F\x87\xB8",
      "not allowed"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string_view text = fuzz::Input(data, size);
  for (int type = 0; type <= static_cast<int>(wire::FieldType::kPgp); ++type) {
    const auto read = values::ReadAs(static_cast<wire::FieldType>(type), text);
    if (!read) continue;
    fuzz::Require(read->begin < read->end && read->end <= text.size() && !read->value.empty());
  }
  for (const values::Country& country : values::SplitCountries(text)) {
    fuzz::Require(country.begin < country.end && country.end <= text.size());
  }
  return 0;
}
