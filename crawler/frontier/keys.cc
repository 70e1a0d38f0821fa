// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/keys.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/codec.h"
#include "base/digest.h"

namespace nightjar::frontier {

store::Options StoreOptions(const std::string& folder, bool read_only) {
  store::Options options;
  options.folder = folder;
  options.tables = {"meta",  "jobs",       "scope",        "discovered", "host_numbers", "host_names",
                    "hosts", "host_rules", "lane_numbers", "lanes",      "lane_states",  "holds",
                    "urls",  "known",      "visits",       "queue",      "leases",       "seeds"};
  options.read_only = read_only;
  return options;
}

NameHash HashName(std::string_view name) {
  NameHash hash = 0;
  std::memcpy(&hash, Sha256(name).bytes.data(), sizeof hash);
  return __builtin_bswap64(hash);
}

Key& Key::U32(std::uint32_t value) {
  const std::uint32_t swapped = __builtin_bswap32(value);
  std::memcpy(bytes_.data() + size_, &swapped, sizeof swapped);
  size_ += sizeof swapped;
  return *this;
}

Key& Key::U64(std::uint64_t value) {
  return U32(static_cast<std::uint32_t>(value >> 32)).U32(static_cast<std::uint32_t>(value));
}

Key& Key::Tail(std::string_view bytes) {
  if (bytes.size() > kMaxTail) std::abort();  // a host name has 62, a hash fewer
  std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += bytes.size();
  return *this;
}

std::uint32_t ReadU32(ByteView bytes) {
  std::uint32_t value = 0;
  if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
  return __builtin_bswap32(value);
}

Result<UrlPlace> ReadPlaceKey(ByteView key) {
  if (key.size() != 8) return Fail(Code::kCorrupt, "a URL's key in the frontier has a wrong length");
  return UrlPlace{ReadU32(key.substr(0, 4)), ReadU32(key.substr(4))};
}

std::uint64_t QueueTime(Moment due) {
  const auto micros = due.time_since_epoch().count();
  return std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max<std::int64_t>(0, micros)),
                                 kFaultBand - 1);
}

Moment MomentOf(std::uint64_t queue_time) {
  return Moment(Micros(static_cast<std::int64_t>(std::min(queue_time, kFaultBand))));
}

Result<QueueEntry> ReadQueueKey(ByteView key) {
  if (key.size() != 16) return Fail(Code::kCorrupt, "a queue key of a wrong length");
  return QueueEntry{{ReadU32(key.substr(0, 4)), ReadU32(key.substr(12))}, FromBigEndianKey(key.substr(4, 8))};
}

}  // namespace nightjar::frontier
