// SPDX-License-Identifier: Apache-2.0
// Tasks, exchanges and ticks. What people do: session_keeper_look.cc; what pages mean:
// session_keeper_pages.cc.
#include "crawler/session_keeper.h"

#include <algorithm>

#include "base/log.h"
#include "base/site_host.h"
#include "crawler/sessions/picture.h"

namespace nightjar::crawler {

using sessions::State;

namespace {

constexpr std::uint32_t kMostTries = 5;
constexpr std::chrono::seconds kFirstRetry{10};
constexpr std::chrono::milliseconds kBetweenTries{50};  // at a host that may not be asked yet
constexpr std::size_t kMostAnonymousJars = 10'000;

}  // namespace

bool SessionKeeper::IsActive(const JobId& job) const {
  const auto found = jobs_.find(job);
  return found != jobs_.end() && found->second.state == jobs::JobState::kActive;
}

LiveSession* SessionKeeper::Find(const JobId& job, const std::string& host) {
  const auto found = live_.find(sessions::KeyOf(PersonaFor(job, host), job, host));
  return found == live_.end() ? nullptr : &found->second;
}

std::string SessionKeeper::PersonaFor(const JobId& job, const std::string& host) const {
  const auto found = jobs_.find(job);
  if (found == jobs_.end() || found->second.persona.empty()) return {};
  const std::string& persona = found->second.persona;
  const auto owner = persona_owner_.find(persona);
  if (owner == persona_owner_.end() || owner->second != job.value) return {};
  return live_.contains(sessions::KeyOf(persona, job, host)) ? persona : std::string();
}

Result<LiveSession*> SessionKeeper::Make(const std::string& persona, const JobId& job,
                                         const std::string& host) {
  const std::string key = sessions::KeyOf(persona, job, host);
  if (const auto there = live_.find(key); there != live_.end()) return &there->second;
  ASSIGN_OR_RETURN(auto stored, parts_.store->GetSession(key));
  ASSIGN_OR_RETURN(sessions::Jar jar, parts_.store->GetJar(key, host));
  sessions::Session session = stored.value_or(sessions::Session{});
  session.persona = persona;
  session.job = job;
  session.host = host;
  LiveSession& live = live_.emplace(key, LiveSession(std::move(session), std::move(jar))).first->second;
  for (const config::SiteProfile& profile : parts_.profiles)
    if (std::ranges::find(profile.hosts, host) != profile.hosts.end() && profile.login)
      live.recipe = &*profile.login;
  return &live;
}

Status SessionKeeper::Enter(LiveSession& live, State state, const std::string& cause) {
  log::info("session {}: {}: {}", sessions::KeyOf(live.session), sessions::StateName(state), cause);
  live.session.Enter(state, cause, parts_.clock->Utc());
  return parts_.store->PutSession(live.session);
}

void SessionKeeper::Equip(handover::Task& task, const routes::Identity& identity) {
  const auto url = Url::Parse(task.url);
  if (!url) return;
  const UtcTime now = parts_.clock->Utc();
  if (LiveSession* live = Find(identity.job, identity.host)) {
    task.cookies = live->jar.LineFor(*url, now);
    live->session.usage.Count(now);
  } else if (const auto jar = anonymous_jars_.find(sessions::KeyOf("", identity.job, identity.host));
             jar != anonymous_jars_.end()) {
    task.cookies = jar->second.LineFor(*url, now);
  }
  task.redact =
      !identity.persona.empty() || !task.cookies.empty() || task.purpose != handover::Purpose::kPage;
}

Result<bool> SessionKeeper::Took(const UnderWayTask& asked, const captures::Record& record,
                                 const captures::Exchange& exchange) {
  const auto url = Url::Parse(asked.task.url);
  LiveSession* live = Find(asked.identity.job, asked.identity.host);
  const UtcTime now = parts_.clock->Utc();
  if (live != nullptr && url && live->jar.Take(*url, exchange.head, now)) {
    RETURN_IF_ERROR(parts_.store->PutJar(sessions::KeyOf(live->session), live->jar));
  } else if (live == nullptr && url && parts_.anonymous_cookies &&
             anonymous_jars_.size() < kMostAnonymousJars) {
    const std::string key = sessions::KeyOf("", asked.identity.job, asked.identity.host);
    sessions::Jar& jar = anonymous_jars_.try_emplace(key, asked.identity.host).first->second;
    jar.Take(*url, exchange.head, now);
    if (jar.cookies().empty()) anonymous_jars_.erase(key);
  }
  if (asked.errand.empty()) return true;
  borrowed_.emplace_back(asked.identity.job, asked.identity.host);
  const bool is_picture = asked.task.purpose == handover::Purpose::kWallImage;
  if (live == nullptr || !live->errand || live->fetch_id != asked.task.fetch_id) return !is_picture;
  Errand errand = *live->errand;
  const bool came = record.http_status != 0 && (record.outcome == captures::Outcome::kOk ||
                                                record.outcome == captures::Outcome::kTruncated);
  if (!came) {
    RETURN_IF_ERROR(Retry(*live, std::move(errand), std::string(captures::OutcomeName(record.outcome))));
    return !is_picture;
  }
  if (is_picture) {
    live->errand.reset();
    RETURN_IF_ERROR(TakePicture(errand, exchange));
  }
  return !is_picture;
}

void SessionKeeper::Lost(const UnderWayTask& asked) {
  borrowed_.emplace_back(asked.identity.job, asked.identity.host);
  LiveSession* live = Find(asked.identity.job, asked.identity.host);
  if (live == nullptr || !live->errand || live->fetch_id != asked.task.fetch_id) return;
  Errand errand = *live->errand;
  if (const Status again = Retry(*live, std::move(errand), "the fetcher was lost"); !again)
    log::error("session {}: {}", asked.errand, again.error().Format());
}

Status SessionKeeper::Retry(LiveSession& live, Errand errand, const std::string& why) {
  live.fetch_id.clear();
  if (++errand.tries < kMostTries) {
    errand.due = parts_.clock->Mono() + kFirstRetry * (1 << errand.tries) / 2;
    live.errand = std::move(errand);
    return {};
  }
  live.errand.reset();
  if (errand.purpose == handover::Purpose::kWallImage)
    return parts_.store->ChangeWall(errand.wall, [&](sessions::Wall& wall) -> Status {
      wall.note = "a picture could not be fetched: " + why;
      return {};
    });
  return Enter(live, State::kNeedsHuman,
               "a request of the session failed " + std::to_string(errand.tries) + " times: " + why);
}

// The next picture of the wall follows, if there is one.
Status SessionKeeper::TakePicture(const Errand& errand, const captures::Exchange& exchange) {
  const auto picture = sessions::PictureIn(exchange.head, exchange.body);
  std::optional<Errand> next;
  RETURN_IF_ERROR(parts_.store->ChangeWall(errand.wall, [&](sessions::Wall& wall) -> Status {
    if (errand.picture >= wall.pictures.size()) return {};
    sessions::WallPicture& place = wall.pictures[errand.picture];
    place.sha256 = Sha256(exchange.body);
    if (picture) {
      place.bytes = *picture;
      place.sha256 = Sha256(*picture);
    } else {
      wall.note = picture.error().text;
    }
    for (std::size_t i = errand.picture + 1; i < wall.pictures.size() && !next; ++i) {
      if (wall.pictures[i].url.empty()) continue;
      next = errand;
      next->picture = i;
      next->url = wall.pictures[i].url;
      next->tries = 0;
    }
    return {};
  }));
  LiveSession* live = Find(errand.job, errand.host);
  if (live != nullptr && next) live->errand = std::move(next);
  return {};
}

bool SessionKeeper::Avoids(const JobId& job, const Url& url) const {
  const auto site = SiteHost::Parse(url.host());
  return site && !PersonaFor(job, site->name()).empty() && sessions::EndsASession(url.Href());
}

bool SessionKeeper::Wants() const {
  if (!borrowed_.empty() || !released_.empty()) return true;
  if (std::ranges::any_of(refused_, [](const auto& lane) { return !lane.second; })) return true;
  const UtcTime utc = parts_.clock->Utc();
  const MonoTime now = parts_.clock->Mono();
  return std::ranges::any_of(live_, [&](const auto& entry) {
    const LiveSession& live = entry.second;
    const bool errand =
        live.errand && live.fetch_id.empty() && live.errand->due <= now && IsActive(live.session.job);
    return errand || !live.again.empty() || live.applied != live.ReasonToHold(utc);
  });
}

Result<std::vector<Errand>> SessionKeeper::Apply(frontier::Tick& tick, std::size_t most) {
  RETURN_IF_ERROR(SettleLanes(tick));
  const MonoTime now = parts_.clock->Mono();
  std::vector<Errand> errands;
  for (auto& [key, live] : live_) {
    RETURN_IF_ERROR(ApplyTo(live, tick));
    const bool ready =
        live.errand && live.fetch_id.empty() && live.errand->due <= now && IsActive(live.session.job);
    if (!ready || errands.size() >= most) continue;
    ASSIGN_OR_RETURN(const bool may, tick.Borrow(live.session.job, live.session.host));
    if (may)
      errands.push_back(*live.errand);
    else
      live.errand->due = now + kBetweenTries;
  }
  return errands;
}

// What no living session stands for.
Status SessionKeeper::SettleLanes(frontier::Tick& tick) {
  for (const auto& [job, host] : borrowed_) RETURN_IF_ERROR(tick.GiveBack(job, host));
  borrowed_.clear();
  for (auto& [lane, held] : refused_) {
    if (!held)
      RETURN_IF_ERROR(
          tick.HoldLane(lane.first, lane.second, "session: the persona is not free, or not there"));
    held = true;
  }
  for (const auto& [job, host] : released_) RETURN_IF_ERROR(tick.ReleaseLane(job, host));
  released_.clear();
  return {};
}

Status SessionKeeper::ApplyTo(LiveSession& live, frontier::Tick& tick) {
  const auto& [job, host] = std::tie(live.session.job, live.session.host);
  const std::string reason = live.ReasonToHold(parts_.clock->Utc());
  if (live.applied != reason) {
    if (reason.empty()) {
      RETURN_IF_ERROR(tick.ReleaseLane(job, host));
    } else {
      RETURN_IF_ERROR(tick.HoldLane(job, host, reason));
    }
    live.applied = reason;
  }
  for (const std::string& url : std::exchange(live.again, {})) {
    ASSIGN_OR_RETURN(const Url parsed, Url::Parse(url));
    RETURN_IF_ERROR(tick.AskAgain(job, parsed));
  }
  return {};
}

void SessionKeeper::Sent(const Errand& errand, const std::string& fetch_id) {
  const auto found = live_.find(errand.session);
  if (found != live_.end()) found->second.fetch_id = fetch_id;
}

bool SessionKeeper::HoldsBack(const JobId& job) const {
  const UtcTime utc = parts_.clock->Utc();
  return std::ranges::any_of(live_, [&](const auto& entry) {
    const LiveSession& live = entry.second;
    if (live.session.job != job || live.session.state() == sessions::State::kBanned) return false;
    return live.errand || !live.again.empty() || !live.ReasonToHold(utc).empty();
  });
}

bool SessionKeeper::Busy() const {
  return std::ranges::any_of(live_, [&](const auto& entry) {
    const LiveSession& live = entry.second;
    return (live.errand && IsActive(live.session.job)) || !live.again.empty();
  });
}

}  // namespace nightjar::crawler
