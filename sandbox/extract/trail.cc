// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/trail.h"

#include <algorithm>
#include <array>
#include <vector>

#include "sandbox/extract/surroundings.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kMostSteps = 12;
constexpr std::size_t kLongestStep = 80;
constexpr std::array<std::string_view, 8> kArrows = {"›", "»", "→", "::", ">", "/", "|", "\\"};
constexpr std::array<std::string_view, 3> kSure = {"›", "»", "→"};  // seldom between the links of a menu

struct Step {
  Range range;
  NodeIndex link = 0;  // 0: no link
};

// Removes arrows and blanks at both ends; was there an arrow?
bool StripArrows(const Layout& layout, Range& range) {
  bool any = false;
  for (bool again = true; again;) {
    again = false;
    range = TrimIn(layout, range);
    for (const std::string_view arrow : kArrows) {
      const auto size = static_cast<std::uint32_t>(arrow.size());
      if (layout.At(range).starts_with(arrow)) {
        range.begin += size;
        again = any = true;
      }
      if (layout.At(range).ends_with(arrow)) {
        range.end -= size;
        again = any = true;
      }
    }
  }
  return any;
}

// One link may lead through several steps: "<a>Ceramics › Tiles</a>".
bool HasArrowBetween(const Layout& layout, const Step& step, const Step& next) {
  const std::string_view between = layout.At({step.range.end, next.range.begin});
  return std::any_of(kSure.begin(), kSure.end(),
                     [&](std::string_view arrow) { return between.find(arrow) != std::string_view::npos; });
}

// Appends the steps of a line: each link is one, and so is each text that is more than an arrow.
void AddSteps(const Tree& tree, const Layout& layout, const Line& line, std::vector<Step>& steps) {
  for (std::uint32_t r = line.first_run; r < line.past_run && steps.size() < kMostSteps; ++r) {
    Step step{layout.runs[r].range, LinkAround(tree, layout.runs[r].node)};
    StripArrows(layout, step.range);
    if (step.range.begin == step.range.end || step.range.end - step.range.begin > kLongestStep) continue;
    const bool same = !steps.empty() && step.link != 0 && steps.back().link == step.link &&
                      !HasArrowBetween(layout, steps.back(), step);
    if (same)
      steps.back().range.end = step.range.end;
    else
      steps.push_back(step);
  }
}

// A line of a menu that is a trail by its arrows: between two links, or behind one that stands alone.
bool HasArrows(const Tree& tree, const Layout& layout, const Line& line) {
  if (!line.navigation) return false;
  bool linked = false;
  for (std::uint32_t r = line.first_run; r < line.past_run; ++r) {
    const Run& run = layout.runs[r];
    if (LinkAround(tree, run.node) != 0) {
      linked = true;
    } else if (linked) {
      const std::string_view between = layout.At(TrimIn(layout, run.range));
      if (std::find(kSure.begin(), kSure.end(), between) != kSure.end()) return true;
    }
  }
  return false;
}

// The link of the site's first page, or a step that is called so.
bool IsRoot(const Tree& tree, const Layout& layout, const Step& step) {
  constexpr std::array<std::string_view, 5> kNames = {"home", "main", "index", "board index", "start"};
  constexpr std::array<std::string_view, 7> kTargets = {"",     "index.php", "index.html", "index.htm",
                                                        "home", "home.php",  "main"};
  const std::string_view name = layout.At(step.range);
  const auto called = [&](std::string_view known) { return parse::EqualsNoCase(name, known); };
  if (std::any_of(kNames.begin(), kNames.end(), called)) return true;
  if (step.link == 0) return false;
  std::string_view target = tree.Value(tree[step.link], "href");
  if (const std::size_t host = target.find("://"); host != std::string_view::npos) {
    const std::size_t path = target.find('/', host + 3);
    target = path == std::string_view::npos ? std::string_view() : target.substr(path);
  }
  if (target.starts_with("./")) target.remove_prefix(2);
  if (target.starts_with('/')) target.remove_prefix(1);
  return std::find(kTargets.begin(), kTargets.end(), target) != kTargets.end();
}

std::optional<Trail> MakeTrail(const Tree& tree, const Layout& layout, std::vector<Step> steps,
                               std::string_view title) {
  if (!steps.empty() && IsRoot(tree, layout, steps.front())) steps.erase(steps.begin());
  if (!steps.empty() && layout.At(steps.back().range) == title) steps.pop_back();
  if (steps.empty()) return std::nullopt;
  Trail trail{{}, {steps.front().range.begin, steps.back().range.end}};
  for (const Step& step : steps)
    trail.path.append(trail.path.empty() ? "" : " > ").append(layout.At(step.range));
  return trail;
}

}  // namespace

std::optional<Trail> FindTrail(const Tree& tree, const Layout& layout, std::string_view title) {
  std::vector<Step> steps;
  bool open = false;
  for (const Line& line : layout.lines) {
    const bool arrow_before = open && line.navigation && !steps.empty();
    const bool belongs = line.crumb || HasArrows(tree, layout, line);
    if (!belongs && open) {
      // The page itself, behind the last arrow.
      if (arrow_before && layout.At(line.range) == title) AddSteps(tree, layout, line, steps);
      break;
    }
    if (!belongs) continue;
    AddSteps(tree, layout, line, steps);
    open = true;
  }
  return MakeTrail(tree, layout, std::move(steps), title);
}

}  // namespace nightjar::extract
