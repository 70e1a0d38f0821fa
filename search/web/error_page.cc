// SPDX-License-Identifier: Apache-2.0
#include "embedded/error_template.h"
#include "search/web/pages.h"
#include "search/web/view.h"

namespace nightjar::web {

std::string ErrorPage(std::string_view heading, const Error& error) {
  View view;
  SetText(view, "heading", heading);
  SetText(view, "text", error.text);
  return InLayout({.title = std::string(heading)}, Render(embedded::error_template, view));
}

}  // namespace nightjar::web
