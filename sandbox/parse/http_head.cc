// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/http_head.h"

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {
namespace {

// "HTTP/1.1 200 OK": three digits after the first blank.
int StatusOf(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (!StartsWithNoCase(line, "http/") || blank == std::string_view::npos) return 0;
  const std::string_view digits = Trim(line.substr(blank)).substr(0, 3);
  int status = 0;
  for (const char c : digits) {
    if (!IsDigit(c)) return 0;
    status = status * 10 + (c - '0');
  }
  return digits.size() == 3 ? status : 0;
}

std::string_view TakeLine(ByteView& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == ByteView::npos ? rest.size() : end + 1);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

std::string_view Head::First(std::string_view name) const {
  for (const HeadField& field : fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

std::vector<std::string> Head::Words(std::string_view name) const {
  std::vector<std::string> words;
  for (const HeadField& field : fields) {
    if (field.name != name) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      const std::size_t comma = rest.find(',');
      if (const std::string_view word = Trim(rest.substr(0, comma)); !word.empty())
        words.push_back(Lower(word));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  return words;
}

Head ParseHead(ByteView raw) {
  Head head;
  head.status = StatusOf(TakeLine(raw));
  while (!raw.empty() && head.fields.size() < kMaxHeadFields) {
    const std::string_view line = TakeLine(raw);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) continue;
    head.fields.push_back({Lower(Trim(line.substr(0, colon))), Trim(line.substr(colon + 1))});
  }
  return head;
}

}  // namespace nightjar::parse
