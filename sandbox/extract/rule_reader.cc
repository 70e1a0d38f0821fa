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
  using Place = match::Selection::Place;
  return selection_.FindAll(site_.Selector(selector), row.scope,
                            row.filtered ? Place{row.begin, row.end} : Place{});
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
      item.fields.reserve(rule.fields.size());
      for (const FieldRule& field : rule.fields) ReadField(field, row, item.fields);
      const auto has = [&](const std::string& name) {
        return std::ranges::any_of(item.fields, [&](const wire::Field& field) { return field.name == name; });
      };
      if (!item.fields.empty() && std::ranges::all_of(rule.need, has)) items.push_back(std::move(item));
    }
  }
}

void RuleReader::ReadField(const FieldRule& rule, const Row& in, Fields& fields) {
  Row row = rule.place == profile::Place::kRow ? in : WholePage();
  if (rule.place == profile::Place::kBefore) {
    row.end = in.begin;
    row.filtered = true;
  }
  const std::size_t first = fields.size();
  const auto none = [&] { return fields.size() == first; };
  for (std::size_t i = 0; none() && i < rule.select.size(); ++i)
    BySelector(rule, rule.select[i], row, fields);
  for (std::size_t i = 0; none() && i < rule.label.size(); ++i) ByLabel(rule, rule.label[i], row, fields);
  if (none() && rule.exists) fields.push_back(FieldOf(rule, "false", kByAbsence));
  if (none() && !rule.otherwise.empty()) {
    fields.push_back(FieldOf(rule, rule.otherwise, kByAbsence));
    fields.back().unit = rule.unit;
  }
}

void RuleReader::BySelector(const FieldRule& rule, const std::string& selector, const Row& row,
                            Fields& fields) {
  std::vector<NodeIndex> elements = Select(selector, row);
  if (rule.place == profile::Place::kBefore) std::ranges::reverse(elements);
  if (elements.empty()) return;
  if (rule.count || rule.exists) {
    fields.push_back(FieldOf(rule, rule.exists ? "true" : std::to_string(elements.size()), kSure));
    fields.back().unit = rule.unit;
    const parse::Node& first = (*page_.tree)[elements.front()];
    fields.back().span = page_.SpanOf(first.begin, first.end);
    return;
  }
  const std::size_t first = fields.size();
  for (const NodeIndex element : elements) {
    auto piece = rule.attribute.empty() ? TextOf(page_, layout_, element, rule.part, rule.hidden)
                                        : AttributeOf(page_, element, rule.attribute);
    if (piece && ValuesOf(rule, std::move(*piece), fields) && !rule.all && !rule.joined) break;
  }
  if (rule.joined && fields.size() > first) Join(rule, first, fields);
}

void RuleReader::ByLabel(const FieldRule& rule, const std::string& label, const Row& row, Fields& fields) {
  const Range within = ShownRange(layout_, row.begin, row.end);
  auto piece = TextBeside(layout_, label, within);
  if (!piece) return;
  const std::size_t first = fields.size();
  (void)ValuesOf(rule, std::move(*piece), fields);
  for (std::size_t i = first; i < fields.size(); ++i) fields[i].confidence = kByLabel;
}

std::vector<Piece> RuleReader::Matching(const FieldRule& rule, const Piece& piece) {
  std::vector<Piece> found;
  const profile::Pattern* pattern = site_.Pattern(rule.pattern);
  if (pattern == nullptr) return found;
  const std::string_view text = piece.text;
  const auto place_in_text = [&](std::string_view part) {
    return static_cast<std::size_t>(part.data() - text.data());
  };
  for (auto match = pattern->Find(text); match;) {
    const std::size_t begin = place_in_text(match->value);
    found.push_back(piece.Sub(begin, begin + match->value.size()));
    const std::size_t end = place_in_text(match->whole) + match->whole.size();
    if (!rule.all || found.size() >= wire::kMaxFields) break;
    match = pattern->Find(text, match->whole.empty() ? end + 1 : end);
  }
  return found;
}

std::vector<Piece> RuleReader::Cut(const FieldRule& rule, const Piece& piece) {
  std::vector<Piece> cut = rule.pattern.empty() ? std::vector<Piece>{piece} : Matching(rule, piece);
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

bool RuleReader::ValuesOf(const FieldRule& rule, Piece piece, Fields& fields) {
  const std::size_t first = fields.size();
  const auto take = [&](Piece part) {
    part.Trim();
    if (auto field = ValueOf(rule, std::move(part))) fields.push_back(std::move(*field));
  };
  if (rule.pattern.empty() && rule.split.empty()) {
    take(std::move(piece));
  } else {
    for (Piece& part : Cut(rule, piece)) {
      take(std::move(part));
      if (fields.size() > first && !rule.all && !rule.joined && rule.split.empty()) break;
    }
  }
  return fields.size() > first;
}

std::optional<wire::Field> RuleReader::ValueOf(const FieldRule& rule, Piece piece) {
  if (piece.text.empty()) return std::nullopt;
  wire::Field field = FieldOf(rule, {}, kSure);
  field.unit = rule.unit;
  std::size_t begin = 0;
  std::size_t end = piece.text.size();
  const auto word = std::ranges::find_if(rule.values, [&](const profile::Replacement& replacement) {
    return parse::EqualsNoCase(replacement.printed, piece.text);
  });
  if (word != rule.values.end()) {
    field.value = word->value;
  } else if (rule.only_values) {
    return std::nullopt;
  } else {
    auto typed = TypedValue(rule, site_.rules().habits, piece.text);
    if (!typed) return std::nullopt;
    field.value = std::move(typed->value);
    if (!typed->unit.empty()) field.unit = std::move(typed->unit);
    begin = typed->begin;
    end = typed->end;
  }
  piece.Narrow(begin, end);
  const bool shown = piece.range.begin != piece.range.end;
  const Range markup = shown ? LocateInMarkup(*page_.tree, layout_, piece.range) : Range{};
  field.span = shown ? page_.SpanOf(markup.begin, markup.end) : piece.span;
  field.raw = std::move(piece.text);
  return field;
}

void RuleReader::Join(const FieldRule& rule, std::size_t first, Fields& fields) {
  wire::Field& whole = fields[first];
  for (std::size_t i = first + 1; i < fields.size(); ++i) {
    whole.value += rule.join + fields[i].value;
    whole.raw += rule.join + fields[i].raw;
    whole.span.begin = std::min(whole.span.begin, fields[i].span.begin);
    whole.span.end = std::max(whole.span.end, fields[i].span.end);
  }
  fields.resize(first + 1);
}

}  // namespace nightjar::extract
