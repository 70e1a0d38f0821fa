// SPDX-License-Identifier: Apache-2.0
// The keys under which evidence lies on the disk, outside the database, so that destroying a key destroys
// what it sealed, whatever old pages and backups of the database still hold.
//
// A **scope** is one host in one case: what erasure acts on. Each has a data key of its own. In the keyring's
// folder each case has two files, both of mode 0600:
//
//   <case>.case-key    64 hex digits and a line end: the case key
//   <case>.data-keys   "nightjar-keyring/1", then a line for each scope: "<number> <base64 of the sealed
//   pair>"
//
// A sealed pair is the data key (32 bytes) and the host's name under the case key, bound to scope and case
// (base/cipher.h), so that the files name no host. Numbers are given once and never again. Whoever loses
// these files loses the evidence: they belong into every backup of the archive, and for the reason of their
// being, into backups that can be pruned.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/cipher.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::keyring {

using ScopeNumber = Id<struct ScopeTag, std::uint32_t>;

struct ScopeName {
  CaseId case_id;
  std::string host;  // "<56>.onion"; "-" where none is known
  friend auto operator<=>(const ScopeName&, const ScopeName&) = default;
};

struct Scope {
  ScopeNumber number;
  ScopeName name;
  SealingKey key;
};

// Thread-safe. One process may write; any may read, and finds keys that were added since.
class KeyRing final {
 public:
  enum class Mode { kRead, kWrite };

  // kRead: a folder that is missing holds no keys. kWrite makes it, cuts a torn last line, and finishes a
  // destruction that a crash interrupted. kCorrupt names the file and line; kRefused: others may read it.
  [[nodiscard]] static Result<std::unique_ptr<KeyRing>> Open(const std::string& folder, Mode mode,
                                                             Random& random);
  ~KeyRing();

  // The scope's key. kNotFound: destroyed, or the keyring is not the one that belongs to this archive.
  [[nodiscard]] Result<Scope> Find(ScopeNumber number) const;

  // The scope of a name: the known one, or a new one, whose number is at least `least`. A new key is on the
  // disk only after Sync(), and nothing sealed with it may be stored before. kWrite only, and so are all
  // below.
  [[nodiscard]] Result<Scope> FindOrMake(const ScopeName& name, ScopeNumber least);
  // A new key for a name that has one or not; FindOrMake() gives it from now on. What the former ones sealed
  // stays readable until they are destroyed.
  [[nodiscard]] Result<Scope> Renew(const ScopeName& name, ScopeNumber least);
  [[nodiscard]] Status Sync();

  // Its key is gone when this returns: the file is written anew without it and the old one overwritten. (How
  // far a file system or a disk keeps what is overwritten is their affair: put the keyring on a medium that
  // does not.) kNotFound if there is none.
  [[nodiscard]] Status Destroy(ScopeNumber number);

  [[nodiscard]] std::vector<ScopeName> Names() const;                             // of all living scopes
  [[nodiscard]] std::vector<ScopeNumber> NumbersOf(const ScopeName& name) const;  // living, ascending

 private:
  struct State;
  explicit KeyRing(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::keyring
