// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/foreign.h"

#include "base/codec.h"

namespace nightjar::wire {
namespace {

constexpr std::size_t kMaxBlock = 64 << 20;
constexpr std::string_view kWhat = "a message of the importer";

std::string_view Cut(const std::string& text) { return std::string_view(text).substr(0, kMaxForeignText); }

void Write(Encoder& out, const ForeignExchange& one) {
  out.U64(one.offset).Str(Cut(one.type)).Str(Cut(one.record_id)).Str(Cut(one.date)).Str(Cut(one.url));
  out.Str(Cut(one.truncated)).U32(one.http_status).Str(one.request).Str(one.head).Str(one.body);
  out.Str(Cut(one.withheld)).U8(one.by_hash_list ? 1 : 0).U64(one.withheld_size).Hash(one.withheld_sha256);
}

ForeignExchange ReadExchange(Decoder& in) {
  ForeignExchange one;
  one.offset = in.U64();
  for (std::string* text : {&one.type, &one.record_id, &one.date, &one.url, &one.truncated})
    *text = in.Str(kMaxForeignText);
  one.http_status = in.U32();
  for (Bytes* block : {&one.request, &one.head, &one.body}) *block = in.Str(kMaxBlock);
  one.withheld = in.Str(kMaxForeignText);
  one.by_hash_list = in.U8() == 1;
  one.withheld_size = in.U64();
  one.withheld_sha256 = in.Hash();
  return one;
}

ForeignFault ReadFault(Decoder& in) {
  ForeignFault fault;
  fault.offset = in.U64();
  fault.reason = in.Str(kMaxForeignText);
  return fault;
}

ForeignEnd ReadEnd(Decoder& in) {
  ForeignEnd end;
  end.records = in.U64();
  end.skipped = in.U64();
  return end;
}

}  // namespace

Bytes EncodeForeign(const ForeignItem& item) {
  Encoder out;
  out.U8(kForeignFormat).U8(static_cast<std::uint8_t>(item.index()));
  if (const auto* exchange = std::get_if<ForeignExchange>(&item)) Write(out, *exchange);
  if (const auto* fault = std::get_if<ForeignFault>(&item)) out.U64(fault->offset).Str(Cut(fault->reason));
  if (const auto* end = std::get_if<ForeignEnd>(&item)) out.U64(end->records).U64(end->skipped);
  return out.Take();
}

Result<ForeignItem> DecodeForeign(ByteView bytes) {
  Decoder in(bytes);
  if (in.U8() != kForeignFormat) return Fail(Code::kCorrupt, std::string(kWhat) + " is of another version");
  ForeignItem item;
  switch (in.U8()) {
    case 0:
      item = ReadExchange(in);
      break;
    case 1:
      item = ReadFault(in);
      break;
    case 2:
      item = ReadEnd(in);
      break;
    default:
      return Fail(Code::kCorrupt, std::string(kWhat) + " is of an unknown kind");
  }
  RETURN_IF_ERROR(in.Finish(kWhat));
  if (EncodeForeign(item) != bytes)
    return Fail(Code::kCorrupt, std::string(kWhat) + " has a second spelling");
  return item;
}

}  // namespace nightjar::wire
