// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/crash_states/disk_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace nightjar::fault {
namespace {

using Kind = Op::Kind;

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kPage = 4096;

bool OfData(const Op& op) { return op.kind == Kind::kWrite || op.kind == Kind::kTruncate; }
bool OfNames(const Op& op) {
  return op.kind == Kind::kCreate || op.kind == Kind::kMakeFolder || op.kind == Kind::kRename ||
         op.kind == Kind::kLink || op.kind == Kind::kUnlink;
}

std::string FolderOf(const Op& op) {
  const std::string& name = op.to.empty() ? op.path : op.to;
  const std::size_t slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

bool Overlap(const Op& a, const Op& b) { return a.at < b.at + b.data.size() && b.at < a.at + a.data.size(); }

// Borders between the parts of a torn write: all pages' and a few of the sectors'.
std::vector<std::uint64_t> BordersOf(const Op& write) {
  std::vector<std::uint64_t> borders;
  const std::uint64_t end = write.at + write.data.size();
  const std::uint64_t first = write.at / kSector * kSector + kSector;
  for (std::uint64_t at = first; at < end; at += kSector)
    if (at % kPage == 0 || at == first || at + kSector >= end) borders.push_back(at);
  return borders;
}

}  // namespace

Digest DigestOf(const Tree& tree) {
  Encoder all;
  for (const auto& [path, content] : tree)
    all.Str(path).U8(content ? 1 : 0).Hash(content ? Sha256(*content) : Digest{});
  return Sha256(all.bytes());
}

void WriteTree(const Tree& tree, const std::string& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& [path, content] : tree) {
    const std::string whole = fmt::format("{}/{}", folder, path);
    if (!content) {
      std::filesystem::create_directory(whole);
      continue;
    }
    std::ofstream(whole, std::ios::binary) << *content;
    std::filesystem::permissions(whole,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

void Disk::Store(Bytes& content, const Op& op, const Fate& fate) {
  if (fate.kind == Fate::Kind::kLost) return;
  if (op.kind == Kind::kTruncate) return content.resize(op.at, '\0');
  std::uint64_t begin = op.at;
  std::uint64_t end = op.at + op.data.size();
  if (fate.kind == Fate::Kind::kHead) end = fate.border;
  if (fate.kind == Fate::Kind::kTail) begin = fate.border;
  if (content.size() < end) content.resize(end, '\0');
  if (fate.kind == Fate::Kind::kLength) return;
  content.replace(begin, end - begin, op.data, begin - op.at, end - begin);
}

void Disk::Enter(Entries& entries, const Op& op) {
  switch (op.kind) {
    case Kind::kCreate:
      entries[op.path] = op.file;
      return;
    case Kind::kMakeFolder:
      entries[op.path] = 0;
      return;
    case Kind::kLink:
      entries[op.to] = op.file;
      return;
    case Kind::kUnlink:
      entries.erase(op.path);
      return;
    case Kind::kRename:
      entries.erase(op.path);
      entries[op.to] = op.file;
      return;
    default:
      return;
  }
}

void Disk::Begun(const Op& op) {
  if (OfData(op) || OfNames(op)) open_.push_back(op);
}

void Disk::Done(const Op& op) {
  // What this makes durable, in the order in which it was done.
  const auto settles = [&](const Op& earlier) {
    if (op.kind == Kind::kSync) return OfData(earlier) && earlier.file == op.file;
    if (op.kind == Kind::kSyncFolder) return OfNames(earlier) && FolderOf(earlier) == op.path;
    return op.durable && earlier.kind == Kind::kWrite && earlier.file == op.file && Overlap(earlier, op);
  };
  if (op.kind == Kind::kWrite && op.durable) open_.push_back(op);
  for (const Op& earlier : open_) {
    if (!settles(earlier)) continue;
    if (OfData(earlier))
      Store(files_[earlier.file], earlier, {});
    else
      Enter(entries_, earlier);
  }
  std::erase_if(open_, settles);
  if (!op.durable) Begun(op);
}

Tree Disk::After(const Fates& fates) const {
  auto files = files_;
  auto entries = entries_;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (OfData(open_[i]))
      Store(files[open_[i].file], open_[i], fates[i]);
    else if (fates[i].kind != Fate::Kind::kLost)
      Enter(entries, open_[i]);
  }
  Tree tree;
  for (const auto& [path, file] : entries) {  // a folder sorts before what lies in it
    const std::size_t slash = path.rfind('/');
    const bool reachable = slash == std::string::npos || tree.contains(path.substr(0, slash));
    if (reachable) tree[path] = file == 0 ? std::nullopt : std::optional(files[file]);
  }
  return tree;
}

std::vector<Fates> ChooseFates(const std::vector<Op>& open, std::size_t mixtures, Random& random) {
  const std::size_t count = open.size();
  std::vector<Fates> chosen;
  const Fates all(count);
  const Fates none(count, Fate{Fate::Kind::kLost});
  for (std::size_t there = 0; there <= count; ++there) {
    Fates prefix = none;
    std::fill_n(prefix.begin(), there, Fate{});
    chosen.push_back(std::move(prefix));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto with = [&](const Fates& others, const Fate& fate) {
      chosen.push_back(others);
      chosen.back()[i] = fate;
    };
    with(all, {Fate::Kind::kLost});
    with(none, {});
    if (open[i].kind != Kind::kWrite) continue;
    for (const Fates& others : {all, none}) {
      with(others, {Fate::Kind::kLength});
      for (const std::uint64_t border : BordersOf(open[i])) {
        with(others, {Fate::Kind::kHead, border});
        with(others, {Fate::Kind::kTail, border});
      }
    }
  }
  for (std::size_t mixture = 0; mixture < mixtures && count > 1; ++mixture) {
    Fates fates = all;
    for (std::size_t i = 0; i < count; ++i) {
      const auto borders = open[i].kind == Kind::kWrite ? BordersOf(open[i]) : std::vector<std::uint64_t>{};
      const std::uint64_t die = random.Next() % 8;
      if (die < 3) fates[i] = {Fate::Kind::kLost};
      if (die == 3 && open[i].kind == Kind::kWrite) fates[i] = {Fate::Kind::kLength};
      if ((die == 4 || die == 5) && !borders.empty())
        fates[i] = {die == 4 ? Fate::Kind::kHead : Fate::Kind::kTail,
                    borders[random.Next() % borders.size()]};
    }
    chosen.push_back(std::move(fates));
  }
  return chosen;
}

std::string Describe(const std::vector<Op>& open, const Fates& fates) {
  static constexpr const char* kKinds[] = {"create",      "mkdir",  "write", "truncate", "sync",
                                           "sync folder", "rename", "link",  "unlink"};
  static constexpr const char* kFates[] = {"whole", "LOST", "HEAD of", "TAIL of", "LENGTH of"};
  std::string text;
  for (std::size_t i = 0; i < open.size(); ++i) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kFates[static_cast<std::size_t>(fates[i].kind)],
                        kKinds[static_cast<std::size_t>(open[i].kind)]);
    text += open[i].path.empty() ? fmt::format(" #{} at {}+{}", open[i].file, open[i].at, open[i].data.size())
                                 : " " + open[i].path;
  }
  return text;
}

}  // namespace nightjar::fault
