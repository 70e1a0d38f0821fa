// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/bytes.h"
#include "base/url.h"
#include "cli/commands.h"
#include "cli/item_view.h"
#include "cli/known_items.h"
#include "config/site_profile.h"
#include "indexer/item_keeper.h"
#include "indexer/items/item_store.h"
#include "indexer/query/query.h"
#include "indexer/query/terms.h"

namespace nightjar::cli {
namespace {

struct ItemArguments {
  std::string what;  // an id or a URL
  std::vector<std::uint32_t> versions{};
  bool as_json = false;
};

// What stands at an address, in every case that captured it.
Result<std::vector<items::ItemId>> ItemsAtUrl(const config::Settings& settings, const items::ItemStore& store,
                                              const std::string& text) {
  const auto url = Url::Parse(text);
  if (!url) return Fail(Code::kInvalidInput, "this is neither an item's id (32 hex digits) nor a URL", text);
  ASSIGN_OR_RETURN(const auto profiles, config::LoadSiteProfiles(settings.sessions.profiles));
  const std::string name = indexer::SiteNames(profiles).NameOf(url->host());
  const std::string site = name.empty() ? query::SiteOf(url->host()) : name;
  ASSIGN_OR_RETURN(const auto searcher,
                   query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
  const query::Request all{.text = "class:content OR NOT class:content",
                           .limit = 0,
                           .snippets = false,
                           .facets = {"case"},
                           .facet_values = 1000};
  ASSIGN_OR_RETURN(const auto answer, searcher->Search(all));
  std::vector<items::ItemId> found;
  for (const query::FacetValue& value : answer.facets.front().values) {
    ASSIGN_OR_RETURN(const auto items, store.ItemsAt(value.value, site, items::AddressOf(text)));
    found.insert(found.end(), items.begin(), items.end());
  }
  return found;
}

Result<std::vector<items::ItemId>> Named(const config::Settings& settings, const items::ItemStore& store,
                                         const std::string& what) {
  if (const auto id = HexDecode(what); id && id->size() == items::kItemIdSize)
    return std::vector<items::ItemId>{{*id}};
  return ItemsAtUrl(settings, store, what);
}

Status Print(const ItemArguments& arguments, const ItemView& item) {
  if (arguments.as_json) {
    fmt::print("{}\n", json::serialize(ItemAsJson(item)));
    return {};
  }
  if (arguments.versions.empty()) {
    fmt::print("{}", ItemText(item));
    return {};
  }
  for (const std::uint32_t number : arguments.versions)
    if (number >= item.versions.size())
      return Fail(Code::kInvalidInput, fmt::format("the item has versions 0 to {}", item.versions.size() - 1),
                  fmt::format("version {}", number));
  fmt::print("{}",
             DifferenceText(item.versions[arguments.versions[0]], item.versions[arguments.versions[1]]));
  return {};
}

Status Show(const Context& context, const ItemArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenItems(settings));
  ASSIGN_OR_RETURN(const auto ids, Named(settings, *store, arguments.what));
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  bool found = false;
  for (const items::ItemId& id : ids) {
    ASSIGN_OR_RETURN(auto state, store->Find(id));
    if (!state) continue;
    ASSIGN_OR_RETURN(const bool hidden, IsHidden(blocked, *state));
    if (hidden) continue;
    ASSIGN_OR_RETURN(auto versions, store->Versions(id));
    if (found && !arguments.as_json) fmt::print("\n");
    RETURN_IF_ERROR(Print(arguments, {id, std::move(*state), std::move(versions)}));
    found = true;
  }
  return found ? Status() : Fail(Code::kNotFound, "no item of this name or address is known", arguments.what);
}

}  // namespace

void AddItem(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "item", "Show a listing, vendor, thread or page through time",
                           "nightjar item http://EXAMPLE.onion/item/7");
  auto arguments = std::make_shared<ItemArguments>();
  verb->add_option("ITEM", arguments->what, "its id, or the address of a page that shows it")->required();
  verb->add_option("--between", arguments->versions, "the difference between these two versions")
      ->expected(2)
      ->type_name("A B");
  verb->add_flag("--json", arguments->as_json, "print JSON, one object a line");
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Show(context, *arguments); };
  });
}

}  // namespace nightjar::cli
