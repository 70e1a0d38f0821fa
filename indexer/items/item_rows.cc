// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/item_rows.h"

#include "base/codec.h"

namespace nightjar::items {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kFewestBytesOfValue = 12;

void Put(Encoder& out, const Value& value) { out.Str(value.name).Str(value.value).Str(value.unit); }

Value TakeValue(Decoder& in) {
  Value value;
  value.name = in.Str();
  value.value = in.Str();
  value.unit = in.Str();
  return value;
}

void Put(Encoder& out, const std::vector<Value>& values) {
  out.U32(static_cast<std::uint32_t>(values.size()));
  for (const Value& value : values) Put(out, value);
}

std::vector<Value> TakeValues(Decoder& in) {
  std::vector<Value> values(in.Count(kMostValues, kFewestBytesOfValue));
  for (Value& value : values) value = TakeValue(in);
  return values;
}

UtcTime TakeTime(Decoder& in) { return FromUnixMicros(in.I64()); }

template <typename T>
Result<T> Checked(const Decoder& in, bool sound, T row, std::string_view what) {
  RETURN_IF_ERROR(in.Finish(what));
  if (!sound) return Fail(Code::kCorrupt, std::string(what) + " has an unknown format");
  return row;
}

}  // namespace

Bytes Encode(const State& state) {
  Encoder out;
  out.U8(kFormat).Str(state.key.case_id).Str(state.key.site).U8(static_cast<std::uint8_t>(state.key.kind));
  out.Str(state.key.local).Str(state.title).Str(state.address).Str(state.url).U8(state.gone ? 1 : 0);
  out.I64(UnixMicros(state.gone_at)).I64(UnixMicros(state.first_seen)).I64(UnixMicros(state.last_seen));
  out.U32(state.versions).U32(static_cast<std::uint32_t>(state.values.size()));
  for (const KnownValue& known : state.values) {
    Put(out, known.value);
    out.Str(known.address == state.address ? "" : known.address).U64(known.capture.value);
  }
  return out.Take();
}

Result<State> DecodeState(ByteView bytes) {
  Decoder in(bytes);
  State state;
  bool sound = in.U8() == kFormat;
  state.key.case_id = in.Str();
  state.key.site = in.Str();
  const std::uint8_t kind = in.U8();
  sound = sound && kind <= static_cast<std::uint8_t>(ItemKind::kPost);
  state.key.kind = static_cast<ItemKind>(kind);
  state.key.local = in.Str();
  state.title = in.Str();
  state.address = in.Str();
  state.url = in.Str();
  state.gone = in.U8() == 1;
  state.gone_at = TakeTime(in);
  state.first_seen = TakeTime(in);
  state.last_seen = TakeTime(in);
  state.versions = in.U32();
  state.values.resize(in.Count(kMostValues, kFewestBytesOfValue));
  for (KnownValue& known : state.values) {
    known.value = TakeValue(in);
    known.address = in.Str();
    if (known.address.empty()) known.address = state.address;
    known.capture = {in.U64()};
  }
  return Checked(in, sound, std::move(state), "the state of an item");
}

Bytes Encode(const Version& version) {
  Encoder out;
  out.U8(kFormat).U32(version.number).I64(UnixMicros(version.first_seen)).I64(UnixMicros(version.last_seen));
  out.U64(version.captures).U64(version.first_capture.value).U64(version.last_capture.value);
  out.Hash(version.digest);
  Put(out, version.values);
  return out.Take();
}

Result<Version> DecodeVersion(ByteView bytes) {
  Decoder in(bytes);
  Version version;
  const bool sound = in.U8() == kFormat;
  version.number = in.U32();
  version.first_seen = TakeTime(in);
  version.last_seen = TakeTime(in);
  version.captures = in.U64();
  version.first_capture = {in.U64()};
  version.last_capture = {in.U64()};
  version.digest = in.Hash();
  version.values = TakeValues(in);
  return Checked(in, sound, std::move(version), "a version of an item");
}

Bytes Encode(const Event& event) {
  Encoder out;
  out.U8(kFormat).Str(event.item.value).U32(event.version).U64(event.capture.value);
  out.I64(UnixMicros(event.when)).U32(static_cast<std::uint32_t>(event.changes.size()));
  for (const Change& change : event.changes) {
    out.U8(static_cast<std::uint8_t>(change.kind)).Str(change.field);
    Put(out, change.before);
    Put(out, change.after);
  }
  return out.Take();
}

Result<Event> DecodeEvent(std::uint64_t number, ByteView bytes) {
  Decoder in(bytes);
  Event event{.number = number};
  bool sound = in.U8() == kFormat;
  event.item = {in.Str(kItemIdSize)};
  event.version = in.U32();
  event.capture = {in.U64()};
  event.when = TakeTime(in);
  event.changes.resize(in.Count(2 * kMostValues, 13));
  for (Change& change : event.changes) {
    const std::uint8_t kind = in.U8();
    sound = sound && kind <= static_cast<std::uint8_t>(kLastChangeKind);
    change.kind = static_cast<ChangeKind>(kind);
    change.field = in.Str();
    change.before = TakeValues(in);
    change.after = TakeValues(in);
  }
  return Checked(in, sound, std::move(event), "a change of an item");
}

Bytes Encode(const KnownAnnouncement& known) {
  Encoder out;
  out.U8(kFormat).Str(known.case_id).Str(known.site).Str(known.announced.category);
  out.U64(known.announced.count).U64(known.capture.value).I64(UnixMicros(known.when));
  return out.Take();
}

Result<KnownAnnouncement> DecodeAnnouncement(ByteView bytes) {
  Decoder in(bytes);
  KnownAnnouncement known;
  const bool sound = in.U8() == kFormat;
  known.case_id = in.Str();
  known.site = in.Str();
  known.announced.category = in.Str();
  known.announced.count = in.U64();
  known.capture = {in.U64()};
  known.when = TakeTime(in);
  return Checked(in, sound, std::move(known), "an announced count");
}

}  // namespace nightjar::items
