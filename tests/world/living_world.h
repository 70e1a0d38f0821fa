// SPDX-License-Identifier: Apache-2.0
// A world that is served and whose day can be set meanwhile: the services of its sites, and a side door for
// tests that turns the page of the calendar. The door stands on an address of its own (a unix socket or
// loopback), so that no site shows it.
//
//   GET  /day      -> {"day":0,"today":"2026-01-10"}
//   POST /day?n=1  -> the same of day 1, once every site shows it and the truth is written; 400 for no day
//
// Any day may follow any other: a world is made anew from its seed. Connections stay open; a request that
// came before the change is answered as of the day before.
#pragma once

#include "tests/world/server/service.h"
#include "tests/world/world.h"

namespace nightjar::world {

// One thread: that of the server which serves it.
class LivingWorld final {
 public:
  // The world of `plan`, on its day. Writes its truth to the file `truth`, unless that is empty.
  [[nodiscard]] static Result<std::unique_ptr<LivingWorld>> Begin(WorldPlan plan, std::string truth);

  // Makes the sites those of `day` and writes their truth. After an error everything is as it was.
  [[nodiscard]] Status TurnTo(Day day);

  [[nodiscard]] Day day() const { return plan_.day; }
  [[nodiscard]] SiteService& ServiceOf(std::size_t site) { return *services_[site]; }  // as in kSiteNames
  [[nodiscard]] Service& door() { return door_; }

 private:
  class Door final : public Service {
   public:
    explicit Door(LivingWorld& world) : world_(world) {}
    [[nodiscard]] const std::string& host() const override { return host_; }
    [[nodiscard]] Answer Respond(const Request& request) override;

   private:
    [[nodiscard]] Page Handle(const Request& request) const;
    const std::string host_ = "door";
    LivingWorld& world_;
  };

  LivingWorld(WorldPlan plan, std::string truth);
  [[nodiscard]] Status WriteTruth(const World& world) const;

  WorldPlan plan_;
  std::string truth_;
  std::unique_ptr<World> world_;
  std::vector<std::unique_ptr<SiteService>> services_;
  Door door_;
};

}  // namespace nightjar::world
