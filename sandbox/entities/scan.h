// SPDX-License-Identifier: Apache-2.0
// What the readers of this room share while a text is passed over once: the text, what was found, the topics
// that words before this place have named, and how far hosts and numbers have been read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/entities/entities.h"
#include "sandbox/entities/letters.h"
#include "sandbox/entities/topics.h"

namespace nightjar::entities {

struct Scan {
  explicit Scan(std::string_view given) : text(given) {}

  std::string_view text;
  Topics topics;
  std::vector<Found> found;
  std::size_t hosts_done = 0;    // host names up to here have been read, or are parts of something else
  std::size_t numbers_done = 0;  // the same for numbers in groups
  std::size_t signed_at = std::string_view::npos;  // "BEGIN PGP SIGNED MESSAGE" still without its signature

  struct Place {
    std::size_t begin, end;
  };
  void Add(std::string_view kind, Place place, std::string value, std::string note, int confidence) {
    if (found.size() >= kMaxFound) return;
    found.push_back({kind, std::move(value), std::move(note), static_cast<std::uint32_t>(place.begin),
                     static_cast<std::uint32_t>(place.end), static_cast<std::uint8_t>(confidence)});
  }
};

}  // namespace nightjar::entities
