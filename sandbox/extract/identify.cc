// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/identify.h"

#include <set>

#include "sandbox/entities/entities.h"

namespace nightjar::extract {
namespace {

wire::Entity EntityOf(entities::Found found) {
  wire::Entity entity;
  entity.kind = found.kind;
  entity.value = std::move(found.value);
  entity.note = std::move(found.note);
  entity.confidence = found.confidence;
  return entity;
}

}  // namespace

std::vector<wire::Entity> Identify(const parse::Page& page, const Layout& layout) {
  std::vector<wire::Entity> all;
  std::set<std::pair<std::string, std::string>> seen;
  for (entities::Found& found : entities::FindEntities(layout.text)) {
    const Range place{found.begin, found.end};
    wire::Entity entity = EntityOf(std::move(found));
    if (!seen.emplace(entity.kind, entity.value).second) continue;
    const Range markup = LocateInMarkup(*page.tree, layout, place);
    entity.span = page.SpanOf(markup.begin, markup.end);
    all.push_back(std::move(entity));
  }
  for (entities::Found& found : entities::FindEntities(layout.hidden)) {
    wire::Entity entity = EntityOf(std::move(found));
    entity.hidden = true;
    if (seen.emplace(entity.kind, entity.value).second) all.push_back(std::move(entity));
  }
  return all;
}

std::vector<wire::Entity> Identify(std::string_view text) {
  std::vector<wire::Entity> all;
  std::set<std::pair<std::string, std::string>> seen;
  for (entities::Found& found : entities::FindEntities(text)) {
    wire::Entity entity = EntityOf(std::move(found));
    if (seen.emplace(entity.kind, entity.value).second) all.push_back(std::move(entity));
  }
  return all;
}

}  // namespace nightjar::extract
