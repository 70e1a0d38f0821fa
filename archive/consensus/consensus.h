// SPDX-License-Identifier: Apache-2.0
// Tor's consensus documents (dir-spec, section 3.4.1), kept by digest. A record names one; the document shows
// that the record was not made before it was published.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar::consensus {

// A consensus is about 3 MB; larger documents are neither kept nor read.
inline constexpr std::size_t kMaxDocument = 64 << 20;

// What a record says of a consensus: "sha256=<hex> valid-after=<utc>".
struct Name {
  Digest sha256;
  UtcTime valid_after;
  friend auto operator<=>(const Name&, const Name&) = default;
};
[[nodiscard]] std::string FormatName(const Name& name);
// Strict inverse; kInvalidInput for anything else ("unknown" too).
[[nodiscard]] Result<Name> ParseName(std::string_view text);

// The name of a document, by its first valid-after line; kInvalidInput when it has none. Untrusted bytes.
[[nodiscard]] Result<Name> NameOf(ByteView untrusted_document);

// A folder with one zstd-packed file per document, named by the SHA-256 of the document in hex. Any process
// may keep and read at the same time; a value, cheap to copy.
class Store final {
 public:
  explicit Store(std::string folder) : folder_(std::move(folder)) {}

  // Durable when it returns. The folder is made where it is missing; a document kept before costs one look.
  [[nodiscard]] Status Keep(ByteView document) const;

  // kNotFound where it was never kept; kCorrupt when its bytes do not have this digest.
  [[nodiscard]] Result<Bytes> Get(const Digest& sha256) const;

 private:
  std::string folder_;
};

}  // namespace nightjar::consensus
