// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/record.h"
#include "archive/captures/redaction.h"

namespace nightjar::captures {
namespace {

struct Comparison {
  std::string_view what;
  bool equal;
};

Digest DigestOfBoth(ByteView head, ByteView body) {
  Sha256Stream hash;
  hash.Update(head);
  hash.Update(body);
  return hash.Finish();
}

}  // namespace

Status CheckWithheld(const Record& record) {
  const bool said = record.outcome == Outcome::kWithheld;
  if (said != (record.withheld.by != Withheld::By::kNothing))
    return Fail(Code::kCorrupt, "the record's outcome and what it says was withheld do not agree");
  if (said && record.response_size != record.head_size)
    return Fail(Code::kCorrupt, "the record has a body and says that it was withheld");
  return {};
}

Status CheckBytes(const Record& record, ByteView request, ByteView head, ByteView body) {
  const bool redacted = IsRedacted(record);
  RETURN_IF_ERROR(CheckWithheld(record));
  const Comparison comparisons[] = {
      {"request-size", record.request_size == request.size()},
      {"request-sha256", record.request_sha256 == Sha256(request)},
      {"head-size", record.head_size == head.size()},
      {"response-size", record.response_size == head.size() + body.size()},
      {"response-sha256", record.response_sha256 == DigestOfBoth(head, body)},
      {"body-sha256", record.body_sha256 == Sha256(body)},
      {"redacted-request", !redacted || record.redacted_request == DescribeRedactedRequest(request)},
      {"redacted-response", !redacted || record.redacted_response == DescribeRedactedResponse(head, body)},
  };
  for (const Comparison& comparison : comparisons) {
    if (!comparison.equal)
      return Fail(Code::kCorrupt, "the bytes differ from " + std::string(comparison.what) + " in the record");
  }
  return {};
}

Status CheckExchange(const Exchange& exchange, const Record& parsed, const VerifyKey& key) {
  if (parsed.fetcher_key != KeyId(key))
    return Fail(Code::kCorrupt, "the record names another fetcher key than the one it is checked with");
  if (!key.Verify(exchange.record, exchange.signature))
    return Fail(Code::kCorrupt, "the signature does not match the record and the fetcher's key");
  return CheckBytes(parsed, exchange.request, exchange.head, exchange.body);
}

Status CheckExchange(const Exchange& exchange, const VerifyKey& key) {
  ASSIGN_OR_RETURN(const Record record, ParseRecord(exchange.record));
  return CheckExchange(exchange, record, key);
}

}  // namespace nightjar::captures
