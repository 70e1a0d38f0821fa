// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/wall.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::uint32_t kMostSeconds = 1'000'000;

bool IsInForm(const parse::Tree& tree, NodeIndex index) {
  while (index != tree[index].parent) {
    index = tree[index].parent;
    if (tree[index].tag == Tag::kForm) return true;
  }
  return false;
}

bool CallsItselfCaptcha(const parse::Tree& tree, const parse::Node& node) {
  constexpr std::array<std::string_view, 5> kNames = {"src", "alt", "id", "class", "title"};
  return std::ranges::any_of(kNames, [&](std::string_view name) {
    return parse::FindNoCase(tree.Value(node, name), "captcha") != std::string_view::npos;
  });
}

std::optional<wire::Picture> PictureOf(std::string_view source, const Url& base) {
  constexpr std::string_view kData = "data:image/";
  constexpr std::string_view kBase64 = ";base64,";
  const std::string_view trimmed = parse::Trim(source);
  if (parse::FindNoCase(trimmed, kData) == 0) {
    const std::size_t at = trimmed.find(kBase64);
    if (at == std::string_view::npos || trimmed.size() > 2 * wire::kMaxPictureBytes) return std::nullopt;
    auto bytes = Base64Decode(trimmed.substr(at + kBase64.size()));
    if (!bytes || bytes->empty()) return std::nullopt;
    return wire::Picture{"", std::move(*bytes)};
  }
  const auto url = trimmed.empty() ? Url::Parse("") : Url::Parse(trimmed, &base);
  if (!url) return std::nullopt;
  return wire::Picture{url->WithoutFragment(), ""};
}

}  // namespace

std::vector<wire::Picture> ReadWallPictures(const parse::Tree& tree, const Url& base) {
  std::vector<wire::Picture> pictures;
  for (NodeIndex i = 0; i < tree.nodes().size() && pictures.size() < wire::kMaxPictures; ++i) {
    const parse::Node& node = tree[i];
    if (node.tag != Tag::kImg || !(IsInForm(tree, i) || CallsItselfCaptcha(tree, node))) continue;
    if (auto picture = PictureOf(tree.Value(node, "src"), base)) pictures.push_back(std::move(*picture));
  }
  return pictures;
}

std::uint32_t ReadRefreshSeconds(const parse::Page& page) {
  const std::string_view field = parse::Trim(page.head.First("refresh"));
  std::uint32_t seconds = wire::kNoRefresh;
  for (const char c : field) {
    if (!parse::IsDigit(c)) break;
    seconds = std::min((seconds == wire::kNoRefresh ? 0 : seconds) * 10 + static_cast<std::uint32_t>(c - '0'),
                       kMostSeconds);
  }
  if (seconds != wire::kNoRefresh || page.tree == nullptr) return seconds;
  const int delay = RefreshDelay(*page.tree);
  return delay < 0 ? wire::kNoRefresh : static_cast<std::uint32_t>(delay);
}

}  // namespace nightjar::extract
