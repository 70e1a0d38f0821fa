// SPDX-License-Identifier: Apache-2.0
// A question that is asked again of everything new, and what is told when it is answered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::watch {

// What a search wants to hear of; a set of bits.
enum What : std::uint8_t {
  kNew = 1,      // a version that was not there before, and of which nothing more is known
  kChanged = 2,  // a version in which something of a known item changed
  kGone = 4,     // an item that matched is not shown any more
};
// "new,changed": the words, in this order.
[[nodiscard]] std::string WhatNames(std::uint8_t what);
[[nodiscard]] Result<std::uint8_t> ParseWhat(std::string_view words);

struct SavedSearch {
  std::uint64_t id = 0;   // given by the store, never again
  std::string name{};     // unique; rule of base/ids.h
  std::string owner{};    // who wants to know
  std::string case_id{};  // need-to-know: it sees this case only; empty: all cases
  std::string text{};     // the query
  std::uint8_t what = kNew | kChanged;
  std::vector<std::string> sinks{};  // beside the inbox: names of sinks
  UtcTime created{};
  bool paused = false;
  friend bool operator==(const SavedSearch&, const SavedSearch&) = default;
};

struct Alert {
  std::uint64_t number = 0;  // position in the inbox, given by the store
  std::string key{};         // 64 hex digits: the same event told to the same search has the same key
  std::uint64_t search = 0;
  std::string name{};   // of the search
  std::string owner{};  // of the search
  What what = kNew;
  std::string why{};        // "new", "changed: re-priced", "gone"
  CaptureNumber capture{};  // shows it
  std::string item{};       // hex id of the item, or empty
  std::string case_id{};
  std::string url{};
  std::string title{};
  UtcTime seen{};  // when it was captured
  UtcTime when{};  // when the alert was raised
  bool read = false;
  friend bool operator==(const Alert&, const Alert&) = default;
};

// SHA-256 over base/codec.h: Str kind ("version", "changed", "gone"), U64 search, U64 number, in hex. The
// number of a version is the capture that showed it first, that of a change or absence the number of its
// event: both are the same after a kill and after the index was built anew.
[[nodiscard]] std::string KeyOf(const SavedSearch& search, std::string_view kind, std::uint64_t number);

}  // namespace nightjar::watch
