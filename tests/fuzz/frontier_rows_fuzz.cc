// SPDX-License-Identifier: Apache-2.0
// The frontier's rows, as a damaged disk may give them back: what decodes is what it encodes to, packed rows
// are never read beyond their end.
#include "crawler/frontier/packed.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

using namespace frontier;

std::vector<std::string> Seeds() {
  Bytes block;
  for (Seq i = 0; i < 3; ++i) {
    UrlRow row;
    row.url = "/path" + std::to_string(i);
    (void)PutRow(block, i, row);
  }
  Bytes bucket;
  for (NameHash hash = 1; hash < 4; ++hash) PutName(bucket, hash << 40, {.seq = 7});
  const Moment moment(std::chrono::hours(1));
  return {"0" + Encode(UrlRow{}),
          "1" + Encode(VisitRow{}),
          "2" + Encode(LaneState{}),
          "3" + Encode(JobRow{}),
          "4" + Encode(HostRow{moment, 5, 0.5F}),
          "5" + Encode(DiscoveredRow{true, moment, 1, "http://a.onion/"}),
          "6" + Encode(TimeMark{moment, MonoTime(), "boot"}),
          "7" + block,
          "8" + bucket};
}

}  // namespace nightjar::fuzz

namespace {

template <typename Decode>
void RequireRoundTrip(const Decode& decode, nightjar::ByteView bytes) {
  const auto row = decode(bytes);
  if (!row) return;
  const auto encoded = Encode(*row);
  const auto again = decode(encoded);
  nightjar::fuzz::Require(again && Encode(*again) == encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  using namespace nightjar::frontier;
  if (size == 0) return 0;
  const ByteView bytes = fuzz::Input(data + 1, size - 1);
  switch (data[0]) {
    case '0':
      RequireRoundTrip(DecodeUrlRow, bytes);
      break;
    case '1':
      RequireRoundTrip(DecodeVisitRow, bytes);
      break;
    case '2':
      RequireRoundTrip(DecodeLaneState, bytes);
      break;
    case '3':
      RequireRoundTrip(DecodeJobRow, bytes);
      break;
    case '4':
      RequireRoundTrip(DecodeHostRow, bytes);
      break;
    case '5':
      RequireRoundTrip(DecodeDiscoveredRow, bytes);
      break;
    case '6':
      RequireRoundTrip(DecodeTimeMark, bytes);
      break;
    case '7':
      for (Seq i = 0; i < kUrlsPerBlock; ++i) (void)RowOfBlock(bytes, i);
      break;
    default:
      if (!CheckBucket(bytes)) return 0;
      (void)FindName(bytes, 1ULL << 40);
      (void)SplitBucket(bytes, 63);
  }
  return 0;
}
