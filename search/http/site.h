// SPDX-License-Identifier: Apache-2.0
// What the service answers: routes to pages and JSON. Knows HTTP's words, no sockets.
//
//   GET  /                      search page; totals and latest listings
//   POST /                      results (q, offset); also GET /?q=, for bookmarks of harmless terms
//   GET  /capture/N             one capture: text, fields, evidence
//   GET  /capture/N/raw         its response as received, as a download that nothing will render
//   GET, POST /api/v1/search    (q, offset, limit) as query, form or JSON
//   GET  /api/v1/captures/N
//   GET  /healthz
//   GET  /static/style.css
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "search/http/message.h"
#include "search/http/stores.h"

namespace nightjar::http {

// Thread-safe.
class Site final {
 public:
  Site(const config::Settings& settings, const Clock& clock);

  // Never fails: an error is a response. Blocks for as long as the stores take.
  [[nodiscard]] Response Handle(const Request& request);

 private:
  struct Visit;  // a request taken apart
  struct Route;
  static const Route kRoutes[];

  [[nodiscard]] Response Front(const Visit& visit);
  [[nodiscard]] Response CapturePage(const Visit& visit);
  [[nodiscard]] Response RawResponse(const Visit& visit);
  [[nodiscard]] Response SearchApi(const Visit& visit);
  [[nodiscard]] Response CaptureApi(const Visit& visit);
  [[nodiscard]] Response Health(const Visit& visit);
  [[nodiscard]] Response Style(const Visit& visit);

  [[nodiscard]] Response Home();
  [[nodiscard]] bool AnswersFor(std::string_view host) const;

  const std::string own_name_;  // host part of serve.listen
  const Clock& clock_;
  Stores stores_;
};

}  // namespace nightjar::http
