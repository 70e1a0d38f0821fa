// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/self_named.h"

#include <algorithm>
#include <array>
#include <set>

#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kVersion2 = 16;  // characters of the name, rend-spec-v2
constexpr std::size_t kVersion3 = 56;  // rend-spec-v3
constexpr std::size_t kListOfLinks = 24;

// What a site says before its own address. Another's address has a name: "official address of Some Market".
// clang-format off
constexpr std::array kOwnAddress = std::to_array<std::string_view>({
    "only official", "our official", "our only", "official address is", "official link is", "official url is", "official onion is", "our address", "our url", "our onion", "our main link",
    "verify you are on", "verify that you are on", "make sure you are on", "make sure you're on", "make sure that you are on", "ensure you are on", "you should be on", "check the url", "check the address",
    "check that the address", "always check that", "make sure the url", "make sure the address", "real address", "correct address", "correct url", "true address", "address bar",
    "unsere adresse", "offizielle adresse", "prüfen sie die adresse", "официальный адрес", "наш адрес", "единственный адрес", "проверьте адрес", "adresse officielle", "notre adresse", "vérifiez l'adresse",
    "dirección oficial", "nuestra dirección", "compruebe la dirección"});
// clang-format on

bool IsNameByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); }

std::string FirstOnion(std::string_view text) {
  std::vector<std::string> hosts = OnionHostsIn(text);
  return hosts.empty() ? std::string() : std::move(hosts.front());
}

// What the page's head says it is the page of.
SelfNamed FromHead(const parse::Page& page, const std::string& own) {
  for (const parse::Node& node : page.tree->nodes()) {
    std::string_view target;
    const char* reason = "";
    if (node.tag == Tag::kLink &&
        ContainsAny(page.tree->Value(node, "rel"), std::array<std::string_view, 1>{"canonical"})) {
      target = page.tree->Value(node, "href");
      reason = "its canonical link names another onion host";
    } else if (node.tag == Tag::kMeta && page.tree->Value(node, "property") == "og:url") {
      target = page.tree->Value(node, "content");
      reason = "its og:url names another onion host";
    } else if (node.tag == Tag::kMeta &&
               parse::EqualsNoCase(page.tree->Value(node, "http-equiv"), "onion-location")) {
      target = page.tree->Value(node, "content");
      reason = "its Onion-Location names another onion host";
    }
    std::string host = FirstOnion(target);
    if (!host.empty() && host != own) return {std::move(host), reason};
  }
  std::string host = FirstOnion(page.head.First("onion-location"));
  if (host.empty() || host == own) return {};
  return {std::move(host), "its Onion-Location names another onion host"};
}

// A sentence about the site's own address, with the address in the same line or the next.
SelfNamed FromText(const Layout& layout, const std::string& own) {
  constexpr std::size_t kLongestLine = 600;
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    std::string_view line = layout.At(layout.lines[i].range);
    if (line.size() > kLongestLine) continue;
    std::string host = FirstOnion(line);
    if (host.empty() || host == own) continue;
    bool found = ContainsAny(values::LowerCase(line), kOwnAddress);
    if (!found && i > 0) {
      line = layout.At(layout.lines[i - 1].range);
      found = line.size() <= kLongestLine && ContainsAny(values::LowerCase(line), kOwnAddress);
    }
    if (found) return {std::move(host), "it says that its own address is another onion host"};
  }
  return {};
}

}  // namespace

std::vector<std::string> OnionHostsIn(std::string_view text) {
  constexpr std::string_view kSuffix = ".onion";
  std::vector<std::string> hosts;
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    if (!parse::StartsWithNoCase(text.substr(dot), kSuffix)) continue;
    std::size_t begin = dot;
    while (begin > 0 && dot - begin <= kVersion3 && IsNameByte(parse::LowerOf(text[begin - 1]))) --begin;
    const std::size_t length = dot - begin;
    const std::size_t end = dot + kSuffix.size();
    const bool whole = !values::IsWordAt(text, end) && (begin == 0 || !values::IsWordBefore(text, begin));
    if (whole && (length == kVersion2 || length == kVersion3)) {
      hosts.push_back(parse::Lower(text.substr(begin, end - begin)));
    }
  }
  return hosts;
}

SelfNamed FindOtherSelf(const parse::Page& page, const Layout* layout, std::string_view page_title,
                        const Url& own) {
  const std::string fetched = FirstOnion(own.host());
  if (fetched.empty() || layout == nullptr || page.tree == nullptr) return {};
  SelfNamed other = FromHead(page, fetched);
  const std::vector<std::string> named = OnionHostsIn(layout->text);
  const std::set<std::string> hosts(named.begin(), named.end());
  if (hosts.contains(fetched)) return {};
  if (!other.host.empty()) return other;
  if (std::string host = FirstOnion(page_title); !host.empty() && host != fetched) {
    return {std::move(host), "its title names another onion host"};
  }
  if (hosts.empty() || hosts.size() > kListOfLinks) return {};
  return FromText(*layout, fetched);
}

}  // namespace nightjar::extract
