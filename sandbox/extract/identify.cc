// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/identify.h"

#include <set>

#include "sandbox/entities/entities.h"

namespace nightjar::extract {
namespace {

// Each value of a kind once, at its first place.
class Collection final {
 public:
  // `finish` completes an entity that is new, by what was found.
  template <typename Finish>
  void Add(std::string_view text, const Finish& finish) {
    for (entities::Found& found : entities::FindEntities(text)) {
      wire::Entity entity;
      entity.kind = found.kind;
      entity.value = std::move(found.value);
      entity.note = std::move(found.note);
      entity.confidence = found.confidence;
      if (!seen_.emplace(entity.kind, entity.value).second) continue;
      finish(found, entity);
      all_.push_back(std::move(entity));
    }
  }
  [[nodiscard]] std::vector<wire::Entity> Take() { return std::move(all_); }

 private:
  std::vector<wire::Entity> all_;
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

std::vector<wire::Entity> Identify(const parse::Page& page, const Layout& layout) {
  Collection named;
  named.Add(layout.text, [&](const entities::Found& found, wire::Entity& entity) {
    const Range markup = LocateInMarkup(*page.tree, layout, {found.begin, found.end});
    entity.span = page.SpanOf(markup.begin, markup.end);
  });
  named.Add(layout.hidden, [](const entities::Found&, wire::Entity& entity) { entity.hidden = true; });
  return named.Take();
}

std::vector<wire::Entity> Identify(std::string_view text) {
  Collection named;
  named.Add(text, [](const entities::Found&, wire::Entity&) {});
  return named.Take();
}

}  // namespace nightjar::extract
