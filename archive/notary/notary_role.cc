// SPDX-License-Identifier: Apache-2.0
#include "archive/notary/notary_role.h"

#include <algorithm>

#include "archive/alerts/alerts.h"
#include "archive/evidence/cosignature.h"
#include "archive/places/places.h"
#include "base/log.h"

namespace nightjar::notary {
namespace {

using std::chrono::milliseconds;

// A cosignature for each checkpoint is more than a case needs and more than a witness on the other side of
// Tor should be asked for.
constexpr milliseconds kPause{10'000};
constexpr milliseconds kLongestPause{600'000};

// Everything a step needs, opened. The archive may not be there yet.
struct Opened {
  std::unique_ptr<captures::Reader> archive;
  std::unique_ptr<NotaryStore> store;
  std::unique_ptr<Notary> notary;
};

Result<Opened> Open(const config::Settings& settings, const Outside& outside, const Doors& doors) {
  Opened opened;
  ASSIGN_OR_RETURN(opened.archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(opened.store, NotaryStore::Open(settings.NotaryFolder(), NotaryStore::Mode::kWrite));
  opened.notary = std::make_unique<Notary>(Notary::Parts{.archive = opened.archive.get(),
                                                         .store = opened.store.get(),
                                                         .clock = &SystemClock(),
                                                         .random = &SystemRandom(),
                                                         .outside = outside,
                                                         .post = PostThrough(doors)});
  return opened;
}

// Tells whoever asks for the status.
void Remember(NotaryStore& store, const Status& step) {
  const auto known = store.ReadTrouble();
  Status told;
  if (!step) {
    const bool same = known && *known && (*known)->text == step.error().Format();
    if (!same) told = store.SetTrouble(Trouble{SystemClock().Utc(), step.error().Format()});
  } else if (known && *known) {
    told = store.SetTrouble(std::nullopt);
  }
  if (!told) log::warn("the notary's state cannot be stored: {}", told.error().Format());
}

// Once for each cause: a role that is started again and again does not fill the list.
void Alert(const config::Settings& settings, const Error& error) {
  log::error("ALERT: {}", error.Format());
  const auto store = alerts::AlertStore::Open(settings.AlertsFolder(), alerts::AlertStore::Mode::kWrite);
  if (!store) return;
  const auto newest = (*store)->Newest(1);
  if (newest && !newest->empty() && newest->front().text == error.text) return;
  const Status raised =
      (*store)->Raise({SystemClock().Utc(), "evidence-log", error.text, settings.evidence.origin});
  if (!raised) log::error("the alert could not be stored: {}", raised.error().Format());
}

Status StepOnce(const config::Settings& settings, Opened& opened, bool now) {
  Status step = opened.notary->Step(now);
  Remember(*opened.store, step);
  if (!step && step.error().code == Code::kCorrupt) Alert(settings, step.error());
  return step;
}

}  // namespace

Result<std::vector<evidence::Checkpoint>> AttestedCheckpoints(const config::Settings& settings) {
  std::vector<evidence::Checkpoint> attested;
  const auto store = NotaryStore::Open(settings.NotaryFolder(), NotaryStore::Mode::kReadOnly);
  if (!store && store.error().code == Code::kNotFound) return attested;
  if (!store) return tl::unexpected<Error>(store.error());
  ASSIGN_OR_RETURN(const auto cosigned, (*store)->NewestCosigned());
  if (cosigned) attested.push_back(cosigned->checkpoint);
  ASSIGN_OR_RETURN(const auto stamp, (*store)->NewestStamp());
  if (stamp) attested.push_back(stamp->checkpoint.checkpoint);
  return attested;
}

Status NotarizeNow(const config::Settings& settings, const Doors& doors) {
  ASSIGN_OR_RETURN(const Outside outside, OutsideOf(settings));
  if (outside.nobody()) return {};
  ASSIGN_OR_RETURN(Opened opened, Open(settings, outside, doors));
  return StepOnce(settings, opened, true);
}

Status RunNotary(const config::Settings& settings, const Doors& doors, const RoleOptions& options,
                 StopSignal& stop) {
  ASSIGN_OR_RETURN(const Outside outside, OutsideOf(settings));
  if (outside.nobody()) {
    return Fail(Code::kInvalidInput,
                "there is nobody to ask: set evidence.witness_url, notary.tsa_url, or both");
  }
  if (options.once) return NotarizeNow(settings, doors);
  Opened opened;
  milliseconds pause = kPause;
  do {
    if (!opened.notary) {
      auto now_there = Open(settings, outside, doors);
      if (!now_there && now_there.error().code != Code::kNotFound)
        return tl::unexpected<Error>(now_there.error());
      if (now_there) opened = std::move(*now_there);
    }
    if (!opened.notary) continue;  // no archive yet: the first crawl makes it
    Status step = StepOnce(settings, opened, false);
    if (!step && step.error().code == Code::kCorrupt) return step;
    if (!step) log::warn("{}; trying again in {} s", step.error().Format(), pause.count() / 1000);
    pause = step ? kPause : std::min(pause * 2, kLongestPause);
  } while (!stop.WaitFor(pause));
  return {};
}

Result<NotaryStatus> ReadNotaryStatus(const config::Settings& settings) {
  NotaryStatus status;
  const auto store = NotaryStore::Open(settings.NotaryFolder(), NotaryStore::Mode::kReadOnly);
  if (!store && store.error().code == Code::kNotFound) return status;
  if (!store) return tl::unexpected<Error>(store.error());
  ASSIGN_OR_RETURN(const auto cosigned, (*store)->NewestCosigned());
  const auto witness = evidence::ParseVkey(settings.evidence.witness_vkey, evidence::KeyType::kWitness);
  if (cosigned && witness) {
    if (const auto time = evidence::OpenCosignature(cosigned->note, *witness)) {
      status.cosigned_at = *time;
      status.cosigned_size = cosigned->checkpoint.size;
    }
  }
  ASSIGN_OR_RETURN(const auto stamp, (*store)->NewestStamp());
  if (stamp) {
    status.stamped_at = stamp->time;
    status.stamped_size = stamp->checkpoint.checkpoint.size;
  }
  ASSIGN_OR_RETURN(status.trouble, (*store)->ReadTrouble());
  return status;
}

}  // namespace nightjar::notary
