// SPDX-License-Identifier: Apache-2.0
// Every example that is shown to people is run.
#include <fstream>
#include <regex>

#include "indexer/query/schema.h"
#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::query {
namespace {

TEST_F(Corpus, AnswersEveryExampleOfQueryMd) {
  Add("/", indexer::SampleFacts("Owl", "clay"));
  const auto searcher = OpenSearcher();
  std::ifstream page(std::string(NIGHTJAR_SOURCE) + "/indexer/query/QUERY.md");
  const std::regex example("^\\| `([^`]+)` \\|.*");
  int examples = 0;
  for (std::string line; std::getline(page, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, example)) continue;
    ++examples;
    const auto answer = searcher->Search({.text = match[1]});
    EXPECT_TRUE(answer.has_value()) << match[1] << ": " << answer.error().Format();
  }
  EXPECT_GE(examples, 40);
}

TEST_F(Corpus, AnswersTheExampleOfEveryField) {
  Add("/", indexer::SampleFacts("Owl", "clay"));
  for (const FieldRow& field : kFields) {
    const auto answer = OpenSearcher()->Search({.text = std::string(field.example)});
    EXPECT_TRUE(answer.has_value()) << field.example << ": " << answer.error().Format();
    EXPECT_TRUE(field.example.starts_with(std::string(field.name) + ":")) << field.example;
  }
}

TEST(Schema, KnowsNearbyNamesAndNoFarOnes) {
  EXPECT_EQ(NearestField("vender"), "vendor");
  EXPECT_EQ(NearestField("ship_from"), "ships_from");
  EXPECT_EQ(NearestField("pirce"), "price");
  EXPECT_EQ(NearestField("completely"), "");
}

TEST(Schema, IsWrittenOutWithEveryField) {
  const std::string text = SchemaText();
  for (const FieldRow& field : kFields) {
    EXPECT_NE(text.find("field " + std::string(field.name) + " "), std::string::npos) << field.name;
  }
}

}  // namespace
}  // namespace nightjar::query
