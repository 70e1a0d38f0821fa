// SPDX-License-Identifier: Apache-2.0
#include "search/report/report.h"

#include "search/report/content.h"
#include "search/report/page.h"
#include "search/report/print.h"

namespace nightjar::report {

Result<bundle::Papers> MakePapers(const bundle::ExportPlan& plan, const Sources& sources) {
  ASSIGN_OR_RETURN(const Content content, Gather(plan, sources));
  ASSIGN_OR_RETURN(Bytes print, Print(content));
  return bundle::Papers{.page = Page(content), .print = std::move(print)};
}

}  // namespace nightjar::report
