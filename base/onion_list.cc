// SPDX-License-Identifier: Apache-2.0
#include "base/onion_list.h"

#include <algorithm>
#include <set>

#include "base/onion.h"
#include "base/url.h"
#include "base/url_bytes.h"

namespace nightjar {
namespace {

constexpr std::string_view kSuffix = ".onion";
constexpr std::size_t kLongestHost = 253;  // RFC 1035, as text
constexpr std::size_t kLongestUrl = 2048;  // the frontier takes no longer one
constexpr std::size_t kLabelV3 = 56;
constexpr std::string_view kEndsUrl = " \t\r\n\"'<>\\^`{|}";
constexpr std::string_view kNotLast = ".,;:!?)]*_~";  // punctuation of the sentence around a URL

bool InHost(char c) { return url::IsAlpha(c) || url::IsDigit(c) || c == '-' || c == '.'; }

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, url::ToLower, url::ToLower);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), url::ToLower);
  return lower;
}

// In HTML an ampersand of a URL is written "&amp;".
std::string WithoutEntities(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t at = text.find("&amp;");
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += '&';
    text.remove_prefix(at + 5);
  }
}

// What stands around a ".onion" at `at`: the host before it, the scheme before that, the path after it.
struct Mention {
  std::string_view scheme;  // "http", "https" or empty
  std::string host;
  std::string rest;  // ":port/path?query" or empty
};

// The host's name up to its ".onion". "...%2F<56>.onion": the end of an escape is no part of it.
std::string_view HostBefore(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestHost && InHost(text[begin - 1])) --begin;
  const std::string_view host = text.substr(begin, at - begin);
  const bool escaped = begin > 0 && text[begin - 1] == '%' && host.size() >= kLabelV3 + 2;
  return escaped ? host.substr(2) : host;
}

std::string_view SchemeBefore(std::string_view text, std::size_t begin) {
  for (const std::string_view scheme : {"https", "http"}) {
    const std::size_t size = scheme.size() + 3;
    if (begin >= size && EqualsIgnoringCase(text.substr(begin - size, size), std::string(scheme) + "://"))
      return scheme;
  }
  return {};
}

std::string RestAfter(std::string_view text, std::size_t end) {
  std::string_view rest = text.substr(end, kLongestUrl);
  if (rest.empty() || (rest.front() != '/' && rest.front() != ':' && rest.front() != '?')) return {};
  rest = rest.substr(0, rest.find_first_of(kEndsUrl));
  while (!rest.empty() && kNotLast.find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
  return WithoutEntities(rest);
}

Mention MentionAt(std::string_view text, std::size_t at) {
  Mention mention;
  std::string_view host = HostBefore(text, at);
  const auto begin = static_cast<std::size_t>(host.data() - text.data());
  while (host.starts_with('.') || host.starts_with('-')) host.remove_prefix(1);
  mention.host = host.empty() ? "" : Lower(host) + std::string(kSuffix);
  mention.scheme = SchemeBefore(text, begin);
  const std::size_t end = at + kSuffix.size();
  const bool gateway =
      end + 1 < text.size() && text[end] == '.' && InHost(text[end + 1]) && text[end + 1] != '.';
  if (!mention.scheme.empty() && !gateway) mention.rest = RestAfter(text, end);
  return mention;
}

bool IsOldName(std::string_view label) {
  return label.size() == 16 &&
         std::ranges::all_of(label, [](char c) { return url::IsAlpha(c) || (c >= '2' && c <= '7'); });
}

class Search final {
 public:
  void Take(const Mention& mention) {
    const std::string label = mention.host.substr(0, mention.host.size() - kSuffix.size());
    const std::string last = label.substr(label.rfind('.') + 1);
    if (IsOldName(last)) return Count(old_names_.insert(last + std::string(kSuffix)).second);
    const auto onion = OnionAddress::Parse(mention.host);
    if (!onion) return Refuse(mention.host, onion.error().text);
    const std::string scheme = mention.scheme.empty() ? "http" : std::string(mention.scheme);
    const std::string text = scheme + "://" + mention.host + mention.rest;
    if (text.size() > kLongestUrl) return Refuse(text.substr(0, 100), "is a URL longer than 2048 characters");
    const auto url = Url::Parse(text);
    if (!url) return Refuse(text, url.error().text);
    Count(urls_.insert(url->WithoutFragment()).second);
  }

  OnionMentions Finish() {
    found_.urls.assign(urls_.begin(), urls_.end());
    found_.old_names.assign(old_names_.begin(), old_names_.end());
    return std::move(found_);
  }

 private:
  void Count(bool is_new) { found_.repeated += is_new ? 0 : 1; }
  void Refuse(const std::string& text, const std::string& reason) {
    ++found_.refused_by_reason[reason];
    if (found_.refused.size() < kMaxRefusedKept) found_.refused.push_back({text, reason});
  }

  OnionMentions found_;
  std::set<std::string> urls_;
  std::set<std::string> old_names_;
};

}  // namespace

OnionMentions FindOnions(ByteView untrusted_text) {
  const std::string_view text = untrusted_text;
  Search search;
  for (std::size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
    const std::string_view suffix = text.substr(at, kSuffix.size());
    if (!EqualsIgnoringCase(suffix, kSuffix)) continue;
    const std::size_t end = at + kSuffix.size();
    if (end < text.size() && InHost(text[end]) && text[end] != '.') continue;  // ".onions"
    const Mention mention = MentionAt(text, at);
    if (!mention.host.empty()) search.Take(mention);
  }
  return search.Finish();
}

}  // namespace nightjar
