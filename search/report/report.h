// SPDX-License-Identifier: Apache-2.0
// The papers of a bundle, for people. Derived from what the bundle holds; bound by its manifests only.
#pragma once

#include "archive/bundle/bundle.h"
#include "archive/bundle/export_plan.h"
#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"

namespace nightjar::report {

struct Sources {
  const captures::Reader* archive = nullptr;
  const facts::FactsStore* facts = nullptr;  // null: exhibits without text and fields
};

// Memory: the report itself, at most 200 exhibits of a few kilobytes. Errors: those of reading the archive;
// kInternal when the PDF library fails.
[[nodiscard]] Result<bundle::Papers> MakePapers(const bundle::ExportPlan& plan, const Sources& sources);

}  // namespace nightjar::report
