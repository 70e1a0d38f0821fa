// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace nightjar::query {
namespace {

std::string_view TypeName(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return "text";
    case FieldType::kWords:
      return "words";
    case FieldType::kExact:
      return "exact";
    case FieldType::kAmount:
      return "amount";
    case FieldType::kNumber:
      return "number";
    case FieldType::kTime:
      return "time";
    case FieldType::kDay:
      return "day";
  }
  std::abort();
}

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

const FieldRow* FindField(std::string_view name) {
  const auto row = std::ranges::find(kFields, name, &FieldRow::name);
  return row == kFields.end() ? nullptr : &*row;
}

const FieldRow& Field(std::string_view name) {
  const FieldRow* row = FindField(name);
  if (row == nullptr) std::abort();
  return *row;
}

std::string_view NearestField(std::string_view name) {
  constexpr std::size_t kFarthest = 3;
  std::string_view nearest;
  std::size_t best = kFarthest + 1;
  for (const FieldRow& row : kFields) {
    const std::size_t distance = EditDistance(name, row.name);
    if (distance < best && distance < row.name.size()) {
      best = distance;
      nearest = row.name;
    }
  }
  return nearest;
}

std::string SchemaText() {
  std::string text = fmt::format("nightjar-index/{}\n", kSchemaVersion);
  for (const FieldRow& row : kFields) {
    text +=
        fmt::format("field {} {} {}\n", row.name, TypeName(row.type), row.prefix.empty() ? "-" : row.prefix);
  }
  text += fmt::format("not-content {}\n", kNoContentTerm);
  text +=
      fmt::format("stem {} en\nstem {}LANGUAGE: of the page's language\n", kStemPrefix, kLanguageStemPrefix);
  text += fmt::format("folded {} en\n", kFoldPrefix);
  text += "positions unprefixed text words\ncjk characters positions, pairs none\n";
  return text;
}

}  // namespace nightjar::query
