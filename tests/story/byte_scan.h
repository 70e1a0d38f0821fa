// SPDX-License-Identifier: Apache-2.0
// Is a string anywhere in these files? In clear, in UTF-16 of either order, in base64 at each of its three
// offsets, in hex; and the same within every gzip, zlib and zstd stream that begins at any byte, nested two
// deep.
#pragma once

#include <string>
#include <vector>

namespace nightjar::story {

struct ByteHit {
  std::string file;
  std::string form;  // "UTF-8", "base64 in zstd", ...
};

// `needle`: ASCII, at least 8 characters. Reads every regular file below the folder; a file that cannot be
// read is a hit of the form "unreadable".
[[nodiscard]] std::vector<ByteHit> ScanBytes(const std::string& folder, const std::string& needle);

}  // namespace nightjar::story
