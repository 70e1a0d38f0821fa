// SPDX-License-Identifier: Apache-2.0
// The log: one line per event on standard error, for people or (json) for machines. It names ids, digests,
// counts and hosts; never page text, cookies or query terms, for a log is the first thing that leaves a
// machine. Thread-safe after Open().
#pragma once

#include <spdlog/spdlog.h>

#include <string>

#include "base/result.h"

namespace nightjar::log {

enum class Format { kText, kJson };

struct Options {
  std::string role;  // "crawl", "index", "serve", "cli": stands in every line
  Format format = Format::kText;
  std::string level = "info";  // debug, info, warn, error
};

// Makes this process's log. Before it, lines go to spdlog's default.
[[nodiscard]] Status Open(const Options& options);

using spdlog::debug;
using spdlog::error;
using spdlog::info;
using spdlog::warn;

// Outside text made harmless for one log line: everything but printable ASCII, and '\',
// becomes \xNN; at most its first 200 bytes.
[[nodiscard]] std::string Safe(std::string_view outside_text);

}  // namespace nightjar::log
