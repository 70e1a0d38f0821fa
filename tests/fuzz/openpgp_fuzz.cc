// SPDX-License-Identifier: Apache-2.0
// openpgp: armor and packets of any bytes are read or refused, and what is read has names of the right size.
#include "base/bytes.h"
#include "sandbox/entities/openpgp/armor.h"
#include "sandbox/entities/openpgp/keys.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

// RFC 9580, appendix A.3: a version 6 key of Ed25519, without its signatures, and its sub-key.
constexpr std::string_view kPackets =
    "c62a0663877fe31b00000020f94da7bb48d60a61e567706a6587d0331999bb9d891a08242ead84543df895a3"
    "ce2a0663877fe319000000208693248367f9e5015db922f8f48095dda784987f2d5985b12fbad16caf5e4435";

void RequireSound(const openpgp::Key& key) {
  const std::size_t digits = key.version == 3 ? 32 : key.version == 4 ? 40 : 64;
  Require(key.version >= 3 && key.version <= 6 && key.fingerprint.size() == digits &&
          !key.algorithm_name.empty());
}

void Read(std::string_view packets) {
  const auto certificates = openpgp::ReadCertificates(packets);
  if (certificates) {
    Require(!certificates->empty());
    for (const openpgp::Certificate& certificate : *certificates) {
      RequireSound(certificate.primary);
      for (const openpgp::Key& subkey : certificate.subkeys) RequireSound(subkey);
      for (const std::string& user_id : certificate.user_ids) Require(IsValidUtf8(user_id));
    }
  }
  static_cast<void>(openpgp::RecipientsOf(packets));
  static_cast<void>(openpgp::IssuersOf(packets));
}

}  // namespace

std::vector<std::string> Seeds() {
  const std::string packets = *HexDecode(kPackets);
  const std::string signature = *HexDecode(
      "c22b040016080017162104"
      "00112233445566778899aabbccddeeff01234567"
      "000a0910ccddeeff012345670000");
  const std::string message = *HexDecode(
      "c10a030123456789abcdef01"
      "d2e161");
  return {packets, signature, message,
          "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: x\n\n" + Base64Encode(packets) +
              "\n-----END PGP PUBLIC KEY BLOCK-----"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string_view input = fuzz::Input(data, size);
  fuzz::Read(input);
  const auto armor = openpgp::ReadArmor(input, 0);
  if (!armor) return 0;
  fuzz::Require(armor->end <= input.size() && armor->begin < armor->end);
  fuzz::Require(armor->damage.empty() || armor->data.empty());
  fuzz::Read(armor->data);
  return 0;
}
