// SPDX-License-Identifier: Apache-2.0
#include "search/web/view.h"

#include "base/build_info.h"
#include "embedded/layout_template.h"
#include "search/web/pages.h"
#include "search/web/visible.h"

namespace nightjar::web {

void SetText(View& view, const std::string& name, std::string_view text) {
  if (text.empty()) {
    view.set(name, false);
  } else {
    view.set(name, MakeVisible(text));
  }
}

std::string Render(std::string_view template_text, const View& view) {
  return kainjow::mustache::mustache(std::string(template_text)).render(view);
}

std::string InLayout(const Frame& frame, const std::string& body) {
  View view;
  SetText(view, "page_title", frame.title.empty() ? "Nightjar" : frame.title + " · Nightjar");
  view.set("query", frame.query);  // as typed: it goes back into the box
  view.set("small_search", frame.small_search);
  view.set("mistake", frame.mistake);
  view.set("style_version", StyleVersion());
  view.set("build", std::string(BuildId()));
  view.set("body", body);
  return Render(embedded::layout_template, view);
}

}  // namespace nightjar::web
