// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/words.h"

#include "base/bytes.h"
#include "sandbox/entities/coins/address.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kSessionDigits = 66;
constexpr std::size_t kToxDigits = 76;

bool IsTox(std::string_view word) {
  const auto bytes = HexDecode(Lower(word));
  if (!bytes || bytes->find_first_not_of(bytes->front()) == Bytes::npos) return false;
  char even = 0;
  char odd = 0;
  for (std::size_t i = 0; i < bytes->size(); i += 2) {
    even = static_cast<char>(even ^ (*bytes)[i]);
    odd = static_cast<char>(odd ^ (*bytes)[i + 1]);
  }
  return even == 0 && odd == 0;
}

// An address may stand behind its prefix, which belongs to its place.
std::size_t WithPrefix(std::string_view text, std::size_t begin, std::string_view kind) {
  constexpr std::string_view kCash = "bitcoincash:";
  if (kind != "bch" || begin < kCash.size()) return begin;
  const std::size_t prefixed = begin - kCash.size();
  return EqualsNoCase(text.substr(prefixed, kCash.size()), kCash) ? prefixed : begin;
}

}  // namespace

void ReadLongWord(Scan& scan, std::size_t begin, std::size_t end) {
  const std::string_view word = scan.text.substr(begin, end - begin);
  if (word.size() == kSessionDigits && word.starts_with("05") && All(word, IsHex)) {
    const bool named = scan.topics.Near(Topic::kSession, begin, 64);
    scan.Add("session", {begin, end}, Lower(word), "no checksum", named ? 95 : 70);
  } else if (word.size() == kToxDigits && All(word, IsHex) && IsTox(word)) {
    scan.Add("tox", {begin, end}, Upper(word), "", 90);
  } else if (auto address = coins::ReadAddress(word)) {
    const std::size_t from = WithPrefix(scan.text, begin, address->kind);
    // A fingerprint may be written with 0x before it, as Ethereum addresses are.
    if (address->kind == "eth" && scan.topics.Near(Topic::kPgp, begin, 48)) return;
    scan.Add(address->kind, {from, end}, std::move(address->value), std::move(address->note),
             address->confidence);
  }
}

}  // namespace nightjar::entities
