// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/custody.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/bundle/json_text.h"
#include "archive/bundle/layout.h"
#include "base/json.h"

namespace nightjar::bundle {
namespace {

constexpr std::string_view kExports = "exports";

std::string Numbers(CaptureNumber first, CaptureNumber last) {
  return fmt::format("{}-{}", first.value, last.value);
}

// What kind of capture it is, in words.
std::string DetailOf(const captures::Record& record, bool rejected) {
  if (rejected) return "rejected: the record was kept, the exchange not believed";
  if (record.origin.starts_with("file "))
    return record.origin.substr(0, record.origin.find(" size=")) + ": " + record.detail;
  // "warc sha256=<hex> offset=...": of captures of one file only the file differs from entry to entry.
  if (!record.origin.empty()) return "imported: " + record.origin.substr(0, record.origin.find(" offset="));
  if (WasLeftOut(record)) return "left out by rule: nothing was sent";
  return "fetched";
}

// Of what was imported only the foreign file says when; the entry of the file itself has our own time.
bool IsDatedByOthers(const captures::Record& record) { return record.origin.starts_with("warc "); }

Bytes Line(const CustodyEntry& e) {
  return fmt::format(
      R"({{"source": {}, "operation": {}, "at": {}, "until": {}, "by": {}, "reason": {}, "job": {}, "captures": {}, )"
      R"("numbers": {}, "tree_size": {}, "root": {}, "sha256": {}, "detail": {}}})"
      "\n",
      QuotedJson(e.source), QuotedJson(e.operation), QuotedJson(e.at), QuotedJson(e.until), QuotedJson(e.by),
      QuotedJson(e.reason), QuotedJson(e.job), e.captures, QuotedJson(e.numbers), e.tree_size,
      QuotedJson(e.root), QuotedJson(e.sha256), QuotedJson(e.detail));
}

// Whatever is missing, of a wrong type or unknown is found by formatting again.
std::string TextAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? "" : std::string(text->data(), text->size());
}
std::uint64_t NumberAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
  return number == nullptr || *number < 0 ? 0 : static_cast<std::uint64_t>(*number);
}

CustodyEntry ReadEntry(const json::object& object) {
  return {.source = TextAt(object, "source"),
          .operation = TextAt(object, "operation"),
          .at = TextAt(object, "at"),
          .until = TextAt(object, "until"),
          .by = TextAt(object, "by"),
          .reason = TextAt(object, "reason"),
          .job = TextAt(object, "job"),
          .captures = NumberAt(object, "captures"),
          .numbers = TextAt(object, "numbers"),
          .tree_size = NumberAt(object, "tree_size"),
          .root = TextAt(object, "root"),
          .sha256 = TextAt(object, "sha256"),
          .detail = TextAt(object, "detail")};
}

bool IsEarlierExport(const CustodyEntry& entry, std::uint64_t tree_size) {
  return entry.source == kExports && entry.operation == "disclosure" && ParseUtc(entry.at) &&
         entry.tree_size > 0 && entry.tree_size < tree_size && Digest::FromHex(entry.root) &&
         Digest::FromHex(entry.sha256);
}

}  // namespace

bool WasLeftOut(const captures::Record& record) {
  return record.outcome == captures::Outcome::kNotAttempted && record.origin.empty();
}

void Collections::Add(CaptureNumber number, const captures::Record& record, bool rejected) {
  const Key key{.by = fmt::format("key {}, {}", record.fetcher_key, record.tool),
                .reason = record.legal_basis,
                .job = record.job.value,
                .detail = DetailOf(record, rejected)};
  const bool dated = rejected || !IsDatedByOthers(record);
  const auto [place, is_new] = spans_.try_emplace(
      key,
      Span{.first = number, .last = number, .at = record.started, .until = record.ended, .dated = dated});
  Span& span = place->second;
  ++span.captures;
  span.first = std::min(span.first, number);
  span.last = std::max(span.last, number);
  span.at = std::min(span.at, record.started);
  span.until = std::max(span.until, record.ended);
}

std::vector<CustodyEntry> Collections::Entries() const {
  std::vector<std::pair<CaptureNumber, CustodyEntry>> found;
  for (const auto& [key, span] : spans_) {
    found.push_back({span.first,
                     {.source = "records",
                      .operation = "collection",
                      .at = span.dated ? FormatUtc(span.at) : "",
                      .until = span.dated ? FormatUtc(span.until) : "",
                      .by = key.by,
                      .reason = key.reason,
                      .job = key.job,
                      .captures = span.captures,
                      .numbers = Numbers(span.first, span.last),
                      .tree_size = 0,
                      .root = {},
                      .sha256 = {},
                      .detail = key.detail}});
  }
  std::ranges::sort(found, {}, [](const auto& entry) { return entry.first; });  // each has another first
  std::vector<CustodyEntry> entries;
  entries.reserve(found.size());
  for (auto& [first, entry] : found) entries.push_back(std::move(entry));
  return entries;
}

CustodyEntry EntryOf(const evidence::RotationLeaf& step) {
  CustodyEntry entry;
  entry.source = "log";
  entry.operation = "key-rotation";
  entry.at = FormatUtc(step.rotation.time);
  entry.by = step.rotation.old_key.name;
  entry.detail =
      fmt::format("leaf {}: the log's key was replaced by {}", step.leaf, step.rotation.new_key.name);
  return entry;
}

CustodyEntry EntryOf(const cases::ExportEntry& made, const evidence::Checkpoint& tree) {
  CustodyEntry entry;
  entry.source = kExports;
  entry.operation = "disclosure";
  entry.at = FormatUtc(made.at);
  entry.by = made.by;
  entry.reason = made.reason;
  entry.captures = made.captures;
  entry.tree_size = tree.size;
  entry.root = tree.root.Hex();
  entry.sha256 = made.sha256.Hex();
  return entry;
}

CustodyEntry ThisExport(const Selection& selection, const evidence::Checkpoint& checkpoint) {
  CustodyEntry entry;
  entry.source = "this-export";
  entry.operation = "disclosure";
  entry.by = selection.exported_by;
  entry.reason = selection.reason;
  entry.captures = selection.captures;
  entry.numbers = Numbers({selection.first}, {selection.last});
  entry.tree_size = checkpoint.size;
  entry.root = checkpoint.root.Hex();
  return entry;
}

Bytes FormatCustody(std::span<const CustodyEntry> entries) {
  Bytes text;
  for (const CustodyEntry& entry : entries) text += Line(entry);
  return text;
}

Result<std::vector<CustodyEntry>> ParseCustody(ByteView text) {
  std::vector<CustodyEntry> entries;
  for (ByteView rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    json::error_code broken;
    const json::value value = json::parse(json::string_view(rest.data(), end), broken);
    if (broken || !value.is_object())
      return Fail(Code::kCorrupt, "is not one JSON object a line", std::string(kCustody));
    entries.push_back(ReadEntry(value.get_object()));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (FormatCustody(entries) != text)
    return Fail(Code::kCorrupt, "is not in the one spelling this format has", std::string(kCustody));
  return entries;
}

Status CheckCustody(std::span<const CustodyEntry> entries, const CustodyFacts& facts) {
  const auto broken = [](const char* what) { return Fail(Code::kCorrupt, what, std::string(kCustody)); };
  const std::size_t made = facts.first.size();
  if (entries.size() < made + 1 || !std::ranges::equal(entries.first(made), facts.first))
    return broken("does not repeat who made the captures here, or how the log changed its key");
  if (!(entries.back() == facts.last)) return broken("describes another export than this one");
  bool proved = facts.earlier == nullptr;
  for (const CustodyEntry& entry : entries.subspan(made, entries.size() - made - 1)) {
    if (!IsEarlierExport(entry, facts.last.tree_size))
      return broken("has an entry that is no earlier export of a smaller log");
    if (facts.earlier == nullptr || entry.tree_size != facts.earlier->size) continue;
    if (entry.root != facts.earlier->root.Hex()) return broken("gives an earlier export another log");
    proved = true;
  }
  if (!proved) return broken("does not list the earlier export that consistency is proved from");
  return {};
}

}  // namespace nightjar::bundle
