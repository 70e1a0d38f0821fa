// SPDX-License-Identifier: Apache-2.0
// Short ways to hand a page to the reading under test.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "sandbox/extract/extract.h"

namespace nightjar::extract {

inline wire::Document PageOf(
    std::string body,
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n") {
  wire::Document document;
  document.url = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion/item/7?x=1";
  document.head = std::move(head);
  document.body = std::move(body);
  return document;
}

inline wire::Facts Read(std::string body) { return ReadDocument(PageOf(std::move(body))); }

inline std::string FieldOf(const wire::Facts& facts, std::string_view name) {
  const auto found = std::find_if(facts.fields.begin(), facts.fields.end(),
                                  [&](const wire::Field& field) { return field.name == name; });
  if (found == facts.fields.end()) return {};
  return found->unit.empty() ? found->value : found->value + " " + found->unit;
}

inline std::string FieldsOf(const wire::Facts& facts, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : facts.fields) {
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.value);
  }
  return joined;
}

}  // namespace nightjar::extract
