// SPDX-License-Identifier: Apache-2.0
#include "cli/page_reading.h"

#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "base/url.h"
#include "sandbox/pool/pool.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMaxPage = 8 << 20;  // what the reader takes of one document
constexpr std::size_t kMaxHead = 64 << 10;
constexpr std::string_view kPlainHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";

Result<Bytes> ReadStandardInput() {
  Bytes all;
  char piece[64 << 10];
  for (ssize_t got = 0; (got = ::read(STDIN_FILENO, piece, sizeof piece)) != 0;) {
    if (got < 0) return FailErrno("cannot read standard input");
    all.append(piece, static_cast<std::size_t>(got));
    if (all.size() > kMaxPage) return Fail(Code::kFull, "the page is larger than 8 MiB", "standard input");
  }
  return all;
}

// Lines of a header file may end in LF alone; an empty line ends the header.
Bytes HeadOf(const Bytes& text) {
  Bytes head;
  for (const char c : text) {
    if (c == '\n' && !head.ends_with('\r')) head.push_back('\r');
    head.push_back(c);
  }
  if (!head.ends_with("\r\n")) head += "\r\n";
  if (!head.ends_with("\r\n\r\n")) head += "\r\n";
  return head;
}

}  // namespace

Result<wire::Document> DocumentOf(const SavedPage& page) {
  wire::Document document;
  ASSIGN_OR_RETURN(const Url url, Url::Parse(page.url.empty() ? std::string(kUnknownUrl) : page.url));
  document.url = url.WithoutFragment();
  ASSIGN_OR_RETURN(document.body, page.path == "-" ? ReadStandardInput() : ReadFile(page.path, kMaxPage));
  document.head = kPlainHead;
  if (!page.header.empty()) {
    ASSIGN_OR_RETURN(const Bytes head, ReadFile(page.header, kMaxHead));
    document.head = HeadOf(head);
  } else if (document.body.starts_with("HTTP/1.")) {
    const std::size_t end = document.body.find("\r\n\r\n");
    if (end != Bytes::npos && end < kMaxHead) {
      constexpr std::size_t kEmptyLine = 4;
      document.head = document.body.substr(0, end + kEmptyLine);
      document.body.erase(0, end + kEmptyLine);
    }
  }
  return document;
}

Result<std::vector<config::SiteProfile>> ProfilesOf(const SavedPage& page, const wire::Document& document) {
  std::vector<config::SiteProfile> profiles;
  if (page.profile.empty()) return profiles;
  ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(page.profile, config::kMaxProfileBytes));
  ASSIGN_OR_RETURN(config::SiteProfile profile, config::ParseSiteProfile(yaml, page.profile));
  ASSIGN_OR_RETURN(const Url url, Url::Parse(document.url));
  profile.rules.hosts.push_back(url.host());
  profiles.push_back(std::move(profile));
  return profiles;
}

Result<wire::Facts> ReadInJail(const wire::Document& document,
                               const std::vector<config::SiteProfile>& profiles) {
  ASSIGN_OR_RETURN(const auto jail, pool::Pool::Start({.program = OwnFolder() + "/nightjar-parser",
                                                       .profiles = config::ReadingRulesOf(profiles)}));
  return jail->Read(document);
}

}  // namespace nightjar::cli
