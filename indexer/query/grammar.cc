// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "indexer/query/lexer.h"
#include "indexer/query/range.h"
#include "indexer/query/values.h"

namespace nightjar::query {
namespace {

// Recursive descent; one function per rule of grammar.h, in that order.
class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens) : text_(text), tokens_(std::move(tokens)) {}

  Result<Node> Query() {
    if (Here().kind == TokenKind::kEnd)
      return Mistake(text_, 0, "the query is empty; write at least one word");
    ASSIGN_OR_RETURN(Node node, Or());
    if (Here().kind == TokenKind::kClose) {
      return Mistake(text_, Here().at, "this closing parenthesis was never opened; take it away");
    }
    return node;
  }

 private:
  const Token& Here() const { return tokens_[place_]; }
  const Token& Take() { return tokens_[place_++]; }

  Result<Node> Or() {
    ASSIGN_OR_RETURN(Node first, And());
    Node node{.kind = NodeKind::kOr, .at = first.at};
    node.children.push_back(std::move(first));
    while (Here().kind == TokenKind::kOr) {
      Take();
      ASSIGN_OR_RETURN(Node next, And());
      node.children.push_back(std::move(next));
    }
    return Collapsed(std::move(node));
  }

  Result<Node> And() {
    ASSIGN_OR_RETURN(Node first, Not());
    Node node{.kind = NodeKind::kAnd, .at = first.at};
    node.children.push_back(std::move(first));
    while (Here().kind != TokenKind::kEnd && Here().kind != TokenKind::kClose &&
           Here().kind != TokenKind::kOr) {
      if (Here().kind == TokenKind::kAnd) Take();
      ASSIGN_OR_RETURN(Node next, Not());
      node.children.push_back(std::move(next));
    }
    return Collapsed(std::move(node));
  }

  Result<Node> Not() {
    if (Here().kind != TokenKind::kNot) return Near();
    const std::size_t at = Take().at;
    if (++depth_ > kMaxDepth) return TooDeep(at);
    ASSIGN_OR_RETURN(Node inner, Not());
    --depth_;
    Node node{.kind = NodeKind::kNot, .at = at};
    node.children.push_back(std::move(inner));
    return node;
  }

  Result<Node> Near() {
    ASSIGN_OR_RETURN(Node first, Atom());
    if (Here().kind != TokenKind::kNear) return first;
    Node node{.kind = NodeKind::kNear, .at = first.at};
    node.children.push_back(std::move(first));
    while (Here().kind == TokenKind::kNear) {
      ASSIGN_OR_RETURN(const std::uint32_t distance, Distance(Take()));
      node.distance = std::max(node.distance, distance);
      ASSIGN_OR_RETURN(Node next, Atom());
      node.children.push_back(std::move(next));
    }
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::kWord && child.field == nullptr) continue;
      return Mistake(text_, child.at, "NEAR joins plain words only; write for example: owl NEAR/5 post");
    }
    return node;
  }

  Result<std::uint32_t> Distance(const Token& near) {
    if (near.text.empty()) return kDefaultNear;
    std::uint32_t distance = 0;
    const auto [end, error] =
        std::from_chars(near.text.data(), near.text.data() + near.text.size(), distance);
    if (error != std::errc() || end != near.text.data() + near.text.size() || distance < 1 ||
        distance > kMaxNear) {
      return Mistake(text_, near.at,
                     fmt::format("NEAR/ wants a number from 1 to {}; write for example NEAR/5", kMaxNear));
    }
    return distance;
  }

  Result<Node> Atom() {
    const Token& token = Take();
    switch (token.kind) {
      case TokenKind::kOpen:
        return Group(token.at);
      case TokenKind::kValue:
        return token.field.empty() ? Words(token, nullptr) : FieldValue(token);
      case TokenKind::kClose:
        return Mistake(text_, token.at,
                       "nothing stands before this parenthesis; write words inside, or take it away");
      case TokenKind::kEnd:
        return Mistake(text_, token.at, "the query ends where a word should follow");
      default:
        return Mistake(
            text_, token.at,
            "an operator stands where a word should; to search for the word itself, put it in quotes");
    }
  }

  Result<Node> Group(std::size_t at) {
    if (++depth_ > kMaxDepth) return TooDeep(at);
    ASSIGN_OR_RETURN(Node node, Or());
    --depth_;
    if (Here().kind != TokenKind::kClose) {
      return Mistake(text_, at, "this parenthesis is never closed; add ) at its end");
    }
    Take();
    return node;
  }

  Result<Node> FieldValue(const Token& token) {
    const FieldRow* field = FindField(token.field);
    if (field == nullptr) return UnknownField(token);
    if (field->type != FieldType::kText && field->type != FieldType::kWords &&
        field->type != FieldType::kExact)
      return RangeValue(token, *field);
    ASSIGN_OR_RETURN(Node node, Words(token, field));
    if (field->type != FieldType::kExact || node.kind == NodeKind::kPrefix) return node;
    const std::string wrong = WrongValue(*field, token.text);
    if (!wrong.empty()) return Mistake(text_, token.value_at, wrong);
    return node;
  }

  static Result<Bounds> Range(std::string_view text, const FieldRow& field) {
    if (field.type == FieldType::kAmount) return ParseAmountRange(text);
    if (field.type == FieldType::kNumber) return ParseNumberRange(text, field.name);
    if (field.type == FieldType::kDay) return ParseDay(text);
    return ParseTimeRange(text);
  }

  Result<Node> RangeValue(const Token& token, const FieldRow& field) {
    auto bounds = Range(token.text, field);
    if (!bounds) return Mistake(text_, token.value_at, bounds.error().text);
    RETURN_IF_ERROR(Count(token));
    return Node{.kind = NodeKind::kRange, .field = &field, .bounds = std::move(*bounds), .at = token.at};
  }

  // A word, a phrase, or the beginning of words.
  Result<Node> Words(const Token& token, const FieldRow* field) {
    RETURN_IF_ERROR(Count(token));
    Node node{.kind = NodeKind::kWord, .field = field, .text = std::string(token.text), .at = token.at};
    if (token.quoted) {
      node.kind = NodeKind::kPhrase;
      return node;
    }
    const std::size_t star = token.text.find('*');
    if (star == std::string_view::npos) return node;
    if (star + 1 != token.text.size()) {
      return Mistake(text_, token.value_at + star, "a star can stand only at the end of a word, as in owl*");
    }
    if (star < kMinWildcardBytes) {
      return Mistake(
          text_, token.value_at,
          fmt::format("a star needs at least {} letters before it, as in owl*", kMinWildcardBytes));
    }
    node.kind = NodeKind::kPrefix;
    node.text.pop_back();
    return node;
  }

  Status Count(const Token& token) {
    if (++terms_ <= kMaxTerms) return {};
    return Mistake(text_, token.at,
                   fmt::format("a query may have at most {} words; leave some out", kMaxTerms));
  }

  tl::unexpected<Error> TooDeep(std::size_t at) const {
    return Mistake(text_, at, fmt::format("parentheses may be at most {} deep", kMaxDepth));
  }

  tl::unexpected<Error> UnknownField(const Token& token) const {
    const std::string_view nearest = NearestField(token.field);
    std::string text = fmt::format("there is no field “{}:”; ", token.field);
    if (!nearest.empty()) text += fmt::format("did you mean “{}:”? ", nearest);
    return Mistake(text_, token.at, text + "To search for the words themselves, put them in quotes");
  }

  static Node Collapsed(Node node) {
    if (node.children.size() > 1) return node;
    Node only = std::move(node.children.front());
    return only;
  }

  const std::string_view text_;
  const std::vector<Token> tokens_;
  std::size_t place_ = 0;
  std::size_t terms_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Result<Node> Parse(std::string_view text) {
  if (text.size() > kMaxQueryBytes) {
    return Mistake(text, kMaxQueryBytes, fmt::format("a query may be at most {} bytes long", kMaxQueryBytes));
  }
  if (!IsValidUtf8(text)) return Mistake(text, 0, "the query is not valid UTF-8");
  ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokens(text));
  return Parser(text, std::move(tokens)).Query();
}

bool Names(const Node& node, std::string_view field) {
  if (node.field != nullptr && node.field->name == field) return true;
  return std::ranges::any_of(node.children, [&](const Node& child) { return Names(child, field); });
}

tl::unexpected<Error> Mistake(std::string_view query, std::size_t at, const std::string& text) {
  const std::string_view before = query.substr(0, at);
  const auto characters =
      std::ranges::count_if(before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return Fail(Code::kInvalidInput, text, fmt::format("character {}", characters + 1));
}

}  // namespace nightjar::query
