// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/bundle/tile_export.h"
#include "archive/captures/rotate_key.h"
#include "archive/places/places.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

Status PrintKeys(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto keys, archive->LogKeys());
  for (const auto& step : keys.rotations()) fmt::print("{}\n", evidence::FormatVkey(step.rotation.old_key));
  fmt::print("{}\n", evidence::FormatVkey(keys.newest()));
  return {};
}

Status RotateKey(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(
      const auto rotated,
      captures::RotateLogKey(places::ArchiveOf(settings), settings.KeysFolder(), settings.evidence.origin));
  fmt::print("the log's key is now {}\n", evidence::FormatVkey(rotated.new_key));
  fmt::print("leaf {} leads to it from {}\n", rotated.leaf, evidence::FormatVkey(rotated.old_key));
  fmt::print(
      "give the new key to whoever checks exports, and to the witness's operator, who adds it to the log's "
      "line;\ntake the old private key off this machine: {}\n",
      rotated.retired_path);
  return {};
}

Status Tiles(const Context& context, const std::string& folder) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto checkpoint, archive->LatestCheckpoint());
  ASSIGN_OR_RETURN(const auto summary, bundle::WriteTiles(*archive, checkpoint, folder));
  fmt::print("{} new files in {}; the log has {} leaves\n", summary.written, folder, summary.checkpoint.size);
  return {};
}

}  // namespace

void AddArchive(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(
      app, "archive", "What is stored and is it sound? The evidence log, its keys, its tree as static files",
      "nightjar archive scrub");
  verb->require_subcommand(1);
  AddArchiveStore(*verb, context);
  CLI::App* keys =
      AddVerb(*verb, "keys", "Print the log's public keys, the oldest first", "nightjar archive keys");
  keys->callback([&context] { context.action = [&context] { return PrintKeys(context); }; });
  CLI::App* rotate =
      AddVerb(*verb, "rotate-key",
              "Replace the log's key; first give evidence.origin a new version, and stop the crawl",
              "nightjar archive rotate-key");
  rotate->callback([&context] { context.action = [&context] { return RotateKey(context); }; });
  CLI::App* tiles =
      AddVerb(*verb, "tiles", "Bring a folder of tiles (C2SP tlog-tiles) up to the newest checkpoint",
              "nightjar archive tiles /srv/log");
  auto folder = std::make_shared<std::string>();
  tiles->add_option("FOLDER", *folder, "made if missing")->required();
  tiles->callback(
      [&context, folder] { context.action = [&context, folder] { return Tiles(context, *folder); }; });
}

}  // namespace nightjar::cli
