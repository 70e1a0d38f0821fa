// SPDX-License-Identifier: Apache-2.0
#include "indexer/read_ahead.h"

#include "base/log.h"
#include "base/url.h"
#include "indexer/same_reading.h"

namespace nightjar::indexer {
namespace {

// Enough in flight that no reader waits while one slow page holds up the order; each may hold a whole page.
constexpr std::size_t kWindowPerThread = 16;

bool HasResponse(const captures::StoredCapture& capture) {
  const captures::Outcome outcome = capture.record.outcome;
  return capture.rejected.empty() && capture.record.http_status != 0 &&
         (outcome == captures::Outcome::kOk || outcome == captures::Outcome::kTruncated);
}

}  // namespace

ReadAhead::ReadAhead(Options options)
    : options_(std::move(options)), window_(kWindowPerThread * options_.threads), tasks_(window_) {
  for (unsigned i = 0; i < options_.threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) {
      constexpr std::chrono::milliseconds kBetweenLooks(500);
      while (!stop.stop_requested()) {
        if (auto task = tasks_.TakeFor(kBetweenLooks)) (*task)();
      }
    });
  }
}

ReadAhead::~ReadAhead() {
  for (std::jthread& thread : threads_) thread.request_stop();
  tasks_.Close();
}

void ReadAhead::Ask(CaptureNumber number) {
  Task task([this, number] { return Read(number); });
  asked_.push_back(task.get_future());
  tasks_.Put(std::move(task));
}

Result<std::vector<Reading>> ReadAhead::Take(std::size_t most, std::chrono::milliseconds patience) {
  std::vector<Reading> readings;
  while (!asked_.empty() && readings.size() < most) {
    if (asked_.front().wait_for(patience) != std::future_status::ready) break;
    ASSIGN_OR_RETURN(Reading reading, asked_.front().get());
    asked_.pop_front();
    readings.push_back(std::move(reading));
    patience = std::chrono::milliseconds(0);
  }
  return readings;
}

Result<Reading> ReadAhead::Read(CaptureNumber number) const {
  Reading reading;
  reading.number = number;
  auto capture = options_.archive->Get(number);
  if (!capture && capture.error().code == Code::kRefused) return reading;  // restricted: out of sight
  if (!capture) {
    if (capture.error().code != Code::kCorrupt) return tl::unexpected<Error>(std::move(capture).error());
    // Damaged evidence is the archive's alarm; the index goes on without it.
    log::error("capture {} is damaged and stays out of the index: {}", number.value, capture.error().text);
    return reading;
  }
  if (!HasResponse(*capture)) return reading;
  if (options_.leave_out) {
    const auto url = Url::Parse(capture->record.url);
    if (!url) return reading;
    ASSIGN_OR_RETURN(const bool left_out, options_.leave_out(url->host()));
    if (left_out) return reading;
  }
  ASSIGN_OR_RETURN(std::optional<wire::Facts> facts, StoredFacts(number));
  if (!facts) {
    ASSIGN_OR_RETURN(facts, ReadFresh(*capture, reading));
    reading.fresh = true;
  }
  reading.observation = Observation{number, std::move(capture->record), std::move(*facts)};
  return reading;
}

// A reading that ended badly may end well next time: it is not shared.
Result<wire::Facts> ReadAhead::ReadFresh(captures::StoredCapture& capture, Reading& reading) const {
  const Digest digest = DigestOfReading(options_.reader, capture);
  if (!options_.reread && !options_.reader.empty()) {
    ASSIGN_OR_RETURN(auto alike, options_.facts->FindAlike(digest));
    if (alike && alike->verdict == wire::Verdict::kOk) return std::move(*alike);
  }
  const wire::Document document{.number = capture.number.value,
                                .url = capture.record.url,
                                .head = std::move(capture.head),
                                .body = std::move(capture.body)};
  ASSIGN_OR_RETURN(wire::Facts facts, options_.read(document));
  if (facts.verdict == wire::Verdict::kOk && !options_.reader.empty()) reading.reading = digest;
  return facts;
}

// Facts are stored before their documents are committed: after a kill they are found here and not read twice.
Result<std::optional<wire::Facts>> ReadAhead::StoredFacts(CaptureNumber number) const {
  if (options_.reread) return std::nullopt;
  auto facts = options_.facts->Get(number);
  if (facts) return std::move(*facts);
  // Facts of an older format, or damaged ones, are derived data: the bytes they came from are there.
  if (facts.error().code == Code::kNotFound || facts.error().code == Code::kCorrupt) return std::nullopt;
  return tl::unexpected<Error>(std::move(facts).error());
}

}  // namespace nightjar::indexer
