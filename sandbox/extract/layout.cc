// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/layout.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/marks.h"
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

constexpr std::string_view kUnread = "style-unread:";

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
    if (visibility_.Incomplete()) layout_.hidden.append(layout_.hidden.empty() ? "" : "\n").append(kUnread);
    return std::move(layout_);
  }

 private:
  // Handles one node and returns the next to look at.
  NodeIndex Visit(NodeIndex index) {
    LeaveSettingsBefore(index);
    const parse::Node& node = tree_[index];
    if (node.tag == Tag::kText) {
      if (visibility_.Of(index) == Why::kSeen) {
        Append(index);
      } else {
        Hide(index);
      }
      return index + 1;
    }
    if (IsUnseen(node.tag)) return node.past;
    if (TakesNoPlace(visibility_.Of(index))) {
      HideBelow(index);
      return node.past;
    }
    Enter(node);
    return index + 1;
  }

  // Does the text around flow on as if the element were not there?
  static bool TakesNoPlace(Why why) { return why == Why::kDisplayNone || why == Why::kHiddenAttribute; }

  void LeaveSettingsBefore(NodeIndex index) {
    while (settings_.back().past <= index) {
      if (settings_.back().breaks_after) EndLine('\n');
      settings_.pop_back();
    }
  }

  void Enter(const parse::Node& node) {
    hidden_blank_ |= IsBlock(node.tag) || IsCell(node.tag);
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
    if (node.tag == Tag::kHeader && tree_[node.parent].tag == Tag::kBody) line.banner = true;
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
      if (const Mark mark = MarkAt(source, at); mark.size != 0) {
        Count(mark, layout_.marks);
        at += mark.size;
        continue;
      }
      const std::size_t end = PieceEnd(source, at);
      if (pending_blank_ && in_line_) layout_.text.push_back(' ');
      pending_blank_ = false;
      if (!in_run) BeginRun(index, static_cast<std::uint32_t>(at));
      in_run = true;
      layout_.text.append(source.substr(at, end - at));
      layout_.runs.back().range.end = Here();
      at = end;
    }
  }

  // Past the characters that go into the text as they stand.
  static std::size_t PieceEnd(std::string_view source, std::size_t at) {
    std::size_t end = at + 1;
    const auto ends_here = [&] { return BlankAt(source, end) != 0 || MayBeginMark(source[end]); };
    while (end < source.size() && (parse::IsPrinted(source[end]) || !ends_here())) ++end;
    return end;
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
    for (NodeIndex i = index; i < tree_[index].past;) {
      const parse::Node& node = tree_[i];
      hidden_blank_ |= IsBlock(node.tag) || IsCell(node.tag);
      if (node.tag == Tag::kText) Hide(i);
      i = IsUnseen(node.tag) ? node.past : i + 1;
    }
  }

  // Appends a text node to the hidden text; one run.
  void Hide(NodeIndex index) {
    const std::string_view source = tree_[index].text;
    bool in_run = false;
    for (std::size_t at = 0; at < source.size();) {
      if (const std::size_t blank = BlankAt(source, at)) {
        hidden_blank_ = true;
        at += blank;
        continue;
      }
      if (const Mark mark = MarkAt(source, at); mark.size != 0) {
        at += mark.size;
        continue;
      }
      const std::size_t end = PieceEnd(source, at);
      if (!in_run) BeginHiddenRun(index, static_cast<std::uint32_t>(at));
      if (in_run && hidden_blank_) layout_.hidden.push_back(' ');
      hidden_blank_ = false;
      in_run = true;
      layout_.hidden.append(source.substr(at, end - at));
      layout_.hidden_runs.back().range.end = static_cast<std::uint32_t>(layout_.hidden.size());
      at = end;
    }
  }

  void BeginHiddenRun(NodeIndex index, std::uint32_t source) {
    const Why why = visibility_.Of(index);
    std::string& hidden = layout_.hidden;
    if (index >= hidden_past_ || why != hidden_why_) {
      if (!hidden.empty()) hidden.push_back('\n');
      hidden.append(WhyName(why)).append(": ");
      hidden_why_ = why;
      hidden_past_ = tree_[RootOf(index)].past;
    } else if (hidden_blank_) {
      hidden.push_back(' ');
    }
    hidden_blank_ = false;
    const auto here = static_cast<std::uint32_t>(hidden.size());
    layout_.hidden_runs.push_back({{here, here}, index, source});
  }

  // The outermost element around a hidden text that hides for the same reason.
  [[nodiscard]] NodeIndex RootOf(NodeIndex index) const {
    const Why why = visibility_.Of(index);
    while (index != tree_[index].parent && visibility_.Of(tree_[index].parent) == why)
      index = tree_[index].parent;
    return index;
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
  bool hidden_blank_ = false;
  Why hidden_why_ = Why::kSeen;
  NodeIndex hidden_past_ = 0;
  char separator_ = '\n';
};

}  // namespace

bool IsUnseen(Tag tag) {
  return tag == Tag::kScript || tag == Tag::kStyle || tag == Tag::kNoscript || tag == Tag::kTemplate ||
         tag == Tag::kHead || tag == Tag::kTitle || tag == Tag::kIframe || tag == Tag::kAudio ||
         tag == Tag::kVideo;
}

Layout LayOut(const Tree& tree, const Visibility& visibility) { return Setter(tree, visibility).Run(); }

std::vector<wire::Span> FurnitureOf(const Layout& layout) {
  std::vector<wire::Span> ranges;
  bool open = false;
  for (const Line& line : layout.lines) {
    const bool furniture = line.navigation || line.banner;
    if (furniture && open) ranges.back().end = line.range.end;
    if (furniture && !open) ranges.push_back({line.range.begin, line.range.end});
    open = furniture;
  }
  return ranges;
}

}  // namespace nightjar::extract
