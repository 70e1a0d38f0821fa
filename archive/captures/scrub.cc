// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/scrub.h"

#include <fstream>

#include "archive/captures/checkpoint_log.h"
#include "archive/captures/stored_nodes.h"
#include "archive/evidence/leaf.h"
#include "archive/store/page_check.h"

namespace nightjar::captures {
namespace {

class Scrubber final {
 public:
  Scrubber(const Reader& reader, store::Env& env) : reader_(reader), env_(env) {}

  Status ReadCapture(CaptureNumber number);
  Status ReadCheckpoints();
  Status ReadLog(const CheckpointLog& log);
  Status CheckTail(const CheckpointLog& log);
  ScrubReport Take() { return std::move(report_); }

 private:
  void Found(std::string where, std::string text);
  void Count(const StoredCapture& capture);
  void CheckSignature(const StoredCapture& capture, const std::string& where);
  Status CheckNodes(const Digest& leaf_hash, CaptureNumber number);
  Status CheckCheckpoint(const store::ReadTxn& txn, ByteView key, ByteView note,
                         const evidence::KeyChain& keys);

  const Reader& reader_;
  store::Env& env_;
  evidence::Frontier tree_;
  ScrubReport report_;
};

void Scrubber::Found(std::string where, std::string text) {
  ++report_.problems_found;
  if (report_.problems.size() < ScrubReport::kMostProblems)
    report_.problems.push_back({std::move(where), std::move(text)});
}

void Scrubber::Count(const StoredCapture& capture) {
  const auto leaf = evidence::ParseLeaf(capture.leaf);
  const bool is_capture =
      leaf && (leaf->kind == evidence::LeafKind::kCapture || leaf->kind == evidence::LeafKind::kRejected);
  if (!is_capture)
    ++report_.log_leaves;
  else if (capture.erased_by)
    ++report_.erased;
  else if (!capture.rejected.empty())
    ++report_.rejected;
}

Status Scrubber::ReadCapture(CaptureNumber number) {
  const std::string where = "capture " + std::to_string(number.value);
  const auto capture = reader_.Get(number, Restricted::kShow);
  ++report_.captures;
  std::optional<Digest> leaf_hash;
  if (capture) {
    leaf_hash = evidence::LeafHash(capture->leaf);
    Count(*capture);
    report_.bytes += capture->request.size() + capture->head.size() + capture->body.size();
    if (capture->rejected.empty()) CheckSignature(*capture, where);
  } else {
    Found(where, capture.error().text);
  }
  ASSIGN_OR_RETURN(const auto txn, env_.Read());
  if (const auto stored = StoredNodes(txn).Get({0, number.value}); !leaf_hash && stored) leaf_hash = *stored;
  return CheckNodes(leaf_hash.value_or(Digest{}), number);
}

void Scrubber::CheckSignature(const StoredCapture& capture, const std::string& where) {
  const auto key = reader_.FetcherKey(capture.record.fetcher_key);
  if (!key) return Found(where, "its fetcher's key: " + key.error().text);
  const Exchange exchange{capture.record_text, capture.signature, capture.request, capture.head,
                          capture.body};
  if (const auto checked = CheckExchange(exchange, capture.record, *key); !checked)
    Found(where, checked.error().text);
}

// The nodes that this leaf completes, made anew from all leaves so far.
Status Scrubber::CheckNodes(const Digest& leaf_hash, CaptureNumber number) {
  std::vector<evidence::Node> completed;
  tree_.Append(leaf_hash, completed);
  ASSIGN_OR_RETURN(const auto txn, env_.Read());
  const StoredNodes nodes(txn);
  for (const evidence::Node& node : completed) {
    ++report_.nodes;
    const auto stored = nodes.Get(node.id);
    const std::string where =
        "tree node " + std::to_string(node.id.index) + " of level " + std::to_string(node.id.level);
    if (!stored) Found(where, stored.error().text);
    if (stored && *stored != node.hash)
      Found(where, "is not the hash of its leaves, up to that of capture " + std::to_string(number.value));
  }
  return {};
}

Status Scrubber::ReadCheckpoints() {
  ASSIGN_OR_RETURN(const auto keys, reader_.LogKeys());
  ASSIGN_OR_RETURN(const auto txn, env_.Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCheckpoints));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    RETURN_IF_ERROR(CheckCheckpoint(txn, entry->key, entry->value, keys));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return {};
}

Status Scrubber::CheckCheckpoint(const store::ReadTxn& txn, ByteView key, ByteView note,
                                 const evidence::KeyChain& keys) {
  ++report_.checkpoints;
  const std::uint64_t size = FromBigEndianKey(key);
  const std::string where = "checkpoint of " + std::to_string(size) + " leaves";
  const auto verified = evidence::VerifyNote(note, keys);
  if (!verified) {
    Found(where, verified.error().text);
    return {};
  }
  const auto root = evidence::RootAt(size, StoredNodes(txn));
  if (!root)
    Found(where, root.error().text);
  else if (verified->checkpoint.size != size || verified->checkpoint.root != *root)
    Found(where, "does not speak of the stored tree");
  return {};
}

// Line by line beside the table; a crawl may be adding to both meanwhile, to the log first.
Status Scrubber::ReadLog(const CheckpointLog& log) {
  ASSIGN_OR_RETURN(const auto txn, env_.Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCheckpoints));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  ASSIGN_OR_RETURN(const auto pending, txn.Get(kMeta, kMetaPending));
  std::ifstream lines(log.path(), std::ios::binary);
  std::uint64_t number = 1;
  for (std::string line; std::getline(lines, line) && !lines.eof(); ++number) {
    const bool expected = entry && line == LogLine(entry->value);
    if (!entry && (!pending || line == LogLine(*pending))) break;
    if (!expected) Found(log.path() + ", line " + std::to_string(number), "is not the stored checkpoint");
    if (!entry) break;
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  if (!entry) return CheckTail(log);
  Found(log.path(), "does not end with the newest checkpoint");
  return {};
}

// The end as it is by now. Log and table cannot be read at one moment, so a difference must last.
Status Scrubber::CheckTail(const CheckpointLog& log) {
  constexpr int kLooks = 10;
  std::string text;
  for (int look = 0; look < kLooks; ++look) {
    const auto tail = log.ReadTail();
    ASSIGN_OR_RETURN(const auto txn, env_.Read());
    ASSIGN_OR_RETURN(auto cursor, txn.Open(kCheckpoints));
    ASSIGN_OR_RETURN(const auto newest, cursor.Last());
    ASSIGN_OR_RETURN(const auto pending, txn.Get(kMeta, kMetaPending));
    const bool one = tail && !tail->torn && tail->newest.value_or("") == (newest ? newest->value : "");
    if (tail && (one || pending)) return {};
    text = tail ? "does not end with the newest checkpoint" : tail.error().text;
  }
  Found(log.path(), text);
  return {};
}

// Of a file in which LMDB must not be trusted to find its way.
ScrubReport ReportOf(store::PageReport pages) {
  ScrubReport report;
  report.problems_found = pages.damages.size();
  for (auto& damage : pages.damages)
    report.problems.push_back({std::move(damage.where), std::move(damage.text)});
  return report;
}

}  // namespace

Result<ScrubReport> Scrub(const ArchivePaths& paths,
                          const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  ASSIGN_OR_RETURN(auto pages, store::CheckPages(StoreOptions(paths, true)));
  if (!pages.damages.empty()) return ReportOf(std::move(pages));
  ASSIGN_OR_RETURN(const auto reader, Reader::Open(paths));
  ASSIGN_OR_RETURN(const auto env, store::Env::Open(StoreOptions(paths, true)));
  ASSIGN_OR_RETURN(const std::uint64_t size, reader->Size());
  Scrubber scrubber(*reader, *env);
  for (std::uint64_t number = 0; number < size; ++number) {
    RETURN_IF_ERROR(scrubber.ReadCapture(CaptureNumber{number}));
    if (!progress(number + 1, size)) return Fail(Code::kUnavailable, "the scrub was stopped");
  }
  RETURN_IF_ERROR(scrubber.ReadCheckpoints());
  RETURN_IF_ERROR(scrubber.ReadLog(CheckpointLog(LogPath(paths))));
  return scrubber.Take();
}

}  // namespace nightjar::captures
