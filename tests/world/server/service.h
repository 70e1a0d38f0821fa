// SPDX-License-Identifier: Apache-2.0
// What stands behind one listening socket, and the bytes it answers with. The server moves bytes and knows no
// HTTP beyond where a request ends, so a service may answer with anything, also with what no honest server
// would send.
#pragma once

#include <memory>
#include <unordered_map>

#include "tests/world/pages/site.h"
#include "tests/world/server/http1.h"

namespace nightjar::world {

struct Answer {
  std::shared_ptr<const Bytes> bytes;
  int status = 0;      // for the log
  bool close = false;  // the connection ends after these bytes
};

// One thread.
class Service {
 public:
  virtual ~Service() = default;
  [[nodiscard]] virtual const std::string& host() const = 0;  // for the log
  [[nodiscard]] virtual Answer Respond(const Request& request) = 0;
};

// A site, with its answers to GET kept: a page is made, compressed and chunked once.
class SiteService final : public Service {
 public:
  explicit SiteService(const Site& site) : site_(&site) {}  // the site must outlive the service

  // From now on answers are those of `site`, which stands under the same host; it must outlive the service.
  void Show(const Site& site);

  [[nodiscard]] const std::string& host() const override { return site_->who().host; }
  [[nodiscard]] Answer Respond(const Request& request) override;

 private:
  static constexpr std::size_t kMaxKeptBytes = 256 << 20;

  const Site* site_;
  std::unordered_map<std::string, Answer> kept_;  // by target and everything else that EncodeAnswer looks at
  std::size_t kept_bytes_ = 0;
};

}  // namespace nightjar::world
