// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/facts.h"

#include "sandbox/wire/member_codec.h"
#include "sandbox/wire/members.h"

namespace nightjar::wire {
bool IsWall(PageClass page_class) {
  return page_class == PageClass::kLogin || page_class == PageClass::kCaptcha ||
         page_class == PageClass::kDdosWait || page_class == PageClass::kLoggedOut ||
         page_class == PageClass::kBanned;
}

Bytes Encode(const Facts& facts) {
  MemberWriter writer(kFactsFormat);
  VisitMembers(writer, facts);
  return writer.Take();
}

Result<Facts> Decode(ByteView bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != kFactsFormat) {
    return Fail(Code::kCorrupt, "a facts record has an unknown format");
  }
  MemberReader reader(bytes.substr(1));
  Facts facts;
  VisitMembers(reader, facts);
  RETURN_IF_ERROR(reader.Finish("a facts record"));
  return facts;
}

}  // namespace nightjar::wire
