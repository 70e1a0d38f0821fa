// SPDX-License-Identifier: Apache-2.0
// Where jobs look at robots.txt: is it known for this origin, must it be fetched first, what does it say?
//
// The file is fetched as a capture like any other, under the lease of the URL that needs it, so politeness
// and circuits are those of any task; it counts against no budget. Its text comes from the facts, for only
// the jail undoes codings; until they are there the host's URLs go back to their places. What was learnt is
// kept for a day.
//
// Every URL is judged when it is leased, not when a link to it is found: what is forbidden has then a lease
// under which a record of that can be made (refusal.h).
//
// RFC 9309, section 2.3.1: no such file (any answer but 2xx, 429 and 5xx; redirects are not followed) allows
// everything; one that cannot be reached allows nothing to a job that obeys: the URL's attempt then ends as
// the file's did, and costs it a try.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "archive/captures/record.h"
#include "crawler/frontier/frontier.h"
#include "crawler/jobs/job.h"
#include "crawler/jobs/robots_files.h"
#include "crawler/link_follower.h"
#include "crawler/robots/robots.h"

namespace nightjar::crawler {

inline constexpr std::chrono::hours kRobotsKeptFor{24};         // RFC 9309, section 2.4
inline constexpr std::chrono::minutes kUnreachableKeptFor{10};  // where the job only records

// One thread.
class RobotsDesk final {
 public:
  RobotsDesk(std::unique_ptr<jobs::RobotsFiles> store, const Clock& clock)
      : store_(std::move(store)), clock_(clock) {}

  struct Advice {
    enum class Step {
      kGo,        // fetch it; `robots` goes into the record
      kAskFirst,  // fetch `robots_url` instead, under this lease, with kRobotsItself for the record
      kWait,      // the file is on its way
      kRefuse,    // the job obeys, and the file forbids it: have that recorded, with `robots` and `refusal`
    };
    Step step = Step::kGo;
    std::string robots = {};
    std::string robots_url = {};
    std::string refusal = {};
  };
  // What to do with a leased task. kAskFirst counts as asked: end it with Answered() or Lost().
  [[nodiscard]] Result<Advice> Advise(const jobs::Job& job, const std::string& url);

  // The file's exchange ended; `ending` is what it would mean for a page. Returns what it means for the URL
  // under whose lease it was fetched.
  [[nodiscard]] Result<frontier::Ending> Answered(const jobs::Job& job, const captures::Record& record,
                                                  const frontier::Ending& ending);
  // The facts of a capture of kRobotsItself.
  [[nodiscard]] Status TakeText(const JobId& job, const RobotsText& found);
  void LostAll();  // the fetcher was lost: what was asked is to be asked again

  // Something is on its way that may free URLs of this job.
  [[nodiscard]] bool Awaits(const JobId& job) const;

 private:
  using Place = std::pair<JobId, std::string>;  // and the origin
  struct Known {
    jobs::RobotsFile::Kind kind = jobs::RobotsFile::Kind::kNone;
    UtcTime fetched;
    std::string sha256;
    robots::Robots rules;
  };
  enum class Stage { kAsked, kReading };
  struct Awaited {
    Stage stage = Stage::kAsked;
    MonoTime since;
  };
  [[nodiscard]] Result<const Known*> Find(const jobs::Job& job, const Place& place);
  [[nodiscard]] Status Learn(const Place& place, const jobs::RobotsFile& file);
  const Known* Remember(const Place& place, const jobs::RobotsFile& file);

  const std::unique_ptr<jobs::RobotsFiles> store_;
  const Clock& clock_;
  std::map<Place, Known> known_;  // of the store's, those in use; bounded
  std::map<Place, Awaited> awaited_;
};

}  // namespace nightjar::crawler
