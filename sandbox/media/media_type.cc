// SPDX-License-Identifier: Apache-2.0
#include "sandbox/media/media_type.h"

#include <algorithm>
#include <array>

#include "sandbox/parse/ascii.h"

namespace nightjar::media {
namespace {

using parse::IsAlpha;
using parse::IsDigit;

constexpr std::array kTextTypes = {
    "application/xml",
    "application/json",
    "application/javascript",
    "application/ecmascript",
    "application/pgp-keys",
    "application/pgp-signature",
    "application/x-javascript",
    "application/pgp-encrypted",
    "application/x-ndjson",
    "application/yaml",
    "application/x-www-form-urlencoded",
    "application/rss",
    "application/atom",
    "message/rfc822",
};

// RFC 9110 section 5.6.2
bool IsToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return IsAlpha(c) || IsDigit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string Essence(std::string_view content_type) {
  const std::string_view value = parse::Trim(content_type.substr(0, content_type.find_first_of(";,")));
  const std::size_t slash = value.find('/');
  if (slash == std::string_view::npos || !IsToken(value.substr(0, slash)) ||
      !IsToken(value.substr(slash + 1)))
    return {};
  return parse::Lower(value);
}

bool IsText(std::string_view essence) {
  if (essence == "image/svg+xml") return false;
  return essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("+json") ||
         std::ranges::find(kTextTypes, essence) != kTextTypes.end();
}

bool SaysNothing(std::string_view essence) {
  return essence.empty() || essence == "unknown/unknown" || essence == "application/unknown" ||
         essence == "*/*" || essence == "application/octet-stream" || essence == "binary/octet-stream";
}

}  // namespace nightjar::media
