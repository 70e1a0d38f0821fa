// SPDX-License-Identifier: Apache-2.0
// A hunt's expressions, ready to be looked for. RE2 (Russ Cox, "Regular Expression Matching in the Wild",
// 2010) needs time linear in the text and bounded memory whatever pattern and bytes are, so hostile text may
// be given to it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "indexer/hunt/hunt.h"

namespace nightjar::hunt {

// Thread-safe.
class Patterns final {
 public:
  // kInvalidInput names the pattern and what is wrong with it: no expression, too long, too many, or one that
  // matches the empty text and so everything.
  [[nodiscard]] static Result<Patterns> Compile(const std::vector<std::string>& patterns);
  ~Patterns();
  Patterns(Patterns&&) noexcept;
  Patterns& operator=(Patterns&&) noexcept;

  // The matches in one part, at most kMostInOnePart of each pattern, none overlapping another of the same
  // pattern: pattern, part, place and snippet are set. Bytes that are no UTF-8 match nothing but \C.
  [[nodiscard]] std::vector<Match> Find(Part part, ByteView bytes) const;

 private:
  struct Compiled;
  explicit Patterns(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace nightjar::hunt
