// SPDX-License-Identifier: Apache-2.0
// What the archive's writer is put through under faults, the same for the program that does it
// (workload_main.cc) and for the tests that look at what is left: three hosts in two cases, a dictionary,
// checkpoints and a rotation of the log's key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "base/result.h"

namespace nightjar::fault {

inline constexpr std::uint64_t kPages = 58;

// Page n, the same for the same n: its host, its case and its bytes.
[[nodiscard]] captures::Exchange Page(std::uint64_t n);

struct Step {
  enum class Kind { kAppend, kSign, kRotate } kind;
  std::uint64_t first = 0;  // of kAppend: pages [first, end) in one batch
  std::uint64_t end = 0;
};
[[nodiscard]] std::vector<Step> Steps();

// The writer's options before and after the rotation.
[[nodiscard]] captures::Writer::Options WriterOptions(const std::string& folder, bool rotated);
[[nodiscard]] std::string NewOrigin();
[[nodiscard]] SigningKey NewLogKey();

// Opens the archive with whichever log key is in force: the old one, or the new.
[[nodiscard]] Result<std::unique_ptr<captures::Writer>> OpenEither(const std::string& folder);

// What the program has been told is safe, as it says it: a line for each.
struct Acknowledged {
  std::uint64_t pages = 0;         // [0, pages)
  std::vector<std::string> notes;  // of checkpoints
  bool rotated = false;

  static std::string SayPages(std::uint64_t end);
  static std::string SayNote(const std::string& note);
  static std::string SayRotated();
  void Hear(const std::string& lines);
};

// What every archive that a fault leaves must be, once its writer has opened it again: everything
// acknowledged there, each page once and to the byte; the newest checkpoint in both places and signed over
// the tree; none of those acknowledged missing; a next page and a next checkpoint accepted; nothing for a
// scrub to find. The error says what is not so. Changes the archive.
[[nodiscard]] Status CheckWhatIsLeft(const std::string& folder, const Acknowledged& acknowledged);

}  // namespace nightjar::fault
