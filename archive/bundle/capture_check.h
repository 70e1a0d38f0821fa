// SPDX-License-Identifier: Apache-2.0
// What makes one capture of a bundle good: record -> salt -> commitment -> leaf -> proof -> checkpoint, and
// the fetcher's signature over the record. Its bytes in the WARC are checked by WarcReader. Pure functions,
// but for ReadCapture().
#pragma once

#include <functional>
#include <map>
#include <string>

#include "archive/bundle/layout.h"
#include "archive/bundle/warc.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/leaf.h"
#include "base/result.h"
#include "base/signature.h"

namespace nightjar::bundle {

// Contents of the members named in CaptureMembers. Untrusted.
struct CaptureFiles {
  Bytes record;
  Bytes signature;
  Bytes leaf;
  Bytes salt;
  Bytes proof;
};

[[nodiscard]] Result<CaptureFiles> ReadCapture(
    CaptureNumber number, const std::function<Result<Bytes>(const std::string& member)>& read);

// A salt member: 64 hex digits and a line end. kCorrupt with the member's name.
[[nodiscard]] Result<Digest> ReadSalt(const std::string& member, const Bytes& text);

// A leaf and the proof file that shall lead from it to `checkpoint`. kCorrupt with the member's name.
struct LeafProof {
  std::uint64_t index = 0;
  ByteView leaf;
  ByteView proof;
};
[[nodiscard]] Status CheckProof(const std::string& member, const LeafProof& untrusted,
                                const evidence::SignedCheckpoint& checkpoint);

// A leaf by which the log speaks of itself: text and salt give its commitment, and it leads to `checkpoint`.
// kCorrupt with the member's name.
struct LogLeafFiles {
  std::uint64_t index = 0;
  ByteView text;
  const Bytes& leaf;
  const Bytes& salt;
  const Bytes& proof;
};
struct LogLeafNames {
  const std::string& text;
  const std::string& leaf;
  const std::string& salt;
  const std::string& proof;
};
struct LogLeafKind {
  evidence::LeafKind kind;
  std::string_view refusal;  // "is not the leaf of a rotation"
};
[[nodiscard]] Status CheckLogLeaf(const LogLeafNames& names, const LogLeafFiles& untrusted,
                                  const LogLeafKind& wanted, const evidence::SignedCheckpoint& checkpoint);

using FetcherKeys = std::map<std::string, VerifyKey>;  // by KeyId

// `checkpoint` is already verified. A rejection leaf binds its record but vouches for no signature: a bad
// signature may be why it was rejected. Errors are kCorrupt with the member's name.
[[nodiscard]] Result<WarcSubject> CheckCapture(CaptureNumber number, const CaptureFiles& files,
                                               const evidence::SignedCheckpoint& checkpoint,
                                               const FetcherKeys& fetchers);

}  // namespace nightjar::bundle
