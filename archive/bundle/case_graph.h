// SPDX-License-Identifier: Apache-2.0
// case.jsonld: what the bundle says, in the words of CASE 1.4 and UCO 1.4 (caseontology.org), for tools that
// join evidence of several sources. JSON-LD 1.1 with its context inside, so it is read without a network.
//
// Derived from the signed records and bound by the manifests only: where it and a record disagree, the record
// counts. Ids are UUIDs made from digests (as the WARC's record ids are, and equal to them), so that an
// export made again is the same bytes. Pieces follow one another: Head, Of each capture, Tail.
#pragma once

#include <set>
#include <string>

#include "archive/bundle/export_plan.h"
#include "archive/bundle/tar.h"
#include "archive/bundle/warc.h"

namespace nightjar::bundle {

class CaseGraph final {
 public:
  explicit CaseGraph(const ExportPlan& plan) : plan_(plan) {}  // which must outlive it

  // Context, investigation, authorisation, people.
  [[nodiscard]] std::string Head() const;

  // The act of fetching, its tool (once), the URL, what was sent and received, the provenance record.
  [[nodiscard]] std::string Of(const WarcSubject& subject);

  // The file all of it lies in.
  [[nodiscard]] std::string Tail(const Member& warc) const;

 private:
  const ExportPlan& plan_;
  std::set<std::string> tools_;  // those described already
};

}  // namespace nightjar::bundle
