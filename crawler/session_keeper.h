// SPDX-License-Identifier: Apache-2.0
// Keeps the sessions of a crawl: gives tasks their cookies, takes new ones from responses, watches the class
// of every page, pauses and opens queues, and makes the requests that are a session's own ("errands": login
// page, login, wall picture, a person's answer, asking a waiting room again). What a page means is decided by
// sessions/rules.h; this class does it.
//
// A session exists for each persona at each host of its job, and for a job without one at hosts where a wall
// was met. Everything that must survive is in the session store before the frontier's tick that goes with
// it; a kill between the two repeats the step.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/site_profile.h"
#include "crawler/jobs/job.h"
#include "crawler/link_follower.h"
#include "crawler/live_session.h"
#include "crawler/under_way.h"

namespace nightjar::crawler {

// One thread.
class SessionKeeper final {
 public:
  struct Parts {
    std::unique_ptr<sessions::SessionStore> store;
    std::vector<config::SiteProfile> profiles;
    bool anonymous_cookies = false;
    const captures::Reader* archive = nullptr;
    const Clock* clock = nullptr;
  };
  explicit SessionKeeper(Parts parts) : parts_(std::move(parts)) {}

  // The jobs in force. A persona serves one job at a time, the first by name: others that name it are held.
  [[nodiscard]] Status SetJobs(const std::map<JobId, jobs::Job>& jobs);

  // Once a second: what people did (answers, resumes, pauses, new secrets), quotas and working hours.
  [[nodiscard]] Status Look();

  // Whose circuit a task of this job and host travels on: the persona, or "".
  [[nodiscard]] std::string PersonaFor(const JobId& job, const std::string& host) const;

  // Just before a task is sent: cookies, and whether its exchange holds secrets.
  void Equip(handover::Task& task, const routes::Identity& identity);

  // An exchange has come back: takes its cookies. False: it is not to be stored (a wall's picture).
  [[nodiscard]] Result<bool> Took(const UnderWayTask& asked, const captures::Record& record,
                                  const captures::Exchange& exchange);
  // The fetcher died with this errand.
  void Lost(const UnderWayTask& asked);

  // A page was read. False: it is a wall or behind one, and its links lead nowhere.
  [[nodiscard]] Result<bool> Saw(const FollowedPage& page);

  struct Circuit {
    routes::Identity identity;
    std::string user;
  };
  // Circuits that a site will not serve, since the last time.
  [[nodiscard]] std::vector<Circuit> TakeTurnedAway() { return std::exchange(to_leave_, {}); }

  // A link that a session must not follow, because it would end it.
  [[nodiscard]] bool Avoids(const JobId& job, const Url& url) const;

  // Anything for the next tick?
  [[nodiscard]] bool Wants() const;
  // Holds, releases, asks again; returns up to `most` errands whose hosts may be asked now.
  [[nodiscard]] Result<std::vector<Errand>> Apply(frontier::Tick& tick, std::size_t most);
  // The errand goes out under this fetch id.
  void Sent(const Errand& errand, const std::string& fetch_id);

  // A queue of the job waits for a session: for a login, a person's answer or working hours. Its run is not
  // over, even where nothing moves. A ban is final, and holds no run open.
  [[nodiscard]] bool HoldsBack(const JobId& job) const;

  // A session is doing something by itself, so the crawl is not at rest. Waiting for a person is rest.
  [[nodiscard]] bool Busy() const;

 private:
  struct Redirect {
    std::string key;
    std::string url;
    std::string target;
    std::uint32_t depth = 0;
  };
  using Step = sessions::Step;

  [[nodiscard]] bool IsActive(const JobId& job) const;
  void DropSessionsOfOtherPersonas();
  [[nodiscard]] LiveSession* Find(const JobId& job, const std::string& host);
  [[nodiscard]] Result<LiveSession*> Make(const std::string& persona, const JobId& job,
                                          const std::string& host);
  [[nodiscard]] Result<LiveSession*> MakeForWall(const FollowedPage& page, const std::string& host);
  [[nodiscard]] Status Begin(LiveSession& live);
  [[nodiscard]] Status Enter(LiveSession& live, sessions::State state, const std::string& cause);
  [[nodiscard]] Status LookAtPersonas();
  [[nodiscard]] Status LookAtWalls();
  [[nodiscard]] Status LookAtResumes();

  [[nodiscard]] Status Do(LiveSession& live, const Step& step, const sessions::PageSeen& page);
  [[nodiscard]] Status LogIn(LiveSession& live, const Step& step, const sessions::PageSeen& page);
  [[nodiscard]] Status SubmitLogin(LiveSession& live, const sessions::PageSeen& page);
  [[nodiscard]] Status AskHuman(LiveSession& live, const Step& step, const sessions::PageSeen& page);
  [[nodiscard]] Status WaitInRoom(LiveSession& live, const Step& step, const sessions::PageSeen& page);
  [[nodiscard]] Status Open(LiveSession& live, const Step& step);
  [[nodiscard]] Status SettleLanes(frontier::Tick& tick);
  [[nodiscard]] Status ApplyTo(LiveSession& live, frontier::Tick& tick);
  [[nodiscard]] Status CloseWalls(LiveSession& live, const std::string& note);
  void PutBack(LiveSession& live, const std::string& url);
  void NoteRedirect(const std::string& key, const FollowedPage& page);
  [[nodiscard]] Status TakePicture(const Errand& errand, const captures::Exchange& exchange);
  [[nodiscard]] Status Retry(LiveSession& live, Errand errand, const std::string& why);
  void StartLogin(LiveSession& live);

  Parts parts_;
  std::map<JobId, jobs::Job> jobs_;
  std::map<std::string, LiveSession> live_;              // by session key
  std::map<std::string, sessions::Jar> anonymous_jars_;  // by job and host; only with anonymous_cookies
  std::map<std::string, std::string> persona_owner_;     // persona -> job that may use it
  std::deque<Redirect> redirects_;
  std::vector<Circuit> to_leave_;
  std::vector<std::pair<JobId, std::string>> borrowed_;  // hosts to give back in the next tick
  using Lane = std::pair<JobId, std::string>;
  std::map<Lane, bool>
      refused_;                 // of jobs whose persona serves another job or is not there; true: held by now
  std::vector<Lane> released_;  // lanes that no session holds any more
};

}  // namespace nightjar::crawler
