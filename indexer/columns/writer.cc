// SPDX-License-Identifier: Apache-2.0
#include "indexer/columns/writer.h"

#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <unordered_map>

#include "base/bytes.h"
#include "indexer/columns/tables.h"

namespace nightjar::columns {
namespace {

constexpr std::size_t kMostCachedSymbols = 1 << 20;

Bytes EmptyBlock(Column column) {
  if (!IsDecimal(column)) return Bytes(std::size_t{kRowsInBlock} * WidthOf(column), '\0');
  Bytes block;
  block.reserve(std::size_t{kRowsInBlock} * sizeof(double));
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (DocumentNumber row = 0; row < kRowsInBlock; ++row)
    block.append(reinterpret_cast<const char*>(&none), sizeof none);
  return block;
}

Result<std::uint64_t> ReadNumber(const store::ReadTxn& txn, std::string_view key) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, key));
  return row ? FromBigEndianKey(*row) : 0;
}

}  // namespace

struct Writer::State {
  std::shared_ptr<store::Env> env;
  std::optional<store::WriteTxn> txn;  // from the first change to the commit
  std::uint64_t cursor = 0;
  std::uint64_t documents = 0;
  std::array<std::uint32_t, kColumns> symbols{};              // of each column: the highest number given out
  std::map<std::pair<Column, DocumentNumber>, Bytes> blocks;  // changed since the last commit
  std::unordered_map<Bytes, std::uint32_t> known;             // symbols by their key

  Status Begin() {
    if (txn) return {};
    ASSIGN_OR_RETURN(auto begun, env->Write());
    txn.emplace(std::move(begun));
    return {};
  }

  Result<char*> Place(Column column, DocumentNumber document) {
    RETURN_IF_ERROR(Begin());
    const std::pair key(column, document / kRowsInBlock);
    auto block = blocks.find(key);
    if (block == blocks.end()) {
      ASSIGN_OR_RETURN(const auto row, txn->Get(kBlocks, BlockKey(column, key.second)));
      block = blocks.emplace(key, row ? Bytes(*row) : EmptyBlock(column)).first;
    }
    return block->second.data() + std::size_t{document % kRowsInBlock} * WidthOf(column);
  }

  Result<DocumentNumber> Find(store::Table table, std::string_view id) {
    RETURN_IF_ERROR(Begin());
    ASSIGN_OR_RETURN(const auto row, txn->Get(table, id));
    return row ? static_cast<DocumentNumber>(FromBigEndianKey(*row)) : 0;
  }

  Status Put(store::Table table, std::string_view id, DocumentNumber document) {
    RETURN_IF_ERROR(Begin());
    return txn->Put(table, id, BigEndianKey(document));
  }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::Open(const std::string& folder) {
  auto state = std::make_unique<State>();
  ASSIGN_OR_RETURN(state->env, store::Env::Open({.folder = folder, .tables = TableNames()}));
  ASSIGN_OR_RETURN(const auto txn, state->env->Read());
  ASSIGN_OR_RETURN(state->cursor, ReadNumber(txn, kCursorKey));
  ASSIGN_OR_RETURN(state->documents, ReadNumber(txn, kDocumentsKey));
  for (std::size_t i = 0; i < kColumns; ++i) {
    ASSIGN_OR_RETURN(const std::uint64_t symbols, ReadNumber(txn, SymbolsKey(static_cast<Column>(i))));
    state->symbols[i] = static_cast<std::uint32_t>(symbols);
  }
  return std::unique_ptr<Writer>(new Writer(std::move(state)));
}

std::uint64_t Writer::cursor() const { return state_->cursor; }
DocumentNumber Writer::last_document() const { return static_cast<DocumentNumber>(state_->documents); }

Result<DocumentNumber> Writer::NewDocument() {
  if (state_->documents == std::numeric_limits<DocumentNumber>::max())
    return Fail(Code::kFull, "the index has as many documents as it can number");
  return static_cast<DocumentNumber>(++state_->documents);
}

Result<std::uint32_t> Writer::Get(Column column, DocumentNumber document) {
  if (IsDecimal(column)) std::abort();
  ASSIGN_OR_RETURN(const char* place, state_->Place(column, document));
  std::uint32_t number = 0;
  std::memcpy(&number, place, sizeof number);
  return number;
}

Status Writer::Set(Column column, DocumentNumber document, std::uint32_t number) {
  if (IsDecimal(column)) std::abort();
  ASSIGN_OR_RETURN(char* place, state_->Place(column, document));
  std::memcpy(place, &number, sizeof number);
  return {};
}

Status Writer::SetDecimal(Column column, DocumentNumber document, double number) {
  if (!IsDecimal(column)) std::abort();
  ASSIGN_OR_RETURN(char* place, state_->Place(column, document));
  std::memcpy(place, &number, sizeof number);
  return {};
}

Result<std::uint32_t> Writer::SymbolOf(Column column, std::string_view text) {
  std::string_view cut = Utf8Prefix(text, kLongestSymbol);
  if (IsList(column) && cut.size() < text.size()) cut = cut.substr(0, cut.rfind(kListSeparator));
  if (cut.empty()) return 0;
  const Bytes key = TextKey(column, cut);
  if (const auto known = state_->known.find(key); known != state_->known.end()) return known->second;
  RETURN_IF_ERROR(state_->Begin());
  std::uint32_t& count = state_->symbols[static_cast<std::size_t>(column)];
  ASSIGN_OR_RETURN(const auto row, state_->txn->Get(kSymbols, key));
  const auto symbol = row ? static_cast<std::uint32_t>(FromBigEndianKey(*row)) : ++count;
  if (!row) {
    RETURN_IF_ERROR(state_->txn->Put(kSymbols, key, BigEndianKey(symbol)));
    RETURN_IF_ERROR(state_->txn->Put(kSymbols, SymbolKey(column, symbol), cut));
  }
  if (state_->known.size() >= kMostCachedSymbols) state_->known.clear();
  state_->known.emplace(key, symbol);
  return symbol;
}

Result<std::string> Writer::TextOf(Column column, std::uint32_t symbol) {
  RETURN_IF_ERROR(state_->Begin());
  return ReadText(*state_->txn, column, symbol);
}

Result<DocumentNumber> Writer::FindVersion(std::string_view id) { return state_->Find(kVersions, id); }
Status Writer::PutVersion(std::string_view id, DocumentNumber document) {
  return state_->Put(kVersions, id, document);
}
Result<DocumentNumber> Writer::FindPage(std::string_view id) { return state_->Find(kPages, id); }
Status Writer::PutPage(std::string_view id, DocumentNumber document) {
  return state_->Put(kPages, id, document);
}

Status Writer::DropIdsOf(const std::function<bool(DocumentNumber)>& gone) {
  RETURN_IF_ERROR(state_->Begin());
  for (const store::Table table : {kVersions, kPages}) {
    std::vector<Bytes> ids;
    ASSIGN_OR_RETURN(auto cursor, state_->txn->Open(table));
    ASSIGN_OR_RETURN(auto row, cursor.First());
    while (row) {
      if (gone(static_cast<DocumentNumber>(FromBigEndianKey(row->value)))) ids.emplace_back(row->key);
      ASSIGN_OR_RETURN(row, cursor.Next());
    }
    for (const Bytes& id : ids) RETURN_IF_ERROR(state_->txn->Delete(table, id));
  }
  return {};
}

Result<bool> Writer::AddCapture(DocumentNumber document, CaptureNumber capture) {
  RETURN_IF_ERROR(state_->Begin());
  return state_->txn->PutNew(kCaptured, CapturedKey(document, capture.value), {});
}

Status Writer::SiftCaptures(const std::function<bool(DocumentNumber, CaptureNumber)>& keep) {
  RETURN_IF_ERROR(state_->Begin());
  std::vector<Bytes> gone;
  ASSIGN_OR_RETURN(auto cursor, state_->txn->Open(kCaptured));
  ASSIGN_OR_RETURN(auto row, cursor.First());
  while (row) {
    const std::size_t half = row->key.size() / 2;
    const auto document = static_cast<DocumentNumber>(FromBigEndianKey(row->key.substr(0, half)));
    if (!keep(document, {FromBigEndianKey(row->key.substr(half))})) gone.emplace_back(row->key);
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  for (const Bytes& key : gone) RETURN_IF_ERROR(state_->txn->Delete(kCaptured, key));
  return {};
}

Result<std::vector<CaptureNumber>> Writer::Captures(DocumentNumber document) {
  RETURN_IF_ERROR(state_->Begin());
  return ReadCaptures(*state_->txn, document);
}

Status Writer::ClearRow(DocumentNumber document) {
  for (std::size_t i = 0; i < kColumns; ++i) {
    const auto column = static_cast<Column>(i);
    if (IsDecimal(column)) {
      RETURN_IF_ERROR(SetDecimal(column, document, std::numeric_limits<double>::quiet_NaN()));
    } else {
      RETURN_IF_ERROR(Set(column, document, 0));
    }
  }
  return {};
}

Status Writer::SweepColumn(Column column) {
  std::vector<bool> used(state_->symbols[static_cast<std::size_t>(column)] + 1);
  for (DocumentNumber document = 1; document <= state_->documents; ++document) {
    ASSIGN_OR_RETURN(const std::uint32_t symbol, Get(column, document));
    if (symbol < used.size()) used[symbol] = true;
  }
  for (std::uint32_t symbol = 1; symbol < used.size(); ++symbol) {
    if (used[symbol]) continue;
    ASSIGN_OR_RETURN(const auto row, state_->txn->Get(kSymbols, SymbolKey(column, symbol)));
    if (!row) continue;
    RETURN_IF_ERROR(state_->txn->Delete(kSymbols, TextKey(column, Bytes(*row))));
    RETURN_IF_ERROR(state_->txn->Delete(kSymbols, SymbolKey(column, symbol)));
  }
  return {};
}

Status Writer::SweepSymbols() {
  RETURN_IF_ERROR(state_->Begin());
  state_->known.clear();
  for (std::size_t i = 0; i < kColumns; ++i)
    if (HasSymbols(static_cast<Column>(i))) RETURN_IF_ERROR(SweepColumn(static_cast<Column>(i)));
  return {};
}

Result<std::string> Writer::Meta(std::string_view key) {
  const auto read = [&](const store::ReadTxn& txn) -> Result<std::string> {
    ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, key));
    return row ? std::string(*row) : std::string();
  };
  if (state_->txn) return read(*state_->txn);
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return read(txn);
}

Status Writer::SetMeta(std::string_view key, std::string_view value) {
  RETURN_IF_ERROR(state_->Begin());
  return state_->txn->Put(kMeta, key, value);
}

Status Writer::EachMeta(std::string_view prefix,
                        const std::function<void(std::string_view, std::string_view)>& take) {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kMeta));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(prefix));
  while (row && row->key.starts_with(prefix)) {
    take(row->key, row->value);
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return {};
}

Status Writer::Commit(std::uint64_t cursor) {
  RETURN_IF_ERROR(state_->Begin());
  store::WriteTxn& txn = *state_->txn;
  for (const auto& [key, block] : state_->blocks)
    RETURN_IF_ERROR(txn.Put(kBlocks, BlockKey(key.first, key.second), block));
  RETURN_IF_ERROR(txn.Put(kMeta, kDocumentsKey, BigEndianKey(state_->documents)));
  for (std::size_t i = 0; i < kColumns; ++i)
    if (state_->symbols[i] != 0)
      RETURN_IF_ERROR(txn.Put(kMeta, SymbolsKey(static_cast<Column>(i)), BigEndianKey(state_->symbols[i])));
  RETURN_IF_ERROR(txn.Put(kMeta, kCursorKey, BigEndianKey(cursor)));
  RETURN_IF_ERROR(txn.Commit());
  state_->txn.reset();
  state_->blocks.clear();
  state_->cursor = cursor;
  return {};
}

Status CopyCompacted(const std::string& from, const std::string& to) {
  ASSIGN_OR_RETURN(const auto env,
                   store::Env::Open({.folder = from, .tables = TableNames(), .read_only = true}));
  return env->CopyTo(to);
}

}  // namespace nightjar::columns
