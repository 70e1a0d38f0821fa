// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "archive/masks/masks.h"
#include "base/decimal.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/session_view.h"
#include "config/site_profile.h"
#include "crawler/sessions/cookie_file.h"
#include "crawler/sessions/handoff.h"

namespace nightjar::cli {
namespace {

using sessions::Persona;
using sessions::SessionStore;

constexpr std::size_t kMaxSecretFile = 4096;
constexpr mode_t kOwnerOnly = 0600;

struct SessionArguments {
  Persona persona;
  std::string name;
  std::string host;
  std::string hours;
  std::string file;
  std::string image;
  std::size_t picture = 1;
  std::uint64_t wall = 0;
  std::vector<std::string> answers;
  bool json = false;
};
using Arguments = std::shared_ptr<SessionArguments>;

Result<std::unique_ptr<SessionStore>> OpenStore(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  return SessionStore::Open({.folder = settings.SessionsFolder(), .key_path = settings.SessionKeyPath()});
}

void PrintJson(const json::value& value) { fmt::print("{}\n", json::serialize(value)); }

// One line from standard input, not echoed where that is a terminal: a secret must not stand in a command
// line, which other users of the machine can see.
Result<std::string> AskForSecret(const char* what) {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    fmt::print(stderr, "{}: ", what);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
  }
  std::string line;
  int c = 0;
  while ((c = std::getchar()) != EOF && c != '\n' && line.size() < kMaxSecretFile)
    line.push_back(static_cast<char>(c));
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    fmt::print(stderr, "\n");
  }
  if (line.empty()) return Fail(Code::kInvalidInput, "nothing was typed; nothing was changed", what);
  return line;
}

// Two lines of a file: user name, password.
Result<std::pair<std::string, std::string>> SecretsOf(const std::string& file) {
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(file, kMaxSecretFile));
  const std::size_t end = text.find('\n');
  if (end == Bytes::npos) return Fail(Code::kInvalidInput, "holds two lines: user name and password", file);
  std::string password = text.substr(end + 1);
  password.resize(std::min(password.size(), password.find('\n')));
  return std::pair(text.substr(0, end), std::move(password));
}

Status Add(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(arguments->persona.hours, sessions::ParseHours(arguments->hours));
  arguments->persona.created = SystemClock().Utc();
  ASSIGN_OR_RETURN(const Persona persona, sessions::Validate(arguments->persona));
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  RETURN_IF_ERROR(store->AddPersona(persona));
  fmt::print("persona {} added; give it its account with `nightjar session set-secret {}`\n", persona.id,
             persona.id);
  return {};
}

Status SetSecret(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  ASSIGN_OR_RETURN(Persona persona, store->GetPersona(arguments->name));
  if (!arguments->file.empty()) {
    ASSIGN_OR_RETURN(auto secrets, SecretsOf(arguments->file));
    std::tie(persona.username, persona.password) = std::move(secrets);
  } else {
    ASSIGN_OR_RETURN(persona.username, AskForSecret("user name"));
    ASSIGN_OR_RETURN(persona.password, AskForSecret("password"));
  }
  ASSIGN_OR_RETURN(const Persona checked, sessions::Validate(persona));
  RETURN_IF_ERROR(store->ChangePersona(arguments->name, [&](Persona& stored) {
    stored.username = checked.username;
    stored.password = checked.password;
  }));
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto masks, masks::MaskStore::Open(settings.ControlFolder()));
  RETURN_IF_ERROR(masks->Put(arguments->name, masks::MakeMask(checked.username, SystemRandom())));
  fmt::print("the account of persona {} is stored, encrypted\n", arguments->name);
  return {};
}

Status List(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  const auto profiles = config::LoadSiteProfiles(settings.sessions.profiles);
  if (!profiles) fmt::print(stderr, "nightjar: {}\n", profiles.error().Format());
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  ASSIGN_OR_RETURN(const SessionOverview overview, ReadSessions(*store));
  if (arguments->json)
    PrintJson(ToJson(overview));
  else
    PrintOverview(overview);
  return {};
}

Status ShowWall(const SessionStore& store, const SessionArguments& arguments, sessions::WallId id) {
  ASSIGN_OR_RETURN(const sessions::Wall wall, store.GetWall(id));
  if (!arguments.image.empty()) {
    const bool there = arguments.picture >= 1 && arguments.picture <= wall.pictures.size() &&
                       !wall.pictures[arguments.picture - 1].bytes.empty();
    if (!there)
      return Fail(Code::kNotFound, "the wall has no such picture (yet)", fmt::format("wall {}", id.value));
    RETURN_IF_ERROR(
        CreateFileDurably(arguments.image, wall.pictures[arguments.picture - 1].bytes, kOwnerOnly));
  }
  if (arguments.json)
    PrintJson(sessions::ToJson(wall));
  else
    PrintWall(wall);
  return {};
}

Status Show(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  if (const auto number = ParseDecimal(arguments->name)) return ShowWall(*store, *arguments, {*number});
  ASSIGN_OR_RETURN(const Persona persona, store->GetPersona(arguments->name));
  ASSIGN_OR_RETURN(SessionOverview overview, ReadSessions(*store));
  if (!arguments->json) {
    PrintPersona(persona, overview);
    return {};
  }
  std::erase_if(overview.personas, [&](const auto& other) { return other.id != persona.id; });
  std::erase_if(overview.sessions, [&](const auto& session) { return session.persona != persona.id; });
  std::erase_if(overview.walls, [&](const auto& wall) { return wall.persona != persona.id; });
  PrintJson(ToJson(overview));
  return {};
}

Status Answer(const Context& context, const Arguments& arguments) {
  sessions::Answers answers;
  for (const std::string& text : arguments->answers) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return Fail(Code::kInvalidInput, "an answer is written FIELD=VALUE", text.substr(0, equals));
    answers.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  RETURN_IF_ERROR(sessions::SubmitAnswer(*store, {arguments->wall}, answers));
  fmt::print("wall {} is answered; the crawl sends it on the same circuit\n", arguments->wall);
  return {};
}

// The keys of the sessions that belong to a persona, or to a job without one ("JOB" with --host).
std::vector<std::string> KeysOf(const SessionOverview& overview, const std::string& name) {
  std::vector<std::string> keys;
  for (const auto& session : overview.sessions)
    if (session.persona == name || (session.persona.empty() && session.job.value == name))
      keys.push_back(sessions::KeyOf(session));
  return keys;
}

Status Resume(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  ASSIGN_OR_RETURN(const SessionOverview overview, ReadSessions(*store));
  const bool persona =
      std::ranges::find(overview.personas, arguments->name, &Persona::id) != overview.personas.end();
  const auto keys = KeysOf(overview, arguments->name);
  if (!persona && keys.empty())
    return Fail(Code::kNotFound, "there is no such persona, and no session of a job of that name",
                arguments->name);
  if (persona)
    RETURN_IF_ERROR(store->ChangePersona(arguments->name, [](Persona& stored) { stored.paused = false; }));
  for (const std::string& key : keys) RETURN_IF_ERROR(store->AskToResume(key));
  fmt::print("{} goes on\n", arguments->name);
  return {};
}

Status Pause(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  RETURN_IF_ERROR(store->ChangePersona(arguments->name, [](Persona& stored) { stored.paused = true; }));
  fmt::print("persona {} rests; its queues stay as they are\n", arguments->name);
  return {};
}

Status Remove(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  RETURN_IF_ERROR(store->RemovePersona(arguments->name));
  fmt::print("persona {} is gone, with its account and cookies; what it captured stays\n", arguments->name);
  return {};
}

Status ImportCookies(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context));
  ASSIGN_OR_RETURN(const Persona persona, store->GetPersona(arguments->name));
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(arguments->file, sessions::kMaxCookieFile));
  ASSIGN_OR_RETURN(const auto cookies, sessions::ReadCookieFile(text, arguments->file, SystemClock().Utc()));
  std::size_t taken = 0;
  for (const std::string& host : persona.hosts) {
    const std::string key = sessions::KeyOf(persona.id, {}, host);
    ASSIGN_OR_RETURN(sessions::Jar jar, store->GetJar(key, host));
    std::size_t of_host = 0;
    for (const auto& cookie : cookies) of_host += jar.Put(cookie) ? 1 : 0;
    if (of_host == 0) continue;
    taken += of_host;
    RETURN_IF_ERROR(store->PutJar(key, jar));
    RETURN_IF_ERROR(store->AskToResume(key));
  }
  if (taken == 0) return Fail(Code::kInvalidInput, "holds no cookie of the persona's hosts", arguments->file);
  fmt::print("{} of {} cookies belong to persona {} and are stored, encrypted\n", taken, cookies.size(),
             persona.id);
  return {};
}

using Act = Status (*)(const Context&, const Arguments&);

CLI::App* AddAct(CLI::App& verb, Context& context, const std::string& name, Act act,
                 const std::pair<std::string, std::string>& texts, const Arguments& arguments) {
  CLI::App* added = AddVerb(verb, name, texts.first, texts.second);
  added->callback([&context, act, arguments] {
    context.action = [&context, act, arguments] { return act(context, arguments); };
  });
  return added;
}

// The verbs that take a persona's name first.
CLI::App* AddNamed(CLI::App& verb, Context& context, const std::string& name, Act act,
                   const std::pair<std::string, std::string>& texts, const Arguments& arguments) {
  CLI::App* added = AddAct(verb, context, name, act, texts, arguments);
  added->add_option("NAME", arguments->name, "the persona")->required();
  return added;
}

void AddPersonaVerbs(CLI::App& verb, Context& context, const Arguments& arguments) {
  Persona& persona = arguments->persona;
  CLI::App* add = AddAct(verb, context, "add", Add,
                         {"Name an account that jobs may crawl as",
                          "nightjar session add night-owl --host <56 characters>.onion --per-hour 200"},
                         arguments);
  add->add_option("NAME", persona.id, "short name; it stands in records, so not the account's own")
      ->required();
  add->add_option("--host", persona.hosts, "onion host of the account; may be given several times")
      ->required();
  add->add_option("--per-hour", persona.per_hour, "requests an hour at most; 0: no bound");
  add->add_option("--per-day", persona.per_day, "requests a day at most; 0: no bound");
  add->add_option("--hours", arguments->hours, "working hours in UTC, such as 08:00-18:00,22:00-02:00");
  CLI::App* secret = AddNamed(
      verb, context, "set-secret", SetSecret,
      {"Store user name and password, asked for without echo", "nightjar session set-secret night-owl"},
      arguments);
  secret->add_option("--file", arguments->file, "take them from the two lines of a file instead");
  CLI::App* import = AddNamed(verb, context, "import-cookies", ImportCookies,
                              {"Take over the cookies of a browser (Netscape cookies.txt or JSON) and go on",
                               "nightjar session import-cookies night-owl cookies.txt"},
                              arguments);
  import->add_option("FILE", arguments->file, "the cookies")->required();
  AddNamed(verb, context, "pause", Pause,
           {"Let a persona rest; its queues stay", "nightjar session pause night-owl"}, arguments);
  AddNamed(verb, context, "resume", Resume,
           {"Go on, also after a wall or a ban (a persona, or a job without one)",
            "nightjar session resume night-owl"},
           arguments);
  AddNamed(verb, context, "rm", Remove,
           {"Forget a persona, its account and its cookies", "nightjar session rm night-owl"}, arguments);
}

}  // namespace

void AddSession(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "session", "Accounts, cookies, and walls that wait for a person", "nightjar session list");
  verb->require_subcommand(1);
  const auto arguments = std::make_shared<SessionArguments>();
  AddPersonaVerbs(*verb, context, arguments);
  CLI::App* list = AddAct(*verb, context, "list", List,
                          {"List personas, sessions and open walls", "nightjar session list"}, arguments);
  CLI::App* show =
      AddAct(*verb, context, "show", Show,
             {"Show a persona, or a wall and what it asks", "nightjar session show 3 --image captcha.png"},
             arguments);
  show->add_option("ID", arguments->name, "a persona's name or a wall's number")->required();
  show->add_option("--image", arguments->image, "write the wall's picture to this new file");
  show->add_option("--picture", arguments->picture, "which picture, from 1")->capture_default_str();
  for (CLI::App* shown : {list, show}) shown->add_flag("--json", arguments->json, "for machines");
  CLI::App* answer =
      AddAct(*verb, context, "answer", Answer,
             {"Answer a wall; the crawl sends it and goes on", "nightjar session answer 3 captcha=x7Kq2"},
             arguments);
  answer->add_option("WALL", arguments->wall, "the wall's number")->required();
  answer->add_option("FIELD=VALUE", arguments->answers, "what a person reads off the page")->required();
}

}  // namespace nightjar::cli
