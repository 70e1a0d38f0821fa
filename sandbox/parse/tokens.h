// SPDX-License-Identifier: Apache-2.0
// A one-pass tokenizer over markup: no tree, no allocation, time linear in the input whatever the input is.
// Used where the tree builder must not be trusted: to measure a page before it, and to read a page it would
// choke on. Source: WHATWG HTML section 13.2.5, without character references.
#pragma once

#include <cstddef>
#include <string_view>

namespace nightjar::parse {

struct Token {
  enum class Kind { kText, kStart, kEnd, kOther };  // kOther: comment, doctype, processing instruction
  Kind kind = Kind::kText;
  std::string_view raw;         // the whole token
  std::string_view name;        // of a tag, as written
  std::string_view attributes;  // what stands between the name and '>'
};

class Tokens final {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  // The next token; false at the end. After <script>, <style> and the like one text token holds everything up
  // to the matching end tag.
  bool Next(Token& token);

  // From here on, what follows <style>, <title>, ... is markup like any other: so a tree builder reads it
  // inside <svg> and <math>, and a measure must not be smaller than what the tree builder does.
  void ReadRawTextAsMarkup() { raw_text_is_markup_ = true; }

 private:
  bool TakeRawText(Token& token);
  bool TakeMarkup(Token& token);
  void TakeTag(Token& token, std::size_t name_at);
  std::size_t CommentEnd() const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view raw_text_of_;  // name of the open raw text element
  bool raw_text_is_markup_ = false;
};

struct RawAttribute {
  std::string_view name;   // as written
  std::string_view value;  // without quotes, character references not undone
};

// Takes the next attribute off the front of `attributes`; false when there is none left.
bool TakeAttribute(std::string_view& attributes, RawAttribute& attribute);

// Value of the named attribute (lower case) of a start tag; empty if absent.
[[nodiscard]] std::string_view AttributeOf(const Token& token, std::string_view name);

}  // namespace nightjar::parse
