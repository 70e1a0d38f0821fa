// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/address.h"

#include <fmt/format.h>

#include <array>

#include "sandbox/entities/coins/base32.h"
#include "sandbox/entities/coins/base58.h"
#include "sandbox/entities/coins/bech32.h"
#include "sandbox/entities/coins/cashaddr.h"
#include "sandbox/entities/coins/eip55.h"
#include "sandbox/entities/coins/keccak.h"

namespace nightjar::coins {
namespace {

constexpr std::uint8_t kChecked = 98;
constexpr std::uint8_t kFormOnly = 60;

struct Version {
  std::string_view bytes;
  std::size_t payload;  // bytes after the version
  std::string_view kind, note;
};

using namespace std::string_view_literals;

constexpr std::array kVersions = {
    Version{"\0"sv, 20, "btc", "mainnet p2pkh"},
    Version{"\x05"sv, 20, "btc", "mainnet p2sh; the same text is an old ltc or bch address"},
    Version{"\x6f"sv, 20, "btc", "testnet p2pkh"},
    Version{"\xc4"sv, 20, "btc", "testnet p2sh"},
    Version{"\x30"sv, 20, "ltc", "mainnet p2pkh"},
    Version{"\x32"sv, 20, "ltc", "mainnet p2sh"},
    Version{"\x4c"sv, 20, "dash", "mainnet p2pkh"},
    Version{"\x10"sv, 20, "dash", "mainnet p2sh"},
    Version{"\x1e"sv, 20, "doge", "mainnet p2pkh"},
    Version{"\x41"sv, 20, "trx", "mainnet"},
    Version{"\x1c\xb8"sv, 20, "zec", "mainnet p2pkh"},
    Version{"\x1c\xbd"sv, 20, "zec", "mainnet p2sh"},
    Version{"\x16\x9a"sv, 64, "zec", "mainnet sprout"},
};

std::optional<Address> ReadBase58(std::string_view word) {
  const auto bytes = Base58CheckDecode(word, kBitcoinLetters);
  if (!bytes) return std::nullopt;
  for (const Version& version : kVersions) {
    if (bytes->size() == version.bytes.size() + version.payload && bytes->starts_with(version.bytes))
      return Address{version.kind, std::string(word), std::string(version.note), kChecked};
  }
  return std::nullopt;
}

std::optional<Address> ReadRipple(std::string_view word) {
  const auto bytes = Base58CheckDecode(word, kRippleLetters);
  if (!bytes || bytes->size() != 21 || bytes->front() != '\0') return std::nullopt;
  return Address{"xrp", std::string(word), "mainnet", kChecked};
}

// Network byte, two keys of 32 bytes, for an integrated address 8 bytes of payment id, checksum.
std::optional<Address> ReadMonero(std::string_view word) {
  constexpr std::size_t kPlain = 65;
  constexpr std::size_t kIntegrated = 73;
  const auto bytes = MoneroBase58Decode(word);
  if (!bytes || bytes->size() < 4) return std::nullopt;
  const ByteView payload = ByteView(*bytes).substr(0, bytes->size() - 4);
  if (payload.size() != kPlain && payload.size() != kIntegrated) return std::nullopt;
  struct Network {
    std::uint8_t byte;
    std::size_t size;
    std::string_view note;
  };
  constexpr std::array kNetworks = {
      Network{18, kPlain, "mainnet standard"},        Network{42, kPlain, "mainnet sub-address"},
      Network{53, kPlain, "testnet standard"},        Network{63, kPlain, "testnet sub-address"},
      Network{24, kPlain, "stagenet standard"},       Network{36, kPlain, "stagenet sub-address"},
      Network{54, kIntegrated, "testnet integrated"}, Network{25, kIntegrated, "stagenet integrated"},
      Network{19, kIntegrated, "mainnet integrated"}};
  for (const Network& network : kNetworks) {
    if (static_cast<std::uint8_t>(payload.front()) != network.byte || payload.size() != network.size)
      continue;
    if (Keccak256(payload).View().substr(0, 4) != ByteView(*bytes).substr(payload.size()))
      return std::nullopt;
    return Address{"xmr", std::string(word), std::string(network.note), kChecked};
  }
  return std::nullopt;
}

std::string WitnessNote(std::string_view network, const WitnessAddress& address) {
  if (address.version == 0)
    return fmt::format("{} {}", network, address.program.size() == 20 ? "p2wpkh" : "p2wsh");
  if (address.version == 1 && address.program.size() == 32) return fmt::format("{} p2tr", network);
  return fmt::format("{} witness v{}", network, address.version);
}

std::optional<Address> ReadWitness(std::string_view word, const std::string& lower) {
  struct Coin {
    std::string_view prefix, kind, network;
  };
  constexpr std::array kCoins = {Coin{"bc", "btc", "mainnet"}, Coin{"tb", "btc", "testnet"},
                                 Coin{"ltc", "ltc", "mainnet"}};
  for (const Coin& coin : kCoins) {
    if (!lower.starts_with(coin.prefix) || lower[coin.prefix.size()] != '1') continue;
    const auto address = DecodeWitnessAddress(word, coin.prefix);
    if (!address) return std::nullopt;
    return Address{coin.kind, lower, WitnessNote(coin.network, *address), kChecked};
  }
  return std::nullopt;
}

std::optional<Address> ReadShielded(const std::string& lower) {
  constexpr std::size_t kSaplingBytes = 43;
  if (lower.starts_with("zs1")) {
    const auto decoded = DecodeBech32(lower);
    if (!decoded || decoded->form != Bech32Form::kBech32 || decoded->prefix != "zs") return std::nullopt;
    const auto bytes = BytesOf(decoded->values);
    if (!bytes || bytes->size() != kSaplingBytes) return std::nullopt;
    return Address{"zec", lower, "mainnet sapling", kChecked};
  }
  // ZIP 316: at least 48 bytes go into the jumble.
  if (!lower.starts_with("u1")) return std::nullopt;
  const auto decoded = DecodeBech32(lower, kMaxUnifiedAddress);
  if (!decoded || decoded->form != Bech32Form::kBech32m || decoded->prefix != "u") return std::nullopt;
  const auto bytes = BytesOf(decoded->values);
  if (!bytes || bytes->size() < 48) return std::nullopt;
  return Address{"zec", lower, "mainnet unified", kChecked};
}

std::optional<Address> ReadCash(const std::string& lower) {
  const auto address = DecodeCashAddress("bitcoincash", lower);
  if (!address || address->type > 3) return std::nullopt;
  constexpr std::array<std::string_view, 4> kTypes = {"p2pkh", "p2sh", "p2pkh with tokens",
                                                      "p2sh with tokens"};
  return Address{"bch", "bitcoincash:" + lower, fmt::format("mainnet {}", kTypes[address->type]), kChecked};
}

std::optional<Address> ReadEthereum(std::string_view word) {
  auto address = ReadEthereumAddress(word);
  if (!address) return std::nullopt;
  if (address->checked) return Address{"eth", std::move(address->text), "EIP-55", kChecked};
  return Address{"eth", std::move(address->text), "no checksum: letters of one case", kFormOnly};
}

std::optional<Address> ReadByLetters(std::string_view word) {
  const auto lower = OneCase(word);
  if (!lower) return std::nullopt;
  if (auto address = ReadWitness(word, *lower)) return address;
  if (auto address = ReadShielded(*lower)) return address;
  return word.size() == 42 || word.size() == 61 ? ReadCash(*lower) : std::nullopt;
}

}  // namespace

std::optional<Address> ReadAddress(std::string_view word) {
  if (word.size() < kShortestAddress || word.size() > kMaxUnifiedAddress) return std::nullopt;
  if (word.front() == '0') return ReadEthereum(word);
  if (word.size() <= 36) {
    if (auto address = ReadBase58(word)) return address;
    return word.front() == 'r' ? ReadRipple(word) : std::nullopt;
  }
  if (word.size() == 95 || word.size() == 106) {
    if (auto address = ReadMonero(word)) return address;
    if (word.starts_with("zc")) return ReadBase58(word);
  }
  return ReadByLetters(word);
}

}  // namespace nightjar::coins
