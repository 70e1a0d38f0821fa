// SPDX-License-Identifier: Apache-2.0
#include "indexer/coverage/ledger.h"

#include <algorithm>
#include <set>

#include "base/decimal.h"

namespace nightjar::coverage {
namespace {

using wire::Field;

constexpr std::string_view kBelow = " > ";  // between the parts of a category's path

std::string Joined(const std::vector<Field>& fields, std::string_view name) {
  std::string joined;
  for (const Field& field : fields)
    if (field.name == name && !field.value.empty())
      joined.append(joined.empty() ? "" : kBelow).append(field.value);
  return joined;
}

std::optional<std::uint64_t> Count(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  if (found == fields.end()) return std::nullopt;
  const auto count = ParseDecimal(found->value);
  return count ? std::optional(*count) : std::nullopt;
}

// A row that counts: a category of a front page, a board of a forum.
void AddRow(const wire::Item& row, const std::string& above, std::vector<Announced>& all,
            CaptureNumber capture, UtcTime when) {
  auto count = Count(row.fields, "announced_count");
  if (!count) count = Count(row.fields, "count");
  std::string name = Joined(row.fields, "category");
  if (name.empty()) name = Joined(row.fields, "title");
  if (!count || name.empty()) return;
  all.push_back({above.empty() ? name : above + " > " + name, *count, capture, when});
}

// By the last part of their names; empty where several end alike.
std::map<std::string, std::string> PathsByLastPart(const std::map<std::string, Row>& rows) {
  std::map<std::string, std::string> paths;
  for (const auto& [path, row] : rows) {
    const std::size_t end = path.rfind(kBelow);
    if (end == std::string::npos) continue;
    const auto [known, fresh] = paths.try_emplace(path.substr(end + kBelow.size()), path);
    if (!fresh) known->second.clear();
  }
  return paths;
}

}  // namespace

std::vector<Announced> AnnouncedBy(const wire::Facts& facts, CaptureNumber capture, UtcTime when) {
  using wire::PageKind;
  const PageKind kind = facts.page_kind;
  if (facts.page_class != wire::PageClass::kContent) return {};
  if (kind != PageKind::kIndex && kind != PageKind::kCategory && kind != PageKind::kMain &&
      kind != PageKind::kBoard)
    return {};
  std::vector<Announced> all;
  const std::string own = kind == PageKind::kMain ? "" : Joined(facts.fields, "category");
  // A search page's count is that of the search: only a category, a board and the front page speak for
  // themselves.
  const auto count = Count(facts.fields, "announced_count");
  if (count && (kind == PageKind::kMain || !own.empty())) all.push_back({own, *count, capture, when});
  for (const wire::Item& row : facts.items)
    if (row.kind == "category" || row.kind == "board") AddRow(row, own, all, capture, when);
  return all;
}

std::optional<double> Row::Share() const {
  if (!announced) return std::nullopt;
  if (captured >= announced->count) return 1.0;
  return static_cast<double>(captured) / static_cast<double>(announced->count);
}

void Ledger::Announce(const Announced& announced) {
  const auto [known, fresh] = announced_.try_emplace(announced.category, announced);
  if (!fresh && known->second.when <= announced.when) known->second = announced;
}

void Ledger::Capture(const std::string& item, const std::string& category, std::uint64_t crawl) {
  Item& known = items_[item];
  if (!category.empty()) known.category = category;
  const auto place = std::ranges::lower_bound(known.crawls, crawl);
  if (place == known.crawls.end() || *place != crawl) known.crawls.insert(place, crawl);
}

std::vector<Row> Ledger::Rows() const {
  std::map<std::string, Row> rows;
  rows[""].captured = items_.size();
  for (const auto& [id, item] : items_) {
    if (item.category.empty()) continue;
    // What lies in "Drugs > Cannabis" lies in "Drugs" too.
    for (std::size_t end = item.category.find(kBelow);; end = item.category.find(kBelow, end + 1)) {
      ++rows[item.category.substr(0, end)].captured;
      if (end == std::string::npos) break;
    }
  }
  const auto paths = PathsByLastPart(rows);
  for (const auto& [category, announced] : announced_) {
    const auto path = paths.find(category);
    const bool is_bare = !rows.contains(category) && path != paths.end() && !path->second.empty();
    std::optional<Announced>& row = rows[is_bare ? path->second : category].announced;
    if (!row || row->when <= announced.when) row = announced;
  }
  std::vector<Row> list;
  for (auto& [category, row] : rows) {
    row.category = category;
    list.push_back(std::move(row));
  }
  return list;
}

std::optional<Estimate> Ledger::EstimateTotal() const {
  std::set<std::uint64_t> crawls;
  for (const auto& [id, item] : items_) crawls.insert(item.crawls.begin(), item.crawls.end());
  if (crawls.size() < 2) return std::nullopt;
  std::vector<std::uint64_t> seen(crawls.size());
  for (const auto& [id, item] : items_) ++seen[item.crawls.size() - 1];
  if (crawls.size() > 2) return FromManyCrawls(seen);
  const auto in = [&](std::uint64_t crawl) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        items_, [&](const auto& entry) { return std::ranges::binary_search(entry.second.crawls, crawl); }));
  };
  return FromTwoCrawls(in(*crawls.begin()), in(*crawls.rbegin()), seen[1]);
}

}  // namespace nightjar::coverage
