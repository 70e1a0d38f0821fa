// SPDX-License-Identifier: Apache-2.0
// A PDF written from top to bottom: texts that flow over pages, rows, QR codes. Lengths are points (1/72
// inch), pages A4. The only user of cairo and Pango, whose types do not leave this file.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "search/report/content.h"
#include "search/report/qr.h"

namespace nightjar::report {

enum class Style { kTitle, kHeading, kSubheading, kBody, kSoft, kMono, kNote };

// One thread.
class Sheet final {
 public:
  // `created` is written into the file as its date; `footer` stands at the foot of each page, with its
  // number.
  Sheet(const std::string& title, const std::string& created, std::string footer);
  ~Sheet();

  void Text(const std::string& text, Style style);
  void Item(const std::string& mark, const std::string& text);
  void Rows(const std::vector<Row>& rows, Style value_style, double right_margin = 0);
  void Gap(double points);
  void NewPage();

  // A code of `side` points, quiet zone included, at the right edge of the place where writing goes on. It
  // does not move that place; leaves room below by itself.
  void Code(const Qr& qr, double side);

  // Where writing goes on is at least `points` above the foot, else on a new page.
  void Keep(double points);

  // The whole file. kInternal when the library failed.
  [[nodiscard]] Result<Bytes> Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::report
