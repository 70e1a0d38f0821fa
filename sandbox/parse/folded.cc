// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/folded.h"

namespace nightjar::parse {

void AppendFolded(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = BlankAt(text, at);
    if (blank == 0) {
      const std::size_t begin = at++;
      while (at < text.size() && (IsPrinted(text[at]) || BlankAt(text, at) == 0)) ++at;
      out.append(text.substr(begin, at - begin));
      continue;
    }
    if (!out.empty() && out.back() != ' ' && out.back() != '\n') out.push_back(' ');
    at += blank;
  }
}

std::string Folded(std::string_view text) {
  std::string folded;
  AppendFolded(folded, text);
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

}  // namespace nightjar::parse
