// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/layout.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

// clang-format off
constexpr Tag kBlocks[] = {
    Tag::kAddress, Tag::kArticle, Tag::kAside, Tag::kBlockquote, Tag::kBody, Tag::kBr, Tag::kCaption, Tag::kCenter,
    Tag::kDd, Tag::kDetails, Tag::kDiv, Tag::kDl, Tag::kDt, Tag::kFieldset, Tag::kFooter, Tag::kForm, Tag::kFrameset,
    Tag::kH1, Tag::kH2, Tag::kH3, Tag::kH4, Tag::kH5, Tag::kH6, Tag::kHeader, Tag::kHr, Tag::kLegend, Tag::kLi,
    Tag::kMain, Tag::kNav, Tag::kOl, Tag::kOption, Tag::kP, Tag::kPre, Tag::kSection, Tag::kSelect, Tag::kSummary,
    Tag::kTable, Tag::kTbody, Tag::kTextarea, Tag::kTfoot, Tag::kThead, Tag::kTr, Tag::kUl,
};
// clang-format on

constexpr auto kIsBlock = [] {
  std::array<bool, 256> table{};
  for (const Tag tag : kBlocks) table[static_cast<std::size_t>(tag)] = true;
  return table;
}();

bool IsBlock(Tag tag) { return kIsBlock[static_cast<std::size_t>(tag)]; }
bool IsCell(Tag tag) { return tag == Tag::kTd || tag == Tag::kTh; }
bool IsPairCell(Tag tag) { return IsCell(tag) || tag == Tag::kDt || tag == Tag::kDd; }
bool KeepsLines(Tag tag) { return tag == Tag::kPre || tag == Tag::kTextarea; }
bool IsControl(Tag tag) { return tag == Tag::kSelect || tag == Tag::kButton || tag == Tag::kTextarea; }
bool IsNavigationTag(Tag tag) { return tag == Tag::kNav || tag == Tag::kAside || tag == Tag::kFooter; }

// What an element passes on to all lines below it.
struct Setting {
  NodeIndex past = 0;
  bool breaks_after = false;
  bool keeps_lines = false;
  Line line;  // its flags only
};

class Setter final {
 public:
  Setter(const Tree& tree, const Visibility& visibility) : tree_(tree), visibility_(visibility) {}

  Layout Run() && {
    settings_.push_back({static_cast<NodeIndex>(tree_.nodes().size()), false, false, {}});
    for (NodeIndex i = 0; i < tree_.nodes().size();) i = Visit(i);
    EndLine('\n');
    TrimEnd(layout_.text);
    TrimEnd(layout_.hidden);
    return std::move(layout_);
  }

 private:
  // Handles one node and returns the next to look at.
  NodeIndex Visit(NodeIndex index) {
    LeaveSettingsBefore(index);
    const parse::Node& node = tree_[index];
    if (node.tag == Tag::kText) {
      Append(index);
      return index + 1;
    }
    if (IsUnseen(node.tag)) return node.past;
    if (visibility_.Hides(node)) {
      HideBelow(index);
      return node.past;
    }
    Enter(node);
    return index + 1;
  }

  void LeaveSettingsBefore(NodeIndex index) {
    while (settings_.back().past <= index) {
      if (settings_.back().breaks_after) EndLine('\n');
      settings_.pop_back();
    }
  }

  void Enter(const parse::Node& node) {
    if (IsBlock(node.tag)) EndLine('\n');
    if (IsCell(node.tag)) EndLine(' ');
    if (node.past == tree_index(node) + 1) return;  // nothing below
    Setting setting = settings_.back();
    setting.past = node.past;
    setting.breaks_after = IsBlock(node.tag);
    setting.keeps_lines |= KeepsLines(node.tag);
    setting.line.control |= IsControl(node.tag);
    if (IsPairCell(node.tag)) setting.line.cell = tree_index(node);
    if (node.tag >= Tag::kH1 && node.tag <= Tag::kH6) {
      setting.line.heading =
          static_cast<std::uint8_t>(1 + static_cast<int>(node.tag) - static_cast<int>(Tag::kH1));
    }
    NoteRegion(node, setting.line);
    settings_.push_back(setting);
  }

  // A wrapper around most of the page says nothing about its parts, whatever its class is called.
  void NoteRegion(const parse::Node& node, Line& line) const {
    if (IsNavigationTag(node.tag)) line.navigation = true;
    const std::size_t below = node.past - tree_index(node);
    if (below * 5 > tree_.nodes().size() * 4) return;
    for (const std::string_view name : {"class", "id", "role"}) {
      const std::string_view value = tree_.Value(node, name);
      if (value.empty()) continue;
      line.navigation |= ContainsAny(value, kNavigationWords);
      line.crumb |= ContainsAny(value, kCrumbWords);
    }
  }

  NodeIndex tree_index(const parse::Node& node) const {
    return static_cast<NodeIndex>(&node - tree_.nodes().data());
  }

  void Append(NodeIndex index) {
    const std::string_view source = tree_[index].text;
    bool in_run = false;
    for (std::size_t at = 0; at < source.size();) {
      if (const std::size_t blank = BlankAt(source, at)) {
        pending_blank_ = true;
        if (source[at] == '\n' && settings_.back().keeps_lines) {
          EndLine('\n');
          in_run = false;
        }
        at += blank;
        continue;
      }
      std::size_t end = at + 1;
      while (end < source.size() && BlankAt(source, end) == 0) ++end;
      if (pending_blank_ && in_line_) layout_.text.push_back(' ');
      pending_blank_ = false;
      if (!in_run) BeginRun(index, static_cast<std::uint32_t>(at));
      in_run = true;
      layout_.text.append(source.substr(at, end - at));
      layout_.runs.back().range.end = Here();
      at = end;
    }
  }

  void BeginRun(NodeIndex index, std::uint32_t source) {
    if (!in_line_) {
      if (!layout_.text.empty()) layout_.text.push_back(separator_);
      Line line = settings_.back().line;
      line.range = {Here(), Here()};
      line.first_run = static_cast<std::uint32_t>(layout_.runs.size());
      layout_.lines.push_back(line);
      in_line_ = true;
    }
    layout_.runs.push_back({{Here(), Here()}, index, source});
  }

  void EndLine(char separator) {
    if (in_line_) {
      layout_.lines.back().range.end = Here();
      layout_.lines.back().past_run = static_cast<std::uint32_t>(layout_.runs.size());
      separator_ = separator;
    } else if (separator == '\n') {
      separator_ = separator;
    }
    in_line_ = false;
    pending_blank_ = false;
  }

  void HideBelow(NodeIndex index) {
    const std::size_t before = layout_.hidden.size();
    for (NodeIndex i = index; i < tree_[index].past;) {
      const parse::Node& node = tree_[i];
      if (node.tag == Tag::kText) AppendFolded(layout_.hidden, node.text);
      if (IsBlock(node.tag) || IsCell(node.tag)) AppendFolded(layout_.hidden, " ");
      i = IsUnseen(node.tag) ? node.past : i + 1;
    }
    if (layout_.hidden.size() > before) {
      TrimEnd(layout_.hidden);
      layout_.hidden.push_back('\n');
    }
  }

  static void TrimEnd(std::string& text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  }

  [[nodiscard]] std::uint32_t Here() const { return static_cast<std::uint32_t>(layout_.text.size()); }

  const Tree& tree_;
  const Visibility& visibility_;
  Layout layout_;
  std::vector<Setting> settings_;
  bool in_line_ = false;
  bool pending_blank_ = false;
  char separator_ = '\n';
};

}  // namespace

bool IsUnseen(Tag tag) {
  return tag == Tag::kScript || tag == Tag::kStyle || tag == Tag::kNoscript || tag == Tag::kTemplate ||
         tag == Tag::kHead || tag == Tag::kTitle || tag == Tag::kIframe || tag == Tag::kAudio ||
         tag == Tag::kVideo;
}

Layout LayOut(const Tree& tree, const Visibility& visibility) { return Setter(tree, visibility).Run(); }

}  // namespace nightjar::extract
