// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/directory_site.h"

#include <fmt/format.h>

#include "tests/world/content/mirrors.h"
#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

constexpr std::string_view kHead =
    "<html>\n<head>\n<meta http-equiv=content-type content='text/html; "
    "charset=iso-8859-1'>\n<title>{}</title>\n"
    "<body bgcolor=white text=black>\n";
constexpr std::string_view kTail = "<hr>\n<p><a href=about.html>About this list</a> <a href=/>List</a>\n";

std::string_view State(const DirectoryEntry& entry) { return entry.online ? "online" : "offline"; }

Page Plain(std::string_view title, std::string_view content, int status = 200) {
  Page page;
  page.status = status;
  page.content_type = "text/html";
  page.body = ToWindows1252(fmt::format(kHead, title)) + ToWindows1252(content) + Bytes(kTail);
  return page;
}

}  // namespace

DirectorySite::DirectorySite(SiteName who, std::vector<DirectoryEntry> entries,
                             std::vector<DirectoryEntry> mirrors, std::uint64_t seed)
    : Site(std::move(who)), entries_(std::move(entries)), mirrors_(std::move(mirrors)) {
  Dice dice(seed, "directory/foreign");
  for (int i = 0; i < 2; ++i) foreign_hosts_.push_back(InventedHost(dice));
}

std::vector<DirectoryEntry> DirectorySite::Listed() const {
  std::vector<DirectoryEntry> all = entries_;
  for (const std::string& host : foreign_hosts_) all.push_back({host, "http://" + host + "/", false});
  all.insert(all.end(), mirrors_.begin(), mirrors_.end());
  return all;
}

Page DirectorySite::Answer(const Request& request) const {
  if (request.path == "/about.html") {
    Page page = Plain("About", "<h1>About</h1>\n<p>Kept by hand, café style: slowly. Send no requests.\n");
    page.framing = Framing::kClose;
    return page;
  }
  if (request.path != "/") return Plain("Not found", "<h1>Not found</h1>\n", 404);
  std::string rows;
  for (const DirectoryEntry& entry : Listed()) {
    const bool named = entry.url != "http://" + entry.label + "/";
    rows += fmt::format("<li><a href=\"{}\">{}</a> {}<font color={}>{}</font>\n", Escape(entry.url),
                        Escape(entry.label), named ? "<tt>" + Escape(entry.url) + "</tt> " : "",
                        entry.online ? "green" : "red", State(entry));
  }
  return Plain("Directory", fmt::format("<h1>Répertoire – directory</h1>\n<p>{} places.\n<ul>\n{}</ul>\n",
                                        Listed().size(), rows));
}

std::vector<Place> DirectorySite::Places() const {
  return {{PlaceKind::kHome, "/"}, {PlaceKind::kText, "/about.html"}};
}

void DirectorySite::Tell(Truth& truth) const {
  json::object site = SiteEntry(*this, "directory", "windows-1252");
  json::array links;
  for (const DirectoryEntry& entry : entries_) links.emplace_back(entry.url);
  site["links"] = std::move(links);
  site["foreign_hosts"] = json::array(foreign_hosts_.begin(), foreign_hosts_.end());
  truth.sites.push_back(std::move(site));
  for (const DirectoryEntry& entry : Listed())
    truth.links.push_back({{"site", who().name},
                           {"path", "/"},
                           {"id", entry.url},
                           {"label", entry.label},
                           {"url", entry.url},
                           {"state", State(entry)}});
}

}  // namespace nightjar::world
