// SPDX-License-Identifier: Apache-2.0
// Walks the WARC of a bundle and holds it against the records it must consist of. Nothing is parsed: the
// expected bytes are known, so anything else is an error. One thread.
#pragma once

#include "archive/bundle/tar.h"
#include "archive/bundle/warc.h"
#include "base/result.h"

namespace nightjar::bundle {

class WarcReader final {
 public:
  // Both must outlive the reader.
  WarcReader(const TarFile& file, const Member& warc) : file_(file), start_(warc.offset), end_(warc.size) {}

  // kCorrupt unless `record` comes next: header byte by byte, block by its digest, then the record's end.
  [[nodiscard]] Status Expect(const WarcRecord& record);

  // kCorrupt unless nothing is left.
  [[nodiscard]] Status ExpectEnd() const;

 private:
  [[nodiscard]] Result<Digest> TakeDigest(std::uint64_t size);
  [[nodiscard]] Status CheckBody(const WarcRecord& record, const std::string& subject) const;

  const TarFile& file_;
  std::uint64_t start_;   // of the WARC in the file
  std::uint64_t at_ = 0;  // in the WARC
  std::uint64_t end_;
};

}  // namespace nightjar::bundle
