// SPDX-License-Identifier: Apache-2.0
// Signed exchanges as a fetcher would hand them over.
#pragma once

#include <string>

#include "archive/captures/record.h"
#include "base/random.h"
#include "base/signature.h"

namespace nightjar::crawler {

struct ExchangeMaker {
  SigningKey key = *SigningKey::FromSeed(std::string(32, 'f'));
  SeededRandom random{5};

  captures::Record MakeRecord(const std::string& url) {
    captures::Record record;
    record.url = url;
    record.job.value = "job-1";
    record.case_id.value = "case-1";
    record.legal_basis = "order 1";
    record.fetch_id = HexEncode(random.Take(16));
    record.via = "-";
    record.boot_id = "boot";
    record.clock_state = "unknown";
    record.consensus = "unknown";
    record.route = "job-1/host/-/0";
    record.robots = "ignored";
    record.detail = "-";
    record.http_status = 200;
    record.tool = "test";
    record.config_sha256 = std::string(64, '0');
    record.fetcher_key = KeyId(key.public_key());
    return record;
  }

  captures::Exchange Sign(captures::Record record, const std::string& body = "body") const {
    captures::Exchange exchange;
    exchange.request = "GET / HTTP/1.1\r\n\r\n";
    exchange.head = record.http_status == 0 ? "" : "HTTP/1.1 200 OK\r\n\r\n";
    exchange.body = record.http_status == 0 ? "" : body;
    record.request_size = exchange.request.size();
    record.request_sha256 = Sha256(exchange.request);
    record.head_size = exchange.head.size();
    record.response_size = exchange.head.size() + exchange.body.size();
    record.response_sha256 = Sha256(exchange.head + exchange.body);
    record.body_sha256 = Sha256(exchange.body);
    exchange.record = FormatRecord(record);
    exchange.signature = key.Sign(exchange.record);
    return exchange;
  }
};

}  // namespace nightjar::crawler
