// SPDX-License-Identifier: Apache-2.0
// Tasks on their way: out by the way that their host takes, on the circuit of their identity, and back again.
// What an answer means is the crawl loop's to say; that it answers what was asked is checked here, and a
// fetcher that lies is replaced.
#pragma once

#include <poll.h>

#include <memory>
#include <string>
#include <vector>

#include "archive/captures/record.h"
#include "crawler/availability/observer.h"
#include "crawler/routes/routes.h"
#include "crawler/under_way.h"
#include "crawler/ways_out.h"

namespace nightjar::crawler {

// One thread.
class Outgoing final {
 public:
  struct Parts {
    WaysOut ways;
    std::unique_ptr<availability::Observer> observer;
    const Clock* clock = nullptr;
    Random* random = nullptr;
  };
  explicit Outgoing(Parts parts) : parts_(std::move(parts)), routes_(*parts_.random) {}

  // Keeps ways open and writes down what was learnt of hosts. Once in every round.
  [[nodiscard]] Status Step();
  void AddTo(std::vector<pollfd>& waiting) { parts_.ways.AddTo(waiting); }

  [[nodiscard]] std::size_t size() const { return under_way_.size(); }
  // How many of `wanted` more tasks may go out now.
  [[nodiscard]] std::size_t Allow(std::size_t wanted) {
    return parts_.ways.Allow(wanted, parts_.clock->Mono());
  }

  // Chooses the way and one of up to `circuits` circuits to the host, and sends. False: no way to hosts of
  // this class is open now. A task whose fetcher is gone comes back as lost. One with a refusal takes no
  // circuit: it is for the fetcher's signature alone.
  [[nodiscard]] bool Send(UnderWayTask task, std::uint32_t circuits);

  struct Answer {
    UnderWayTask asked;
    captures::Record record;
    captures::Exchange exchange;
  };
  struct Lost {
    UnderWayTask asked;
    frontier::Ending ending;
  };
  struct Returned {
    std::vector<frontier::LeaseId> begun;  // their requests went out; of tasks that ask to be told
    std::vector<Answer> answers;
    std::vector<Lost> lost;
  };
  // Everything that came back since the last time.
  [[nodiscard]] Returned Take();

  // A page that was read turned out to be a wall.
  void MetWall(const captures::Record& record);
  // The service would not serve this circuit.
  void TurnedAway(const routes::Identity& identity, const std::string& user) {
    routes_.Leave(identity, user, routes::Why::kBlocked);
  }

  // Ends every fetcher; new ones start by themselves. Their tasks come back as not tried.
  void Renew(const Error& why);

  [[nodiscard]] Status Finish() { return parts_.observer->Write(); }

 private:
  void TakeFrom(std::size_t way, Returned& returned);
  void LearnFrom(const captures::Record& record, const UnderWayTask& asked);
  void Lose(std::size_t way, const Error& why, frontier::Ending ending);

  Parts parts_;
  routes::Routes routes_;
  UnderWay under_way_;
  std::vector<Lost> lost_;  // for the next Take()
};

}  // namespace nightjar::crawler
