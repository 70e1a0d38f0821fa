// SPDX-License-Identifier: Apache-2.0
// Applies the rules of a site profile to a page: conditions, fields, rows.
#pragma once

#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/profiles.h"
#include "sandbox/extract/rule_text.h"
#include "sandbox/match/selection.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {

class RuleReader final {
 public:
  // All of them outlive the reader.
  RuleReader(const SiteRules& site, const parse::Page& page, const Layout& layout,
             match::Selection& selection)
      : site_(site), page_(page), layout_(layout), selection_(selection) {}

  // Does the condition hold for this page? One without any condition does.
  [[nodiscard]] bool Holds(const profile::Condition& when, const Url& own);

  void ReadFields(const std::vector<profile::FieldRule>& rules, std::vector<wire::Field>& fields);
  void ReadItems(const std::vector<profile::ItemRule>& rules, std::vector<wire::Item>& items);

 private:
  using Fields = std::vector<wire::Field>;  // found ones are appended
  struct Row {                              // where fields are looked for
    NodeIndex scope = 0;
    NodeIndex begin = 0, end = 0;  // nodes that belong to it
    bool filtered = false;         // only matches in [begin, end) count
  };

  [[nodiscard]] std::vector<Row> RowsOf(const profile::ItemRule& rule);
  [[nodiscard]] std::vector<NodeIndex> Select(const std::string& selector, const Row& row);
  void ReadField(const profile::FieldRule& rule, const Row& row, Fields& fields);
  void BySelector(const profile::FieldRule& rule, const std::string& selector, const Row& row,
                  Fields& fields);
  void ByLabel(const profile::FieldRule& rule, const std::string& label, const Row& row, Fields& fields);
  // The values of one text. Did it have any?
  bool ValuesOf(const profile::FieldRule& rule, Piece piece, Fields& fields);
  // Pattern and split make pieces of a text; without them it is one.
  [[nodiscard]] std::vector<Piece> Cut(const profile::FieldRule& rule, const Piece& piece);
  [[nodiscard]] std::vector<Piece> Matching(const profile::FieldRule& rule, const Piece& piece);
  [[nodiscard]] std::optional<wire::Field> ValueOf(const profile::FieldRule& rule, Piece piece);
  // Makes one of the fields from `first` on.
  static void Join(const profile::FieldRule& rule, std::size_t first, Fields& fields);
  [[nodiscard]] Row WholePage() const;

  const SiteRules& site_;
  const parse::Page& page_;
  const Layout& layout_;
  match::Selection& selection_;
};

}  // namespace nightjar::extract
