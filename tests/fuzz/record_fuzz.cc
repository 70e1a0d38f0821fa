// SPDX-License-Identifier: Apache-2.0
// captures::ParseRecord: a record is stored, hashed and exported verbatim, so it must have exactly one
// reading.
#include "archive/captures/record.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  captures::Record record;
  record.url = "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/";
  record.job = JobId{"owls"};
  record.case_id = CaseId{"owl-7"};
  record.legal_basis = "Order 12/2026";
  record.fetch_id = std::string(32, 'a');
  record.via = "-";
  record.boot_id = "-";
  record.clock_state = "synchronised";
  record.consensus = "unknown";
  record.route = "owls/pg6mmjiy/-/0";
  record.robots = "ignored";
  record.detail = "-";
  record.http_status = 200;
  record.tool = "nightjar/0.1.0 (test)";
  record.config_sha256 = std::string(64, '0');
  record.fetcher_key = std::string(16, '1');
  captures::Record imported = record;
  imported.origin = "warc sha256=" + std::string(64, '2') + " offset=7 type=response date=- id=-";
  return {captures::FormatRecord(record), captures::FormatRecord(imported)};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  const auto record = captures::ParseRecord(input);
  if (record) fuzz::Require(captures::FormatRecord(*record) == input);
  return 0;
}
