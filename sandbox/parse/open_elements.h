// SPDX-License-Identifier: Apache-2.0
// A model of the tree builder's stack of open elements that errs on one side: it may hold more than the real
// stack, never much less. So where the standard closes an element by itself (a second <p>, <li> or <td>),
// this closes it only where it surely does; and an end tag takes away only what it surely closes. Source:
// elements.h.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "sandbox/parse/elements.h"

namespace nightjar::parse {

class OpenElements final {
 public:
  // `name` in lower case, `raw` the whole tag.
  void Start(std::string_view name, std::string_view raw);
  void End(std::string_view name);

  // Formatting elements that a block closed still count: the tree builder opens them again.
  [[nodiscard]] std::size_t depth() const { return open_.size() + forgotten_.size(); }

  // How often svg or math ended otherwise than by its own end tag. There the model may take away what the
  // tree builder keeps: at most what is open, each time. So who trusts depth() bounds this too.
  [[nodiscard]] std::size_t odd_foreign_ends() const { return odd_foreign_ends_; }

 private:
  struct Entry {
    std::size_t name;  // hashes: equal ones are taken for the same, which only misjudges a page made for it
    std::size_t identity;  // of the whole tag, for formatting elements
    Element traits;
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] bool InForeign() const { return foreign_ > 0; }
  [[nodiscard]] bool InTable() const;
  struct Foreign {
    std::size_t root;
    std::size_t integrations;  // above it
  };
  [[nodiscard]] Foreign InnermostForeign() const;
  void LeaveForeign();
  [[nodiscard]] std::size_t ForeignClosedByEnd(std::size_t name);
  [[nodiscard]] std::size_t TopOf(std::initializer_list<std::size_t> names) const;
  template <typename Stop>
  [[nodiscard]] std::size_t Find(std::initializer_list<std::size_t> names, Stop stop) const;
  [[nodiscard]] std::size_t ClosedByStart(std::string_view name, Element traits) const;
  [[nodiscard]] std::size_t ClosedByEnd(std::string_view name, Element traits);
  [[nodiscard]] bool IsIgnored(std::string_view name, Element traits) const;
  void Close(std::size_t index);
  void Remove(std::size_t index);
  void Forget(const Entry& entry);
  void DropForgotten(std::size_t name);

  std::vector<Entry> open_;
  std::vector<Entry> forgotten_;
  std::size_t foreign_ = 0;  // svg and math in `open_`
  std::size_t odd_foreign_ends_ = 0;
};

}  // namespace nightjar::parse
