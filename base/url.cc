// SPDX-License-Identifier: Apache-2.0
// The basic URL parser (WHATWG URL Standard, section 4.4), reduced to http and https: with only these
// "special" schemes the states of the standard are read from left to right without going back.
#include "base/url.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/url_bytes.h"
#include "base/url_host.h"

namespace nightjar {

using namespace url;  // the parser's own parts

namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

constexpr bool IsSlash(char c) { return c == '/' || c == '\\'; }
constexpr bool IsTabOrNewline(char c) { return c == '\t' || c == '\n' || c == '\r'; }
constexpr bool IsControlOrSpace(char c) { return static_cast<unsigned char>(c) <= 0x20; }

bool StartsWithSlash(std::string_view text) { return !text.empty() && IsSlash(text.front()); }

std::string_view SkipSlashes(std::string_view text) {
  while (StartsWithSlash(text)) text.remove_prefix(1);
  return text;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsControlOrSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsControlOrSpace(text.back())) text.remove_suffix(1);
  return text;
}

// Cuts the part behind the first `mark` off `text` and returns it; nothing if there is no such mark.
std::optional<std::string_view> CutBehind(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(at + 1);
  text = text.substr(0, at);
  return behind;
}

// The scheme at the head of `text` without its ':'; nothing if `text` is relative.
std::optional<std::string_view> SchemeOf(std::string_view text) {
  if (text.empty() || !IsAlpha(text.front())) return std::nullopt;
  const auto end = std::ranges::find_if_not(
      text, [](char c) { return IsAlpha(c) || IsDigit(c) || c == '+' || c == '-' || c == '.'; });
  if (end == text.end() || *end != ':') return std::nullopt;
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// The length of the dot ("." or "%2e") at the head of `text`, or 0.
std::size_t DotLength(std::string_view text) {
  if (text.starts_with('.')) return 1;
  const bool encoded = text.size() >= 3 && text[0] == '%' && text[1] == '2' && ToLower(text[2]) == 'e';
  return encoded ? 3 : 0;
}

// How many dots `segment` consists of: 1 and 2 have a meaning; 0 for any other segment.
int DotsOf(std::string_view segment) {
  int dots = 0;
  while (!segment.empty()) {
    const std::size_t length = DotLength(segment);
    if (length == 0 || ++dots > 2) return 0;
    segment.remove_prefix(length);
  }
  return dots;
}

// True if `path` (behind its first slash) is already in normal form.
bool IsPlainPath(std::string_view path) {
  char previous = '/';
  for (const char c : path) {
    if (Is(c, kEncodeInPath) || c == '\\' || (previous == '/' && (c == '.' || c == '%'))) return false;
    previous = c;
  }
  return true;
}

// Appends the segments of `rest`, which is without its first slash, to `path`, each with its slash in front.
void AppendSegments(std::string& path, std::string_view rest) {
  if (IsPlainPath(rest)) {
    path.append("/").append(rest);
    return;
  }
  for (bool last = false; !last;) {
    const auto slash = static_cast<std::size_t>(std::ranges::find_if(rest, IsSlash) - rest.begin());
    last = slash == rest.size();
    const std::string_view segment = rest.substr(0, slash);
    const int dots = DotsOf(segment);
    if (dots == 2 && !path.empty()) path.resize(path.rfind('/'));
    if (dots == 0 || last) path.push_back('/');
    if (dots == 0) AppendEncoded(path, segment, kEncodeInPath);
    if (!last) rest.remove_prefix(slash + 1);
  }
}

}  // namespace

class UrlParser final {
 public:
  // Fills `url`, which is fresh.
  UrlParser(std::string_view input, const Url* base, Url& url) : rest_(input), base_(base), url_(url) {}

  Status Run() {
    const auto fragment = CutBehind(rest_, '#');
    RETURN_IF_ERROR(ReadSchemeAndOn());
    if (fragment) AppendEncoded(url_.fragment_.emplace(), *fragment, kEncodeInFragment);
    return {};
  }

 private:
  Status ReadSchemeAndOn() {
    const auto scheme = SchemeOf(rest_);
    if (!scheme) {
      if (base_ == nullptr)
        return Fail(Code::kInvalidInput, "has no scheme, and there is no page it is relative to");
      url_.scheme_ = base_->scheme_;
      return ReadRelative();
    }
    url_.scheme_ = *scheme;
    std::ranges::transform(url_.scheme_, url_.scheme_.begin(), ToLower);
    if (url_.scheme_ != "http" && url_.scheme_ != "https") {
      return Fail(Code::kRefused, "has a scheme other than http and https");
    }
    rest_.remove_prefix(scheme->size() + 1);
    // "http:page" is relative to an http page, an old form browsers still take.
    if (base_ != nullptr && base_->scheme_ == url_.scheme_ && !rest_.starts_with("//")) return ReadRelative();
    return ReadAuthority();
  }

  Status ReadRelative() {
    if (StartsWithSlash(rest_) && StartsWithSlash(rest_.substr(1))) return ReadAuthority();
    url_.username_ = base_->username_;
    url_.password_ = base_->password_;
    url_.host_ = base_->host_;
    url_.port_ = base_->port_;
    const auto query = CutBehind(rest_, '?');
    if (rest_.empty()) {
      url_.path_ = base_->path_;
      if (!query) url_.query_ = base_->query_;
    } else if (StartsWithSlash(rest_)) {
      AppendSegments(url_.path_, rest_.substr(1));
    } else {
      url_.path_.assign(base_->path_, 0, base_->path_.rfind('/'));
      AppendSegments(url_.path_, rest_);
    }
    SetQuery(query);
    return {};
  }

  Status ReadAuthority() {
    rest_ = SkipSlashes(rest_);
    std::string_view authority = rest_.substr(0, FindFirst(rest_, kEndsAuthority));
    rest_.remove_prefix(authority.size());
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
      ReadCredentials(authority.substr(0, at));
      authority.remove_prefix(at + 1);
    }
    RETURN_IF_ERROR(ReadHostAndPort(authority));
    const auto query = CutBehind(rest_, '?');
    AppendSegments(url_.path_, rest_.empty() ? rest_ : rest_.substr(1));
    SetQuery(query);
    return {};
  }

  void ReadCredentials(std::string_view credentials) {
    if (const auto password = CutBehind(credentials, ':')) {
      AppendEncoded(url_.password_, *password, kEncodeInUserinfo);
    }
    AppendEncoded(url_.username_, credentials, kEncodeInUserinfo);
  }

  Status ReadHostAndPort(std::string_view text) {
    const std::size_t brackets_end = text.starts_with('[') ? text.find(']') : 0;
    const std::size_t host_size = std::min(text.find(':', brackets_end), text.size());
    if (host_size == 0) return Fail(Code::kInvalidInput, "has no host");
    ASSIGN_OR_RETURN(url_.host_, ParseHost(text.substr(0, host_size)));
    return host_size == text.size() ? Status() : ReadPort(text.substr(host_size + 1));
  }

  Status ReadPort(std::string_view digits) {
    constexpr std::uint32_t kMaxPort = 65535;
    std::uint32_t port = 0;
    for (const char c : digits) {
      if (!IsDigit(c)) return Fail(Code::kInvalidInput, "has a port that is not a number");
      port = port * 10 + static_cast<std::uint32_t>(c - '0');
      if (port > kMaxPort) return Fail(Code::kInvalidInput, "has a port above 65535");
    }
    const std::uint16_t default_port = url_.scheme_ == "https" ? kHttpsPort : kHttpPort;
    if (!digits.empty() && port != default_port) url_.port_ = static_cast<std::uint16_t>(port);
    return {};
  }

  void SetQuery(std::optional<std::string_view> query) {
    if (query) AppendEncoded(url_.query_.emplace(), *query, kEncodeInQuery);
  }

  std::string_view rest_;  // what is not read yet; without the fragment
  const Url* base_;
  Url& url_;
};

Status Url::Read(std::string_view input, const Url* base) {
  if (input.size() > kMaxLength) return Fail(Code::kRefused, "is longer than 8192 bytes");
  std::string cleaned;
  std::string_view text = Trim(input);
  if (FindFirst(text, kNeedsCleaning) != text.size()) {
    std::ranges::remove_copy_if(text, std::back_inserter(cleaned), IsTabOrNewline);
    if (!IsValidUtf8(cleaned)) cleaned = ToValidUtf8(cleaned);
    text = cleaned;
  }
  RETURN_IF_ERROR(UrlParser(text, base, *this).Run());
  // Encoding, and a base, make a result longer than its input: without this bound the links of a site that
  // are relative to each other could grow for ever.
  if (LengthBound() > kMaxLength && Href().size() > kMaxLength) {
    return Fail(Code::kRefused, "is longer than 8192 bytes when normalised");
  }
  return {};
}

Result<Url> Url::Parse(std::string_view input, const Url* base) {
  Result<Url> url{Url()};
  if (Status read = url->Read(input, base); !read) {
    constexpr std::size_t kShown = 200;
    url = Fail(read.error().code, std::move(read.error().text), ToValidUtf8(input.substr(0, kShown)));
  }
  return url;
}

std::size_t Url::LengthBound() const {
  constexpr std::size_t kMarks = 16;  // "://", ":", "@", ":65535", "?", "#"
  return scheme_.size() + username_.size() + password_.size() + host_.size() + path_.size() +
         (query_ ? query_->size() : 0) + (fragment_ ? fragment_->size() : 0) + kMarks;
}

std::uint16_t Url::EffectivePort() const {
  return port_.value_or(scheme_ == "https" ? kHttpsPort : kHttpPort);
}

std::string Url::Origin() const {
  std::string out = scheme_ + "://" + host_;
  if (port_) out += ":" + std::to_string(*port_);
  return out;
}

std::string Url::PathAndQuery() const { return query_ ? path_ + "?" + *query_ : path_; }

std::string Url::WithoutFragment() const {
  std::string out;
  out.reserve(LengthBound());
  out.append(scheme_).append("://");
  if (!username_.empty() || !password_.empty()) {
    out.append(username_);
    if (!password_.empty()) out.append(":").append(password_);
    out.append("@");
  }
  out.append(host_);
  if (port_) out.append(":").append(std::to_string(*port_));
  out.append(path_);
  if (query_) out.append("?").append(*query_);
  return out;
}

std::string Url::Href() const {
  std::string out = WithoutFragment();
  if (fragment_) out.append("#").append(*fragment_);
  return out;
}

}  // namespace nightjar
