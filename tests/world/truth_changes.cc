// SPDX-License-Identifier: Apache-2.0
#include "tests/world/truth_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace nightjar::world {
namespace {

struct Table {
  std::string_view name;
  json::array Truth::*rows;
  std::string_view names_it;  // the field
  std::string_view comes;     // kinds; empty: never happens
  std::string_view goes;
};

constexpr auto kTables = std::to_array<Table>({
    {"listings", &Truth::listings, "title", "listed", "removed"},
    {"vendors", &Truth::vendors, "name", "", "left"},
    {"threads", &Truth::threads, "title", "opened", ""},
    {"posts", &Truth::posts, "text", "posted", ""},
    {"users", &Truth::users, "name", "appeared", ""},
    {"links", &Truth::links, "url", "mirror_added", "mirror_removed"},
});

struct FieldKind {
  std::string_view table, field, kind;
};

constexpr auto kFields = std::to_array<FieldKind>({
    {"listings", "price", "repriced"},
    {"listings", "price_in_crypto", "repriced"},
    {"listings", "ships_from", "moved"},
    {"listings", "stock", "stock_changed"},
    {"listings", "sold", "sold"},
    {"listings", "views", "viewed"},
    {"listings", "rating", "rerated"},
    {"listings", "feedback", "reviewed"},
    {"vendors", "sales", "sold"},
    {"vendors", "rating", "rerated"},
    {"vendors", "listings", "offers_changed"},
    {"vendors", "last_seen", "seen"},
    {"vendors", "away_since", "vacation_begun"},
    {"vendors", "key", "key_changed"},
    {"vendors", "key_fingerprint", "key_changed"},
    {"vendors", "announcement", "announced"},
    {"vendors", "announcement_signed_by", "announced"},
    {"threads", "posts", "replied"},
    {"threads", "locked", "locked"},
    {"posts", "text", "edited"},
    {"posts", "edited", "edited"},
    {"posts", "edits", "edited"},
    {"users", "posts", "posted"},
    {"users", "threads", "opened"},
    {"users", "last_seen", "seen"},
    {"links", "state", "link_state"},
});

std::string_view KindOf(std::string_view table, std::string_view field, const json::value& before,
                        const json::value& after) {
  const auto* found = std::find_if(kFields.begin(), kFields.end(), [&](const FieldKind& one) {
    return one.table == table && one.field == field;
  });
  if (found == kFields.end()) {
    fmt::print(stderr, "the field {} of {} has changed, which has no name\n", field, table);
    std::abort();
  }
  if (field == "away_since" && after.is_null()) return "vacation_ended";
  if (field == "stock" && after == json::value(0)) return "sold_out";
  if (field == "stock" && before == json::value(0)) return "restocked";
  return found->kind;
}

using Rows = std::map<std::pair<std::string_view, std::string_view>, const json::object*>;

Rows ById(const json::array& rows) {
  Rows by_id;
  for (const json::value& row : rows) {
    const json::object& object = row.as_object();
    by_id[{object.at("site").as_string(), object.at("id").as_string()}] = &object;
  }
  return by_id;
}

class Comparison {
 public:
  Comparison(const Truth& before, const Truth& now, Day day)
      : before_(before), now_(now), day_(IsoDay(day)) {}

  json::array Run() {
    for (const Table& table : kTables) Compare(table);
    return std::move(changes_);
  }

 private:
  void Compare(const Table& table) {
    const Rows was = ById(before_.*table.rows);
    const Rows is = ById(now_.*table.rows);
    for (const auto& [id, row] : was) {
      const auto found = is.find(id);
      if (found == is.end()) {
        Add(table, *row, {WhyGone(table, *row), table.names_it, row->at(table.names_it), nullptr});
        continue;
      }
      for (const auto& [field, before] : *row) {
        const json::value& after = found->second->at(field);
        if (before != after)
          Add(table, *row, {KindOf(table.name, field, before, after), field, before, after});
      }
    }
    for (const auto& [id, row] : is)
      if (!was.contains(id))
        Add(table, *row, {table.comes, table.names_it, nullptr, row->at(table.names_it)});
  }

  [[nodiscard]] std::string_view WhyGone(const Table& table, const json::object& row) const {
    for (const json::value& gone : now_.gone)
      if (gone.at("table") == json::value(table.name) && gone.at("site") == row.at("site") &&
          gone.at("id") == row.at("id") && gone.at("answer") == json::value("banned"))
        return "banned";
    return table.goes;
  }

  struct Difference {
    std::string_view kind, field;
    json::value before, after;
  };

  void Add(const Table& table, const json::object& row, const Difference& what) {
    changes_.push_back({{"kind", what.kind},
                        {"day", day_},
                        {"site", row.at("site")},
                        {"table", table.name},
                        {"id", row.at("id")},
                        {"path", row.at("path")},
                        {"field", what.field},
                        {"before", what.before},
                        {"after", what.after}});
  }

  const Truth& before_;
  const Truth& now_;
  std::string day_;
  json::array changes_;
};

}  // namespace

json::array ChangesBetween(const Truth& before, const Truth& now, Day day) {
  return Comparison(before, now, day).Run();
}

}  // namespace nightjar::world
