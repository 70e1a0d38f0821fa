// SPDX-License-Identifier: Apache-2.0
#include "search/http/asked.h"

#include <charconv>

#include "base/json.h"
#include "search/http/form.h"

namespace nightjar::http {
namespace {

constexpr std::uint32_t kLargestOffset = 1'000'000;
constexpr std::uint32_t kLargestLimit = 1'000;

Result<Form> ParseJson(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return Fail(Code::kInvalidInput, "the body is not a JSON object", "body");
  Form form;
  for (const auto& [name, member] : value.get_object()) {
    std::string plain;
    if (member.is_string()) {
      plain = std::string_view(member.get_string().data(), member.get_string().size());
    } else if (member.is_int64()) {
      plain = std::to_string(member.get_int64());
    } else {
      return Fail(Code::kInvalidInput, "values are text or whole numbers", std::string(name));
    }
    form.emplace(std::string(name), std::move(plain));
  }
  return form;
}

Result<Form> ReadForm(const Request& request, std::string_view url_query) {
  if (request.method != "POST") return ParseForm(url_query);
  if (request.content_type.starts_with("application/json")) return ParseJson(request.body);
  if (request.content_type.starts_with("application/x-www-form-urlencoded")) return ParseForm(request.body);
  return Fail(Code::kInvalidInput, "send a form (application/x-www-form-urlencoded) or application/json",
              "Content-Type");
}

Status ReadNumber(const std::string& name, const std::string& text, std::uint32_t largest,
                  std::uint32_t& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && rest == end && number <= largest) return {};
  return Fail(Code::kInvalidInput, "must be a whole number up to " + std::to_string(largest), name);
}

}  // namespace

Result<query::Request> ReadAsked(const Request& request, std::string_view url_query,
                                 std::uint32_t default_limit) {
  ASSIGN_OR_RETURN(const Form form, ReadForm(request, url_query));
  query::Request asked;
  asked.limit = default_limit;
  for (const auto& [name, value] : form) {
    if (name == "q") {
      asked.text = value;
    } else if (name == "offset") {
      RETURN_IF_ERROR(ReadNumber(name, value, kLargestOffset, asked.offset));
    } else if (name == "limit") {
      RETURN_IF_ERROR(ReadNumber(name, value, kLargestLimit, asked.limit));
    } else {
      return Fail(Code::kInvalidInput, "is not known here; known are q, offset and limit", name);
    }
  }
  return asked;
}

}  // namespace nightjar::http
