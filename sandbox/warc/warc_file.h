// SPDX-License-Identifier: Apache-2.0
// The records of a WARC file (ISO 28500; 1.0, 1.1 and what calls itself 0.x), plain or gzip with one member
// per record, as they come. Hostile bytes: runs inside the jail. Bounded by kMaxBlock; never fails as a
// whole, for what is broken is an item, too, and reading goes on behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace nightjar::warc {

inline constexpr std::size_t kMaxHeader = 64 << 10;
inline constexpr std::size_t kMaxBlock = 64 << 20;

struct Record {
  std::uint64_t offset = 0;  // of the record in the file, or of the gzip member it lies in
  std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, values trimmed
  Bytes block;

  // The first field of this (lower case) name; empty where there is none.
  [[nodiscard]] std::string_view Field(std::string_view name) const;
};

// Bytes that are no record, and why.
struct Fault {
  std::uint64_t offset = 0;
  std::string reason;
};

class WarcFile final {
 public:
  explicit WarcFile(ByteView file) : file_(file) {}  // which must outlive it

  // The next record or fault; nothing at the end of the file.
  [[nodiscard]] std::optional<std::variant<Record, Fault>> Next();

 private:
  using Item = std::variant<Record, Fault>;
  [[nodiscard]] Item TakeGzip();
  [[nodiscard]] Item TakePlain();
  [[nodiscard]] bool InMember() const { return member_at_ < member_.size(); }
  [[nodiscard]] std::optional<Fault> OpenMember();
  void SkipToNextRecord(std::size_t from);

  ByteView file_;
  std::size_t at_ = 0;
  Bytes member_;  // the gzip member at hand, unpacked
  std::size_t member_at_ = 0;
  std::uint64_t member_offset_ = 0;
  bool lost_ = false;  // behind a fault: look for a start without saying so again
};

}  // namespace nightjar::warc
