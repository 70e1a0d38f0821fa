// SPDX-License-Identifier: Apache-2.0
// Is a word an address of a coin? Only where its checksum holds; the exception, Ethereum in one case, says so
// in note and confidence.
//
//   btc   base58check 0x00, 0x05 (test 0x6F, 0xC4); bc1, tb1          Bitcoin chainparams.cpp, BIP 173, BIP
//   350 ltc   base58check 0x30, 0x32; ltc1                                 Litecoin chainparams.cpp dash
//   base58check 0x4C, 0x10                                       Dash chainparams.cpp doge  base58check 0x1E
//   Dogecoin chainparams.cpp zec   t1, t3 (0x1CB8, 0x1CBD), zc (0x169A); zs1; u1                Zcash
//   protocol specification 5.6, ZIP 316 trx   base58check 0x41 TRON developer documentation xrp   base58check
//   0x00 with XRP's letters                          xrpl.org xmr   95 or 106 characters, Keccak-256 Monero
//   cryptonote_basic_impl.cpp bch   CashAddr, with or without its prefix                         CashAddr
//   specification eth   0x and 40 hex digits                                         EIP-55
//
// An address that begins with 3 and has version 5 is Bitcoin's and an old one of Litecoin's and Bitcoin
// Cash's alike; it counts as Bitcoin's, and the note says so. Of a unified Zcash address the Bech32m checksum
// is tested, the F4Jumble inside is not undone. A word over kMaxUnifiedAddress characters is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::coins {

struct Address {
  std::string_view kind;  // "btc", ...
  std::string value;  // as wallets print it: base58 as it stands, bech32 in lower case, CashAddr with prefix
  std::string note;   // "mainnet p2tr"
  std::uint8_t confidence = 0;
};

// Fewer characters than this are no address of any coin.
inline constexpr std::size_t kShortestAddress = 25;

// `word`: ASCII letters and digits. Cost: at most the square of 128 characters, else linear.
[[nodiscard]] std::optional<Address> ReadAddress(std::string_view word);

}  // namespace nightjar::coins
