// SPDX-License-Identifier: Apache-2.0
#include "tests/world/living_world.h"

#include "base/file.h"
#include "base/json.h"

namespace nightjar::world {

LivingWorld::LivingWorld(WorldPlan plan, std::string truth)
    : plan_(std::move(plan)), truth_(std::move(truth)), door_(*this) {}

Result<std::unique_ptr<LivingWorld>> LivingWorld::Begin(WorldPlan plan, std::string truth) {
  std::unique_ptr<LivingWorld> living(new LivingWorld(std::move(plan), std::move(truth)));
  RETURN_IF_ERROR(living->TurnTo(living->plan_.day));
  return living;
}

Status LivingWorld::TurnTo(Day day) {
  WorldPlan plan = plan_;
  plan.day = day;
  ASSIGN_OR_RETURN(std::unique_ptr<World> world, World::Make(plan));
  RETURN_IF_ERROR(WriteTruth(*world));
  for (std::size_t i = 0; i < world->sites().size(); ++i) {
    if (i < services_.size()) {
      services_[i]->Show(*world->sites()[i]);
    } else {
      services_.push_back(std::make_unique<SiteService>(*world->sites()[i]));
    }
  }
  world_ = std::move(world);
  plan_.day = day;
  return {};
}

Status LivingWorld::WriteTruth(const World& world) const {
  return truth_.empty() ? Status() : WriteFileDurably(truth_, world.TruthJson());
}

Answer LivingWorld::Door::Respond(const Request& request) {
  const Page page = Handle(request);
  return {std::make_shared<const Bytes>(EncodeAnswer(page, request)), page.status,
          ClosesAfter(page, request)};
}

Page LivingWorld::Door::Handle(const Request& request) const {
  Page page;
  page.content_type = "text/plain; charset=utf-8";
  const auto refuse = [&](int status, std::string_view why) {
    page.status = status;
    page.body = std::string(why) + "\n";
    return page;
  };
  if (request.path != "/day") return refuse(404, "only /day is here");
  if (request.method == "POST") {
    const std::optional<std::uint64_t> day = request.QueryNumber("n");
    if (!day || *day > static_cast<std::uint64_t>(kMaxDay)) return refuse(400, "n is no day of the world");
    if (const Status turned = world_.TurnTo(static_cast<Day>(*day)); !turned)
      return refuse(500, turned.error().Format());
  }
  page.content_type = "application/json";
  page.body = json::serialize(json::object{{"day", world_.day()}, {"today", IsoDay(world_.day())}}) + "\n";
  return page;
}

}  // namespace nightjar::world
