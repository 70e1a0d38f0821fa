// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/stored_version.h"

#include "base/codec.h"

namespace nightjar::query {
namespace {

constexpr std::uint8_t kFormat = 2;

}  // namespace

Bytes Encode(const StoredVersion& version) {
  Encoder out;
  out.U8(kFormat).Str(version.id).Str(version.url).Str(version.host).Str(version.case_id).Str(version.title);
  out.Str(version.kind).Str(version.page_class);
  out.U32(static_cast<std::uint32_t>(version.fields.size()));
  for (const wire::Field& field : version.fields) {
    out.Str(field.name).Str(field.value).Str(field.unit).Str(field.raw);
    out.U32(field.span.begin).U32(field.span.end).U8(field.confidence);
  }
  return out.Take();
}

Result<StoredVersion> DecodeStoredVersion(ByteView bytes) {
  Decoder in(bytes);
  if (in.U8() != kFormat)
    return Fail(Code::kCorrupt, "a document of the index has another format: rebuild the index");
  StoredVersion version;
  version.id = in.Str();
  version.url = in.Str();
  version.host = in.Str();
  version.case_id = in.Str();
  version.title = in.Str();
  version.kind = in.Str();
  version.page_class = in.Str();
  const std::uint32_t count = in.Count(kMaxStoredFields, 25);
  for (std::uint32_t i = 0; i < count; ++i) {
    wire::Field& field = version.fields.emplace_back();
    field.name = in.Str();
    field.value = in.Str();
    field.unit = in.Str();
    field.raw = in.Str();
    field.span = {in.U32(), in.U32()};
    field.confidence = in.U8();
  }
  RETURN_IF_ERROR(in.Finish("a document of the index"));
  return version;
}

}  // namespace nightjar::query
