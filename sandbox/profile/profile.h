// SPDX-License-Identifier: Apache-2.0
// How one site's pages are read: what a person who knows the site wrote down about it. Made by config from
// YAML, carried into the jail with each document of the site, applied there by sandbox/extract.
//
// The words of the language, as its users know them, are explained in config/PROFILES.md.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "sandbox/profile/date_order.h"
#include "sandbox/wire/facts.h"

namespace nightjar::profile {

// Which part of a chosen element's text is looked at.
enum class Part : std::uint8_t {
  kAll,       // all of it, white space and lines folded
  kLines,     // all of it, line by line
  kOwn,       // its own text, not that of elements in it
  kAfter,     // what follows it up to the next element
  kOwnLines,  // kOwn, line by line
};

// Where a rule looks.
enum class Place : std::uint8_t {
  kRow,     // in the row, or on the page where there are no rows
  kPage,    // on the whole page
  kBefore,  // on the page before the row: the nearest match counts (headings over rows)
};

struct Replacement {
  std::string printed;  // compared in any ASCII letter case, white space folded
  std::string value;
  friend bool operator==(const Replacement&, const Replacement&) = default;
};

// One value, or a list of them. Looked for in this order: each selector of `select`, then each label; the
// first way that gives a value wins.
struct FieldRule {
  std::string name;
  wire::FieldType type = wire::FieldType::kText;
  std::vector<std::string> select;  // CSS; sandbox/css
  std::vector<std::string> label;   // the value is what stands behind or below these printed words
  std::string attribute;            // take this attribute, not the text
  Part part = Part::kAll;
  Place place = Place::kRow;
  std::string pattern;              // RE2; the value is its first group, or all that matches
  std::string split;                // RE2 between the values of a list in one text
  std::string join;                 // between the pieces when several matches make one value
  std::string unit;                 // currency where none is printed; scale of a rating
  std::string otherwise;            // value where nothing was found
  std::vector<Replacement> values;  // what printed words mean
  bool only_values = false;         // words that `values` does not list give no value
  bool all = false;                 // every match gives a value
  bool joined = false;              // every match gives a piece of one value
  bool count = false;               // the number of matches is the value
  bool exists = false;              // "true" or "false": is there a match?
  bool hidden = false;              // takes text that a person does not see
  friend bool operator==(const FieldRule&, const FieldRule&) = default;
};

// Several alike: each match of `rows` is one; its fields are looked for in the row.
struct ItemRule {
  std::string kind;
  std::vector<std::string> rows;  // CSS; the first that matches anything
  std::vector<FieldRule> fields;
  std::vector<std::string> need;  // rows without these fields are none
  bool until_next = false;        // a row goes on through its siblings until the next row begins
  friend bool operator==(const ItemRule&, const ItemRule&) = default;
};

// Which pages are meant; every condition that is there must hold.
struct Condition {
  std::string url;                    // RE2, found in path and query
  std::vector<std::string> select;    // each must match something
  std::vector<std::string> without;   // none may match anything
  std::vector<std::uint32_t> status;  // of the HTTP answer, one of these
  friend bool operator==(const Condition&, const Condition&) = default;
};

struct ClassRule {
  wire::PageClass page_class = wire::PageClass::kContent;
  Condition when;
  friend bool operator==(const ClassRule&, const ClassRule&) = default;
};

struct PageRule {
  wire::PageKind kind = wire::PageKind::kOther;
  Condition when;
  std::vector<FieldRule> fields;
  std::vector<ItemRule> items;
  friend bool operator==(const PageRule&, const PageRule&) = default;
};

// How the site prints.
struct Habits {
  std::string currency;  // where no currency is printed
  DateOrder dates = DateOrder::kUnknown;
  bool day_only = false;  // times on this site cannot be told (12 hours, no am or pm)
  friend bool operator==(const Habits&, const Habits&) = default;
};

struct Profile {
  std::string name;
  std::vector<std::string> hosts;  // onion hosts of the site, without sub-domains
  std::vector<std::string> signs;  // CSS: a page of another host is this site's if all of these match
  Habits habits;
  std::vector<ClassRule> classes;  // the first that holds decides
  std::vector<PageRule> pages;     // the first that holds decides
  PageRule every;                  // fields and items of every page that is content
  bool generic = false;            // generic rules add fields that the profile did not find
  friend bool operator==(const Profile&, const Profile&) = default;
};

// Bounds of all profiles together, in the jail too.
inline constexpr std::size_t kMaxEncodedProfiles = 4 << 20;
inline constexpr std::size_t kMaxProfiles = 512;
inline constexpr std::size_t kMaxRules = 256;      // of each list
inline constexpr std::size_t kMaxRuleText = 4096;  // selector, pattern, word

// Format: base/codec.h, first byte kProfileFormat, members as members.h of this folder lists them.
inline constexpr std::uint8_t kProfileFormat = 1;
[[nodiscard]] Bytes Encode(const std::vector<Profile>& profiles);
// kCorrupt for anything that Encode() would not write. Selectors and patterns are not looked at.
[[nodiscard]] Result<std::vector<Profile>> Decode(ByteView bytes);

// "name sha256:<first 16 hex digits of what Encode() gives of this one>": which rules made a value.
[[nodiscard]] std::string NameAndDigest(const Profile& profile);

}  // namespace nightjar::profile
