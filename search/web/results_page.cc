// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "embedded/results_template.h"
#include "search/web/cards.h"
#include "search/web/pages.h"
#include "search/web/view.h"
#include "search/web/visible.h"

namespace nightjar::web {
namespace {

// A page button posts the query again: terms never stand in an address (ASVS 14.2.1).
View PageButton(const std::string& query, std::uint64_t offset) {
  View button;
  button.set("query", query);
  button.set("offset", std::to_string(offset));
  return button;
}

void SetPaging(View& view, const query::Request& request, const query::Answer& answer) {
  const std::uint64_t end = request.offset + answer.hits.size();
  const bool previous = request.offset > 0;
  const bool next = end < answer.total;
  view.set("paged", previous || next);
  const std::uint32_t back = request.offset < request.limit ? 0 : request.offset - request.limit;
  view.set("previous", previous ? PageButton(request.text, back) : View(false));
  view.set("next", next ? PageButton(request.text, end) : View(false));
  const std::string place =
      fmt::format("{}–{} of {}", Grouped(request.offset + 1), Grouped(end), Grouped(answer.total));
  SetText(view, "place", answer.hits.empty() ? "" : place);
}

std::string Summary(const query::Answer& answer) {
  const std::string count = answer.total == 1 ? "1 page version" : Grouped(answer.total) + " page versions";
  return fmt::format("{} · {:.1f} ms", count, answer.seconds * 1000);
}

// Splits the query at the character a mistake names ("character N", from 1).
void SetPointer(View& view, const std::string& query, const std::string& where) {
  constexpr std::string_view kCharacter = "character ";
  std::size_t character = 0;
  if (where.starts_with(kCharacter)) {
    std::from_chars(where.data() + kCharacter.size(), where.data() + where.size(), character);
  }
  std::size_t byte = 0;
  for (; byte < query.size(); ++byte) {
    const bool begins = (static_cast<unsigned char>(query[byte]) & 0xC0) != 0x80;
    if (begins && --character == 0) break;
  }
  SetText(view, "before", query.substr(0, byte));
  view.set("rest", byte < query.size() ? MakeVisible(query.substr(byte)) : std::string("␣"));
}

}  // namespace

std::string ResultsPage(const query::Request& request, const query::Answer& answer) {
  View view;
  view.set("answered", true);
  view.set("summary", Summary(answer));
  SetText(view, "corrected", answer.corrected);
  view.set("any", !answer.hits.empty());
  view.set("none", answer.total == 0);
  view.set("first_rank", std::to_string(request.offset + 1));
  SetCards(view, answer.hits);
  SetPaging(view, request, answer);
  return InLayout({.title = "Results", .query = request.text}, Render(embedded::results_template, view));
}

std::string ResultsPage(const query::Request& request, const Error& error) {
  View view;
  const bool mistake = error.code == Code::kInvalidInput;
  view.set("mistake", mistake);
  if (mistake) {
    view.set("where", error.where);
    SetText(view, "text", error.text);
    SetPointer(view, request.text, error.where);
  } else {
    SetText(view, "failure", error.text);
  }
  return InLayout({.title = "Results", .query = ToValidUtf8(request.text), .mistake = mistake},
                  Render(embedded::results_template, view));
}

}  // namespace nightjar::web
