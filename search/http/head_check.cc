// SPDX-License-Identifier: Apache-2.0
#include "search/http/head_check.h"

#include <algorithm>

namespace nightjar::http {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return lower;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

struct Counts {
  std::size_t fields = 0;
  std::size_t hosts = 0;
  std::size_t lengths = 0;
};

std::optional<HeadFault> CheckField(std::string_view line, Counts& counts) {
  if (line.front() == ' ' || line.front() == '\t')
    return HeadFault{400, "folded header lines are not accepted"};
  if (++counts.fields > kMaxFields) return HeadFault{431, "the request has too many header fields"};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return HeadFault{400, "a header field has no name"};
  const std::string name = Lower(line.substr(0, colon));
  const std::string_view value = Trimmed(line.substr(colon + 1));
  if (name == "host") ++counts.hosts;
  if (name == "transfer-encoding") return HeadFault{411, "send a Content-Length, not a Transfer-Encoding"};
  if (name != "content-length") return std::nullopt;
  const bool number =
      !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  if (++counts.lengths > 1 || !number) return HeadFault{400, "the Content-Length is not one number"};
  return std::nullopt;
}

}  // namespace

HeadScan ScanHead(std::string_view arrived) {
  for (std::size_t i = 0; i < arrived.size(); ++i) {
    const char c = arrived[i];
    if (c == '\0') return {HeadFault{400, "the request head holds a NUL byte"}, std::nullopt};
    if (c == '\r' && i + 1 < arrived.size() && arrived[i + 1] != '\n') {
      return {HeadFault{400, "a carriage return stands alone"}, std::nullopt};
    }
    if (c != '\n') continue;
    if (i == 0 || arrived[i - 1] != '\r') return {HeadFault{400, "lines must end in CR LF"}, std::nullopt};
    if (i >= 3 && arrived[i - 2] == '\n') return {std::nullopt, i + 1};
  }
  return {};
}

std::optional<HeadFault> CheckHead(std::string_view head) {
  Counts counts;
  std::size_t begin = head.find("\r\n") + 2;  // past the request line, which the parser checks
  while (begin < head.size() && head.substr(begin, 2) != "\r\n") {
    const std::size_t end = head.find("\r\n", begin);
    if (auto fault = CheckField(head.substr(begin, end - begin), counts)) return fault;
    begin = end + 2;
  }
  if (counts.hosts != 1) return HeadFault{400, "the request must have exactly one Host field"};
  return std::nullopt;
}

}  // namespace nightjar::http
