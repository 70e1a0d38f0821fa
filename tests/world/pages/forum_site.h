// SPDX-License-Identifier: Apache-2.0
// "Forum": boards, threads and posts as bulletin-board software shows them. UTF-8 told by the header alone,
// "./" links with several parameters, chunked and compressed threads.
#pragma once

#include "tests/world/content/forum.h"
#include "tests/world/pages/site.h"

namespace nightjar::world {

class ForumSite final : public Site {
 public:
  ForumSite(SiteName who, std::shared_ptr<const Forum> forum)
      : Site(std::move(who)), forum_(std::move(forum)) {}

  [[nodiscard]] Page Answer(const Request& request) const override;
  [[nodiscard]] std::vector<Place> Places() const override;
  void Tell(Truth& truth) const override;

 private:
  [[nodiscard]] Page Framed(std::string_view title, std::string_view content, int status = 200) const;
  [[nodiscard]] Page IndexPage() const;
  [[nodiscard]] Page BoardPage(const Request& request) const;
  [[nodiscard]] Page ThreadPage(const Request& request) const;
  [[nodiscard]] Page UserPage(const Request& request) const;
  [[nodiscard]] Page LoginPage(const Request& request) const;
  [[nodiscard]] Page NoSuchPage() const;

  [[nodiscard]] std::string PostBox(const Thread& thread, std::size_t index) const;
  void TellThread(Truth& truth, const Thread& thread) const;
  void TellUser(Truth& truth, std::size_t index) const;

  std::shared_ptr<const Forum> forum_;
};

}  // namespace nightjar::world
