// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/picture.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace nightjar::sessions {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

// The first field of that name, in lower case and without blanks around; "" where there is none.
std::string FieldOf(std::string_view head, std::string_view lower_case_name) {
  while (!head.empty()) {
    std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(head.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || Lower(line.substr(0, colon)) != lower_case_name) continue;
    line.remove_prefix(colon + 1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
      line.remove_suffix(1);
    return Lower(line);
  }
  return {};
}

Result<Bytes> Dechunk(std::string_view body) {
  const auto broken = [] { return Fail(Code::kRefused, "the picture's chunks are broken"); };
  Bytes out;
  while (true) {
    const std::size_t end = body.find("\r\n");
    if (end == std::string_view::npos) return broken();
    const std::string_view digits = body.substr(0, std::min(end, body.find(';')));
    std::size_t size = 0;
    const auto [rest, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (bad != std::errc() || rest != digits.data() + digits.size()) return broken();
    body.remove_prefix(end + 2);
    if (size == 0) return out;
    if (size > kMaxPicture - out.size() || body.size() < size + 2 || body.substr(size, 2) != "\r\n")
      return broken();
    out.append(body.substr(0, size));
    body.remove_prefix(size + 2);
  }
}

// First bytes, WHATWG MIME Sniffing section 6.1 without icons.
bool LooksLikePicture(ByteView bytes) {
  using namespace std::string_view_literals;
  constexpr std::array<std::string_view, 5> kBegins = {"\x89PNG\r\n\x1a\n"sv, "\xff\xd8\xff"sv, "GIF87a"sv,
                                                       "GIF89a"sv, "BM"sv};
  const bool webp = bytes.starts_with("RIFF") && bytes.substr(0, 14).ends_with("WEBPVP");
  return webp || std::ranges::any_of(kBegins, [&](std::string_view mark) { return bytes.starts_with(mark); });
}

}  // namespace

Result<Bytes> PictureIn(ByteView untrusted_head, ByteView untrusted_body) {
  const std::string type = FieldOf(untrusted_head, "content-type");
  if (!type.empty() && !type.starts_with("image/"))
    return Fail(Code::kRefused, "what came for the picture is not declared as one");
  const std::string coding = FieldOf(untrusted_head, "content-encoding");
  if (!coding.empty() && coding != "identity")
    return Fail(Code::kRefused, "the picture came with a content coding");
  if (untrusted_body.size() > 2 * kMaxPicture) return Fail(Code::kRefused, "the picture is too large");
  Bytes picture(untrusted_body);
  if (FieldOf(untrusted_head, "transfer-encoding") == "chunked") {
    ASSIGN_OR_RETURN(picture, Dechunk(untrusted_body));
  }
  if (picture.size() > kMaxPicture) return Fail(Code::kRefused, "the picture is too large");
  if (!LooksLikePicture(picture))
    return Fail(Code::kRefused, "what came for the picture does not begin like one");
  return picture;
}

}  // namespace nightjar::sessions
