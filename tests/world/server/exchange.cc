// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/exchange.h"

#include <algorithm>
#include <charconv>

namespace nightjar::world {
namespace {

std::optional<std::string> FirstNamed(const Parameters& parameters, std::string_view name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  if (found == parameters.end()) return std::nullopt;
  return found->second;
}

std::string Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 1] + 2, value, 16).ptr == &text[i + 1] + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> Request::Query(std::string_view name) const { return FirstNamed(query, name); }

std::optional<std::string> Request::Header(std::string_view lower_case_name) const {
  return FirstNamed(headers, lower_case_name);
}

std::optional<std::uint64_t> Request::QueryNumber(std::string_view name) const {
  const std::optional<std::string> text = Query(name);
  if (!text) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

Parameters ParseParameters(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (pair.empty()) continue;
    parameters.emplace_back(Unescape(pair.substr(0, equals)),
                            equals == pair.npos ? std::string() : Unescape(pair.substr(equals + 1)));
  }
  return parameters;
}

Request GetRequest(std::string_view target) {
  Request request;
  request.method = "GET";
  request.target = target;
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != target.npos) request.query = ParseParameters(target.substr(mark + 1));
  return request;
}

}  // namespace nightjar::world
