// SPDX-License-Identifier: Apache-2.0
#include "sandbox/warc/exchanges.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "sandbox/media/body_watch.h"

namespace nightjar::warc {
namespace {

constexpr std::string_view kRequest = "request";
constexpr std::string_view kResponse = "response";

// Where the head of an HTTP message ends: behind its empty line. All of it is head when there is none.
std::size_t HeadSize(ByteView message) {
  const std::size_t crlf = message.find("\r\n\r\n");
  const std::size_t lf = message.find("\n\n");
  if (crlf == ByteView::npos && lf == ByteView::npos) return message.size();
  return crlf < lf ? crlf + 4 : lf + 2;
}

// 200 of "HTTP/1.1 200 OK"; 0 where there is no such number.
std::uint32_t StatusOf(ByteView head) {
  const std::size_t space = head.find(' ');
  if (!head.starts_with("HTTP/") || space == ByteView::npos || head.size() < space + 4) return 0;
  const auto status = ParseDecimal(head.substr(space + 1, 3), 999);
  return status && *status >= 100 ? static_cast<std::uint32_t>(*status) : 0;
}

bool ArePartners(const Record& a, const Record& b) {
  if (a.Field("warc-type") == b.Field("warc-type")) return false;
  const auto names = [](const Record& from, const Record& to) {
    return !to.Field("warc-record-id").empty() &&
           from.Field("warc-concurrent-to") == to.Field("warc-record-id");
  };
  if (names(a, b) || names(b, a)) return true;
  const bool says_another = !a.Field("warc-concurrent-to").empty() && !b.Field("warc-concurrent-to").empty();
  return !says_another && a.Field("warc-target-uri") == b.Field("warc-target-uri");
}

// Some writers put the URL in angle brackets, as an early draft had it.
std::string UrlOf(const Record& record) {
  std::string_view url = record.Field("warc-target-uri");
  if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
  return std::string(url);
}

}  // namespace

std::optional<wire::ForeignItem> Exchanges::Next() {
  while (auto item = file_.Next()) {
    if (auto* fault = std::get_if<Fault>(&*item))
      return wire::ForeignFault{fault->offset, std::move(fault->reason)};
    if (auto made = Take(std::move(std::get<Record>(*item)))) return made;
  }
  if (waiting_) return Made(*std::exchange(waiting_, std::nullopt));
  if (std::exchange(ended_, true)) return std::nullopt;
  return end_;
}

std::optional<wire::ForeignItem> Exchanges::Take(Record record) {
  ++end_.records;
  const std::string_view type = record.Field("warc-type");
  if (type == kRequest || type == kResponse) {
    if (!waiting_) {
      waiting_ = std::move(record);
      return std::nullopt;
    }
    if (!ArePartners(*waiting_, record)) {
      wire::ForeignItem alone = Made(*waiting_);
      waiting_ = std::move(record);
      return alone;
    }
    const Record partner = *std::exchange(waiting_, std::nullopt);
    return type == kRequest ? Joined(record, partner) : Joined(partner, record);
  }
  std::optional<wire::ForeignItem> before;
  if (type == "resource" || type == "metadata") {
    before = Made(record);
  } else {
    ++end_.skipped;
  }
  return before;  // ahead of what waits: metadata may stand between a request and its response
}

wire::ForeignExchange Exchanges::Joined(const Record& request, const Record& response) const {
  wire::ForeignExchange joined = Made(response);
  joined.request = request.block;
  return joined;
}

wire::ForeignExchange Exchanges::Made(const Record& record) const {
  wire::ForeignExchange made;
  made.offset = record.offset;
  made.type = record.Field("warc-type");
  made.record_id = record.Field("warc-record-id");
  made.date = record.Field("warc-date");
  made.url = UrlOf(record);
  made.truncated = record.Field("warc-truncated");
  if (made.type == kRequest) {
    made.request = record.block;
    return made;
  }
  if (made.type == kResponse) {
    const std::size_t head = HeadSize(record.block);
    made.head = record.block.substr(0, head);
    made.body = record.block.substr(head);
    made.http_status = StatusOf(made.head);
  } else {
    made.body = record.block;
  }
  Judge(made, made.type == "resource" ? record.Field("content-type") : std::string_view());
  return made;
}

// As when fetching (crawler/fetcher/response.cc): the policy first, then, where it lets more than text in,
// the lists. A resource has no head of its own: what the WARC says of its type stands in for one.
void Exchanges::Judge(wire::ForeignExchange& exchange, std::string_view type) const {
  if (exchange.body.empty()) return;
  const Bytes head =
      type.empty() ? exchange.head : "HTTP/1.1 200 OK\r\nContent-Type: " + Bytes(type) + "\r\n\r\n";
  media::BodyWatch watch(rules_.policy);
  auto objection = watch.Begin(head);
  if (!objection) objection = watch.Look(exchange.body);
  if (!objection) objection = watch.End(exchange.body);
  if (!objection && rules_.known) {
    const Bytes decoded = media::DecodedBody(head, exchange.body);
    exchange.by_hash_list =
        media::IsMedia(head, decoded) && (rules_.known(decoded) || rules_.known(exchange.body));
    if (exchange.by_hash_list) objection = "withheld: a hash list knows this file";
  }
  if (!objection) return;
  exchange.withheld = std::move(*objection);
  exchange.withheld_size = exchange.body.size();
  exchange.withheld_sha256 = Sha256(exchange.body);
  exchange.body.clear();
}

}  // namespace nightjar::warc
