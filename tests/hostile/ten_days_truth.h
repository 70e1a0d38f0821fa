// SPDX-License-Identifier: Apache-2.0
// The plan of the ten days, and the histories that things must have by the ground truth of each day.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "tests/world/content/market.h"

namespace nightjar::indexer {

inline constexpr world::Day kLastDay = 10;
inline constexpr world::Day kDownDay = 6;  // bazaar answers nobody
inline constexpr std::string_view kMarkets[] = {"bazaar", "atelier"};

inline constexpr const char* kCase = "owl-7";
inline constexpr const char* kOther = "owl-8";

inline std::string HostOn(std::string_view site, world::Day day) {
  return std::string(site) + (day % 2 == 0 ? ".test" : "-two.test");
}
inline std::string CopyOf(std::string_view site) { return std::string(site) + "-copy.test"; }

inline std::string TextOf(const json::value& value) {
  if (value.is_null()) return "";
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

inline bool IsCrawled(std::string_view site, world::Day day) {
  return site != kMarkets[0] || day != kDownDay;
}

// One thing as the truth has it: a row of "listings" or "vendors".
struct Thing {
  std::string site, table, id;
  friend auto operator<=>(const Thing&, const Thing&) = default;
};

// What makes a version: what the truth says of the thing, without what moves by itself.
using Fields = std::map<std::string, std::string>;
inline Fields StableOf(const std::string& table, const json::object& row) {
  static const std::map<std::string, std::vector<std::string>> kStable = {
      {"listings",
       {"title", "price", "vendor", "category", "ships_from", "ships_to", "posted", "description"}},
      {"vendors", {"name", "joined", "away_since", "key", "key_fingerprint", "announcement", "terms"}}};
  Fields fields;
  for (const std::string& field : kStable.at(table)) fields[field] = TextOf(row.at(field));
  return fields;
}

struct Span {
  world::Day first = 0, last = 0;
  std::uint64_t captures = 0;
  Fields fields;
};

// The versions there must be, and in which of them the thing ended.
struct History {
  std::string path;
  std::vector<Span> runs;
  world::Day gone = -1;    // the first crawled day without it
  world::Day banned = -1;  // vendors: the first crawled day with the notice in its place
};

class Truth {
 public:
  void Take(world::Day day, const json::object& truth) {
    std::set<Thing> here;
    for (const std::string table : {"listings", "vendors"}) {
      for (const json::value& value : truth.at(table).as_array()) {
        const json::object& row = value.as_object();
        const Thing thing{TextOf(row.at("site")), table, TextOf(row.at("id"))};
        here.insert(thing);
        if (!IsCrawled(thing.site, day)) continue;
        History& history = things_[thing];
        history.path = TextOf(row.at("path"));
        Extend(history, day, StableOf(table, row));
        stock_[thing].emplace_back(day, table == "listings" ? TextOf(row.at("stock")) : "");
      }
    }
    std::set<Thing> banned;
    for (const json::value& value : truth.at("gone").as_array()) {
      const json::object& row = value.as_object();
      if (row.at("answer") == json::value("banned"))
        banned.insert({TextOf(row.at("site")), TextOf(row.at("table")), TextOf(row.at("id"))});
    }
    for (auto& [thing, history] : things_) {
      if (here.contains(thing) || !IsCrawled(thing.site, day)) continue;
      if (banned.contains(thing)) {
        if (history.banned < 0) history.banned = day;
        Extend(history, day, {{"banned", "true"}});
      } else if (history.gone < 0) {
        history.gone = day;
      }
    }
  }

  [[nodiscard]] const std::map<Thing, History>& things() const { return things_; }

  // Days on which a listing was found bought empty, and refilled.
  [[nodiscard]] std::pair<std::set<world::Day>, std::set<world::Day>> StockDays(const Thing& thing) const {
    std::pair<std::set<world::Day>, std::set<world::Day>> days;
    const auto& stock = stock_.at(thing);
    for (std::size_t i = 1; i < stock.size(); ++i) {
      const bool was = stock[i - 1].second == "0";
      const bool is = stock[i].second == "0";
      if (was != is) (is ? days.first : days.second).insert(stock[i].first);
    }
    return days;
  }

 private:
  static void Extend(History& history, world::Day day, Fields fields) {
    if (history.runs.empty() || history.runs.back().fields != fields)
      history.runs.push_back({.first = day, .last = day, .captures = 0, .fields = std::move(fields)});
    history.runs.back().last = day;
    ++history.runs.back().captures;
  }

  std::map<Thing, History> things_;
  std::map<Thing, std::vector<std::pair<world::Day, std::string>>> stock_;
};

}  // namespace nightjar::indexer
