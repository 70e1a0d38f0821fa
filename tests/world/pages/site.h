// SPDX-License-Identifier: Apache-2.0
// A site: something that answers requests and knows what it holds. Templates are classes behind this
// interface; mirrors are two sites over one content; a login wall or a waiting room is a site that stands
// before another.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/world/server/exchange.h"
#include "tests/world/truth.h"

namespace nightjar::world {

// What stands at a target. The names are the keys of "pages" in the ground truth.
enum class PlaceKind {
  kHome,
  kCategory,
  kListing,
  kVendor,
  kBoard,
  kThread,
  kUser,
  kText,
  kForm,
  kRedirect,
  kSoft404,
  kGone
};
[[nodiscard]] std::string_view PlaceKindName(PlaceKind kind);

struct Place {
  PlaceKind kind;
  std::string target;  // "/item.php?id=1001"
};

// Who a site is, as given on the command line.
struct SiteName {
  std::string name;  // "bazaar"
  std::string host;  // "<56>.onion"
};

// Immutable; may be shared between threads.
class Site {
 public:
  explicit Site(SiteName who) : who_(std::move(who)) {}
  virtual ~Site() = default;
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] const SiteName& who() const { return who_; }
  [[nodiscard]] std::string Url(std::string_view target) const {
    return "http://" + who_.host + std::string(target);
  }

  // Never fails: an unknown target has a 404 page. Same request, same page. HEAD is asked as GET.
  [[nodiscard]] virtual Page Answer(const Request& request) const = 0;

  // Every target reachable by links from "/" (which comes first), each once.
  [[nodiscard]] virtual std::vector<Place> Places() const = 0;

  // Adds the site and all it holds to the ground truth.
  virtual void Tell(Truth& truth) const = 0;

 private:
  SiteName who_;
};

// The entry of `site` in Truth::sites, page counts included; the caller adds what is special.
[[nodiscard]] json::object SiteEntry(const Site& site, std::string_view kind, std::string_view charset);

// The numbers a pager shows: first, last, and those around `current`; 1-based. `last` is at least 1.
[[nodiscard]] std::vector<std::size_t> PagerNumbers(std::size_t current, std::size_t last);

// The 1-based page a list is asked for: 1 when not named, nothing when it does not exist.
[[nodiscard]] std::optional<std::size_t> AskedPage(const std::optional<std::string>& text, std::size_t last);

[[nodiscard]] inline std::size_t PagesFor(std::size_t items, std::size_t per_page) {
  return items == 0 ? 1 : (items + per_page - 1) / per_page;
}

}  // namespace nightjar::world
