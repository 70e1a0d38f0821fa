// SPDX-License-Identifier: Apache-2.0
// JSON for answers and small files (Boost.JSON: strict RFC 8259, bounded depth, no surprises with duplicate
// keys).
#pragma once

#include <boost/json.hpp>

namespace nightjar {
namespace json = boost::json;
}  // namespace nightjar
