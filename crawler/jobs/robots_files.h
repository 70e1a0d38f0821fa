// SPDX-License-Identifier: Apache-2.0
// What was found at /robots.txt, for each job and origin: kept for a day, so that a restart asks no host
// again. Table "robots" of the control store: key = SHA-256 of job, 0 byte, origin; value = format byte 1,
// job, origin, u8 kind, i64 fetched, SHA-256 of the captured body, text.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::jobs {

struct RobotsFile {
  // Stored: append only.
  enum class Kind : std::uint8_t {
    kText,
    kNone,         // the server says there is none (any answer but 2xx, 429, 5xx)
    kUnreachable,  // no answer, 429 or 5xx
  };
  Kind kind = Kind::kNone;
  UtcTime fetched;
  Digest sha256;     // of kText: the captured body, as on the wire
  std::string text;  // of kText: as the jail read it, at most kMostText bytes
  friend bool operator==(const RobotsFile&, const RobotsFile&) = default;
};

inline constexpr std::size_t kMostText = 500 << 10;  // what is read of a robots.txt (RFC 9309, section 2.5)

// Thread-safe, over processes too; each call is one transaction, durable when it returns.
class RobotsFiles final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RobotsFiles>> Open(const std::string& control_folder);
  ~RobotsFiles();

  [[nodiscard]] Status Put(const JobId& job, const std::string& origin, const RobotsFile& file);
  [[nodiscard]] Result<std::optional<RobotsFile>> Get(const JobId& job, const std::string& origin) const;
  [[nodiscard]] Status Clear();  // durable; each is then fetched again when it is asked for

 private:
  struct State;
  explicit RobotsFiles(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
