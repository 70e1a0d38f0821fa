// SPDX-License-Identifier: Apache-2.0
#include "archive/alerts/alerts.h"

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::alerts {
namespace {

constexpr store::Table kAlerts{0};
constexpr store::Table kCounts{1};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxText = 4096;

Bytes Encode(const Alert& alert) {
  return Encoder()
      .U8(kVersion)
      .I64(UnixMicros(alert.at))
      .Str(std::string_view(alert.kind).substr(0, kMaxText))
      .Str(std::string_view(alert.text).substr(0, kMaxText))
      .Str(std::string_view(alert.subject).substr(0, kMaxText))
      .Take();
}

Result<Alert> Decode(ByteView row) {
  Decoder in(row);
  if (in.U8() != kVersion) return Fail(Code::kCorrupt, "an alert has an unknown version");
  Alert alert;
  alert.at = FromUnixMicros(in.I64());
  alert.kind = in.Str(kMaxText);
  alert.text = in.Str(kMaxText);
  alert.subject = in.Str(kMaxText);
  RETURN_IF_ERROR(in.Finish("an alert"));
  return alert;
}

Result<std::uint64_t> DecodeCount(ByteView value) {
  Decoder in(value);
  const std::uint64_t count = in.U64();
  RETURN_IF_ERROR(in.Finish("a count"));
  return count;
}

}  // namespace

struct AlertStore::State {
  std::shared_ptr<store::Env> env;
};

AlertStore::AlertStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
AlertStore::~AlertStore() = default;

Result<std::unique_ptr<AlertStore>> AlertStore::Open(const std::string& folder, Mode mode) {
  auto state = std::make_unique<State>();
  ASSIGN_OR_RETURN(state->env, store::Env::Open({.folder = folder,
                                                 .tables = {"alerts", "counts"},
                                                 .map_size = 1ULL << 34,
                                                 .read_only = mode == Mode::kReadOnly}));
  return std::unique_ptr<AlertStore>(new AlertStore(std::move(state)));
}

Status AlertStore::Raise(const Alert& alert) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kAlerts));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  const std::uint64_t number = last ? FromBigEndianKey(last->key) + 1 : 0;
  RETURN_IF_ERROR(txn.PutLast(kAlerts, BigEndianKey(number), Encode(alert)));
  return txn.Commit();
}

Status AlertStore::Count(const std::map<std::string, std::uint64_t>& more) {
  if (more.empty()) return {};
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  for (const auto& [name, add] : more) {
    ASSIGN_OR_RETURN(const auto stored, txn.Get(kCounts, name));
    std::uint64_t before = 0;
    if (stored) {
      ASSIGN_OR_RETURN(before, DecodeCount(*stored));
    }
    RETURN_IF_ERROR(txn.Put(kCounts, name, Encoder().U64(before + add).Take()));
  }
  return txn.Commit();
}

Result<std::uint64_t> AlertStore::Forget(const std::string& host) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  std::vector<std::pair<Bytes, Alert>> found;
  {
    ASSIGN_OR_RETURN(auto cursor, txn.Open(kAlerts));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      ASSIGN_OR_RETURN(Alert alert, Decode(entry->value));
      if (alert.text.find(host) != std::string::npos || alert.subject.find(host) != std::string::npos)
        found.emplace_back(entry->key, std::move(alert));
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
  }
  for (auto& [key, alert] : found) {
    alert.text = "erased, with the captures it spoke of";
    alert.subject = "-";
    RETURN_IF_ERROR(txn.Put(kAlerts, key, Encode(alert)));
  }
  RETURN_IF_ERROR(txn.Commit());
  return found.size();
}

Result<std::vector<Alert>> AlertStore::Newest(std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kAlerts));
  ASSIGN_OR_RETURN(auto entry, cursor.Last());
  std::vector<Alert> newest;
  while (entry && newest.size() < most) {
    ASSIGN_OR_RETURN(Alert alert, Decode(entry->value));
    newest.push_back(std::move(alert));
    ASSIGN_OR_RETURN(entry, cursor.Previous());
  }
  return newest;
}

Result<std::uint64_t> AlertStore::Total() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return txn.Count(kAlerts);
}

Result<std::map<std::string, std::uint64_t>> AlertStore::Counts() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCounts));
  std::map<std::string, std::uint64_t> counts;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(counts[std::string(entry->key)], DecodeCount(entry->value));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return counts;
}

}  // namespace nightjar::alerts
