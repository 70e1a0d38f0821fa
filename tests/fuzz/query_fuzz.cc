// SPDX-License-Identifier: Apache-2.0
// The query language: whatever is typed gives a tree within its limits, which compiles alone and with slang,
// or a sentence that points into the query. What Parse() takes it takes the same way twice.
#include "indexer/query/compile.h"
#include "indexer/query/slang_tree.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      "owl (barn OR snowy) -raven \"hand painted\" fig*",
      "owl NEAR/3 post NEAR barn",
      "price:<=100usd rating:>=4.5 sold:>100 stock:1.. views:..9",
      "asof:2026-01-31 seen:2026-01..2026-02 changed:re-priced",
      "pgp:\"0123 4567 89AB CDEF\" addr:bc1q* handle:@owl entity:\"telegram owl\"",
      "lang:de häuser 中国 c0ca1ne category:drugs.stimulants",
      "NOT (NOT (kind:listing OR class:login)) http://owl.onion/x?y=1",
      "vender:bob",
      "\"",
      "price:1e9..usd"};
  for (const query::FieldRow& row : query::kFields) seeds.emplace_back(row.example);
  return seeds;
}

namespace {

std::size_t Depth(const query::Node& node) {
  std::size_t deepest = 0;
  for (const query::Node& child : node.children) deepest = std::max(deepest, Depth(child));
  return deepest + 1;
}

void CheckMistake(const Error& error) {
  Require(error.code == Code::kInvalidInput);
  Require(error.where.starts_with("character "));
  Require(!error.text.empty());
}

void CheckCompiled(const query::Node& tree, std::string_view text) {
  const auto compiled = query::Compile(tree, text, nullptr);  // ranges look at columns only when asked
  if (!compiled) return CheckMistake(compiled.error());
  Require(!compiled->get_description().empty());
}

}  // namespace
}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  static const words::Slang kSlang = words::Slang::Parse("owl: [hooter, night bird]\n", "slang").value();
  const std::string text(fuzz::Input(data, size));
  const auto tree = query::Parse(text);
  const auto again = query::Parse(text);
  fuzz::Require(tree.has_value() == again.has_value());
  if (!tree) {
    fuzz::CheckMistake(tree.error());
    return 0;
  }
  fuzz::Require(fuzz::Depth(*tree) <= 3 * query::kMaxDepth);
  fuzz::CheckCompiled(*tree, text);
  fuzz::CheckCompiled(query::ExpandSlang(*tree, kSlang).tree, text);
  return 0;
}
