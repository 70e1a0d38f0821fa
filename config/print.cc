// SPDX-License-Identifier: Apache-2.0
#include "config/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace nightjar::config {
namespace {

constexpr std::size_t kCommentWidth = 100;

constexpr std::string_view kHead =
    "# The settings of Nightjar: every key, with its default. Made by `nightjar config example`.\n"
    "# Every key must be there, and no other: a forgotten key is a decision nobody took.\n";

// True if YAML reads `text` without quotes as that same text. Texts that YAML would take for a null have no
// slash, and no other form of ours can be one.
bool IsPlainYaml(std::string_view text) {
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
  };
  const auto inner = [&](char c) { return word(c) || c == '.' || c == '_' || c == '-' || c == ':'; };
  return !text.empty() && word(text.front()) && !text.ends_with(':') && std::ranges::all_of(text, inner);
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

// Writes keys one after another, opening their sections where a new one begins.
class Writer final {
 public:
  Writer(const Settings& settings, bool with_comments) : settings_(settings), with_comments_(with_comments) {}

  std::string Write() {
    if (with_comments_) out_ += kHead;
    for (const Key& key : Keys()) {
      const std::size_t dot = key.name.rfind('.');
      const bool top = dot == std::string_view::npos;
      OpenSection(top ? "" : key.name.substr(0, dot));
      if (with_comments_ && top) out_ += "\n";
      WriteComment(key);
      WriteLine(fmt::format("{}: {}", top ? key.name : key.name.substr(dot + 1), ValueText(key, settings_)));
    }
    return std::move(out_);
  }

 private:
  void OpenSection(std::string_view name) {
    if (name == section_) return;
    section_ = name;
    depth_ = static_cast<int>(std::ranges::count(name, '.'));
    if (with_comments_) out_ += "\n";
    if (with_comments_) {
      WriteLine(fmt::format("# {}.", std::ranges::find(Sections(), name, &Section::name)->comment));
    }
    WriteLine(fmt::format("{}:", name.substr(name.rfind('.') + 1)));
    ++depth_;
  }
  void WriteComment(const Key& key) {
    if (!with_comments_) return;
    std::string form = FormOf(key);
    form.front() = static_cast<char>(form.front() - 'a' + 'A');  // forms begin with a lower-case letter
    if (key.comment.size() + form.size() < kCommentWidth) {
      return WriteLine(fmt::format("# {}. {}.", key.comment, form));
    }
    WriteLine(fmt::format("# {}.", key.comment));
    WriteLine(fmt::format("# {}.", form));
  }
  void WriteLine(std::string_view line) {
    fmt::format_to(std::back_inserter(out_), "{:{}}{}\n", "", 2 * depth_, line);
  }

  const Settings& settings_;
  const bool with_comments_;
  std::string section_;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

std::string ValueText(const Key& key, const Settings& settings) {
  if (const auto* number = std::get_if<Number>(&key.value)) return std::to_string(number->get(settings));
  const std::string& text = std::get<Text>(key.value).get(settings);
  return IsPlainYaml(text) ? text : Quoted(text);
}

std::string Print(const Settings& settings) { return Writer(settings, false).Write(); }

std::string Example() { return Writer(Settings{}, true).Write(); }

}  // namespace nightjar::config
