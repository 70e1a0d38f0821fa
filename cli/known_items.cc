// SPDX-License-Identifier: Apache-2.0
#include "cli/known_items.h"

#include "base/url.h"
#include "indexer/folders.h"

namespace nightjar::cli {

Result<std::unique_ptr<items::ItemStore>> OpenItems(const config::Settings& settings) {
  auto store =
      items::ItemStore::Open(indexer::ItemsFolder(settings.IndexFolder()), items::ItemStore::Mode::kReadOnly);
  if (!store) return Fail(Code::kNotFound, "there are no items yet; run `nightjar index`");
  return store;
}

Result<bool> IsHidden(blocklist::LiveBlocklist& blocked, const items::State& state) {
  const auto url = Url::Parse(state.url);
  return blocked.Ask(url ? url->host() : state.key.site);
}

}  // namespace nightjar::cli
