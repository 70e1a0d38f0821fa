// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/document.h"

#include <gtest/gtest.h>

#include "sandbox/wire/hello.h"

namespace nightjar::wire {
namespace {

TEST(DocumentFormat, GivesBackBytesOfAnyKind) {
  const Document document{.number = 7,
                          .url = "http://site.example/",
                          .head = Bytes("HTTP/1.1 200\r\n\0\r\n", 17),
                          .body = Bytes("\xFF\x00\xFE", 3),
                          .mode = ReadMode::kLinear};
  const auto back = DecodeDocument(EncodeDocument(document));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, document);
}

TEST(DocumentFormat, RefusesCutRecordsAndUnknownModes) {
  Bytes whole = EncodeDocument({});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(DecodeDocument(ByteView(whole).substr(0, size)));
  whole[1] = 3;
  EXPECT_FALSE(DecodeDocument(whole));
}

TEST(HelloFormat, GivesBackTheWallsOrTheReason) {
  const Hello standing{.sandbox = "reduced", .extractor = "nightjar-extract/2", .failure = ""};
  EXPECT_EQ(DecodeHello(EncodeHello(standing)).value(), standing);
  const Hello failed{.sandbox = "", .extractor = "", .failure = std::string(5000, 'x')};
  const auto back = DecodeHello(EncodeHello(failed));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->failure.size(), 1024U);
  EXPECT_FALSE(DecodeHello("rubbish"));
}

}  // namespace
}  // namespace nightjar::wire
