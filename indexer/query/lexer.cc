// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/lexer.h"

#include <algorithm>

#include "indexer/query/grammar.h"

namespace nightjar::query {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::string_view kWordEnds = " \t\r\n\f\v()\"";

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> Run() {
    std::vector<Token> tokens;
    for (SkipSpaces(); place_ < text_.size(); SkipSpaces()) {
      ASSIGN_OR_RETURN(const Token token, Next());
      tokens.push_back(token);
    }
    tokens.push_back({.kind = TokenKind::kEnd, .at = text_.size(), .value_at = text_.size()});
    return tokens;
  }

 private:
  void SkipSpaces() { place_ = std::min(text_.find_first_not_of(kSpaces, place_), text_.size()); }

  Result<Token> Next() {
    const std::size_t at = place_;
    switch (text_[at]) {
      case '(':
        return Single(TokenKind::kOpen);
      case ')':
        return Single(TokenKind::kClose);
      case '-':
        if (at + 1 < text_.size() && kSpaces.find(text_[at + 1]) == std::string_view::npos)
          return Single(TokenKind::kNot);
        break;
      case '"':
        return Quoted({.kind = TokenKind::kValue, .at = at});
      default:
        break;
    }
    return WordOrField();
  }

  Token Single(TokenKind kind) {
    ++place_;
    return {.kind = kind, .at = place_ - 1, .value_at = place_ - 1};
  }

  Result<Token> Quoted(Token token) {
    token.quoted = true;
    token.value_at = place_;
    const std::size_t close = text_.find('"', place_ + 1);
    if (close == std::string_view::npos)
      return Mistake(text_, place_, "this quote is never closed; add \" at its end");
    token.text = text_.substr(place_ + 1, close - place_ - 1);
    place_ = close + 1;
    return token;
  }

  Result<Token> WordOrField() {
    Token token{.kind = TokenKind::kValue, .at = place_, .value_at = place_};
    const std::size_t end = std::min(text_.find_first_of(kWordEnds, place_), text_.size());
    std::string_view word = text_.substr(place_, end - place_);
    place_ = end;
    if (Operator(word, token)) return token;
    // A pasted address is a question for that page, not a field named "http".
    if (word.starts_with("http://") || word.starts_with("https://")) {
      token.field = "url";
      token.text = word;
      token.quoted = true;
      return token;
    }
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos || colon == 0 || !IsFieldName(word.substr(0, colon))) {
      token.text = word;
      return token;
    }
    token.field = word.substr(0, colon);
    token.text = word.substr(colon + 1);
    token.value_at = token.at + colon + 1;
    if (!token.text.empty()) return token;
    if (place_ < text_.size() && text_[place_] == '"') return Quoted(token);
    return Mistake(
        text_, token.value_at,
        "the value of “" + std::string(token.field) + ":” is missing; write it right after the colon");
  }

  static bool Operator(std::string_view word, Token& token) {
    if (word == "AND") token.kind = TokenKind::kAnd;
    if (word == "OR") token.kind = TokenKind::kOr;
    if (word == "NOT") token.kind = TokenKind::kNot;
    if (word == "NEAR" || word.starts_with("NEAR/")) {
      token.kind = TokenKind::kNear;
      token.text = word.substr(std::min<std::size_t>(word.size(), 5));
    }
    return token.kind != TokenKind::kValue;
  }

  static bool IsFieldName(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  }

  const std::string_view text_;
  std::size_t place_ = 0;
};

}  // namespace

Result<std::vector<Token>> Tokens(std::string_view text) { return Lexer(text).Run(); }

}  // namespace nightjar::query
