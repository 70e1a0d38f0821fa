// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/elements.h"

#include <string>
#include <unordered_map>

namespace nightjar::parse {
namespace {

struct Row {
  Element traits;
  std::string_view names;  // blank-separated; a name may stand in several rows
};

constexpr Row kRows[] = {
    {Element::kVoid,
     "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"},
    {Element::kFormatting, "a b big code em font i nobr s small strike strong tt u"},
    {Element::kSpecial,
     "address applet area article aside base basefont bgsound blockquote body br button caption center col "
     "colgroup "
     "dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
     "head "
     "header hgroup hr html iframe img input isindex li link listing main marquee menu menuitem meta nav "
     "noembed "
     "noframes noscript object ol p param plaintext pre script section select style summary table tbody td "
     "template "
     "textarea tfoot th thead title tr track ul wbr xmp mi mo mn ms mtext annotation-xml foreignobject desc"},
    {Element::kScope,
     "applet caption html table td th marquee object template mi mo mn ms mtext annotation-xml foreignobject "
     "desc "
     "title"},
    {Element::kBlock,
     "address applet article aside blockquote button center details dialog dir div dl fieldset figcaption "
     "figure "
     "footer h1 h2 h3 h4 h5 h6 header hgroup listing main marquee menu nav object ol pre section summary ul"},
    {Element::kForeign, "svg math"},
    {Element::kLeavesForeign,
     "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing "
     "menu meta "
     "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"},
    {Element::kIntegration, "mi mo mn ms mtext annotation-xml foreignobject desc title"},
    {Element::kTablePart, "tbody td tfoot th thead tr"},
    {Element::kPassed, "address div p"},
};

using Traits = std::unordered_map<std::string_view, Element>;

Traits MakeTraits() {
  Traits traits;
  for (const Row& row : kRows) {
    for (std::string_view rest = row.names; !rest.empty();) {
      const std::size_t blank = rest.find(' ');
      Element& of = traits[rest.substr(0, blank)];
      of = of | row.traits;
      rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
    }
  }
  return traits;
}

}  // namespace

Element TraitsOf(std::string_view name) {
  static const Traits traits = MakeTraits();
  const auto found = traits.find(name);
  return found == traits.end() ? Element::kPlain : found->second;
}

}  // namespace nightjar::parse
