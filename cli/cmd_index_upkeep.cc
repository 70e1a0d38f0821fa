// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/json.h"
#include "cli/index_verbs.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "indexer/compact.h"
#include "indexer/inspect.h"

namespace nightjar::cli {
namespace {

using indexer::IndexShape;

std::string Megabytes(std::uint64_t bytes) { return fmt::format("{:.1f}", static_cast<double>(bytes) / 1e6); }

json::object ToJson(const IndexShape& shape) {
  json::array shards;
  for (const indexer::ShardShape& shard : shape.shards)
    shards.push_back({{"documents", shard.documents}, {"bytes", shard.bytes}});
  return {{"schema", shape.schema},
          {"captures_below", shape.captures_below},
          {"captures", shape.captures},
          {"documents", shape.documents},
          {"numbers", shape.numbers},
          {"shards", std::move(shards)},
          {"column_bytes", shape.column_bytes},
          {"item_bytes", shape.item_bytes}};
}

void Print(const IndexShape& shape) {
  const std::uint64_t waiting =
      shape.captures > shape.captures_below ? shape.captures - shape.captures_below : 0;
  fmt::print("searchable    {} of {} captures{}\n", shape.captures_below, shape.captures,
             waiting == 0 ? "" : fmt::format(", {} wait for the index role", waiting));
  fmt::print("documents     {}, each one version of a page (schema {})\n\n", shape.documents, shape.schema);
  Table table({"PART", "DOCUMENTS>", "MB>"});
  for (std::size_t i = 0; i < shape.shards.size(); ++i)
    table.Add({fmt::format("shard {}", i), std::to_string(shape.shards[i].documents),
               Megabytes(shape.shards[i].bytes)});
  table.Add({"columns", std::to_string(shape.documents), Megabytes(shape.column_bytes)});
  table.Add({"items", "", Megabytes(shape.item_bytes)});
  fmt::print("{}", table.Format());
}

Status ShowShape(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const IndexShape shape, indexer::InspectIndex(settings));
  if (as_json)
    fmt::print("{}\n", json::serialize(ToJson(shape)));
  else
    Print(shape);
  return {};
}

Status Verify(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const indexer::IndexCheck check, indexer::CheckIndex(settings));
  for (const std::string& problem : check.problems) fmt::print("DAMAGED   {}\n", ForTerminal(problem));
  if (check.problems_found == 0) {
    fmt::print("SOUND     {} documents stand where they should\n", check.documents);
    return {};
  }
  return Fail(Code::kCorrupt,
              fmt::format("{} problems; nothing is lost, the archive has it all: run nightjar index rebuild",
                          check.problems_found),
              settings.IndexFolder());
}

Status Compact(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const indexer::Compacted done, indexer::CompactIndex(settings));
  fmt::print("compacted: {} MB before, {} MB now\n", Megabytes(done.bytes_before),
             Megabytes(done.bytes_after));
  return {};
}

}  // namespace

void AddIndexUpkeep(CLI::App& index, Context& context) {
  CLI::App* status =
      AddVerb(index, "status", "What is searchable, and how large the index is", "nightjar index status");
  auto as_json = std::make_shared<bool>(false);
  status->add_flag("--json", *as_json, "for programs");
  status->callback(
      [&context, as_json] { context.action = [&context, as_json] { return ShowShape(context, *as_json); }; });
  AddVerb(index, "verify", "Read the whole index and say whether it is sound; its role must not run",
          "nightjar index verify")
      ->callback([&context] { context.action = [&context] { return Verify(context); }; });
  AddVerb(index, "compact", "Write the index anew without gaps; its role must not run, searches go on",
          "nightjar index compact")
      ->callback([&context] { context.action = [&context] { return Compact(context); }; });
}

}  // namespace nightjar::cli
