// SPDX-License-Identifier: Apache-2.0
// What a page means for its session, done.
#include <algorithm>

#include "base/log.h"
#include "base/site_host.h"
#include "crawler/session_keeper.h"

namespace nightjar::crawler {

using sessions::Asked;
using sessions::Move;
using sessions::PageSeen;
using sessions::State;
using sessions::Wall;
using sessions::WallState;
using wire::PageClass;

namespace {

constexpr std::size_t kMostRedirects = 1024;
constexpr int kOwnPageAfter = 3;  // a URL that met a wall so often is a login page or the like itself
constexpr std::size_t kMostWalledUrls = 4096;

std::string HostOf(const std::string& url) {
  const auto site = SiteHost::OfUrl(url);
  return site ? site->name() : std::string();
}

PageSeen SeenOf(const FollowedPage& page) {
  return {.number = page.number,
          .asked = Asked::kPage,
          .url = page.record.url,
          .route = page.record.route,
          .depth = page.record.depth,
          .started = page.record.started,
          .status = page.record.http_status,
          .facts = &page.facts};
}

// The form's action, where the hand-off can send it: the same service.
wire::Form OfferedForm(const wire::Facts& facts, const std::string& host) {
  const wire::Form* form = sessions::FormToFill(facts.forms);
  return form != nullptr && HostOf(form->action) == host ? *form : wire::Form{};
}

}  // namespace

Result<bool> SessionKeeper::Saw(const FollowedPage& page) {
  const std::string host = HostOf(page.record.url);
  LiveSession* live = Find(page.record.job, host);
  const bool looks_walled = wire::IsWall(page.facts.page_class);
  if (live == nullptr && !looks_walled) {
    NoteRedirect(sessions::KeyOf("", page.record.job, host), page);
    return true;
  }
  if (live == nullptr) {
    ASSIGN_OR_RETURN(live, MakeForWall(page, host));
  }
  PageSeen seen = SeenOf(page);
  const bool errand = live->errand && live->fetch_id == page.record.fetch_id;
  if (errand) seen.asked = live->errand->asked;
  if (!errand && !page.record.purpose.empty()) return false;  // of a process before this one
  const bool own_page = live->walled.contains(seen.url) && live->walled.at(seen.url) >= kOwnPageAfter;
  if (!errand && own_page && looks_walled) return true;
  if (errand) {
    live->errand.reset();
    live->fetch_id.clear();
  }
  NoteRedirect(sessions::KeyOf(live->session), page);
  const Step step = sessions::Judge(live->session, seen, live->means());
  RETURN_IF_ERROR(Do(*live, step, seen));
  return step.move == Move::kGoOn || step.move == Move::kOpen;
}

// An anonymous session begins at its first wall. Its jar starts with what the wall itself set, which only the
// archive has by now.
Result<LiveSession*> SessionKeeper::MakeForWall(const FollowedPage& page, const std::string& host) {
  ASSIGN_OR_RETURN(LiveSession * live, Make("", page.record.job, host));
  const bool from_seed =
      page.record.depth == 0 || std::ranges::any_of(redirects_, [&](const Redirect& redirect) {
        return redirect.depth == 0 && redirect.target == page.record.url;
      });
  live->session.content_seen = live->session.content_seen || !from_seed;
  const std::string key = sessions::KeyOf(live->session);
  if (auto jar = anonymous_jars_.extract(key)) live->jar = std::move(jar.mapped());
  const auto url = Url::Parse(page.record.url);
  const auto capture = parts_.archive->Get(page.number);
  if (url && capture) live->jar.Take(*url, capture->head, parts_.clock->Utc());
  if (live->session.history.empty()) live->session.Enter(State::kAlive, "begins without a login", UtcTime{});
  return live;
}

void SessionKeeper::NoteRedirect(const std::string& key, const FollowedPage& page) {
  std::string target = sessions::RedirectTarget(SeenOf(page));
  if (target.empty() || !page.record.purpose.empty()) return;
  if (redirects_.size() == kMostRedirects) redirects_.pop_front();
  redirects_.push_back({key, page.record.url, std::move(target), page.record.depth});
}

// The URL goes back to its queue, and with it the pages that had redirected there: to it they would be done.
// An address that is nothing but a wall does not go back itself.
void SessionKeeper::PutBack(LiveSession& live, const std::string& url) {
  const std::string key = sessions::KeyOf(live.session);
  const bool is_target = std::ranges::any_of(
      redirects_, [&](const Redirect& redirect) { return redirect.key == key && redirect.target == url; });
  const std::string path = sessions::PathOf(url);
  std::erase_if(redirects_, [&](const Redirect& redirect) {
    if (!is_target || redirect.key != key || sessions::PathOf(redirect.target) != path) return false;
    live.again.push_back(redirect.url);
    return true;
  });
  if (!is_target || !sessions::IsAddressOfAWall(url)) live.again.push_back(url);
  if (live.walled.size() < kMostWalledUrls) ++live.walled[url];
}

Status SessionKeeper::Do(LiveSession& live, const Step& step, const PageSeen& page) {
  const bool of_frontier = page.asked == Asked::kPage;
  if (of_frontier && step.move != Move::kGoOn) {
    PutBack(live, page.url);
    for (const std::string& url : std::exchange(live.session.trail, {})) PutBack(live, url);
  }
  switch (step.move) {
    case Move::kGoOn:
      if (wire::IsWall(page.facts->page_class)) {
        live.session.Remember(page.url);
      } else if (page.facts->page_class == PageClass::kContent) {
        live.session.trail.clear();
        live.session.content_seen = true;
        live.session.turned_away = 0;
        ++live.session.pages;
      }
      return {};
    case Move::kAskAgain:
      return {};
    case Move::kLogIn:
      return LogIn(live, step, page);
    case Move::kSubmitLogin:
      return SubmitLogin(live, page);
    case Move::kAskHuman:
      return AskHuman(live, step, page);
    case Move::kWait:
      return WaitInRoom(live, step, page);
    case Move::kNewCircuit:
      ++live.session.turned_away;
      to_leave_.push_back({{live.session.job, live.session.host, ""}, page.route});
      return Enter(live, State::kAlive, step.cause);
    case Move::kBan:
      RETURN_IF_ERROR(CloseWalls(live, "the site has banned us"));
      return Enter(live, State::kBanned, step.cause);
    case Move::kOpen:
      return Open(live, step);
  }
  return {};
}

void SessionKeeper::StartLogin(LiveSession& live) {
  live.errand = Errand{.session = sessions::KeyOf(live.session),
                       .job = live.session.job,
                       .host = live.session.host,
                       .url = "http://" + live.session.host + live.recipe->url};
  live.fetch_id.clear();
}

Status SessionKeeper::LogIn(LiveSession& live, const Step& step, const PageSeen& page) {
  if (page.asked == Asked::kLogin) ++live.session.failed_logins;
  RETURN_IF_ERROR(CloseWalls(live, step.cause));
  StartLogin(live);
  return Enter(live, State::kExpired, step.cause);
}

Status SessionKeeper::SubmitLogin(LiveSession& live, const PageSeen& page) {
  const config::LoginRecipe& recipe = *live.recipe;
  const auto form = std::ranges::find_if(page.facts->forms, [&](const wire::Form& candidate) {
    return std::ranges::find(candidate.inputs, recipe.password_field, &wire::FormInput::name) !=
           candidate.inputs.end();
  });
  std::vector<std::pair<std::string, std::string>> set = recipe.extra;
  set.emplace_back(recipe.user_field, live.persona->username);
  set.emplace_back(recipe.password_field, live.persona->password);
  // A password never goes into a URL, nor to another service.
  const bool safe =
      form != page.facts->forms.end() && form->method == "post" && HostOf(form->action) == live.session.host;
  if (!safe) return AskHuman(live, {Move::kAskHuman, "the login form would send elsewhere or by GET"}, page);
  live.errand = Errand{.session = sessions::KeyOf(live.session),
                       .job = live.session.job,
                       .host = live.session.host,
                       .asked = Asked::kLogin,
                       .url = form->action,
                       .post = true,
                       .form = sessions::FillIn(*form, set),
                       .via = page.url};
  return Enter(live, State::kLoggingIn, "the login form is sent");
}

Status SessionKeeper::AskHuman(LiveSession& live, const Step& step, const PageSeen& page) {
  Wall wall;
  wall.persona = live.session.persona;
  wall.job = live.session.job;
  wall.host = live.session.host;
  wall.url = page.url;
  wall.page_class = wire::PageClassName(page.facts->page_class);
  wall.capture = page.number;
  wall.title = page.facts->title;
  wall.text = Utf8Prefix(page.facts->text, sessions::kMaxWallText);
  wall.form = OfferedForm(*page.facts, live.session.host);
  wall.note = step.cause;
  std::optional<std::size_t> to_fetch;
  for (const wire::Picture& picture : page.facts->wall_pictures) {
    if (!picture.url.empty() && HostOf(picture.url) != live.session.host) continue;
    if (!picture.url.empty() && !to_fetch) to_fetch = wall.pictures.size();
    const Digest digest = picture.bytes.empty() ? Digest{} : Sha256(picture.bytes);
    wall.pictures.push_back({picture.url, picture.bytes, digest});
  }
  live.session.waits = 0;
  ASSIGN_OR_RETURN(const sessions::WallId id, parts_.store->OpenWall(wall));
  if (to_fetch) {
    live.errand = Errand{.session = sessions::KeyOf(live.session),
                         .job = live.session.job,
                         .host = live.session.host,
                         .purpose = handover::Purpose::kWallImage,
                         .asked = Asked::kPage,
                         .url = wall.pictures[*to_fetch].url,
                         .via = page.url,
                         .wall = id,
                         .picture = *to_fetch};
    live.fetch_id.clear();
  }
  return Enter(live, State::kNeedsHuman, step.cause + " (wall " + std::to_string(id.value) + ")");
}

Status SessionKeeper::WaitInRoom(LiveSession& live, const Step& step, const PageSeen& page) {
  std::string next = page.url;
  for (const wire::Link& link : page.facts->links)
    if (link.kind == wire::LinkKind::kRefresh && HostOf(link.url) == live.session.host) next = link.url;
  live.errand = Errand{.session = sessions::KeyOf(live.session),
                       .job = live.session.job,
                       .host = live.session.host,
                       .purpose = handover::Purpose::kWait,
                       .asked = Asked::kWait,
                       .url = std::move(next),
                       .via = page.url,
                       .due = parts_.clock->Mono() + step.wait};
  live.fetch_id.clear();
  ++live.session.waits;
  if (live.session.state() == State::kWaiting) return {};
  return Enter(live, State::kWaiting, step.cause);
}

Status SessionKeeper::Open(LiveSession& live, const Step& step) {
  live.session.failed_logins = 0;
  live.session.waits = 0;
  live.session.content_seen = true;
  live.session.trail.clear();
  RETURN_IF_ERROR(CloseWalls(live, "passed"));
  return Enter(live, State::kAlive, step.cause);
}

Status SessionKeeper::CloseWalls(LiveSession& live, const std::string& note) {
  ASSIGN_OR_RETURN(const auto walls, parts_.store->ListWalls());
  const std::string key = sessions::KeyOf(live.session);
  for (const Wall& wall : walls) {
    if (wall.state == WallState::kClosed || sessions::KeyOf(wall.persona, wall.job, wall.host) != key)
      continue;
    RETURN_IF_ERROR(parts_.store->ChangeWall(wall.id, [&](Wall& stored) -> Status {
      stored.state = WallState::kClosed;
      stored.note = note;
      return {};
    }));
  }
  return {};
}

}  // namespace nightjar::crawler
