// SPDX-License-Identifier: Apache-2.0
#include "archive/facts/facts_store.h"

#include <set>
#include <vector>

#include "archive/store/compression.h"
#include "archive/store/prefix.h"
#include "archive/store/store.h"
#include "base/codec.h"
#include "base/decimal.h"

namespace nightjar::facts {
namespace {

constexpr store::Table kFacts{0};
constexpr store::Table kReadings{1};  // digest of what was read: the newest capture in which it was
constexpr std::size_t kNumberSize = sizeof(std::uint64_t);

// The number behind the last '/' of "nightjar-extract/12"; 0 where there is none.
std::uint64_t VersionOf(std::string_view extractor) {
  return ParseDecimal(extractor.substr(extractor.rfind('/') + 1)).value_or(0);
}

// Sorts by capture, then by version as a number (10 after 9), then by name.
Bytes KeyOf(CaptureNumber number, std::string_view extractor) {
  return BigEndianKey(number.value) + BigEndianKey(VersionOf(extractor)) + Bytes(extractor);
}

tl::unexpected<Error> NotRead(CaptureNumber number) {
  return Fail(Code::kNotFound, "this capture has no facts yet", "capture " + std::to_string(number.value));
}

// The last entry of the capture: its newest facts.
Result<std::optional<store::Cursor::Entry>> NewestOf(store::Cursor& cursor, CaptureNumber number) {
  // Past every key of this capture: no extractor's name holds the byte 0xFF.
  ASSIGN_OR_RETURN(const auto beyond,
                   cursor.Seek(BigEndianKey(number.value) + Bytes(kNumberSize + 1, '\xFF')));
  ASSIGN_OR_RETURN(const auto entry, beyond ? cursor.Previous() : cursor.Last());
  return entry && entry->key.starts_with(BigEndianKey(number.value)) ? entry : std::nullopt;
}

// A digest tells who has the bytes that they were here: it goes with them.
Status ForgetReadings(store::WriteTxn& txn, std::span<const CaptureNumber> numbers) {
  const std::set<CaptureNumber> gone(numbers.begin(), numbers.end());
  std::vector<Bytes> digests;
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kReadings));
  ASSIGN_OR_RETURN(auto row, cursor.First());
  while (row) {
    if (gone.contains({FromBigEndianKey(row->value)})) digests.emplace_back(row->key);
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  for (const Bytes& digest : digests) RETURN_IF_ERROR(txn.Delete(kReadings, digest));
  return {};
}

}  // namespace

struct FactsStore::State {
  std::shared_ptr<store::Env> env;
  store::Compressor compressor;
};

FactsStore::FactsStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
FactsStore::~FactsStore() = default;

Result<std::unique_ptr<FactsStore>> FactsStore::Open(const std::string& folder, Mode mode) {
  const store::Options options{
      .folder = folder, .tables = {"facts", "readings"}, .read_only = mode == Mode::kReadOnly};
  ASSIGN_OR_RETURN(auto env, store::Env::Open(options));
  return std::unique_ptr<FactsStore>(
      new FactsStore(std::make_unique<State>(State{std::move(env), store::Compressor()})));
}

Status FactsStore::Put(std::span<const std::pair<CaptureNumber, wire::Facts>> batch,
                       std::span<const std::pair<Digest, CaptureNumber>> readings) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  for (const auto& [number, facts] : batch) {
    RETURN_IF_ERROR(
        txn.Put(kFacts, KeyOf(number, facts.extractor), state_->compressor.Pack(wire::Encode(facts))));
  }
  for (const auto& [reading, number] : readings)
    RETURN_IF_ERROR(txn.Put(kReadings, reading.View(), BigEndianKey(number.value)));
  return txn.Commit();
}

Result<std::optional<wire::Facts>> FactsStore::FindAlike(const Digest& reading) const {
  CaptureNumber earlier;
  {
    ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
    ASSIGN_OR_RETURN(const auto row, txn.Get(kReadings, reading.View()));
    if (!row) return std::nullopt;
    earlier = {FromBigEndianKey(*row)};
  }
  auto facts = Get(earlier);
  if (facts) return std::move(*facts);
  if (facts.error().code == Code::kNotFound || facts.error().code == Code::kCorrupt) return std::nullopt;
  return tl::unexpected<Error>(std::move(facts).error());
}

Result<wire::Facts> FactsStore::Get(CaptureNumber number) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kFacts));
  ASSIGN_OR_RETURN(const auto newest, NewestOf(cursor, number));
  if (!newest) return NotRead(number);
  ASSIGN_OR_RETURN(const Bytes encoded, store::Unpack(newest->value, wire::kMaxEncodedFacts));
  return wire::Decode(encoded);
}

Result<std::uint64_t> FactsStore::End() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kFacts));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? FromBigEndianKey(last->key.substr(0, kNumberSize)) + 1 : 0;
}

Result<std::uint64_t> FactsStore::Erase(std::span<const CaptureNumber> numbers) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  std::uint64_t erased = 0;
  for (const CaptureNumber number : numbers) {
    ASSIGN_OR_RETURN(const std::uint64_t more, store::DeletePrefix(txn, kFacts, BigEndianKey(number.value)));
    erased += more;
  }
  RETURN_IF_ERROR(ForgetReadings(txn, numbers));
  RETURN_IF_ERROR(txn.Commit());
  return erased;
}

Status FactsStore::Clear() {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Clear(kFacts));
  RETURN_IF_ERROR(txn.Clear(kReadings));
  return txn.Commit();
}

}  // namespace nightjar::facts
