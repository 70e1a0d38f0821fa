// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/warc_reader.h"

#include <string>

#include "archive/bundle/layout.h"

namespace nightjar::bundle {
namespace {

tl::unexpected<Error> Broken(std::string what) {
  return Fail(Code::kCorrupt, std::move(what), std::string(kWarc));
}

std::string_view TypeOf(const WarcRecord& record) {
  switch (record.block) {
    case WarcBlock::kRequest:
      return "request";
    case WarcBlock::kResponse:
      return "response";
    case WarcBlock::kText:
      break;
  }
  return "text";
}

}  // namespace

Status WarcReader::Expect(const WarcRecord& record) {
  const std::string place = " at byte " + std::to_string(at_);
  ASSIGN_OR_RETURN(const Digest header, TakeDigest(record.header.size()));
  if (header != Sha256(record.header))
    return Broken("the header of the " + std::string(TypeOf(record)) + " record" + place +
                  " is not what the signed record asks for");
  ASSIGN_OR_RETURN(const Digest block, TakeDigest(record.size));
  if (block != record.sha256)
    return Broken("the block of the " + std::string(TypeOf(record)) + " record" + place +
                  " does not match its digest in the signed record");
  ASSIGN_OR_RETURN(const Digest tail, TakeDigest(kWarcRecordEnd.size()));
  if (tail != Sha256(kWarcRecordEnd)) return Broken("a record has no proper end" + place);
  return {};
}

Status WarcReader::ExpectEnd() const {
  if (at_ != end_) return Broken("holds more than the captures of the bundle");
  return {};
}

Result<Digest> WarcReader::TakeDigest(std::uint64_t size) {
  if (size > end_ - at_) return Broken("ends before the last capture");
  Sha256Stream hash;
  RETURN_IF_ERROR(file_.Stream(at_, size, [&](ByteView piece) { hash.Update(piece); }));
  at_ += size;
  return hash.Finish();
}

}  // namespace nightjar::bundle
