// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_row.h"

#include <bit>
#include <limits>

#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr std::uint8_t kFormat = 3;
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

// One visitor for each direction, and one list of fields for both: they cannot come apart.
class Writing final {
 public:
  Writing() { row_.U8(kFormat); }
  void operator()(const std::string& text) { row_.Str(text); }
  void operator()(const std::vector<std::string>& texts) {
    row_.U32(static_cast<std::uint32_t>(texts.size()));
    for (const auto& text : texts) row_.Str(text);
  }
  void operator()(const std::vector<Window>& windows) {
    row_.U32(static_cast<std::uint32_t>(windows.size()));
    for (const Window& window : windows) row_.U8(window.days).U32(window.begin).U32(window.end);
  }
  void operator()(std::uint32_t number) { row_.U32(number); }
  void operator()(std::uint64_t number) { row_.U64(number); }
  void operator()(bool flag) { row_.U8(flag ? 1 : 0); }
  void operator()(double number) { row_.U64(std::bit_cast<std::uint64_t>(number)); }
  template <typename Rep, typename Period>
  void operator()(std::chrono::duration<Rep, Period> duration) {
    row_.I64(duration.count());
  }
  void operator()(UtcTime time) { row_.I64(UnixMicros(time)); }
  void operator()(const std::optional<UtcTime>& time) { row_.I64(time ? UnixMicros(*time) : kNoTime); }
  template <typename E>
  void Enum(E value, E /*last*/) {
    row_.U8(static_cast<std::uint8_t>(value));
  }
  [[nodiscard]] Bytes Take() { return row_.Take(); }

 private:
  Encoder row_;
};

class Reading final {
 public:
  explicit Reading(ByteView bytes) : row_(bytes) { known_ = row_.U8() == kFormat; }
  void operator()(std::string& text) { text = row_.Str(); }
  void operator()(std::vector<std::string>& texts) {
    texts.resize(row_.Count(kMaxSeeds, sizeof(std::uint32_t)));
    for (auto& text : texts) text = row_.Str();
  }
  void operator()(std::vector<Window>& windows) {
    windows.resize(row_.Count(kMaxListed, 9));
    for (Window& window : windows) {
      window.days = row_.U8();
      window.begin = static_cast<std::uint16_t>(row_.U32());
      window.end = static_cast<std::uint16_t>(row_.U32());
      good_ = good_ && (!row_.ok() || ParseWindow(FormatWindow(window)) == window);
    }
  }
  void operator()(std::uint32_t& number) { number = row_.U32(); }
  void operator()(std::uint64_t& number) { number = row_.U64(); }
  void operator()(bool& flag) {
    const std::uint8_t byte = row_.U8();
    good_ = good_ && byte <= 1;
    flag = byte == 1;
  }
  void operator()(double& number) { number = std::bit_cast<double>(row_.U64()); }
  template <typename Rep, typename Period>
  void operator()(std::chrono::duration<Rep, Period>& duration) {
    duration = std::chrono::duration<Rep, Period>(row_.I64());
  }
  void operator()(UtcTime& time) { time = FromUnixMicros(row_.I64()); }
  void operator()(std::optional<UtcTime>& time) {
    const std::int64_t micros = row_.I64();
    if (micros != kNoTime) time = FromUnixMicros(micros);
  }
  template <typename E>
  void Enum(E& value, E last) {
    const std::uint8_t byte = row_.U8();
    good_ = good_ && byte <= static_cast<std::uint8_t>(last);
    value = static_cast<E>(byte);
  }
  [[nodiscard]] Status Finish() const {
    if (!known_) return Fail(Code::kCorrupt, "a job is stored in a format this version cannot read");
    RETURN_IF_ERROR(row_.Finish("a stored job"));
    if (!good_) return Fail(Code::kCorrupt, "a stored job has a value that no job can have");
    return {};
  }

 private:
  Decoder row_;
  bool known_ = false;
  bool good_ = true;
};

template <typename Visitor, typename JobRef>
void VisitFields(Visitor& visit, JobRef& job) {
  visit(job.id.value), visit(job.case_id.value), visit(job.legal_basis), visit(job.seeds);
  visit(job.hosts), visit(job.include), visit(job.exclude), visit(job.strip_params);
  visit(job.keep_session_params), visit(job.sort_query), visit(job.max_depth);
  visit.Enum(job.discovery, Discovery::kCrawl);
  visit(job.discovery_hosts), visit(job.discovery_depth), visit(job.discovery_pages);
  visit(job.cron), visit(job.at), visit(job.windows);
  visit(job.max_pages), visit(job.max_pages_per_host), visit(job.max_bytes), visit(job.max_time);
  visit(job.max_bytes_per_host), visit(job.max_time_per_host);
  visit(job.max_urls_per_host), visit(job.max_urls_per_shape);
  visit(job.delay), visit(job.jitter), visit(job.per_host), visit(job.nights);
  visit(job.persona);
  visit.Enum(job.robots, RobotsPolicy::kObey);
  visit(job.media), visit(job.retention), visit(job.priority);
  visit(job.recrawl_min), visit(job.recrawl_max);
  visit.Enum(job.state, JobState::kRemoved);
  visit(job.created), visit(job.seeded);
}

}  // namespace

Bytes EncodeJob(const Job& job) {
  Writing row;
  VisitFields(row, job);
  return row.Take();
}

Result<Job> DecodeJob(ByteView bytes) {
  Reading row(bytes);
  Job job;
  VisitFields(row, job);
  RETURN_IF_ERROR(row.Finish());
  return job;
}

}  // namespace nightjar::jobs
