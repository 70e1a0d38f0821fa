// SPDX-License-Identifier: Apache-2.0
// One item through time: its versions, each with its span of observations, folded capture by capture. No
// storage here: item_store.h keeps what this makes.
//
// A version is a run of captures that show one set of stable values; a price that goes up and comes back
// makes three, and an item that was gone and came back begins a new one: no span bridges what was not there.
// What the page last showed of a gauge (views, rating) belongs to the item, not to a version.
//
// An item may be shown by several pages (a vendor's tabs). A page sets the fields it shows; a field is
// withdrawn only by the page that showed it last. So a tab that does not print the price takes nothing away.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "indexer/items/change.h"
#include "indexer/items/sighting.h"

namespace nightjar::items {

// A value and where it was read last: the way from a field to its bytes.
struct KnownValue {
  Value value;
  std::string address;    // of the page
  CaptureNumber capture;  // the newest that shows it
  friend bool operator==(const KnownValue&, const KnownValue&) = default;
};

// What is known of an item now.
struct State {
  ItemKey key;
  std::string title;
  std::string address;  // of the page that showed it last
  std::string url;      // of that capture: one of the mirrors
  bool gone = false;
  UtcTime gone_at;  // when it was first found missing, if it is
  UtcTime first_seen;
  UtcTime last_seen;
  std::uint32_t versions = 0;  // so many; the current one is the last
  std::vector<KnownValue> values;
  friend bool operator==(const State&, const State&) = default;
};

struct Version {
  std::uint32_t number = 0;  // from 0
  UtcTime first_seen;
  UtcTime last_seen;
  std::uint64_t captures = 0;  // how many showed it
  CaptureNumber first_capture;
  CaptureNumber last_capture;
  Digest digest;              // of the stable values
  std::vector<Value> values;  // stable ones and, for the reader, the gauges as they were first
  friend bool operator==(const Version&, const Version&) = default;
};

// When and where a page was captured.
struct Occasion {
  CaptureNumber capture;
  UtcTime when;
  std::string url;
  std::string address;
};

// What a sighting did.
struct Outcome {
  bool new_version = false;     // `current` is new; else its span and count grew
  std::vector<Change> changes;  // empty for an unchanged recrawl
};

// Folds one sighting in. `current` is the item's last version, untouched in an item never seen.
// Captures come in the order of their numbers, each once for each item.
[[nodiscard]] Outcome Fold(const Sighting& sighting, const Occasion& occasion, State& state,
                           Version& current);

// The page at `occasion.address`, where the item stood last, was read well and does not show it. True where
// that is news.
[[nodiscard]] bool FoldAbsence(const Occasion& occasion, State& state);

// Over the stable values in the order of name, value and unit.
[[nodiscard]] Digest DigestOf(const std::vector<Value>& values);

}  // namespace nightjar::items
