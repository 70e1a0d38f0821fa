// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/selection.h"

#include <fmt/format.h>

#include "archive/bundle/json_text.h"
#include "archive/bundle/layout.h"
#include "base/json.h"

namespace nightjar::bundle {
namespace {

constexpr std::string_view kFormat = "nightjar-selection/v1";

// Rows separated by commas, each on its line; an empty list is "[]".
std::string Rows(const std::vector<std::string>& rows) {
  return rows.empty() ? "[]" : fmt::format("[\n{}\n]", fmt::join(rows, ",\n"));
}

// Reads members in any order; whatever is missing, of a wrong type or unknown is found by formatting again.
class Object {
 public:
  explicit Object(const json::value& value) : object_(value.if_object()) {}

  [[nodiscard]] std::string String(std::string_view key) const {
    const json::value* value = Find(key);
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? "" : std::string(text->data(), text->size());
  }
  [[nodiscard]] std::uint64_t Number(std::string_view key) const {
    const json::value* value = Find(key);
    const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr || *number < 0 ? 0 : static_cast<std::uint64_t>(*number);
  }
  [[nodiscard]] json::array Array(std::string_view key) const {
    const json::value* value = Find(key);
    return value == nullptr || !value->is_array() ? json::array() : value->get_array();
  }

 private:
  [[nodiscard]] const json::value* Find(std::string_view key) const {
    return object_ == nullptr ? nullptr : object_->if_contains(key);
  }
  const json::object* object_;
};

std::string Authority(const std::string& url) {
  const std::size_t start = url.find("://");
  if (start == std::string::npos) return "-";
  const std::string rest = url.substr(start + 3);
  const std::string authority = rest.substr(0, rest.find_first_of("/?#"));
  return authority.empty() ? "-" : authority;
}

}  // namespace

TallyKey TallyKeyOf(const captures::Record& record, bool rejected) {
  return {record.job.value, Authority(record.url),
          rejected ? "rejected" : std::string(captures::OutcomeName(record.outcome))};
}

Bytes FormatSelection(const Selection& s) {
  std::vector<std::string> counts;
  for (const auto& [key, tally] : s.counts) {
    counts.push_back(fmt::format(
        R"({{"job": {}, "host": {}, "outcome": {}, "exported": {}, "archived": {}}})", QuotedJson(key.job),
        QuotedJson(key.host), QuotedJson(key.outcome), tally.exported, tally.archived));
  }
  std::vector<std::string> rejections;
  for (const auto& [number, reason] : s.rejections)
    rejections.push_back(fmt::format(R"({{"capture": {}, "reason": {}}})", number, QuotedJson(reason)));
  return fmt::format(
      R"({{
"format": {},
"case": {},
"case_title": {},
"legal_basis": {},
"officer": {},
"selected_by": {},
"exported_by": {},
"reason": {},
"log": {},
"tree_size": {},
"captures": {},
"first": {},
"last": {},
"counts": {},
"rejections": {}
}}
)",
      QuotedJson(kFormat), QuotedJson(s.case_id), QuotedJson(s.case_title), QuotedJson(s.legal_basis),
      QuotedJson(s.officer), QuotedJson(s.selected_by), QuotedJson(s.exported_by), QuotedJson(s.reason),
      QuotedJson(s.log), s.tree_size, s.captures, s.first, s.last, Rows(counts), Rows(rejections));
}

Result<Selection> ParseSelection(ByteView text) {
  json::error_code broken;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), broken);
  if (broken) return Fail(Code::kCorrupt, "is not JSON: " + broken.message(), std::string(kSelection));
  const Object object(value);
  Selection s{.case_id = object.String("case"),
              .case_title = object.String("case_title"),
              .legal_basis = object.String("legal_basis"),
              .officer = object.String("officer"),
              .selected_by = object.String("selected_by"),
              .exported_by = object.String("exported_by"),
              .reason = object.String("reason"),
              .log = object.String("log"),
              .tree_size = object.Number("tree_size"),
              .captures = object.Number("captures"),
              .first = object.Number("first"),
              .last = object.Number("last"),
              .counts = {},
              .rejections = {}};
  for (const json::value& entry : object.Array("counts")) {
    const Object row(entry);
    s.counts[{row.String("job"), row.String("host"), row.String("outcome")}] = {row.Number("exported"),
                                                                                row.Number("archived")};
  }
  for (const json::value& entry : object.Array("rejections")) {
    const Object row(entry);
    s.rejections[row.Number("capture")] = row.String("reason");
  }
  if (FormatSelection(s) != text)
    return Fail(Code::kCorrupt, "is not in the one spelling this format has", std::string(kSelection));
  return s;
}

}  // namespace nightjar::bundle
