// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/foreign.h"

#include <gtest/gtest.h>

namespace nightjar::wire {
namespace {

ForeignExchange Example() {
  ForeignExchange one;
  one.offset = 7;
  one.type = "response";
  one.record_id = "<urn:1>";
  one.date = "2024-05-06T07:08:09Z";
  one.url = "http://a.onion/";
  one.http_status = 200;
  one.request = "GET";
  one.head = "HTTP/1.1 200 OK\r\n\r\n";
  one.body = Bytes("a\0b", 3);
  one.by_hash_list = true;
  one.withheld = "withheld";
  one.withheld_size = 9;
  one.withheld_sha256 = Sha256("x");
  return one;
}

TEST(ForeignItem, ComesBackWhole) {
  for (const ForeignItem& item :
       {ForeignItem(Example()), ForeignItem(ForeignFault{3, "why"}), ForeignItem(ForeignEnd{5, 2})}) {
    const auto back = DecodeForeign(EncodeForeign(item));
    ASSERT_TRUE(back) << back.error().Format();
    EXPECT_EQ(*back, item);
  }
}

TEST(ForeignItem, IsRefusedWithAnyByteMissingOrLeftOver) {
  const Bytes good = EncodeForeign(Example());
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(DecodeForeign(ByteView(good).substr(0, size))) << size;
  EXPECT_FALSE(DecodeForeign(good + "x"));
}

TEST(ForeignItem, CutsTextsThatAreTooLong) {
  ForeignExchange one = Example();
  one.url = std::string(kMaxForeignText + 1, 'u');
  EXPECT_EQ(std::get<ForeignExchange>(DecodeForeign(EncodeForeign(one)).value()).url.size(), kMaxForeignText);
}

}  // namespace
}  // namespace nightjar::wire
