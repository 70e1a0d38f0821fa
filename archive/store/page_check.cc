// SPDX-License-Identifier: Apache-2.0
#include "archive/store/page_check.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "archive/store/environment.h"
#include "archive/store/lmdb_error.h"
#include "base/codec.h"

namespace nightjar::store {
namespace {

constexpr std::size_t kHeader = 16;  // p_pgno, mp_pad, mp_flags, mp_lower and mp_upper or pb_pages
constexpr std::size_t kNodeHeader = 8;
constexpr std::size_t kDbSize = 48;
constexpr std::uint16_t kBranch = 0x01;
constexpr std::uint16_t kLeaf = 0x02;
constexpr std::uint16_t kOverflow = 0x04;
constexpr std::uint16_t kBigData = 0x01;
constexpr std::uint16_t kSubData = 0x02;
constexpr std::uint64_t kNoPage = ~std::uint64_t{0};
constexpr std::uint16_t kTreeKinds = 0x7E;  // REVERSEKEY to REVERSEDUP: what changes how a tree is read
constexpr std::uint16_t kIntegerKeys = 0x08;
constexpr int kTries = 100;
constexpr unsigned kDeepest = 32;  // CURSOR_STACK
constexpr std::uint32_t kMagic = 0xBEEFC0DE;

template <typename T>
T At(ByteView bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

// MDB_db: a tree.
struct Tree {
  std::uint16_t flags = 0;
  std::uint16_t depth = 0;
  std::uint64_t branch_pages = 0;
  std::uint64_t leaf_pages = 0;
  std::uint64_t overflow_pages = 0;
  std::uint64_t entries = 0;
  std::uint64_t root = kNoPage;

  static Tree From(ByteView db) {
    return {At<std::uint16_t>(db, 4),  At<std::uint16_t>(db, 6),  At<std::uint64_t>(db, 8),
            At<std::uint64_t>(db, 16), At<std::uint64_t>(db, 24), At<std::uint64_t>(db, 32),
            At<std::uint64_t>(db, 40)};
  }
};

struct Node {
  std::uint64_t child = 0;  // of a branch
  std::uint64_t size = 0;   // of a leaf's value
  std::uint16_t flags = 0;
  ByteView key;
  ByteView data;  // of a leaf: the value, or the number of its first overflow page
};

class Checker final {
 public:
  Checker(int fd, std::size_t page_size, const std::function<void(std::uint64_t)>& seen)
      : fd_(fd), page_size_(page_size), seen_(seen) {}

  // False where the snapshot is gone already: begin another.
  Result<bool> Run(std::uint64_t snapshot);
  PageReport Take() { return std::move(report_); }

 private:
  struct Found {
    Tree counted;
    std::vector<std::pair<std::string, Tree>> tables;  // of the main tree
  };
  void Damage(std::uint64_t page, std::string text);
  Result<std::optional<Bytes>> Read(std::uint64_t page, std::uint64_t count = 1);
  bool Take(std::uint64_t page, std::uint64_t count);
  Status CheckTree(const Tree& tree, std::string name, Found& found);
  Status CheckPage(std::uint64_t page, unsigned depth, const Tree& tree, Found& found,
                   const std::optional<Bytes>& least, const std::optional<Bytes>& beyond);
  std::optional<std::vector<Node>> NodesOf(std::uint64_t page, ByteView bytes);
  Status CheckValue(std::uint64_t page, const Node& node, Found& found);
  void CheckKeys(std::uint64_t page, const std::vector<Node>& nodes, bool branch,
                 const std::optional<Bytes>& least, const std::optional<Bytes>& beyond);

  const int fd_;
  const std::size_t page_size_;
  const std::function<void(std::uint64_t)>& seen_;
  std::uint64_t last_page_ = 0;
  std::vector<bool> taken_;
  std::string table_;
  bool integer_keys_ = false;
  PageReport report_;
};

void Checker::Damage(std::uint64_t page, std::string text) {
  if (report_.damages.size() < PageReport::kMostDamages)
    report_.damages.push_back({fmt::format("page {} of {}", page, table_), std::move(text)});
}

// Nothing where the file ends before.
Result<std::optional<Bytes>> Checker::Read(std::uint64_t page, std::uint64_t count) {
  Bytes bytes(page_size_ * count, '\0');
  for (std::size_t have = 0; have < bytes.size();) {
    const ssize_t got =
        ::pread(fd_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(page * page_size_ + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read", fmt::format("page {}", page));
    if (got == 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

// False, and damage, where pages are not to be had or belong to something else already.
bool Checker::Take(std::uint64_t page, std::uint64_t count) {
  if (page < 2 || count == 0 || page > last_page_ || count > last_page_ - page + 1) {
    Damage(page, "lies outside of the file");
    return false;
  }
  for (std::uint64_t one = page; one < page + count; ++one) {
    if (taken_[one]) {
      Damage(one, "is used twice");
      return false;
    }
    taken_[one] = true;
    ++report_.pages;
    if (seen_) seen_(one);
  }
  return true;
}

Result<bool> Checker::Run(std::uint64_t snapshot) {
  for (const std::uint64_t meta : {0U, 1U}) {
    ASSIGN_OR_RETURN(const auto bytes, Read(meta));
    if (!bytes) return Fail(Code::kCorrupt, "data.mdb ends within its first two pages");
    const ByteView content = ByteView(*bytes).substr(kHeader);
    if (At<std::uint32_t>(content, 0) != kMagic || At<std::uint64_t>(content, 128) != snapshot) continue;
    if (seen_) seen_(meta);
    const off_t end = ::lseek(fd_, 0, SEEK_END);
    last_page_ = std::min<std::uint64_t>(At<std::uint64_t>(content, 120),
                                         static_cast<std::uint64_t>(end) / page_size_ - 1);
    taken_.assign(last_page_ + 1, false);
    Found main;
    RETURN_IF_ERROR(CheckTree(Tree::From(content.substr(72, kDbSize)), "the main table", main));
    for (const auto& [name, tree] : main.tables) {
      Found table;
      RETURN_IF_ERROR(CheckTree(tree, "table " + name, table));
    }
    Found free;
    integer_keys_ = true;
    RETURN_IF_ERROR(CheckTree(Tree::From(content.substr(24, kDbSize)), "the free list", free));
    return true;
  }
  return false;
}

Status Checker::CheckTree(const Tree& tree, std::string name, Found& found) {
  table_ = std::move(name);
  if ((tree.flags & kTreeKinds) != (integer_keys_ ? kIntegerKeys : 0)) {
    Damage(tree.root, "is the root of a tree of another kind");
    return {};
  }
  if (tree.root != kNoPage && (tree.depth == 0 || tree.depth > kDeepest)) {
    Damage(tree.root, "is the root of a tree of no possible depth");
    return {};
  }
  if (tree.root != kNoPage)
    RETURN_IF_ERROR(CheckPage(tree.root, tree.depth, tree, found, std::nullopt, std::nullopt));
  const Tree& counted = found.counted;
  if (counted.entries != tree.entries || counted.branch_pages != tree.branch_pages ||
      counted.leaf_pages != tree.leaf_pages || counted.overflow_pages != tree.overflow_pages)
    Damage(tree.root, "is the root of a tree whose entries or pages were counted otherwise");
  return {};
}

std::optional<std::vector<Node>> Checker::NodesOf(std::uint64_t page, ByteView bytes) {
  const auto lower = At<std::uint16_t>(bytes, 12);
  const auto upper = At<std::uint16_t>(bytes, 14);
  const bool branch = (At<std::uint16_t>(bytes, 10) & kBranch) != 0;
  if (lower < kHeader || lower % 2 != 0 || upper < lower || upper > page_size_) {
    Damage(page, "has impossible bounds");
    return std::nullopt;
  }
  std::vector<Node> nodes;
  std::size_t used = 0;
  for (std::size_t slot = kHeader; slot < lower; slot += 2) {
    const auto at = At<std::uint16_t>(bytes, slot);
    const bool fits = at >= upper && at % 2 == 0 && at + kNodeHeader <= page_size_;
    const std::uint64_t low = fits ? At<std::uint32_t>(bytes, at) : 0;
    const auto flags = fits ? At<std::uint16_t>(bytes, at + 4U) : std::uint16_t{0};
    const std::size_t key = fits ? At<std::uint16_t>(bytes, at + 6U) : 0;
    const std::uint64_t data = branch ? 0 : (flags & kBigData) != 0 ? sizeof(std::uint64_t) : low;
    const std::uint64_t size = kNodeHeader + key + data;
    used += size + size % 2;
    if (!fits || size > page_size_ - at || key > kMaxKeySize || used > page_size_ - upper) {
      Damage(page, fmt::format("has an entry, number {}, outside of itself", nodes.size()));
      return std::nullopt;
    }
    nodes.push_back({.child = low | std::uint64_t{flags} << 32,
                     .size = low,
                     .flags = flags,
                     .key = bytes.substr(at + kNodeHeader, key),
                     .data = bytes.substr(at + kNodeHeader + key, data)});
  }
  if (used == page_size_ - upper) return nodes;  // entries always lie side by side
  Damage(page, "has entries that do not fill what is taken up");
  return std::nullopt;
}

void Checker::CheckKeys(std::uint64_t page, const std::vector<Node>& nodes, bool branch,
                        const std::optional<Bytes>& least, const std::optional<Bytes>& beyond) {
  const auto order = [this](ByteView key) {
    return integer_keys_ && key.size() == sizeof(std::uint64_t) ? BigEndianKey(At<std::uint64_t>(key, 0))
                                                                : Bytes(key);
  };
  std::optional<Bytes> before;
  // The first key of a branch page says nothing: everything lies behind it.
  for (std::size_t i = branch ? 1 : 0; i < nodes.size(); ++i) {
    const Bytes key = order(nodes[i].key);
    const bool ascends = !before || *before < key;
    const bool inside = (!least || order(*least) <= key) && (!beyond || key < order(*beyond));
    if (key.empty() || !ascends || !inside) return Damage(page, fmt::format("has key {} out of order", i));
    before = key;
  }
}

Status Checker::CheckValue(std::uint64_t page, const Node& node, Found& found) {
  ++found.counted.entries;
  if ((node.flags & ~(kBigData | kSubData)) != 0 || node.flags == (kBigData | kSubData)) {
    Damage(page, "has an entry of no known kind");
  } else if (node.flags == kSubData) {
    if (node.data.size() != kDbSize || table_ != "the main table")
      Damage(page, "has a table in the place of a value");
    else
      found.tables.emplace_back(node.key, Tree::From(node.data));
  } else if (node.flags == kBigData) {
    const auto first = At<std::uint64_t>(node.data, 0);
    const std::uint64_t count = (kHeader - 1 + node.size) / page_size_ + 1;
    if (!Take(first, count)) return {};
    found.counted.overflow_pages += count;
    ASSIGN_OR_RETURN(const auto bytes, Read(first));
    if (!bytes || At<std::uint64_t>(*bytes, 0) != first || At<std::uint16_t>(*bytes, 10) != kOverflow ||
        At<std::uint32_t>(*bytes, 12) != count)
      Damage(first, "is not the beginning of the large value that it should be");
  }
  return {};
}

Status Checker::CheckPage(std::uint64_t page, unsigned depth, const Tree& tree, Found& found,
                          const std::optional<Bytes>& least, const std::optional<Bytes>& beyond) {
  if (!Take(page, 1)) return {};
  ASSIGN_OR_RETURN(const auto bytes, Read(page));
  const bool branch = depth > 1;
  const auto flags = bytes ? At<std::uint16_t>(*bytes, 10) : std::uint16_t{0};
  if (!bytes || At<std::uint64_t>(*bytes, 0) != page || flags != (branch ? kBranch : kLeaf)) {
    Damage(page, branch ? "is no branch page of its tree" : "is no leaf page of its tree");
    return {};
  }
  ++(branch ? found.counted.branch_pages : found.counted.leaf_pages);
  const auto nodes = NodesOf(page, *bytes);
  if (!nodes) return {};
  CheckKeys(page, *nodes, branch, least, beyond);
  if (nodes->empty() || (branch && nodes->size() < 2)) Damage(page, "has too few entries");
  for (std::size_t i = 0; i < nodes->size(); ++i) {
    const Node& node = (*nodes)[i];
    if (!branch) {
      RETURN_IF_ERROR(CheckValue(page, node, found));
      continue;
    }
    const auto from = i == 0 ? least : std::optional<Bytes>(node.key);
    const auto to = i + 1 < nodes->size() ? std::optional<Bytes>((*nodes)[i + 1].key) : beyond;
    RETURN_IF_ERROR(CheckPage(node.child, depth - 1, tree, found, from, to));
  }
  return {};
}

// Keeps the pages of the newest commit from being used anew.
using SnapshotPtr = std::unique_ptr<MDB_txn, decltype([](MDB_txn* txn) { mdb_txn_abort(txn); })>;
Result<SnapshotPtr> TakeSnapshot(const Environment& environment) {
  MDB_txn* txn = nullptr;
  const int code = mdb_txn_begin(environment.handle, nullptr, MDB_RDONLY, &txn);
  if (code != 0) return FailLmdb(code, "cannot begin to read", environment.folder);
  return SnapshotPtr(txn);
}

}  // namespace

Result<PageReport> CheckPages(const Options& options, const std::function<void(std::uint64_t page)>& seen) {
  Options no_tables = options;
  no_tables.tables.clear();
  no_tables.read_only = true;
  ASSIGN_OR_RETURN(const auto opened, OpenEnvironment(no_tables));
  int descriptor = -1;
  mdb_env_get_fd(opened.environment->handle, &descriptor);
  MDB_stat stat{};
  mdb_env_stat(opened.environment->handle, &stat);
  for (int tries = 0; tries < kTries; ++tries) {
    ASSIGN_OR_RETURN(const SnapshotPtr snapshot, TakeSnapshot(*opened.environment));
    Checker checker(descriptor, stat.ms_psize, seen);
    ASSIGN_OR_RETURN(const bool found, checker.Run(mdb_txn_id(snapshot.get())));
    if (found) return checker.Take();
  }
  return Fail(Code::kUnavailable, "commits come too fast to take hold of one", options.folder);
}

}  // namespace nightjar::store
