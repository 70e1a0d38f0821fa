// SPDX-License-Identifier: Apache-2.0
// What pages say that stand in another's place, in English, German, Russian, French and Spanish. All texts
// here are in the lower case of values::LowerCase.
#pragma once

#include <span>
#include <string_view>

namespace nightjar::extract::phrases {

using List = std::span<const std::string_view>;

[[nodiscard]] List Seized();
[[nodiscard]] List Banned();
[[nodiscard]] List LoggedOut();
[[nodiscard]] List Maintenance();
[[nodiscard]] List NotFound();
[[nodiscard]] List Waiting();    // with a refresh or status 503
[[nodiscard]] List Queueing();   // say enough alone
[[nodiscard]] List LoggingIn();  // on forms and in titles
[[nodiscard]] List Captcha();
[[nodiscard]] List Phished();
[[nodiscard]] List ServerError();
[[nodiscard]] List Empty();  // nothing to show yet

// The first phrase that the text states, or empty. Behind "if", "when" and the like in the same sentence, or
// in quotes, a phrase states nothing: "if you have been banned elsewhere, welcome".
[[nodiscard]] std::string_view Stated(std::string_view lower, List list);

// The same for one line that says little besides: at most three words that are not the usual frame ("sorry,
// the page you requested ...").
[[nodiscard]] std::string_view StatedAlone(std::string_view lower_line, List list);

}  // namespace nightjar::extract::phrases
