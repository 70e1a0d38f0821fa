// SPDX-License-Identifier: Apache-2.0
// What the report says, before it looks like anything: plain texts. Every captured or typed text in here has
// passed MakeVisible() and a bound; URLs are defanged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/report/report.h"

namespace nightjar::report {

inline constexpr std::size_t kMostExhibits =
    200;  // pages of a report that somebody may read; the bundle has all
inline constexpr std::size_t kMostText = 4000;  // bytes of an exhibit's text
inline constexpr std::size_t kMostLines = 80;
inline constexpr std::size_t kMostFields = 24;
inline constexpr std::size_t kMostCustody = 100;    // lines; custody.jsonl has all
inline constexpr std::size_t kMostFieldText = 300;  // bytes of a value, and of any other single line

struct Row {
  std::string label;
  std::string value;
};

struct Exhibit {
  std::uint64_t number = 0;  // of the capture
  std::string title;         // the page's, or the outcome
  std::string url;
  std::vector<Row> facts;          // when, how it ended, by which route
  std::vector<Row> digests;        // SHA-256 in hex
  std::string qr;                  // what the code says
  std::vector<std::string> notes;  // redacted, imported, withheld, rejected
  std::vector<Row> fields;         // derived
  std::string text;                // derived; empty where nothing was read
  bool text_is_cut = false;
  bool imported = false;
};

// Who did what with the exhibits (archive/bundle/custody.h).
struct CustodyLine {
  std::string when;  // "2026-01-31 23:59:59 UTC", or what is known instead
  std::string what;
  std::string who;
  std::string why;
};

struct Content {
  std::string title;
  std::string created;  // "2026-01-31T23:59:59.000000Z": when the latest capture ended
  std::vector<Row> cover;
  std::string key_qr;  // the log's key
  std::vector<std::string> introduction, checked, not_checked, not_proved, how_to_check;
  std::vector<CustodyLine> custody;
  std::vector<Exhibit> exhibits;
  std::string left_out;  // a sentence, where there are more captures than exhibits
};

[[nodiscard]] Result<Content> Gather(const bundle::ExportPlan& plan, const Sources& sources);

}  // namespace nightjar::report
