// SPDX-License-Identifier: Apache-2.0
#include "archive/cases/cases.h"

#include <algorithm>

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::cases {
namespace {

constexpr store::Table kCases{0};
constexpr std::uint8_t kVersion = 1;

Status CheckText(std::string_view what, std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (text.size() <= kMaxText && IsValidUtf8(text) && std::ranges::none_of(text, control)) return {};
  return Fail(Code::kInvalidInput, std::string(what) + " is one line of text, UTF-8, at most " +
                                       std::to_string(kMaxText) + " bytes");
}

Status Check(const Case& opened) {
  RETURN_IF_ERROR(CheckName("case", opened.id.value));
  RETURN_IF_ERROR(CheckText("a case's title", opened.title));
  RETURN_IF_ERROR(CheckText("a case's legal basis", opened.legal_basis));
  RETURN_IF_ERROR(CheckText("a case's officer", opened.officer));
  if (opened.legal_basis.find_first_not_of(' ') != std::string::npos) return {};
  return Fail(Code::kInvalidInput, "a case needs a legal basis: the statute, order or warrant it rests on",
              opened.id.value);
}

Bytes Encode(const Case& opened) {
  return Encoder()
      .U8(kVersion)
      .Str(opened.title)
      .Str(opened.legal_basis)
      .Str(opened.officer)
      .I64(UnixMicros(opened.opened))
      .Take();
}

Result<Case> Decode(std::string_view id, ByteView row) {
  Decoder decoder(row);
  if (decoder.U8() != kVersion)
    return Fail(Code::kCorrupt, "the case is stored in an unknown version", std::string(id));
  Case opened;
  opened.id = CaseId{std::string(id)};
  opened.title = decoder.Str(kMaxText);
  opened.legal_basis = decoder.Str(kMaxText);
  opened.officer = decoder.Str(kMaxText);
  opened.opened = FromUnixMicros(decoder.I64());
  RETURN_IF_ERROR(decoder.Finish("case " + std::string(id)));
  return opened;
}

}  // namespace

struct CaseStore::State {
  std::shared_ptr<store::Env> env;
};

CaseStore::CaseStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaseStore::~CaseStore() = default;

Result<std::unique_ptr<CaseStore>> CaseStore::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"cases"}}));
  return std::unique_ptr<CaseStore>(new CaseStore(std::make_unique<State>(State{std::move(env)})));
}

Status CaseStore::Add(const Case& opened) {
  RETURN_IF_ERROR(Check(opened));
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const bool added, txn.PutNew(kCases, opened.id.value, Encode(opened)));
  if (!added) return Fail(Code::kAlreadyExists, "there is a case of this name already", opened.id.value);
  return txn.Commit();
}

Result<Case> CaseStore::Get(const CaseId& id) const {
  RETURN_IF_ERROR(CheckName("case", id.value));
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kCases, id.value));
  if (!row) return Fail(Code::kNotFound, "there is no case of this name", id.value);
  return Decode(id.value, *row);
}

Result<std::vector<Case>> CaseStore::List() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCases));
  std::vector<Case> cases;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto opened, Decode(entry->key, entry->value));
    cases.push_back(std::move(opened));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return cases;
}

}  // namespace nightjar::cases
