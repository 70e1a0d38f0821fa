// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_role.h"

#include <algorithm>

#include "archive/blocklist/blocklist.h"
#include "archive/facts/readers.h"
#include "archive/places/places.h"
#include "archive/store/watermark.h"
#include "base/child.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/log.h"
#include "config/site_profile.h"
#include "indexer/alert_runner.h"
#include "indexer/folders.h"
#include "indexer/follower.h"
#include "indexer/forget.h"
#include "indexer/item_events.h"
#include "indexer/query/query.h"
#include "indexer/role_lock.h"
#include "sandbox/pool/pool.h"

namespace nightjar::indexer {
namespace {

using config::Settings;

constexpr std::chrono::milliseconds kFirstPause(1000);     // after a failure that may pass ...
constexpr std::chrono::milliseconds kLongestPause(30000);  // ... doubled at each one up to this

// Everything the role reads from and writes to, beside the index.
struct Stores {
  std::unique_ptr<captures::Reader> archive;
  std::unique_ptr<facts::FactsStore> facts;
  std::unique_ptr<pool::Pool> jail;
  SiteNames sites;
  std::string reader;  // this build with these profiles in these walls
};

Result<Stores> OpenStores(const Settings& settings) {
  Stores stores;
  ASSIGN_OR_RETURN(stores.archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(stores.facts,
                   facts::FactsStore::Open(settings.FactsFolder(), facts::FactsStore::Mode::kWrite));
  ASSIGN_OR_RETURN(const auto sites, config::LoadSiteProfiles(settings.sessions.profiles));
  ASSIGN_OR_RETURN(stores.jail,
                   pool::Pool::Start({.program = OwnFolder() + "/nightjar-parser",
                                      .profiles = config::ReadingRulesOf(sites),
                                      .workers = settings.index.workers,
                                      .deadline = settings.index.document_deadline,
                                      .documents_per_worker = settings.index.documents_per_worker}));
  const std::string walls = stores.jail->sandbox();
  stores.sites = SiteNames(sites);
  Encoder reader;
  reader.Str(wire::kExtractor).Str(walls).Str(config::ReadingRulesOf(sites));
  stores.reader = Sha256(reader.bytes()).Hex();
  if (walls != "full")
    log::warn("the readers' jail is {}: this system denies user namespaces; `nightjar doctor` says more",
              walls);
  RETURN_IF_ERROR(facts::NoteReaders(settings.FactsFolder(), walls));
  return stores;
}

// One life of a writer: from opening the index to the first error, or the end.
Status FollowOnce(const Settings& settings, const Stores& stores, const std::string& index_folder,
                  Follower::Options how, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const OwnWords words, OwnWords::Load(settings.index));  // the writer's threads use it
  ASSIGN_OR_RETURN(const std::unique_ptr<IndexWriter> writer, IndexWriter::Open(index_folder));
  ASSIGN_OR_RETURN(const auto items,
                   items::ItemStore::Open(ItemsFolder(index_folder), items::ItemStore::Mode::kWrite));
  ItemKeeper keeper(*items, stores.sites);
  how.items = &keeper;
  how.archive = stores.archive.get();
  how.facts = stores.facts.get();
  how.index = writer.get();
  masks::MaskFinder masks(settings.ControlFolder());
  how.masks = &masks;
  how.words = &words;
  how.clock = &SystemClock();
  how.read = [&](const wire::Document& document) { return stores.jail->Read(document); };
  how.reader = stores.reader;
  how.threads = std::max(1U, settings.index.workers);
  how.commit_interval = settings.index.commit_interval;
  how.commit_documents = settings.index.commit_documents;
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  store::Watermark disk(settings.data, settings.disk.PauseBelow(), SystemClock());
  how.hold = [&] { return disk.Low(); };
  how.leave_out = [&](const std::string& host) { return blocked.Ask(host); };
  return Follower(std::move(how)).Run(stop);
}

// Opened for each call: the folder may be another one after an erasure. For writing, as the role has it open.
watch::EventsFrom EventsIn(const std::string& index_folder) {
  return [folder = ItemsFolder(index_folder)](std::uint64_t first,
                                              std::size_t most) -> Result<std::vector<watch::ItemEvent>> {
    ASSIGN_OR_RETURN(const auto items, items::ItemStore::Open(folder, items::ItemStore::Mode::kWrite));
    return EventsOf(*items)(first, most);
  };
}

// The archive appears when the crawl role first runs.
Status WaitForArchive(const Settings& settings, StopSignal& stop) {
  bool told = false;
  while (true) {
    const auto archive = captures::Reader::Open(places::ArchiveOf(settings));
    if (archive || archive.error().code != Code::kNotFound) return {};
    if (!told) log::info("waiting for the archive at {}", settings.ArchiveFolder());
    told = true;
    if (stop.WaitFor(kFirstPause)) return {};
  }
}

bool MayPass(const Error& error) {
  return error.code == Code::kFull || error.code == Code::kIo || error.code == Code::kUnavailable;
}

}  // namespace

Status RunIndex(const Settings& settings, const IndexOptions& options, StopSignal& stop) {
  ASSIGN_OR_RETURN(const UniqueFd lock, TakeRoleLock(settings.IndexFolder()));
  if (!options.until_caught_up) RETURN_IF_ERROR(WaitForArchive(settings, stop));
  if (stop.token().stop_requested()) return {};
  RETURN_IF_ERROR(ForgetErased(settings));
  ASSIGN_OR_RETURN(const Stores stores, OpenStores(settings));
  blocklist::LiveBlocklist hidden(blocklist::ReadingOptionsOf(settings), SystemClock());
  ASSIGN_OR_RETURN(
      const auto alerts,
      AlertRunner::Start(settings, {.events = EventsIn(settings.IndexFolder()),
                                    .hidden = [&](const std::string& host) { return hidden.Ask(host); }}));
  for (std::chrono::milliseconds pause = kFirstPause;; pause = std::min(2 * pause, kLongestPause)) {
    Status ended = FollowOnce(settings, stores, settings.IndexFolder(),
                              {.until_caught_up = options.until_caught_up,
                               .searchable = [&](std::uint64_t below) { alerts->Tell(below); }},
                              stop.token());
    if (ended && options.until_caught_up) alerts->Finish(stop);
    if (ended || !MayPass(ended.error()) || options.until_caught_up) return ended;
    log::error("indexing pauses for {} s: {}",
               std::chrono::duration_cast<std::chrono::seconds>(pause).count(), ended.error().Format());
    if (stop.WaitFor(pause)) return {};
  }
}

Status RebuildIndex(const Settings& settings, bool reread, StopSignal& stop) {
  ASSIGN_OR_RETURN(const UniqueFd lock, TakeRoleLock(settings.IndexFolder()));
  ASSIGN_OR_RETURN(const Stores stores, OpenStores(settings));
  const std::string fresh = settings.IndexFolder() + ".rebuild";
  RETURN_IF_ERROR(RemoveFolder(fresh));  // of a rebuild that was interrupted
  RETURN_IF_ERROR(
      FollowOnce(settings, stores, fresh, {.reread = reread, .until_caught_up = true}, stop.token()));
  if (stop.token().stop_requested()) {
    RETURN_IF_ERROR(RemoveFolder(fresh));
    return Fail(Code::kUnavailable, "the rebuild was interrupted; the old index stays in use",
                settings.IndexFolder());
  }
  RETURN_IF_ERROR(SwapFolders(fresh, settings.IndexFolder()));
  return RemoveFolder(fresh);
}

Result<IndexStatus> ReadIndexStatus(const Settings& settings) {
  ASSIGN_OR_RETURN(const auto searcher,
                   query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
  ASSIGN_OR_RETURN(const query::Totals totals, searcher->ReadTotals());
  return IndexStatus{.captures_indexed = totals.cursor, .documents = totals.documents};
}

}  // namespace nightjar::indexer
