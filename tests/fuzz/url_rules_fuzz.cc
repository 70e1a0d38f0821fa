// SPDX-License-Identifier: Apache-2.0
// What the frontier does with the URL of a link: its name is a URL and its own name, its shape is no longer
// than it, and no path makes the search for traps read beyond it.
#include "crawler/scope/shape.h"
#include "crawler/scope/traps.h"
#include "crawler/scope/url_rules.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {"/a?PHPSESSID=1&b=2&a=3#f",    "/shop;jsessionid=1F2E/..;sid=3/list;v=2",
          "/a/b/a/b/a/b?sid&&sid=&=sid", "/2026/05/17/0a1b2c3d4e5f?year=2026&month=5",
          "//;sid//;sid=1/?&&&",         "/%2e%2e;sid=1/%2E"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  static const Url kBase = Url::Parse("http://base.onion/").value();
  static const scope::UrlMatcher kMatcher =
      scope::UrlMatcher::Compile(
          {.include = {"a"}, .exclude = {"b+c"}, .strip_params = {"b"}, .sort_query = true})
          .value();
  const auto url = Url::Parse(fuzz::Input(data, size), &kBase);
  if (!url) return 0;
  const std::string name = kMatcher.NameOf(*url);
  const auto again = Url::Parse(name);
  fuzz::Require(again && again->Href() == name);
  fuzz::Require(kMatcher.NameOf(*again) == name);
  fuzz::Require(again->Origin() == url->Origin());
  (void)kMatcher.Admits(again->PathAndQuery());
  (void)scope::JudgeTraps(*url, name);
  fuzz::Require(scope::ShapeOf(again->PathAndQuery()).text.size() <= again->PathAndQuery().size());
  return 0;
}
