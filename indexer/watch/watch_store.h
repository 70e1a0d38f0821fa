// SPDX-License-Identifier: Apache-2.0
// Saved searches, the alerts they raised, what of it still has to be delivered, and how far the archive was
// looked through. Not rebuildable: keep the folder. Rows: archive/FORMAT.md, "watch".
//
// Alerts, their deliveries and the cursor become durable in one LMDB transaction. So after a kill at any
// point every event below the cursor has its alert, once, and what was not delivered still waits.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "indexer/watch/saved_search.h"

namespace nightjar::watch {

inline constexpr std::size_t kMostSearches = 1000;

// How far everything new was asked about.
struct Progress {
  std::uint64_t captures = 0;  // below this number
  std::uint64_t events = 0;    // of items: below this number
  friend bool operator==(const Progress&, const Progress&) = default;
};

// An alert on its way to a sink.
struct Delivery {
  std::string sink{};
  std::uint64_t alert = 0;
  std::uint32_t tries = 0;  // that failed
  UtcTime due{};            // not before
  std::string last_error{};
};

// Thread-safe; each call is one transaction. The index role raises and delivers; the command line, in a
// process of its own, saves searches and reads.
class WatchStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  // kNotFound when opened read-only before anybody has written.
  [[nodiscard]] static Result<std::unique_ptr<WatchStore>> Open(const std::string& folder, Mode mode);
  ~WatchStore();

  // Stores it under a fresh id. It hears of what becomes searchable from now on. kAlreadyExists: the name;
  // kInvalidInput: no name, or a query that cannot be read; kFull: kMostSearches.
  [[nodiscard]] Result<SavedSearch> Save(SavedSearch search);
  [[nodiscard]] Result<std::vector<SavedSearch>> Searches() const;        // by id
  [[nodiscard]] Result<SavedSearch> Find(const std::string& name) const;  // kNotFound
  // A paused search raises nothing, and is not told later what it missed. kNotFound.
  [[nodiscard]] Status Pause(const std::string& name, bool paused);
  // Its alerts stay in the inbox; what was not delivered of them still is.
  [[nodiscard]] Status Remove(const std::string& name);

  [[nodiscard]] Result<Progress> Cursor() const;
  // One durable transaction: the alerts with deliveries to the sinks of their searches, and the cursor.
  // An alert whose key is in the inbox is left out. Returns how many were new. A search that was removed or
  // paused meanwhile raises nothing.
  [[nodiscard]] Result<std::size_t> Raise(std::span<const Alert> alerts, const Progress& cursor);

  struct Filter {
    std::string search{};  // by name; empty: all
    std::string owner{};
    bool unread_only = false;
    std::uint64_t before = UINT64_MAX;  // alert numbers
    std::size_t most = 50;
  };
  [[nodiscard]] Result<std::vector<Alert>> Inbox(const Filter& filter) const;  // newest first
  [[nodiscard]] Result<Alert> Get(std::uint64_t number) const;                 // kNotFound
  // True where it was unread; kNotFound.
  [[nodiscard]] Result<bool> MarkRead(std::uint64_t number);

  // What is due at `now` for one sink, longest due first.
  [[nodiscard]] Result<std::vector<Delivery>> Due(const std::string& sink, UtcTime now,
                                                  std::size_t most) const;
  [[nodiscard]] Status Delivered(const Delivery& delivery);
  // It will be due again at `next`.
  [[nodiscard]] Status Failed(const Delivery& delivery, UtcTime next, const std::string& error);
  [[nodiscard]] Result<std::vector<Delivery>> Waiting(std::size_t most) const;
  [[nodiscard]] Result<std::uint64_t> WaitingCount() const;

  // What was erased is forgotten: alerts about such captures keep number, key and times. Returns how many.
  // Old pages keep the rest until store::Compact().
  [[nodiscard]] Result<std::uint64_t> Forget(const std::function<bool(CaptureNumber)>& gone);

 private:
  struct Tables;
  explicit WatchStore(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace nightjar::watch
