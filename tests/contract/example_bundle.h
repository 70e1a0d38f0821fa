// SPDX-License-Identifier: Apache-2.0
// A small archive with every kind of capture in it, and the bundle exported from it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "archive/bundle/bundle.h"
#include "archive/captures/archive.h"
#include "tests/unit/archive/bundle/temporary_folder.h"

namespace nightjar::contract {

// Case "owl-7" has captures 0, 1, 2 (whole), 4 (no response), 5 (nothing was sent), 6 (cut short), 7
// (rejected); capture 3 belongs to case "fox-3", capture 8 is newer than the checkpoint.
class ExampleArchive final {
 public:
  ExampleArchive();

  [[nodiscard]] const captures::Reader& reader() const { return *reader_; }
  [[nodiscard]] std::string log_vkey() const;
  [[nodiscard]] std::string FileName(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] bundle::ExportRequest Request(std::vector<std::uint64_t> numbers,
                                              const std::string& out) const;

 private:
  bundle::TemporaryFolder folder_;
  std::unique_ptr<captures::Reader> reader_;
};

// The bundle of captures 0, 2, 4, 5, 6 and 7, made once for all tests.
struct ExampleBundle {
  std::unique_ptr<ExampleArchive> archive;
  std::string path;
  Bytes bytes;
  bundle::ExportSummary summary;
};
[[nodiscard]] const ExampleBundle& TheBundle();

[[nodiscard]] SigningKey LogKey();

}  // namespace nightjar::contract
