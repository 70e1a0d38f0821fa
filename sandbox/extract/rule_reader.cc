// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/rule_reader.h"

#include <algorithm>

#include "sandbox/extract/typed_value.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using profile::FieldRule;

constexpr std::uint8_t kSure = 95;
constexpr std::uint8_t kByLabel = 90;
constexpr std::uint8_t kByAbsence = 80;

wire::Field FieldOf(const FieldRule& rule, std::string value, std::uint8_t confidence) {
  wire::Field field;
  field.name = rule.name;
  field.type = rule.type;
  field.by = wire::FoundBy::kProfile;
  field.value = std::move(value);
  field.confidence = confidence;
  return field;
}

void Append(std::vector<wire::Field>& to, std::vector<wire::Field> more) {
  std::ranges::move(more, std::back_inserter(to));
}

}  // namespace

RuleReader::Row RuleReader::WholePage() const {
  return {0, 0, static_cast<NodeIndex>(page_.tree->nodes().size()), false};
}

bool RuleReader::Holds(const profile::Condition& when, const Url& own) {
  if (!when.url.empty()) {
    const profile::Pattern* pattern = site_.Pattern(when.url);
    if (pattern == nullptr || !pattern->Find(own.PathAndQuery())) return false;
  }
  const auto status = static_cast<std::uint32_t>(page_.head.status);
  if (!when.status.empty() && std::ranges::find(when.status, status) == when.status.end()) return false;
  const auto stands = [&](const std::string& selector) {
    return selection_.FindFirst(site_.Selector(selector)).has_value();
  };
  return std::ranges::all_of(when.select, stands) && std::ranges::none_of(when.without, stands);
}

std::vector<NodeIndex> RuleReader::Select(const std::string& selector, const Row& row) {
  std::vector<NodeIndex> found = selection_.FindAll(site_.Selector(selector), row.scope);
  if (row.filtered) std::erase_if(found, [&](NodeIndex node) { return node < row.begin || node >= row.end; });
  return found;
}

std::vector<RuleReader::Row> RuleReader::RowsOf(const profile::ItemRule& rule) {
  std::vector<NodeIndex> begins;
  for (const std::string& selector : rule.rows) {
    begins = Select(selector, WholePage());
    if (!begins.empty()) break;
  }
  std::vector<Row> rows;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const parse::Node& node = (*page_.tree)[begins[i]];
    if (!rule.until_next) {
      rows.push_back({begins[i], begins[i], node.past, false});
      continue;
    }
    const NodeIndex end = (*page_.tree)[node.parent].past;
    const NodeIndex next = i + 1 < begins.size() ? begins[i + 1] : end;
    rows.push_back({node.parent, begins[i], std::min(next, end), true});
  }
  return rows;
}

void RuleReader::ReadFields(const std::vector<FieldRule>& rules, std::vector<wire::Field>& fields) {
  for (const FieldRule& rule : rules) ReadField(rule, WholePage(), fields);
}

void RuleReader::ReadItems(const std::vector<profile::ItemRule>& rules, std::vector<wire::Item>& items) {
  for (const profile::ItemRule& rule : rules) {
    for (const Row& row : RowsOf(rule)) {
      if (items.size() >= wire::kMaxItems) return;
      wire::Item item;
      item.kind = rule.kind;
      const Range shown = ShownRange(layout_, row.begin, row.end);
      const Range markup = LocateInMarkup(*page_.tree, layout_, shown);
      item.span = page_.SpanOf(markup.begin, markup.end);
      for (const FieldRule& field : rule.fields) ReadField(field, row, item.fields);
      const auto has = [&](const std::string& name) {
        return std::ranges::any_of(item.fields, [&](const wire::Field& field) { return field.name == name; });
      };
      if (!item.fields.empty() && std::ranges::all_of(rule.need, has)) items.push_back(std::move(item));
    }
  }
}

void RuleReader::ReadField(const FieldRule& rule, const Row& in, std::vector<wire::Field>& fields) {
  Row row = rule.place == profile::Place::kRow ? in : WholePage();
  if (rule.place == profile::Place::kBefore) {
    row.end = in.begin;
    row.filtered = true;
  }
  std::vector<wire::Field> found;
  for (const std::string& selector : rule.select) {
    found = BySelector(rule, selector, row);
    if (!found.empty()) break;
  }
  for (std::size_t i = 0; found.empty() && i < rule.label.size(); ++i)
    found = ByLabel(rule, rule.label[i], row);
  if (found.empty() && rule.exists) found.push_back(FieldOf(rule, "false", kByAbsence));
  if (found.empty() && !rule.otherwise.empty()) {
    found.push_back(FieldOf(rule, rule.otherwise, kByAbsence));
    found.back().unit = rule.unit;
  }
  Append(fields, std::move(found));
}

std::vector<wire::Field> RuleReader::BySelector(const FieldRule& rule, const std::string& selector,
                                                const Row& row) {
  std::vector<NodeIndex> elements = Select(selector, row);
  if (rule.place == profile::Place::kBefore) std::ranges::reverse(elements);
  std::vector<wire::Field> found;
  if (elements.empty()) return found;
  if (rule.count || rule.exists) {
    found.push_back(FieldOf(rule, rule.exists ? "true" : std::to_string(elements.size()), kSure));
    found.back().unit = rule.unit;
    const parse::Node& first = (*page_.tree)[elements.front()];
    found.back().span = page_.SpanOf(first.begin, first.end);
    return found;
  }
  for (const NodeIndex element : elements) {
    const auto piece = rule.attribute.empty() ? TextOf(page_, layout_, element, rule.part, rule.hidden)
                                              : AttributeOf(page_, element, rule.attribute);
    if (piece) Append(found, ValuesOf(rule, *piece));
    if (!found.empty() && !rule.all && !rule.joined) break;
  }
  if (rule.joined && !found.empty()) found = {Join(rule, found)};
  return found;
}

std::vector<wire::Field> RuleReader::ByLabel(const FieldRule& rule, const std::string& label,
                                             const Row& row) {
  const Range within = ShownRange(layout_, row.begin, row.end);
  const auto piece = TextBeside(layout_, label, within);
  if (!piece) return {};
  std::vector<wire::Field> found = ValuesOf(rule, *piece);
  for (wire::Field& field : found) field.confidence = kByLabel;
  return found;
}

// Pattern and split make pieces of a text; without them it is one.
std::vector<Piece> RuleReader::Cut(const FieldRule& rule, const Piece& piece) {
  std::vector<Piece> cut;
  const std::string_view text = piece.text;
  const auto sub = [&](std::string_view part) {
    const auto begin = static_cast<std::size_t>(part.data() - text.data());
    return piece.Sub(begin, begin + part.size());
  };
  if (rule.pattern.empty()) {
    cut.push_back(piece);
  } else if (const profile::Pattern* pattern = site_.Pattern(rule.pattern)) {
    for (auto match = pattern->Find(text); match;) {
      cut.push_back(sub(match->value));
      const auto end = static_cast<std::size_t>(match->whole.data() - text.data()) + match->whole.size();
      if (!rule.all || cut.size() >= wire::kMaxFields) break;
      match = pattern->Find(text, match->whole.empty() ? end + 1 : end);
    }
  }
  const profile::Pattern* split = rule.split.empty() ? nullptr : site_.Pattern(rule.split);
  if (split == nullptr) return cut;
  std::vector<Piece> parts;
  for (const Piece& whole : cut) {
    std::size_t at = 0;
    for (auto match = split->Find(whole.text); match && !match->whole.empty();) {
      const auto begin = static_cast<std::size_t>(match->whole.data() - whole.text.data());
      parts.push_back(whole.Sub(at, begin));
      at = begin + match->whole.size();
      match = split->Find(whole.text, at);
    }
    parts.push_back(whole.Sub(at, whole.text.size()));
  }
  return parts;
}

std::vector<wire::Field> RuleReader::ValuesOf(const FieldRule& rule, const Piece& piece) {
  std::vector<wire::Field> values;
  for (const Piece& part : Cut(rule, piece)) {
    if (auto field = ValueOf(rule, part.Trimmed())) values.push_back(std::move(*field));
    if (!values.empty() && !rule.all && !rule.joined && rule.split.empty()) break;
  }
  return values;
}

std::optional<wire::Field> RuleReader::ValueOf(const FieldRule& rule, const Piece& piece) {
  if (piece.text.empty()) return std::nullopt;
  wire::Field field = FieldOf(rule, piece.text, kSure);
  field.raw = piece.text;
  field.unit = rule.unit;
  Piece place = piece;
  const auto word = std::ranges::find_if(rule.values, [&](const profile::Replacement& replacement) {
    return parse::EqualsNoCase(replacement.printed, piece.text);
  });
  if (word != rule.values.end()) {
    field.value = word->value;
  } else if (rule.only_values) {
    return std::nullopt;
  } else {
    const auto typed = TypedValue(rule, site_.rules().habits, piece.text);
    if (!typed) return std::nullopt;
    field.value = typed->value;
    if (!typed->unit.empty()) field.unit = typed->unit;
    place = piece.Sub(typed->begin, typed->end);
    field.raw = place.text;
  }
  const bool shown = place.range.begin != place.range.end;
  const Range markup = shown ? LocateInMarkup(*page_.tree, layout_, place.range) : Range{};
  field.span = shown ? page_.SpanOf(markup.begin, markup.end) : place.span;
  return field;
}

wire::Field RuleReader::Join(const FieldRule& rule, const std::vector<wire::Field>& pieces) {
  wire::Field whole = pieces.front();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    whole.value += rule.join + pieces[i].value;
    whole.raw += rule.join + pieces[i].raw;
    whole.span.begin = std::min(whole.span.begin, pieces[i].span.begin);
    whole.span.end = std::max(whole.span.end, pieces[i].span.end);
  }
  return whole;
}

}  // namespace nightjar::extract
