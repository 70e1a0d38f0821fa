// SPDX-License-Identifier: Apache-2.0
// The type a response declares (RFC 9110 section 8.3), as far as keeping it depends on that.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::media {

// "type/subtype" in lower case without parameters; empty where the value is no media type, which is then
// nobody's word for anything.
[[nodiscard]] std::string Essence(std::string_view content_type);

// Is that what pages, feeds and keys are written in? Not SVG: it is a picture that may hold others.
[[nodiscard]] bool IsText(std::string_view essence);

// Types by which a server says that it does not know (MIME Sniffing, section 5): the bytes decide.
[[nodiscard]] bool SaysNothing(std::string_view essence);

}  // namespace nightjar::media
