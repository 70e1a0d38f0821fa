// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/url_rules.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <optional>

#include "crawler/scope/path.h"

namespace nightjar::scope {
namespace {

// RE2 gives up compiling beyond this; it bounds what a pattern can cost in memory.
constexpr std::int64_t kPatternMemory = 8 << 20;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string_view NameOfParam(std::string_view param) { return param.substr(0, param.find('=')); }

Result<std::shared_ptr<const RE2::Set>> CompileSet(const std::vector<std::string>& patterns,
                                                   const std::string& kind) {
  if (patterns.empty()) return nullptr;
  if (patterns.size() > kMaxPatterns)
    return Fail(Code::kInvalidInput, "at most 100 patterns are allowed", kind);
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemory);
  auto set = std::make_shared<RE2::Set>(options, RE2::UNANCHORED);
  for (const auto& pattern : patterns) {
    if (pattern.empty() || pattern.size() > kMaxPatternLength)
      return Fail(Code::kInvalidInput, "a pattern has 1 to 1000 bytes",
                  fmt::format("{}: {}", kind, pattern.substr(0, 40)));
    std::string why;
    if (set->Add(pattern, &why) < 0)
      return Fail(Code::kInvalidInput, "is no RE2 pattern: " + why, fmt::format("{}: {}", kind, pattern));
  }
  if (!set->Compile()) return Fail(Code::kInvalidInput, "these patterns together are too large", kind);
  return set;
}

}  // namespace

// Those of PHP, Java, ASP, ColdFusion, IIS, vBulletin, phpBB and what forum and shop software took over from
// them; the same list as Heritrix's StripSessionIDs and Apache Nutch's urlnormalizer-regex know, and no name
// that a market uses for anything else.
const std::vector<std::string>& WellKnownSessionParams() {
  static const std::vector<std::string> kNames{"phpsessid", "jsessionid",     "sid",          "sessid",
                                               "sessionid", "session_id",     "aspsessionid", "cfid",
                                               "cftoken",   "jservsessionid", "zenid",        "oscsid"};
  return kNames;
}

struct UrlMatcher::Compiled {
  std::shared_ptr<const RE2::Set> include;
  std::shared_ptr<const RE2::Set> exclude;
  std::vector<std::string> strip;  // lower case; few, so that a walk beats a hash
  bool sort_query = false;

  [[nodiscard]] bool Strips(std::string_view param) const {
    const std::string_view name = NameOfParam(param);
    return std::ranges::any_of(strip, [&](const std::string& stripped) {
      return stripped.size() == name.size() && Lower(name) == stripped;
    });
  }
  [[nodiscard]] std::string Path(const std::string& path) const;
  [[nodiscard]] std::optional<std::string> Query(const std::optional<std::string>& query) const;
};

// "/shop;jsessionid=1F/list" is "/shop/list".
std::string UrlMatcher::Compiled::Path(const std::string& path) const {
  if (strip.empty() || path.find(';') == std::string::npos) return path;
  std::string kept;
  ForEachPiece(path, '/', [&](std::string_view segment) {
    bool is_first = true;
    ForEachPiece(segment, ';', [&](std::string_view param) {
      if (is_first)
        kept.append("/").append(param);
      else if (!Strips(param))
        kept.append(";").append(param);
      is_first = false;
    });
  });
  return kept.substr(1);  // the path begins with a slash, before which the first, empty segment lies
}

std::optional<std::string> UrlMatcher::Compiled::Query(const std::optional<std::string>& query) const {
  if (!query || query->empty()) return query;
  std::vector<std::string_view> params;
  bool stripped = false;
  ForEachPiece(*query, '&', [&](std::string_view param) {
    if (Strips(param))
      stripped = true;
    else
      params.push_back(param);
  });
  if (!stripped && !sort_query) return query;
  if (params.empty()) return std::nullopt;  // as if it had never been there
  if (sort_query) std::ranges::stable_sort(params, {}, NameOfParam);
  std::string kept(params.front());
  for (std::size_t i = 1; i < params.size(); ++i) kept.append("&").append(params[i]);
  return kept;
}

UrlMatcher::UrlMatcher() : compiled_(std::make_shared<Compiled>()) {}
UrlMatcher::UrlMatcher(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

Result<UrlMatcher> UrlMatcher::Compile(const UrlRules& rules) {
  auto compiled = std::make_shared<Compiled>();
  ASSIGN_OR_RETURN(compiled->include, CompileSet(rules.include, "include"));
  ASSIGN_OR_RETURN(compiled->exclude, CompileSet(rules.exclude, "exclude"));
  for (const auto& name : rules.strip_params) compiled->strip.push_back(Lower(name));
  if (!rules.keep_session_params)
    for (const auto& name : WellKnownSessionParams()) compiled->strip.push_back(name);
  compiled->sort_query = rules.sort_query;
  return UrlMatcher(std::move(compiled));
}

// A pattern that runs out of memory on a URL has not said that the URL may be asked: it is left out.
bool UrlMatcher::Admits(std::string_view path_and_query) const {
  const re2::StringPiece text(path_and_query.data(), path_and_query.size());
  RE2::Set::ErrorInfo error{RE2::Set::kNoError};
  if (compiled_->exclude &&
      (compiled_->exclude->Match(text, nullptr, &error) || error.kind != RE2::Set::kNoError))
    return false;
  return !compiled_->include || compiled_->include->Match(text, nullptr, &error);
}

std::string UrlMatcher::NameOf(const Url& url) const {
  if (!url.query() && url.path().find(';') == std::string::npos) return url.WithoutFragment();
  std::string name = url.WithoutFragment();
  name.resize(name.size() - url.PathAndQuery().size());
  const std::string path = compiled_->Path(url.path());
  name += path;
  if (const auto query = compiled_->Query(url.query())) name.append("?").append(*query);
  if (path == url.path()) return name;
  // "/..;sid=1/" has just become "/../", which is no normal form.
  const auto normal = Url::Parse(name);
  return normal ? normal->WithoutFragment() : url.WithoutFragment();
}

}  // namespace nightjar::scope
