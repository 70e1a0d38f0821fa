// SPDX-License-Identifier: Apache-2.0
// Exports for replay tools: WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1) and .warc.gz with CDXJ. The same
// records as in a bundle, without its proofs. The same captures give the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "archive/bundle/bundle.h"

namespace nightjar::wacz {

struct Summary {
  std::uint64_t captures = 0;
  std::uint64_t pages = 0;  // whole answers that are HTML
};

// The title of a page, empty where it is not known.
using TitleOf = std::function<std::string(CaptureNumber)>;

// Both refuse what a bundle refuses (bundle::Export), never replace a file, and leave at most
// "<path>.partial<pid>" behind a crash. Memory: one capture, and about 0.5 kB per response for the index.

// To request.out_path.
[[nodiscard]] Result<Summary> ExportWacz(const captures::Reader& archive,
                                         const bundle::ExportRequest& request, const TitleOf& title);

// To request.out_path, and the index beside it: CdxjPath().
[[nodiscard]] Result<Summary> ExportWarcGz(const captures::Reader& archive,
                                           const bundle::ExportRequest& request);

// "x.cdxj" for "x.warc.gz"; else with ".cdxj" behind the name.
[[nodiscard]] std::string CdxjPath(const std::string& warc_path);

}  // namespace nightjar::wacz
