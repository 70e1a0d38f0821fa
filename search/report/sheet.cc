// SPDX-License-Identifier: Apache-2.0
#include "search/report/sheet.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

namespace nightjar::report {
namespace {

constexpr double kWidth = 595.28, kHeight = 841.89;  // A4
constexpr double kMargin = 56;
constexpr double kFoot = kHeight - 64;  // text ends above this
constexpr double kLabelWidth = 108;
constexpr double kItemIndent = 14;

struct Look {
  const char* font;
  double red, green, blue;
  double after;  // gap below
};

Look LookOf(Style style) {
  switch (style) {
    case Style::kTitle:
      return {"DejaVu Sans Bold 20", 0.10, 0.12, 0.14, 14};
    case Style::kHeading:
      return {"DejaVu Sans Bold 14", 0.10, 0.12, 0.14, 6};
    case Style::kSubheading:
      return {"DejaVu Sans Bold 10", 0.10, 0.12, 0.14, 4};
    case Style::kBody:
      return {"DejaVu Sans 9.5", 0.10, 0.12, 0.14, 3};
    case Style::kSoft:
      return {"DejaVu Sans 8.5", 0.34, 0.38, 0.42, 3};
    case Style::kMono:
      return {"DejaVu Sans Mono 7.5", 0.10, 0.12, 0.14, 3};
    case Style::kNote:
      return {"DejaVu Sans 9.5", 0.48, 0.29, 0.00, 5};
  }
  return {"DejaVu Sans 9.5", 0, 0, 0, 0};
}

cairo_status_t Collect(void* into, const unsigned char* data, unsigned int size) {
  static_cast<Bytes*>(into)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

using Layout = std::unique_ptr<PangoLayout, void (*)(gpointer)>;

}  // namespace

struct Sheet::State {
  Bytes file;
  std::string footer;
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface{nullptr, cairo_surface_destroy};
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> pen{nullptr, cairo_destroy};
  double y = kMargin;
  int page = 1;

  Layout MakeLayout(const std::string& text, const Look& look, double width) const {
    Layout layout(pango_cairo_create_layout(pen.get()), g_object_unref);
    const std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> font(
        pango_font_description_from_string(look.font), pango_font_description_free);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_cairo_context_set_resolution(pango_layout_get_context(layout.get()), 72);  // a point is a point
    // A hyphen at the end of a line would read as part of a digest or key.
    const std::unique_ptr<PangoAttrList, void (*)(PangoAttrList*)> looks(pango_attr_list_new(),
                                                                         pango_attr_list_unref);
    pango_attr_list_insert(looks.get(), pango_attr_insert_hyphens_new(0));
    pango_layout_set_attributes(layout.get(), looks.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout.get(), 2 * PANGO_SCALE);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  static double HeightOf(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  // Line by line from y on, over as many pages as it takes.
  void Flow(const std::string& text, const Look& look, double x, double width) {
    const Layout layout = MakeLayout(text, look, width);
    const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> lines(
        pango_layout_get_iter(layout.get()), pango_layout_iter_free);
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(lines.get(), nullptr, &box);
      const double height = static_cast<double>(box.height) / PANGO_SCALE + 2;
      if (y + height > kFoot) Turn();
      const double baseline =
          static_cast<double>(pango_layout_iter_get_baseline(lines.get()) - box.y) / PANGO_SCALE;
      cairo_set_source_rgb(pen.get(), look.red, look.green, look.blue);
      cairo_move_to(pen.get(), x + static_cast<double>(box.x) / PANGO_SCALE, y + baseline);
      pango_cairo_show_layout_line(pen.get(), pango_layout_iter_get_line_readonly(lines.get()));
      y += height;
    } while (pango_layout_iter_next_line(lines.get()) != 0);
  }

  void Turn() {
    DrawFooter();
    cairo_show_page(pen.get());
    ++page;
    y = kMargin;
  }

  void DrawFooter() const {
    const Look look = LookOf(Style::kSoft);
    cairo_set_source_rgb(pen.get(), 0.82, 0.84, 0.87);
    cairo_set_line_width(pen.get(), 0.7);
    cairo_move_to(pen.get(), kMargin, kFoot + 14);
    cairo_line_to(pen.get(), kWidth - kMargin, kFoot + 14);
    cairo_stroke(pen.get());
    cairo_set_source_rgb(pen.get(), look.red, look.green, look.blue);
    const Layout left = MakeLayout(footer, look, kWidth - 2 * kMargin - 40);
    pango_layout_set_height(left.get(), -1);
    pango_layout_set_ellipsize(left.get(), PANGO_ELLIPSIZE_END);
    cairo_move_to(pen.get(), kMargin, kFoot + 20);
    pango_cairo_show_layout(pen.get(), left.get());
    const Layout number = MakeLayout(std::to_string(page), look, 40);
    pango_layout_set_alignment(number.get(), PANGO_ALIGN_RIGHT);
    cairo_move_to(pen.get(), kWidth - kMargin - 40, kFoot + 20);
    pango_cairo_show_layout(pen.get(), number.get());
  }
};

Sheet::Sheet(const std::string& title, const std::string& created, std::string footer)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.footer = std::move(footer);
  s.surface.reset(cairo_pdf_surface_create_for_stream(Collect, &s.file, kWidth, kHeight));
  cairo_pdf_surface_restrict_to_version(s.surface.get(), CAIRO_PDF_VERSION_1_5);
  const std::string date = created.substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_CREATOR, "Nightjar");
  s.pen.reset(cairo_create(s.surface.get()));
}

Sheet::~Sheet() = default;

void Sheet::Text(const std::string& text, Style style) {
  const Look look = LookOf(style);
  state_->Flow(text, look, kMargin, kWidth - 2 * kMargin);
  state_->y += look.after;
}

void Sheet::Item(const std::string& mark, const std::string& text) {
  const Look look = LookOf(Style::kBody);
  Keep(State::HeightOf(state_->MakeLayout(text, look, kWidth - 2 * kMargin - kItemIndent).get()));
  const double y = state_->y;
  state_->Flow(mark, look, kMargin, kItemIndent);
  state_->y = y;
  state_->Flow(text, look, kMargin + kItemIndent, kWidth - 2 * kMargin - kItemIndent);
  state_->y += look.after;
}

void Sheet::Rows(const std::vector<Row>& rows, Style value_style, double right_margin) {
  const Look label = LookOf(Style::kSoft);
  const Look value = LookOf(value_style);
  const double width = kWidth - 2 * kMargin - kLabelWidth - right_margin;
  for (const Row& row : rows) {
    Keep(std::min(State::HeightOf(state_->MakeLayout(row.value, value, width).get()), kFoot - kMargin));
    const double y = state_->y;
    const int page = state_->page;
    state_->Flow(row.label, label, kMargin, kLabelWidth - 6);
    const double below = state_->y;
    if (state_->page == page) state_->y = y;
    state_->Flow(row.value, value, kMargin + kLabelWidth, width);
    if (state_->page == page) state_->y = std::max(state_->y, below);
    state_->y += 2;
  }
}

void Sheet::Gap(double points) { state_->y += points; }

void Sheet::NewPage() { state_->Turn(); }

void Sheet::Code(const Qr& qr, double side) {
  if (qr.width == 0) return;
  Keep(side);
  const double module = side / static_cast<double>(qr.width + 2 * kQuietZone);
  cairo_t* pen = state_->pen.get();
  cairo_set_source_rgb(pen, 0, 0, 0);
  for (std::size_t y = 0; y < qr.width; ++y) {
    for (std::size_t x = 0; x < qr.width; ++x) {
      if (!qr.At(x, y)) continue;
      cairo_rectangle(pen, kWidth - kMargin - side + static_cast<double>(x + kQuietZone) * module,
                      state_->y + static_cast<double>(y + kQuietZone) * module, module, module);
    }
  }
  cairo_fill(pen);
}

void Sheet::Keep(double points) {
  if (state_->y + points > kFoot) state_->Turn();
}

Result<Bytes> Sheet::Finish() {
  state_->DrawFooter();
  cairo_show_page(state_->pen.get());
  const cairo_status_t drawn = cairo_status(state_->pen.get());
  cairo_surface_finish(state_->surface.get());
  const cairo_status_t written = cairo_surface_status(state_->surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
    return Fail(Code::kInternal, std::string("the PDF could not be made: ") +
                                     cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  }
  return std::move(state_->file);
}

}  // namespace nightjar::report
