// SPDX-License-Identifier: Apache-2.0
#include "sandbox/profile/profile.h"

#include "base/digest.h"
#include "sandbox/profile/members.h"
#include "sandbox/wire/member_codec.h"

namespace nightjar::profile {

Bytes Encode(const std::vector<Profile>& profiles) {
  wire::MemberWriter writer(kProfileFormat);
  writer.List(profiles, kMaxProfiles);
  return writer.Take();
}

Result<std::vector<Profile>> Decode(ByteView bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != kProfileFormat)
    return Fail(Code::kCorrupt, "site profiles have an unknown format");
  wire::MemberReader reader(bytes.substr(1));
  std::vector<Profile> profiles;
  reader.List(profiles, kMaxProfiles);
  RETURN_IF_ERROR(reader.Finish("a list of site profiles"));
  return profiles;
}

std::string NameAndDigest(const Profile& profile) {
  constexpr std::size_t kDigits = 16;
  return profile.name + " sha256:" + Sha256(Encode(std::vector<Profile>{profile})).Hex().substr(0, kDigits);
}

}  // namespace nightjar::profile
