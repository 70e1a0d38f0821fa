// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier_rebuild.h"

#include <fcntl.h>
#include <stdio.h>

#include <filesystem>
#include <set>

#include "archive/places/places.h"
#include "archive/store/writer_lock.h"
#include "base/file.h"
#include "base/log.h"
#include "crawler/frontier/listing.h"
#include "crawler/jobs/job_store.h"
#include "crawler/judge.h"
#include "crawler/link_follower.h"
#include "crawler/terms.h"

namespace nightjar::crawler {
namespace {

constexpr std::uint64_t kCapturesPerTick = 2000;
constexpr std::size_t kPagesPerTick = 256;

class Rebuilding {
 public:
  Rebuilding(const config::Settings& settings, StopSignal& stop, const Clock& clock)
      : settings_(settings), stop_(stop), clock_(clock) {}

  Result<RebuiltFrontier> Into(const std::string& folder) {
    frontier::Options options;
    options.folder = folder;
    options.tries = settings_.crawl.tries;
    options.retry_delay = settings_.crawl.retry_delay;
    options.clock = &clock_;
    ASSIGN_OR_RETURN(frontier_, frontier::Frontier::Open(options));
    RETURN_IF_ERROR(SetJobs());
    auto archive = captures::Reader::Open(places::ArchiveOf(settings_));
    if (archive) {
      ASSIGN_OR_RETURN(const std::uint64_t size, (*archive)->Size());
      RETURN_IF_ERROR(RestoreCaptures(**archive, size));
      RETURN_IF_ERROR(FollowLinks(**archive, size));
    } else if (archive.error().code != Code::kNotFound) {
      return tl::unexpected(archive.error());
    }
    frontier_.reset();
    ASSIGN_OR_RETURN(const auto counts, frontier::ReadCounts(folder));
    for (const auto& job : counts.jobs) {
      const frontier::Counts& of_job = job.row.counts;
      rebuilt_.urls += of_job.waiting + of_job.done + of_job.failed + of_job.excluded;
    }
    return rebuilt_;
  }

 private:
  Status SetJobs() {
    ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings_.ControlFolder()));
    ASSIGN_OR_RETURN(const auto jobs, store->List());
    std::vector<frontier::JobTerms> terms;
    for (const auto& job : jobs) {
      terms.push_back(TermsOf(job, true));
      jobs_.insert(job.id);
    }
    ASSIGN_OR_RETURN(frontier::Tick tick, frontier_->Begin());
    RETURN_IF_ERROR(tick.SetJobs(terms));
    for (const auto& job : jobs) {
      std::vector<frontier::Candidate> seeds;
      for (const auto& seed : job.seeds) {
        ASSIGN_OR_RETURN(Url url, Url::Parse(seed));
        seeds.push_back({.url = std::move(url)});
      }
      RETURN_IF_ERROR(tick.Add(job.id, seeds));
    }
    return tick.Commit();
  }

  Status RestoreCaptures(const captures::Reader& archive, std::uint64_t size) {
    for (std::uint64_t next = 0; next < size;) {
      RETURN_IF_ERROR(CheckStop());
      ASSIGN_OR_RETURN(frontier::Tick tick, frontier_->Begin());
      for (const std::uint64_t end = std::min(size, next + kCapturesPerTick); next < end; ++next) {
        ASSIGN_OR_RETURN(const auto row, archive.GetRow(CaptureNumber{next}));
        if (row.rejected.empty()) RETURN_IF_ERROR(Restore(tick, row.record));
      }
      RETURN_IF_ERROR(tick.Commit());
      log::info("frontier rebuild: {} of {} captures", next, size);
    }
    return {};
  }

  Status Restore(frontier::Tick& tick, const captures::Record& record) {
    if (!jobs_.contains(record.job)) return {};     // removed since
    if (record.robots == kRobotsItself) return {};  // fetched under the lease of another URL
    if (!record.purpose.empty()) return {};         // a session's own request
    auto url = Url::Parse(record.url);
    if (!url) return {};
    ++rebuilt_.captures;
    frontier::PastVisit visit{.candidate = {.url = std::move(*url), .depth = record.depth},
                              .ending = JudgeExchange(record),
                              .ago = std::max(Micros(0), clock_.Utc() - record.ended)};
    if (record.via != "-") visit.candidate.via = record.via;
    return tick.Restore(record.job, visit);
  }

  // As far as there are facts: the crawl goes on from there.
  Status FollowLinks(const captures::Reader& archive, std::uint64_t size) {
    LinkFollower follower(settings_.FactsFolder(), archive, 0, clock_);
    for (;;) {
      RETURN_IF_ERROR(CheckStop());
      const std::uint64_t before = follower.cursor();
      ASSIGN_OR_RETURN(const auto pages, follower.Next(kPagesPerTick, size));
      rebuilt_.followed = follower.cursor();
      if (follower.cursor() == before) return {};
      ASSIGN_OR_RETURN(frontier::Tick tick, frontier_->Begin());
      for (const FollowedPage& page : pages) {
        const JobId& job = page.record.job;
        if (!jobs_.contains(job)) continue;
        if (wire::IsWall(
                page.facts.page_class)) {  // what is behind it was not seen, and its links lead nowhere
          if (const auto url = Url::Parse(page.record.url)) RETURN_IF_ERROR(tick.AskAgain(job, *url));
          continue;
        }
        RETURN_IF_ERROR(tick.Add(job, page.candidates));
      }
      RETURN_IF_ERROR(tick.SetCursor(follower.cursor()));
      RETURN_IF_ERROR(tick.Commit());
    }
  }

  Status CheckStop() {
    if (!stop_.token().stop_requested()) return {};
    return Fail(Code::kUnavailable, "stopped; the frontier is as it was", settings_.FrontierFolder());
  }

  const config::Settings& settings_;
  StopSignal& stop_;
  const Clock& clock_;
  std::set<JobId> jobs_;
  std::unique_ptr<frontier::Frontier> frontier_;
  RebuiltFrontier rebuilt_;
};

Status Remove(const std::string& folder) {
  std::error_code failed;
  std::filesystem::remove_all(folder, failed);
  if (failed) return Fail(Code::kIo, "cannot remove: " + failed.message(), folder);
  return {};
}

// The two folders change places, so that at every moment one of them is the frontier.
Status Exchange(const std::string& made, const std::string& place) {
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) != 0)
    return FailErrno("cannot put the new frontier in the place of the old one", place);
  return SyncFolder(std::filesystem::path(place).parent_path().string());
}

}  // namespace

Result<RebuiltFrontier> RebuildFrontier(const config::Settings& settings, StopSignal& stop,
                                        const Clock& clock) {
  const std::string place = settings.FrontierFolder();
  const std::string made = place + ".new";
  // The lock of the old one keeps crawls away; it is made here if it was deleted.
  ASSIGN_OR_RETURN(const auto lock, store::WriterLock::Acquire(place));
  RETURN_IF_ERROR(Remove(made));
  ASSIGN_OR_RETURN(const RebuiltFrontier rebuilt, Rebuilding(settings, stop, clock).Into(made));
  RETURN_IF_ERROR(Exchange(made, place));
  RETURN_IF_ERROR(OverwriteAndRemoveFolder(made));  // it may be made anew because something was to be erased
  return rebuilt;
}

}  // namespace nightjar::crawler
