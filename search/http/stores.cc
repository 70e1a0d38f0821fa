// SPDX-License-Identifier: Apache-2.0
#include "search/http/stores.h"

#include "archive/facts/readers.h"
#include "archive/places/places.h"

namespace nightjar::http {
namespace {

// The store already open, or what `open` gives.
template <typename T, typename Open>
Result<std::shared_ptr<const T>> Lend(std::mutex& mutex, std::shared_ptr<const T>& store, Open&& open) {
  const std::scoped_lock lock(mutex);
  if (!store) {
    ASSIGN_OR_RETURN(store, open());
  }
  return store;
}

}  // namespace

Stores::Stores(const config::Settings& settings)
    : archive_paths_(places::ArchiveOf(settings)),
      facts_folder_(settings.FactsFolder()),
      index_folder_(settings.IndexFolder()),
      blocked_(
          std::make_shared<blocklist::LiveBlocklist>(blocklist::ReadingOptionsOf(settings), SystemClock())) {}

Result<std::shared_ptr<const captures::Reader>> Stores::Archive() {
  return Lend(mutex_, archive_, [&] { return captures::Reader::Open(archive_paths_); });
}

Result<std::shared_ptr<const facts::FactsStore>> Stores::Facts() {
  return Lend(mutex_, facts_,
              [&] { return facts::FactsStore::Open(facts_folder_, facts::FactsStore::Mode::kReadOnly); });
}

Result<std::string> Stores::ReadersSandbox() const { return facts::ReadersSandbox(facts_folder_); }

Result<std::shared_ptr<const query::Searcher>> Stores::Index() {
  return Lend(mutex_, index_, [&]() -> Result<std::shared_ptr<const query::Searcher>> {
    ASSIGN_OR_RETURN(std::shared_ptr<query::Searcher> opened,
                     query::Searcher::Open(index_folder_, facts_folder_));
    opened->Hide([blocked = blocked_](const std::string& host) { return blocked->Ask(host); });
    return opened;
  });
}

}  // namespace nightjar::http
