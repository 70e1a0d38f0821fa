// SPDX-License-Identifier: Apache-2.0
// What people and the clock do to sessions.
#include <algorithm>

#include "base/log.h"
#include "crawler/session_keeper.h"
#include "crawler/sessions/handoff.h"

namespace nightjar::crawler {

using sessions::State;
using sessions::Wall;
using sessions::WallState;

namespace {

bool HasInput(const wire::Form& form, const std::string& name) {
  return std::ranges::find(form.inputs, name, &wire::FormInput::name) != form.inputs.end();
}

// The form of a wall with a person's answers, and the account where the form asks for it and the person left
// it out.
Errand AnswerTo(const Wall& wall, const LiveSession& live) {
  sessions::Answers set;
  if (live.means().CanLogIn()) {
    for (const auto& [name, value] : {std::pair{live.recipe->user_field, live.persona->username},
                                      std::pair{live.recipe->password_field, live.persona->password}})
      if (HasInput(wall.form, name)) set.emplace_back(name, value);
  }
  set.insert(set.end(), wall.answers.begin(), wall.answers.end());  // later ones win
  const bool post = wall.form.method == "post";
  std::string form = sessions::FillIn(wall.form, set);
  std::string url = wall.form.action;
  if (!post) url = url.substr(0, url.find('?')) + "?" + std::exchange(form, "");
  return {.session = sessions::KeyOf(live.session),
          .job = live.session.job,
          .host = wall.host,
          .purpose = handover::Purpose::kAnswer,
          .asked = sessions::Asked::kAnswer,
          .url = std::move(url),
          .post = post,
          .form = std::move(form),
          .via = wall.url,
          .wall = wall.id};
}

}  // namespace

Status SessionKeeper::SetJobs(const std::map<JobId, jobs::Job>& jobs) {
  jobs_ = jobs;
  DropSessionsOfOtherPersonas();
  persona_owner_.clear();
  for (const auto& [id, job] : jobs_)
    if (job.state == jobs::JobState::kActive && !job.persona.empty())
      persona_owner_.try_emplace(job.persona, id.value);
  ASSIGN_OR_RETURN(const auto stored, parts_.store->ListSessions());
  for (const sessions::Session& session : stored) {
    if (!session.persona.empty() || !jobs_.contains(session.job)) continue;
    ASSIGN_OR_RETURN(LiveSession * live, Make("", session.job, session.host));
    RETURN_IF_ERROR(Begin(*live));
  }
  return LookAtPersonas();
}

// A job may be gone, or crawl as somebody else from now on.
void SessionKeeper::DropSessionsOfOtherPersonas() {
  std::erase_if(live_, [&](const auto& entry) {
    const sessions::Session& session = entry.second.session;
    const auto job = jobs_.find(session.job);
    if (job == jobs_.end()) return true;
    if (session.persona.empty() || job->second.persona == session.persona) return false;
    released_.emplace_back(session.job, session.host);
    return true;
  });
}

// A session that an earlier process left in the middle of something begins that again.
Status SessionKeeper::Begin(LiveSession& live) {
  if (live.applied || live.errand) return {};  // it runs already
  switch (live.session.history.empty() ? State::kLoggedOut : live.session.state()) {
    case State::kLoggedOut:
      if (!live.session.persona.empty() && live.means().CanLogIn()) {
        RETURN_IF_ERROR(Enter(live, State::kLoggedOut, "the persona is to log in"));
        StartLogin(live);
        return {};
      }
      return Enter(live, State::kAlive, "begins without a login");
    case State::kLoggingIn:
    case State::kExpired:
    case State::kWaiting:
      return Enter(live, State::kAlive, "the crawl was started again");
    default:
      return {};
  }
}

Status SessionKeeper::Look() {
  RETURN_IF_ERROR(LookAtPersonas());
  RETURN_IF_ERROR(LookAtResumes());
  return LookAtWalls();
}

Status SessionKeeper::LookAtPersonas() {
  std::vector<sessions::Persona> personas;
  if (!persona_owner_.empty()) {
    ASSIGN_OR_RETURN(personas, parts_.store->ListPersonas());
  }
  std::map<Lane, bool> refused;
  for (const auto& [id, job] : jobs_) {
    if (job.persona.empty() || !IsActive(id)) continue;
    const auto persona = std::ranges::find(personas, job.persona, &sessions::Persona::id);
    const bool mine = persona != personas.end() && persona_owner_.at(job.persona) == id.value;
    for (const std::string& host : job.hosts) {
      if (!mine) {
        const auto before = refused_.find({id, host});
        refused[{id, host}] = before != refused_.end() && before->second;
        continue;
      }
      if (std::ranges::find(persona->hosts, host) == persona->hosts.end()) continue;
      ASSIGN_OR_RETURN(LiveSession * live, Make(job.persona, id, host));
      live->session.job = id;
      live->persona = *persona;
      RETURN_IF_ERROR(Begin(*live));
    }
  }
  for (const auto& [lane, held] : refused_)
    if (!refused.contains(lane) && Find(lane.first, lane.second) == nullptr) released_.push_back(lane);
  refused_ = std::move(refused);
  return {};
}

Status SessionKeeper::LookAtResumes() {
  ASSIGN_OR_RETURN(const auto keys, parts_.store->TakeResumes());
  for (const std::string& key : keys) {
    const auto found = live_.find(key);
    if (found == live_.end()) continue;
    LiveSession& live = found->second;
    ASSIGN_OR_RETURN(live.jar, parts_.store->GetJar(key, live.session.host));  // cookies may be new
    live.errand.reset();
    live.fetch_id.clear();
    live.walled.clear();
    live.session.failed_logins = 0;
    live.session.waits = 0;
    RETURN_IF_ERROR(CloseWalls(live, "a person resumed the session"));
    RETURN_IF_ERROR(Enter(live, State::kAlive, "a person resumed the session"));
  }
  return {};
}

Status SessionKeeper::LookAtWalls() {
  if (live_.empty()) return {};
  ASSIGN_OR_RETURN(const auto walls, parts_.store->ListWalls());
  for (const Wall& wall : walls) {
    if (wall.state != WallState::kAnswered) continue;
    const auto found = live_.find(sessions::KeyOf(wall.persona, wall.job, wall.host));
    if (found == live_.end()) continue;
    LiveSession& live = found->second;
    if (live.errand && !live.fetch_id.empty()) continue;  // a picture is still on its way
    live.errand = AnswerTo(wall, live);
    live.fetch_id.clear();
    RETURN_IF_ERROR(parts_.store->ChangeWall(wall.id, [](Wall& stored) -> Status {
      stored.state = WallState::kSubmitted;
      return {};
    }));
  }
  return {};
}

}  // namespace nightjar::crawler
