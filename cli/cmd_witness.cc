// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/witness/witness.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "search/http/server.h"

namespace nightjar::cli {
namespace {

constexpr mode_t kKeyFolderMode = 0700;
constexpr std::size_t kMaxLogList = 1 << 20;
constexpr std::chrono::milliseconds kStopPatience(5000);
constexpr char kPath[] = "/add-checkpoint";

int StatusOf(witness::Verdict verdict) {
  switch (verdict) {
    case witness::Verdict::kCosigned:
      return 200;
    case witness::Verdict::kMalformed:
      return 400;
    case witness::Verdict::kUntrusted:
      return 403;
    case witness::Verdict::kUnknownLog:
      return 404;
    case witness::Verdict::kConflict:
      return 409;
    case witness::Verdict::kBadProof:
      return 422;
    case witness::Verdict::kFailed:
      break;
  }
  return 500;
}

http::Response Answer(witness::Witness& witness, const http::Request& request) {
  const std::string text = "text/plain; charset=utf-8";
  if (request.target != kPath)
    return {.status = 404, .content_type = text, .body = "a witness answers to POST /add-checkpoint\n"};
  if (request.method != "POST")
    return {
        .status = 405, .content_type = text, .body = "POST is asked for\n", .fields = {{"Allow", "POST"}}};
  witness::Answer answer = witness.AddCheckpoint(request.body);
  const int status = StatusOf(answer.verdict);
  log::info("add-checkpoint: {} {}", status, log::Safe(answer.text));
  return {.status = status,
          .content_type = answer.verdict == witness::Verdict::kConflict ? "text/x.tlog.size" : text,
          .body = std::move(answer.text)};
}

Result<SigningKey> LoadKey(const config::Settings& settings) {
  RETURN_IF_ERROR(MakeFolders(settings.KeysFolder(), kKeyFolderMode));
  return SigningKey::LoadOrCreate(settings.KeysFolder() + "/witness.pem");
}

Status Run(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("witness"));
  if (settings.witness.listen == config::kNone)
    return Fail(Code::kInvalidInput, "say where to listen: set witness.listen, and witness.logs");
  ASSIGN_OR_RETURN(const Bytes list, ReadFile(settings.witness.logs, kMaxLogList));
  ASSIGN_OR_RETURN(auto logs, witness::ParseLogList(list, settings.witness.logs));
  ASSIGN_OR_RETURN(SigningKey key, LoadKey(settings));
  RETURN_IF_ERROR(MakeFolders(settings.WitnessFolder()));
  ASSIGN_OR_RETURN(const auto witness, witness::Witness::Open({.folder = settings.WitnessFolder(),
                                                               .name = settings.witness.name,
                                                               .key = std::move(key),
                                                               .logs = std::move(logs),
                                                               .clock = &SystemClock()}));
  config::ServeSettings serve = settings.serve;
  serve.listen = settings.witness.listen;
  ASSIGN_OR_RETURN(const auto server, http::Server::Start(serve, [&witness](const http::Request& request) {
                     return Answer(*witness, request);
                   }));
  log::info("witness {} on http://{}, port {}", witness->vkey(), serve.listen, server->port());
  while (!context.stop.WaitFor(std::chrono::hours(1))) {
  }
  server->Stop(kStopPatience);
  return {};
}

// For the settings of those who are witnessed. Makes the key where there is none yet.
Status PrintKey(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const SigningKey key, LoadKey(settings));
  fmt::print("{}\n",
             evidence::FormatVkey({settings.witness.name, key.public_key()}, evidence::KeyType::kWitness));
  return {};
}

}  // namespace

void AddWitness(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "witness", "Watch other logs, and cosign what only ever grows",
                           "nightjar witness --config witness.yaml");
  verb->require_subcommand(0, 1);
  CLI::App* key = AddVerb(*verb, "key", "Print the witness's public key", "nightjar witness key");
  verb->callback([&context, key] {
    if (!key->parsed()) context.action = [&context] { return Run(context); };
  });
  key->callback([&context] { context.action = [&context] { return PrintKey(context); }; });
}

}  // namespace nightjar::cli
