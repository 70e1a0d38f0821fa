// SPDX-License-Identifier: Apache-2.0
#include "search/report/page.h"

#include "embedded/report_style.h"
#include "embedded/report_template.h"
#include "search/report/qr.h"
#include "search/web/view.h"

namespace nightjar::report {
namespace {

using web::View;

// An empty text is false, so that {{#name}} asks whether there is one.
void Set(View& view, const std::string& name, const std::string& text) {
  view.set(name, text.empty() ? View(View::type::bool_false) : View(text));
}

View Rows(const std::vector<Row>& rows) {
  View list(View::type::list);
  for (const Row& row : rows) {
    View item;
    item.set("label", row.label);
    item.set("value", row.value);
    list.push_back(item);
  }
  return list;
}

View Sentences(const std::vector<std::string>& sentences) {
  View list(View::type::list);
  for (const std::string& sentence : sentences) {
    View item;
    item.set("sentence", sentence);
    list.push_back(item);
  }
  return list;
}

View Custody(const std::vector<CustodyLine>& lines) {
  View list(View::type::list);
  for (const CustodyLine& line : lines) {
    View item;
    item.set("when", line.when);
    item.set("what", line.what);
    item.set("who", line.who);
    item.set("why", line.why);
    list.push_back(item);
  }
  return list;
}

void SetQr(View& view, const std::string& text) {
  const Qr qr = MakeQr(text);
  view.set("qr_side", std::to_string(qr.width + 2 * kQuietZone));
  view.set("qr_path", SvgPath(qr));
  view.set("qr_text", text);
}

View ExhibitView(const Exhibit& exhibit) {
  View view;
  view.set("number", std::to_string(exhibit.number));
  view.set("title", exhibit.title);
  view.set("url", exhibit.url);
  view.set("facts", Rows(exhibit.facts));
  view.set("digests", Rows(exhibit.digests));
  view.set("notes", Sentences(exhibit.notes));
  view.set("has_fields", !exhibit.fields.empty());
  view.set("fields", Rows(exhibit.fields));
  Set(view, "text", exhibit.text);
  view.set("text_is_cut", exhibit.text_is_cut);
  SetQr(view, exhibit.qr);
  return view;
}

}  // namespace

Bytes Page(const Content& content) {
  View view;
  view.set("title", content.title);
  view.set("created", content.created.substr(0, 10));
  view.set("style", std::string(embedded::report_style));
  view.set("cover", Rows(content.cover));
  SetQr(view, content.key_qr);
  view.set("introduction", Sentences(content.introduction));
  view.set("checked", Sentences(content.checked));
  view.set("not_checked", Sentences(content.not_checked));
  view.set("not_proved", Sentences(content.not_proved));
  view.set("how_to_check", Sentences(content.how_to_check));
  view.set("custody", Custody(content.custody));
  View exhibits(View::type::list);
  for (const Exhibit& exhibit : content.exhibits) exhibits.push_back(ExhibitView(exhibit));
  view.set("exhibits", exhibits);
  Set(view, "left_out", content.left_out);
  return web::Render(embedded::report_template, view);
}

}  // namespace nightjar::report
