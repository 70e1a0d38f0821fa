// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/category.h"

#include <array>
#include <optional>

#include "sandbox/extract/trail.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestPath = 128;
constexpr std::array<std::string_view, 1> kCategoryClasses = {"categor"};
constexpr std::array<std::string_view, 4> kChosenClasses = {"selected", "active", "current", "chosen"};

// "Drugs › Cannabis": the steps between arrows, root first, joined in one spelling.
std::optional<std::string> CategoryPath(const Layout& layout, Range range) {
  std::string text(layout.At(range));
  for (const std::string_view arrow : {"›", "»", "→", "::", "\n", "/", "|"}) {
    for (std::size_t at = text.find(arrow); at != std::string::npos; at = text.find(arrow, at + 1)) {
      text.replace(at, arrow.size(), ">");
    }
  }
  std::string path;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('>');
    const std::string_view step = parse::Trim(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (step.empty() || parse::EqualsNoCase(step, "home")) continue;
    path.append(path.empty() ? "" : " > ").append(step);
  }
  if (path.empty()) return std::nullopt;
  return path;
}

void CategoryFromLabel(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "category") continue;
    auto path = CategoryPath(at.layout, pair.value);
    if (!path || path->size() > kLongestPath) continue;
    fields.Add({.name = "category", .value = std::move(*path), .confidence = pair.confidence}, pair.value);
    return;
  }
}

void CategoryFromCrumbs(const Surroundings& at, std::string_view title, FieldList& fields) {
  auto trail = FindTrail(*at.page.tree, at.layout, title);
  if (!trail || trail->path.size() > kLongestPath) return;
  fields.Add({.name = "category", .value = std::move(trail->path), .confidence = 75}, trail->range);
}

// A menu of categories shows where the page belongs by its chosen entries, outermost first. A trailing count
// is not part of the name.
void CategoryFromMenu(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  std::string path;
  Range whole;
  NodeIndex past = 0;
  for (const Line& line : at.layout.lines) {
    const Run& run = at.layout.runs[line.first_run];
    NodeIndex entry = run.node;
    for (int steps = 0; steps < 3 && entry != 0; ++steps) {
      entry = tree[entry].parent;
      const std::string_view name = tree.Value(tree[entry], "class");
      if (ContainsAny(name, kCategoryClasses) && ContainsAny(name, kChosenClasses)) break;
    }
    const std::string_view name = tree.Value(tree[entry], "class");
    if (entry < past || !ContainsAny(name, kCategoryClasses) || !ContainsAny(name, kChosenClasses)) continue;
    path.append(path.empty() ? "" : " > ").append(at.layout.At(run.range));
    whole = whole.end == 0 ? run.range : Range{whole.begin, run.range.end};
    past = tree[entry].past;
  }
  if (!path.empty()) fields.Add({.name = "category", .value = std::move(path), .confidence = 50}, whole);
}

}  // namespace

void ReadCategory(const Surroundings& at, std::string_view title, FieldList& fields) {
  CategoryFromLabel(at, fields);
  if (!fields.Has("category")) CategoryFromCrumbs(at, title, fields);
  if (!fields.Has("category")) CategoryFromMenu(at, fields);
}

}  // namespace nightjar::extract
