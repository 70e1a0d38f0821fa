// SPDX-License-Identifier: Apache-2.0
// Pages of the synthetic sites as documents, without a network between.
#pragma once

#include "sandbox/wire/document.h"
#include "tests/world/world.h"

namespace nightjar::hostile {

inline wire::Document DocumentOf(const world::Site& site, const std::string& target) {
  const world::Page page = site.Answer(world::GetRequest(target));
  wire::Document document;
  document.url = site.Url(target);
  document.head =
      "HTTP/1.1 " + std::to_string(page.status) + " X\r\nContent-Type: " + page.content_type + "\r\n";
  if (!page.location.empty()) document.head += "Location: " + page.location + "\r\n";
  document.head += "\r\n";
  document.body = page.body;
  return document;
}

}  // namespace nightjar::hostile
