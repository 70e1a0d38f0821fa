// SPDX-License-Identifier: Apache-2.0
// The hosts that must not be touched. Formats, what is hashed and who asks: README.md of this folder.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/digest_list.h"
#include "base/result.h"
#include "config/settings.h"

namespace nightjar::blocklist {

enum class Form : std::uint8_t { kAhmiaMd5, kSha256 };

struct Source {
  std::string path;
  Form form = Form::kAhmiaMd5;
  friend bool operator==(const Source&, const Source&) = default;
};

struct Options {
  std::vector<Source> sources;
  std::string waiver;  // why there may be no source at all; needed then, without effect else
  std::chrono::hours max_age{24 * 14};
  std::string state_file;  // remembers how long each list was when it was last accepted
  friend bool operator==(const Options&, const Options&) = default;
};

[[nodiscard]] Options OptionsOf(const config::Settings& settings);

// For reading what was captured before: an old or shrunk list still says truly which hosts it lists, and must
// not close the archive to those who work with it. Missing and unreadable lists remain errors.
[[nodiscard]] Options ReadingOptionsOf(const config::Settings& settings);

// A list as it was when it was read, for doctor and status.
struct Listed {
  std::string path;
  std::size_t entries = 0;
  UtcTime made;
};

// Proves that this build hashes as the makers of the lists do: md5("abcdefghijklmnop.onion") is
// c50b9578b6357a561909ff29331ad7ad (Ahmia's example), and the same with SHA-256. A blocklist that cannot find
// what it holds is worse than none.
[[nodiscard]] Status SelfTest();

// Immutable; any thread.
class Blocklist final {
 public:
  // All sources, or why no host may be touched: kUnavailable (missing, stale, shrunk), kInvalidInput
  // (unreadable, empty, or neither source nor waiver), each naming the file and what to do. A list that is
  // accepted is remembered in `state_file` if `remember`.
  [[nodiscard]] static Result<Blocklist> Load(const Options& options, UtcTime now, bool remember);

  // Takes each list as it is now for the measure of later ones, however much it has shrunk.
  [[nodiscard]] static Result<Blocklist> Accept(const Options& options, UtcTime now);

  // Is this host, or a parent domain of it down to the onion address, on a list? Case, a trailing dot and a
  // port do not matter.
  [[nodiscard]] bool Blocks(std::string_view host) const;

  [[nodiscard]] const std::vector<Listed>& lists() const { return listed_; }
  [[nodiscard]] std::size_t entries() const;

 private:
  struct Part {
    Form form;
    DigestList digests;
  };
  std::vector<Part> parts_;
  std::vector<Listed> listed_;
};

// A blocklist that follows its files. Thread-safe.
class LiveBlocklist final {
 public:
  // The first reading is made by Refresh().
  LiveBlocklist(Options options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

  // Reads the files again when one of them has changed, and looks at their age at each call; cheap else (one
  // stat for each file). After an error nothing may be touched until a later call succeeds.
  [[nodiscard]] Status Refresh();

  // Refresh(), then Blocks(), with kUnavailable instead of a yes that only means "cannot say".
  [[nodiscard]] Result<bool> Ask(const std::string& host);

  // True also while the last Refresh() failed, or none was made: fail closed.
  [[nodiscard]] bool Blocks(std::string_view host) const;

  [[nodiscard]] std::shared_ptr<const Blocklist> current() const;  // null while it fails
  [[nodiscard]] const Options& options() const { return options_; }

 private:
  const Options options_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // guards both
  std::shared_ptr<const Blocklist> current_;
  std::string stamp_;  // of the files as they were read
};

}  // namespace nightjar::blocklist
