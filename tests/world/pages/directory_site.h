// SPDX-License-Identifier: Apache-2.0
// "Directory": a page of links to every other site of the world, and to two onions that do not exist.
// ISO-8859-1 told by a meta element alone, HTML without closing tags.
#pragma once

#include "tests/world/pages/site.h"

namespace nightjar::world {

struct DirectoryEntry {
  std::string label;
  std::string url;
  bool online = true;
};

class DirectorySite final : public Site {
 public:
  // `seed` decides the addresses of the onions that do not exist; `mirrors` are listed behind the others.
  DirectorySite(SiteName who, std::vector<DirectoryEntry> entries, std::vector<DirectoryEntry> mirrors,
                std::uint64_t seed);

  [[nodiscard]] Page Answer(const Request& request) const override;
  [[nodiscard]] std::vector<Place> Places() const override;
  void Tell(Truth& truth) const override;

 private:
  [[nodiscard]] std::vector<DirectoryEntry> Listed() const;  // in the order of the page

  std::vector<DirectoryEntry> entries_;
  std::vector<DirectoryEntry> mirrors_;
  std::vector<std::string> foreign_hosts_;
};

}  // namespace nightjar::world
