// SPDX-License-Identifier: Apache-2.0
#include "archive/notary/notary_store.h"

#include "archive/evidence/note.h"
#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::notary {
namespace {

constexpr store::Table kCosigned{0};  // BE(tree size) -> note
constexpr store::Table kStamps{1};    // BE(tree size) -> stamp row
constexpr store::Table kMeta{2};      // "format", "trouble"
constexpr std::string_view kFormat = "nightjar-notary/1";
constexpr std::string_view kTrouble = "trouble";
constexpr std::uint8_t kVersion = 1;

Result<evidence::SignedCheckpoint> Read(std::string_view note) {
  ASSIGN_OR_RETURN(const auto parts, evidence::SplitNote(note));
  ASSIGN_OR_RETURN(auto checkpoint, evidence::ParseCheckpoint(parts.text));
  return evidence::SignedCheckpoint{std::move(checkpoint), std::string(note)};
}

Bytes EncodeStamp(const Stamp& stamp) {
  return Encoder()
      .U8(kVersion)
      .Str(stamp.checkpoint.note)
      .Str(stamp.response)
      .Str(stamp.certificates)
      .I64(UnixMicros(stamp.time))
      .Take();
}

Result<Stamp> DecodeStamp(ByteView row) {
  Decoder decoder(row);
  const std::uint8_t version = decoder.U8();
  const std::string note = decoder.Str();
  Stamp stamp;
  stamp.response = decoder.Str();
  stamp.certificates = decoder.Str();
  stamp.time = FromUnixMicros(decoder.I64());
  RETURN_IF_ERROR(decoder.Finish("a stored time stamp"));
  if (version != kVersion) return Fail(Code::kCorrupt, "a stored time stamp has an unknown version");
  ASSIGN_OR_RETURN(stamp.checkpoint, Read(note));
  return stamp;
}

}  // namespace

struct NotaryStore::State {
  std::shared_ptr<store::Env> env;
};

NotaryStore::NotaryStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
NotaryStore::~NotaryStore() = default;

Result<std::unique_ptr<NotaryStore>> NotaryStore::Open(const std::string& folder, Mode mode) {
  const bool read_only = mode == Mode::kReadOnly;
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = folder,
                                               .tables = {"cosigned", "stamps", "meta"},
                                               .map_size = 1ULL << 36,
                                               .read_only = read_only}));
  if (!read_only) {
    ASSIGN_OR_RETURN(auto txn, env->Write());
    ASSIGN_OR_RETURN(const bool is_new, txn.PutNew(kMeta, "format", kFormat));
    if (is_new) RETURN_IF_ERROR(txn.Commit());
  }
  {
    ASSIGN_OR_RETURN(const auto txn, env->Read());
    ASSIGN_OR_RETURN(const auto format, txn.Get(kMeta, "format"));
    if (format != kFormat) return Fail(Code::kCorrupt, "is of another format", folder);
  }
  return std::unique_ptr<NotaryStore>(new NotaryStore(std::make_unique<State>(State{std::move(env)})));
}

Status NotaryStore::PutCosigned(const evidence::SignedCheckpoint& cosigned) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  {
    ASSIGN_OR_RETURN(auto cursor, txn.Open(kCosigned));
    ASSIGN_OR_RETURN(const auto last, cursor.Last());
    const Bytes before = last ? Bytes(last->key) : Bytes();
    if (last) {
      ASSIGN_OR_RETURN(const auto stamp, txn.Get(kStamps, before));
      if (!stamp) RETURN_IF_ERROR(txn.Delete(kCosigned, before));
    }
  }
  RETURN_IF_ERROR(txn.Put(kCosigned, BigEndianKey(cosigned.checkpoint.size), cosigned.note));
  return txn.Commit();
}

Status NotaryStore::PutStamp(const Stamp& stamp) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Put(kStamps, BigEndianKey(stamp.checkpoint.checkpoint.size), EncodeStamp(stamp)));
  return txn.Commit();
}

Status NotaryStore::SetTrouble(const std::optional<Trouble>& trouble) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  if (trouble) {
    const Bytes row = Encoder().U8(kVersion).I64(UnixMicros(trouble->since)).Str(trouble->text).Take();
    RETURN_IF_ERROR(txn.Put(kMeta, kTrouble, row));
  } else {
    RETURN_IF_ERROR(txn.Delete(kMeta, kTrouble));
  }
  return txn.Commit();
}

Result<std::optional<evidence::SignedCheckpoint>> NotaryStore::NewestCosigned() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCosigned));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  if (!last) return std::nullopt;
  return Read(last->value);
}

Result<std::optional<Stamp>> NotaryStore::NewestStamp() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kStamps));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  if (!last) return std::nullopt;
  return DecodeStamp(last->value);
}

Result<std::optional<Trouble>> NotaryStore::ReadTrouble() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kTrouble));
  if (!row) return std::nullopt;
  Decoder decoder(*row);
  decoder.U8();
  Trouble trouble;
  trouble.since = FromUnixMicros(decoder.I64());
  trouble.text = decoder.Str();
  RETURN_IF_ERROR(decoder.Finish("the notary's trouble"));
  return trouble;
}

}  // namespace nightjar::notary
