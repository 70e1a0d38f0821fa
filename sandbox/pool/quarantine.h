// SPDX-License-Identifier: Apache-2.0
// Sites whose pages keep killing their readers. Each fault costs a worker, a deadline and a second reading: a
// site that made an art of it could slow the reading of all others. So a site with several faults among its
// last documents is read linearly, without the tree builder, for a number of its own documents; then one
// document is a probe, read in full: a good one sets the site free, a bad one sends it back for twice as
// long. Documents are counted, not seconds, so that the same captures in the same order are read in the same
// way.
//
// Only sites with a recent fault are remembered, at most `most_sites` of them: an attacker who makes more
// (names are free) pushes out those that were quiet for longest, and pays one real fault for each.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nightjar::pool {

// The site a URL belongs to: for onion services the label before ".onion", whatever sub-domain stands before
// it (sub-domains are free, keys are not); else the host; else the whole text.
[[nodiscard]] std::string SiteOf(std::string_view url);

// Three faults of fifty documents: one may be chance, two a bad pair of pages; a site with six percent of
// them costs, at ten seconds each, more than all its other pages together. A hundred documents at about a
// millisecond each are what one fault would have cost; the longest sentence keeps a lasting attacker below
// one fault in 1,600 documents.
struct QuarantineRules {
  std::uint32_t faults = 3;
  std::uint32_t window = 50;     // documents of the site
  std::uint32_t sentence = 100;  // documents of the site, doubled after each probe that failed ...
  std::uint32_t longest = 1600;  // ... up to this
  std::size_t most_sites = 4096;
};

// Thread-safe. Nothing survives the process: a start is a probe for everybody.
class Quarantine final {
 public:
  explicit Quarantine(QuarantineRules rules = {}) : rules_(rules) {}

  // Asked once for each document, before it is read: why it is to be read linearly only, or nothing.
  [[nodiscard]] std::optional<std::string> Ask(const std::string& site);
  // How the full reading ended that Ask() let through.
  void Note(const std::string& site, bool fault);

  [[nodiscard]] std::size_t sites() const;  // in quarantine now

 private:
  struct Record {
    std::uint64_t documents = 0;               // since the site is remembered
    std::vector<std::uint64_t> fault_numbers;  // of `documents`, the newest last
    std::uint32_t sentence = 0;                // 0: free
    std::uint32_t left = 0;                    // of the sentence
    bool probing = false;                      // a full reading is under way that decides
    std::uint64_t last_asked = 0;
  };
  void NoteFault(const std::string& site);
  void ForgetTheQuietest();

  const QuarantineRules rules_;
  mutable std::mutex mutex_;  // guards everything below
  std::unordered_map<std::string, Record> sites_;
  std::uint64_t asked_ = 0;
};

}  // namespace nightjar::pool
