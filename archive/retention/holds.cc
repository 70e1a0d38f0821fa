// SPDX-License-Identifier: Apache-2.0
#include "archive/retention/holds.h"

#include "archive/retention/texts.h"
#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::retention {
namespace {

constexpr store::Table kHolds{0};
constexpr std::uint8_t kVersion = 1;

Bytes Encode(const Hold& hold) {
  Encoder row;
  row.U8(kVersion).Str(hold.case_id.value).Str(hold.captures.Format()).Str(hold.reason).Str(hold.by);
  row.I64(UnixMicros(hold.placed)).I64(UnixMicros(hold.until)).U8(hold.released ? 1 : 0);
  if (hold.released) row.Str(hold.released->reason).Str(hold.released->by).I64(UnixMicros(hold.released->at));
  return row.Take();
}

Result<Hold> Decode(HoldNumber number, ByteView bytes) {
  const std::string name = "hold " + std::to_string(number.value);
  Decoder in(bytes);
  if (in.U8() != kVersion) return Fail(Code::kCorrupt, "is stored in an unknown version", name);
  Hold hold;
  hold.number = number;
  hold.case_id = {in.Str()};
  const std::string captures = in.Str();
  hold.reason = in.Str();
  hold.by = in.Str();
  hold.placed = FromUnixMicros(in.I64());
  hold.until = FromUnixMicros(in.I64());
  if (in.U8() == 1) {
    Hold::Release& release = hold.released.emplace();
    release.reason = in.Str();
    release.by = in.Str();
    release.at = FromUnixMicros(in.I64());
  }
  RETURN_IF_ERROR(in.Finish(name));
  ASSIGN_OR_RETURN(hold.captures, evidence::NumberRanges::Parse(captures));
  return hold;
}

}  // namespace

struct HoldStore::State {
  std::shared_ptr<store::Env> env;
};

HoldStore::HoldStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
HoldStore::~HoldStore() = default;

Result<std::unique_ptr<HoldStore>> HoldStore::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"holds"}}));
  return std::unique_ptr<HoldStore>(new HoldStore(std::make_unique<State>(State{std::move(env)})));
}

Result<HoldNumber> HoldStore::Place(Hold hold) {
  RETURN_IF_ERROR(CheckName("case", hold.case_id.value));
  RETURN_IF_ERROR(CheckText("reason", hold.reason));
  RETURN_IF_ERROR(CheckText("by", hold.by));
  if (hold.captures.empty()) return Fail(Code::kInvalidInput, "names no capture", "captures");
  if (hold.until <= hold.placed) return Fail(Code::kInvalidInput, "must lie in the future", "until");
  hold.released.reset();
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(hold.number.value, NextNumber(txn, kHolds));
  RETURN_IF_ERROR(txn.PutLast(kHolds, BigEndianKey(hold.number.value), Encode(hold)));
  RETURN_IF_ERROR(txn.Commit());
  return hold.number;
}

Status HoldStore::Release(HoldNumber number, Hold::Release release) {
  RETURN_IF_ERROR(CheckText("reason", release.reason));
  RETURN_IF_ERROR(CheckText("by", release.by));
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kHolds, BigEndianKey(number.value)));
  const std::string name = std::to_string(number.value);
  if (!row) return Fail(Code::kNotFound, "there is no hold of this number", name);
  ASSIGN_OR_RETURN(Hold hold, Decode(number, *row));
  if (hold.released)
    return Fail(Code::kAlreadyExists,
                "was released by " + hold.released->by + " on " + FormatUtc(hold.released->at),
                "hold " + name);
  hold.released = std::move(release);
  RETURN_IF_ERROR(txn.Put(kHolds, BigEndianKey(number.value), Encode(hold)));
  return txn.Commit();
}

Result<std::vector<Hold>> HoldStore::All() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kHolds));
  std::vector<Hold> holds;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto hold, Decode({FromBigEndianKey(entry->key)}, entry->value));
    holds.push_back(std::move(hold));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return holds;
}

}  // namespace nightjar::retention
