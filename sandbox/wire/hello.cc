// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/hello.h"

#include "base/codec.h"

namespace nightjar::wire {
namespace {

constexpr std::uint8_t kHelloFormat = 1;
constexpr std::size_t kMaxFailure = 1024;

}  // namespace

Bytes EncodeHello(const Hello& hello) {
  return Encoder()
      .U8(kHelloFormat)
      .Str(hello.sandbox)
      .Str(hello.extractor)
      .Str(Utf8Prefix(hello.failure, kMaxFailure))
      .Take();
}

Result<Hello> DecodeHello(ByteView bytes) {
  Decoder in(bytes);
  const std::uint8_t format = in.U8();
  Hello hello;
  hello.sandbox = in.Str(kMaxFailure);
  hello.extractor = in.Str(kMaxFailure);
  hello.failure = in.Str(kMaxFailure);
  RETURN_IF_ERROR(in.Finish("a worker's first message"));
  if (format != kHelloFormat) return Fail(Code::kCorrupt, "a worker's first message has an unknown format");
  return hello;
}

}  // namespace nightjar::wire
