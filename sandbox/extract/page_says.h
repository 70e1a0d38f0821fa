// SPDX-License-Identifier: Apache-2.0
// What a page says, in the shapes that the rules of classes ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"
#include "sandbox/extract/layout.h"
#include "sandbox/extract/phrases.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct ClassSigns {
  const parse::Page& page;
  const Layout* layout = nullptr;  // nullptr where there is no tree
  std::string_view page_title;
  std::string_view text;
  const std::vector<wire::Form>& forms;
  const Url* own = nullptr;  // nullptr where the document's URL cannot be read
};

inline constexpr std::size_t kShortPage = 800;  // bytes of matter, menus not counted
inline constexpr std::size_t kTinyPage = 300;

// Views into the signs, which must outlive it. All texts are in lower case.
class PageSays final {
 public:
  explicit PageSays(const ClassSigns& signs);

  [[nodiscard]] const ClassSigns& signs() const { return signs_; }
  [[nodiscard]] int status() const { return signs_.page.head.status; }
  [[nodiscard]] const std::string& title() const { return title_; }
  // The page's text without menus, from the first heading on where there is one; its beginning, if long.
  [[nodiscard]] const std::string& matter() const { return matter_; }

  [[nodiscard]] bool IsShort() const { return matter_.size() <= kShortPage; }
  [[nodiscard]] bool IsTiny() const { return matter_.size() <= kTinyPage; }
  [[nodiscard]] std::string Words() const;  // "43 words"

  // Where a notice's phrase stands: in the title, in a heading, or in the first lines of a short page that
  // takes no answers; empty where it does not.
  [[nodiscard]] std::string NoticeIn(phrases::List list) const;
  // The phrase that a heading is mostly made of, or empty; the same for a line in an element whose class
  // calls it an alert, an error or a message; and for one of the matter's first lines.
  [[nodiscard]] std::string_view HeadingSays(phrases::List list) const;
  [[nodiscard]] std::string_view BoxSays(phrases::List list) const;
  [[nodiscard]] std::string_view FirstLineAlone(phrases::List list) const;

  [[nodiscard]] bool TakesAnswers() const;  // has a place to write in: a thread or an order, never a notice
  [[nodiscard]] bool Sells() const;         // a price in the matter: whatever is missing, something is here
  [[nodiscard]] std::string PictureTexts() const;  // what stands in for pictures

 private:
  void GatherMatter();

  const ClassSigns& signs_;
  std::string title_;
  std::string matter_;
};

}  // namespace nightjar::extract
