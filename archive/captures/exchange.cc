// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/record.h"

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

Status CheckExchange(const Exchange& exchange, const VerifyKey& key) {
  ASSIGN_OR_RETURN(const Record record, ParseRecord(exchange.record));
  if (record.fetcher_key != KeyId(key))
    return Fail(Code::kCorrupt, "the record names another fetcher key than the one it is checked with");
  if (!key.Verify(exchange.record, exchange.signature))
    return Fail(Code::kCorrupt, "the signature does not match the record and the fetcher's key");
  const Comparison comparisons[] = {
      {"request-size", record.request_size == exchange.request.size()},
      {"request-sha256", record.request_sha256 == Sha256(exchange.request)},
      {"head-size", record.head_size == exchange.head.size()},
      {"response-size", record.response_size == exchange.head.size() + exchange.body.size()},
      {"response-sha256", record.response_sha256 == DigestOfBoth(exchange.head, exchange.body)},
      {"body-sha256", record.body_sha256 == Sha256(exchange.body)},
  };
  for (const Comparison& comparison : comparisons) {
    if (!comparison.equal)
      return Fail(Code::kCorrupt,
                  "the bytes handed over differ from " + std::string(comparison.what) + " in the record");
  }
  return {};
}

}  // namespace nightjar::captures
