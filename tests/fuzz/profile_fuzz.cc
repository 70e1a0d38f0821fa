// SPDX-License-Identifier: Apache-2.0
// config::ParseSiteProfile and profile::Decode: a profile that a person has broken gives an error, never a
// crash; one that is accepted crosses the wall unchanged, and bytes that are taken for profiles are exactly
// what Encode() writes of them.
#include "config/site_profile.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  profile::Profile small;
  small.name = "a";
  small.signs = {"p"};
  return {
      "name: a\nsigns: [b]\npages:\n  - {kind: listing, select: h1, fields: {title: h1, price: {label: "
      "Price, all: true}}}\n",
      "name: a\nsigns: b\nclasses: [{class: captcha, url: '^/x', status: [403]}]\nhabits: {dates: "
      "day-first}\n",
      "name: a\nsigns: b\nevery_page: {items: {row: {rows: tr, need: [x], fields: {x: {select: td, count: "
      "true}}}}}\n",
      profile::Encode({small})};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string text(fuzz::Input(data, size));
  if (const auto read = config::ParseSiteProfile(text, "fuzz.yaml")) {
    const auto back = profile::Decode(profile::Encode({read->rules}));
    fuzz::Require(back && back->size() == 1 && back->front() == read->rules);
  }
  if (const auto profiles = profile::Decode(text)) fuzz::Require(profile::Encode(*profiles) == text);
  return 0;
}
