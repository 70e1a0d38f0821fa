// SPDX-License-Identifier: Apache-2.0
// The stores the site reads from, opened read-only when first there: the service may start before the archive
// or the index exists, and finds them without a restart.
#pragma once

#include <memory>
#include <mutex>

#include "archive/blocklist/blocklist.h"
#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "config/settings.h"
#include "indexer/query/query.h"

namespace nightjar::http {

// Thread-safe. What is lent stays valid as long as it is held.
class Stores final {
 public:
  explicit Stores(const config::Settings& settings);

  [[nodiscard]] Result<std::shared_ptr<const captures::Reader>> Archive();
  [[nodiscard]] Result<std::shared_ptr<const facts::FactsStore>> Facts();
  [[nodiscard]] Result<std::shared_ptr<const query::Searcher>> Index();
  [[nodiscard]] Result<std::string> ReadersSandbox()
      const;  // which walls stand around the index role's readers

 private:
  const captures::ArchivePaths archive_paths_;
  const std::string facts_folder_;
  const std::string index_folder_;
  const std::shared_ptr<blocklist::LiveBlocklist> blocked_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<const captures::Reader> archive_;
  std::shared_ptr<const facts::FactsStore> facts_;
  std::shared_ptr<const query::Searcher> index_;
};

}  // namespace nightjar::http
