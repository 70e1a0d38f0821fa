// SPDX-License-Identifier: Apache-2.0
// Items, their versions and their changes, by capture order. Rebuildable from facts: the folder may be
// deleted at any time. One writer (the index role), readers in any process. Rows: archive/FORMAT.md, "items".
//
// A batch and the cursor behind it become durable in one LMDB transaction: after a kill at any point the
// store holds exactly the captures below its cursor, and the same captures in the same order make the same
// store.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "indexer/items/history.h"

namespace nightjar::items {

// A count that a page prints of its site: "Guides & Tutorials 1017".
struct Announcement {
  std::string category;  // parts joined by " > "; empty: the whole site
  std::uint64_t count = 0;
};

// What one capture showed.
struct Seen {
  CaptureNumber capture;
  UtcTime when;
  std::string case_id;
  std::string site;
  std::string url;
  PageSights sights;
  std::vector<Announcement> announced{};
};

// The newest count that a site printed of a category.
struct KnownAnnouncement {
  std::string case_id;
  std::string site;
  Announcement announced;
  CaptureNumber capture;
  UtcTime when;
};

// An entry of the log of changes, which alerts and the index follow.
struct Event {
  std::uint64_t number = 0;  // from 0, dense
  ItemId item{};
  std::uint32_t version = 0;  // the one that began, or the last one of an item that is gone
  CaptureNumber capture{};
  UtcTime when{};
  std::vector<Change> changes{};
  friend bool operator==(const Event&, const Event&) = default;
};

// Thread-safe for reading; Add() from one thread.
class ItemStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  // kNotFound when opened read-only before the writer has made it.
  [[nodiscard]] static Result<std::unique_ptr<ItemStore>> Open(const std::string& folder, Mode mode);
  ~ItemStore();

  // Captures below are in the store.
  [[nodiscard]] Result<std::uint64_t> Cursor() const;

  // One durable transaction. `batch` in the order of capture numbers, none below Cursor(); `cursor`: from now
  // on. kFull when disk or map are.
  [[nodiscard]] Status Add(std::span<const Seen> batch, std::uint64_t cursor);

  [[nodiscard]] Result<std::optional<State>> Find(const ItemId& item) const;
  // Oldest first, with the values of each.
  [[nodiscard]] Result<std::vector<Version>> Versions(const ItemId& item) const;
  // The captures that showed the item, ascending, each with the number of the version it showed.
  [[nodiscard]] Result<std::vector<std::pair<CaptureNumber, std::uint32_t>>> Captures(
      const ItemId& item) const;
  // When these captures were made, in their order. Those of a store from before times were kept are left out.
  [[nodiscard]] Result<std::vector<UtcTime>> CaptureTimes(const ItemId& item) const;
  // What sites say they have; in no order. A row for each category of each site.
  [[nodiscard]] Result<std::vector<KnownAnnouncement>> Announcements() const;
  // From `first` on, at most `most`.
  [[nodiscard]] Result<std::vector<Event>> Events(std::uint64_t first, std::size_t most) const;
  // What changed with one capture, in the order it was found.
  [[nodiscard]] Result<std::vector<Event>> EventsAt(CaptureNumber capture) const;
  // In the order of ids, behind `after` (empty: from the start), at most `most`.
  [[nodiscard]] Result<std::vector<std::pair<ItemId, State>>> Items(const ItemId& after,
                                                                    std::size_t most) const;
  // Who stood last on the page at this address.
  [[nodiscard]] Result<std::vector<ItemId>> ItemsAt(const std::string& case_id, const std::string& site,
                                                    const std::string& address) const;

  // Everything goes, the cursor too; durable. For what must be built anew: erasure, a site that was joined.
  [[nodiscard]] Status Clear();

 private:
  struct Tables;
  explicit ItemStore(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

// Writes the store in `from` without gaps into `to`, an empty folder or none. No writer may be open on
// `from`.
[[nodiscard]] Status CopyCompacted(const std::string& from, const std::string& to);

}  // namespace nightjar::items
