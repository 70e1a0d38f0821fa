// SPDX-License-Identifier: Apache-2.0
// The one door to the template library (kainjow mustache). Values given here are escaped when shown with
// {{name}}; {{{name}}} appears once, in the layout, for a body made by Render().
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

namespace nightjar::web {

using View = kainjow::mustache::data;

// Captured or typed text: made visible. An empty text is false, so that {{#name}} asks “is there one?” and a
// value of an outer view never shines through.
void SetText(View& view, const std::string& name, std::string_view text);

[[nodiscard]] std::string Render(std::string_view template_text, const View& view);

// `body` (HTML made by Render) inside the layout. `query` fills the search box in the bar; `small_search`
// says whether there is one (the home page has its own).
struct Frame {
  std::string title;
  std::string query = {};
  bool small_search = true;
  bool mistake = false;
};
[[nodiscard]] std::string InLayout(const Frame& frame, const std::string& body);

}  // namespace nightjar::web
