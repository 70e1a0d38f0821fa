// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/warc_reader.h"

#include <fmt/format.h>

#include <string>

#include "archive/bundle/layout.h"

namespace nightjar::bundle {
namespace {

tl::unexpected<Error> Broken(std::string what) {
  return Fail(Code::kCorrupt, std::move(what), std::string(kWarc));
}

}  // namespace

Status WarcReader::Expect(const WarcRecord& record) {
  const std::string subject = fmt::format("the {} record at byte {}", record.type, at_);
  ASSIGN_OR_RETURN(const Digest header, TakeDigest(record.header.size()));
  if (header != Sha256(record.header))
    return Broken(subject + " has another header than its signed record asks for");
  ASSIGN_OR_RETURN(const Digest block, TakeDigest(record.size));
  if (block != record.sha256) return Broken(subject + " has a block that does not match its signed digest");
  RETURN_IF_ERROR(CheckBody(record, subject));
  ASSIGN_OR_RETURN(const Digest tail, TakeDigest(kWarcRecordEnd.size()));
  if (tail != Sha256(kWarcRecordEnd)) return Broken(subject + " has no proper end");
  return {};
}

// After the block was taken. A body under a redacted head is still the one that was received.
Status WarcReader::CheckBody(const WarcRecord& record, const std::string& subject) const {
  if (!record.body) return {};
  const auto& [begin, sha256] = *record.body;
  Sha256Stream hash;
  RETURN_IF_ERROR(file_.Stream(start_ + at_ - record.size + begin, record.size - begin,
                               [&](ByteView piece) { hash.Update(piece); }));
  if (hash.Finish() != sha256) return Broken(subject + " has a body that does not match its signed digest");
  return {};
}

Status WarcReader::ExpectEnd() const {
  if (at_ != end_) return Broken("holds more than the captures of the bundle");
  return {};
}

Result<Digest> WarcReader::TakeDigest(std::uint64_t size) {
  if (size > end_ - at_) return Broken("ends before the last capture");
  Sha256Stream hash;
  RETURN_IF_ERROR(file_.Stream(start_ + at_, size, [&](ByteView piece) { hash.Update(piece); }));
  at_ += size;
  return hash.Finish();
}

}  // namespace nightjar::bundle
