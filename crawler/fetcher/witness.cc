// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/witness.h"

#include "archive/captures/redaction.h"
#include "base/build_info.h"

namespace nightjar::fetcher {

using captures::Record;

namespace {

// What the record says of the task, as the role gave it.
Record DescribeTask(const handover::Task& task) {
  Record record;
  record.url = task.url;
  record.job = task.job;
  record.case_id = task.case_id;
  record.legal_basis = task.legal_basis;
  record.fetch_id = task.fetch_id;
  record.depth = task.depth;
  record.via = task.via;
  record.clock_state = task.clock_state;
  record.consensus = task.consensus;
  record.purpose = handover::PurposeName(task.purpose);
  record.route = task.socks_user;
  record.robots = task.robots;
  return record;
}

}  // namespace

Witness::Witness(SigningKey key, std::string config_sha256)
    : key_(std::move(key)),
      key_id_(KeyId(key_.public_key())),
      config_sha256_(std::move(config_sha256)),
      boot_id_(BootId()) {}

handover::Done Witness::Testify(const handover::Task& task, Observation seen) const {
  Record record = DescribeTask(task);
  record.started = seen.started;
  record.ended = seen.ended;
  record.started_mono = seen.started_mono;
  record.ended_mono = seen.ended_mono;
  record.boot_id = boot_id_;
  record.circuit = seen.circuit;
  record.socks_reply = seen.ending.socks_reply;
  record.outcome = seen.ending.outcome;
  record.detail = seen.ending.detail;
  record.http_status = seen.http_status;
  record.request_size = seen.request.size();
  record.request_sha256 = Sha256(seen.request);
  record.head_size = seen.response.head.size();
  record.response_size = seen.response.head.size() + seen.response.body.size();
  record.response_sha256 = seen.response.response_sha256;
  record.body_sha256 = seen.response.body_sha256;
  if (task.redact) {
    record.redacted_request = captures::DescribeRedactedRequest(seen.request);
    record.redacted_response = captures::DescribeRedactedResponse(seen.response.head, seen.response.body);
  }
  record.withheld = seen.response.withheld;
  record.tool = BuildId();
  record.config_sha256 = config_sha256_;
  record.fetcher_key = key_id_;

  handover::Done done;
  done.fetch_id = task.fetch_id;
  done.exchange.record = FormatRecord(record);
  done.exchange.signature = key_.Sign(done.exchange.record);
  done.exchange.request = std::move(seen.request);
  done.exchange.head = std::move(seen.response.head);
  done.exchange.body = std::move(seen.response.body);
  return done;
}

handover::Done Witness::TestifyNotAttempted(const handover::Task& task, const std::string& reason) const {
  Observation seen;
  seen.started = seen.ended = SystemClock().Utc();
  seen.started_mono = seen.ended_mono = SystemClock().Mono();
  seen.ending = {captures::Outcome::kNotAttempted, reason};
  seen.response.response_sha256 = seen.response.body_sha256 = Sha256("");
  return Testify(task, std::move(seen));
}

}  // namespace nightjar::fetcher
