// SPDX-License-Identifier: Apache-2.0
// What a disk may hold after a power cut, given what a program did to it before: a model of the file system
// that promises no more than POSIX does, and so allows what any of ext4, XFS or btrfs may leave.
//
// Durable, in every state:
//   - of a file: what it held when fsync(2) or fdatasync(2) of it last returned, and each write through a
//     descriptor with O_DSYNC that returned (open(2): "as though each write was followed by fdatasync");
//   - of a folder: its entries when fsync(2) of it last returned. fsync of a file says nothing of its name
//     (fsync(2), NOTES).
// Everything since then may be there or not, in any choice and order (Pillai et al., "All File Systems Are
// Not Created Equal", OSDI 2014, table 1: append and overwrite are reordered and torn by most, directory
// operations by some), and a call that was under way at the cut may be there in part:
//   - a write wholly, not at all, its first or last part with the border at a sector of 512 bytes (what disks
//     promise to write whole) or a page of 4 KiB, or as length alone with zeros in it (delayed allocation);
//   - a truncation or an entry made, renamed or removed: wholly or not at all (all journals promise that).
// Not modelled, for no file system in use does it: sectors with old bytes of other files in them, damage to
// what was durable, and files whose entry points nowhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/digest.h"
#include "base/random.h"
#include "tests/fault/crash_states/trace.h"

namespace nightjar::fault {

// What became of an operation that was not yet durable.
struct Fate {
  enum class Kind { kWhole, kLost, kHead, kTail, kLength } kind = Kind::kWhole;
  std::uint64_t border = 0;  // of kHead and kTail: the file offset between the two parts
};
using Fates = std::vector<Fate>;  // one for each of Disk::open_ops()

// Path within the folder -> content; nothing for a folder.
using Tree = std::map<std::string, std::optional<Bytes>>;
[[nodiscard]] Digest DigestOf(const Tree& tree);
void WriteTree(const Tree& tree, const std::string& folder);

class Disk final {
 public:
  // The operation has returned.
  void Done(const Op& op);

  // Operations that have returned, or are under way, and are not durable.
  [[nodiscard]] const std::vector<Op>& open_ops() const { return open_; }
  // `op` is under way: like Done(), but for what it would make durable.
  void Begun(const Op& op);

  [[nodiscard]] Tree After(const Fates& fates) const;

 private:
  using FileNumber = std::uint64_t;
  using Entries = std::map<std::string, FileNumber>;  // path -> file; 0 for a folder

  static void Store(Bytes& content, const Op& op, const Fate& fate);
  static void Enter(Entries& entries, const Op& op);

  std::map<FileNumber, Bytes> files_;  // durable contents
  Entries entries_;                    // durable names, each in a folder that may not be there itself
  std::vector<Op> open_;
};

// Every fate worth trying for what is open: nothing there, everything, each prefix, each one missing, each
// one alone, each write torn or hollow, and `mixtures` random ones.
[[nodiscard]] std::vector<Fates> ChooseFates(const std::vector<Op>& open, std::size_t mixtures,
                                             Random& random);
// For people: "lost: 3 create x, 5 write #2 at 4096+8192".
[[nodiscard]] std::string Describe(const std::vector<Op>& open, const Fates& fates);

}  // namespace nightjar::fault
