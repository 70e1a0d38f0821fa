// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/example_bundle.h"

#include <gtest/gtest.h>

#include "archive/evidence/note.h"
#include "base/file.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::contract {

const ExampleBundle& TheBundle() {
  static const bundle::ExampleArchive kArchive;  // keeps the file's folder alive
  static const ExampleBundle kBundle = [] {
    auto request = kArchive.Request({7, 0, 2, 4, 5, 6, 2}, "owl-7.tar");
    request.papers = [](const bundle::ExportPlan&) {
      return bundle::Papers{.page = "<p>An owl.</p>\n", .print = "%PDF-1.5 of an owl\n"};
    };
    const auto summary = bundle::Export(kArchive.reader(), request);
    if (!summary) ADD_FAILURE() << summary.error().Format();
    return ExampleBundle{
        .path = request.out_path,
        .bytes = ReadFile(request.out_path).value_or(Bytes()),
        .summary = summary.value_or(bundle::ExportSummary{}),
        .log_vkey = evidence::FormatVkey({bundle::kExampleOrigin, bundle::ExampleLogKey().public_key()})};
  }();
  return kBundle;
}

}  // namespace nightjar::contract
