// SPDX-License-Identifier: Apache-2.0
// Addresses whose checksums hold, from the specifications named beside them, from well-known accounts, and
// made by an independent encoder where no specification gives one.
#pragma once

#include <string_view>
#include <vector>

namespace nightjar::coins {

struct Example {
  std::string_view kind, text, note;
};

inline const std::vector<Example>& Examples() {
  static const std::vector<Example> kExamples = {
      {"btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "mainnet p2pkh"},  // block 0
      {"btc", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "mainnet p2pkh"},
      {"btc", "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
       "mainnet p2sh; the same text is an old ltc or bch address"},
      {"btc", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "testnet p2pkh"},
      {"btc", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", "testnet p2sh"},
      {"btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "mainnet p2wpkh"},  // BIP 173
      {"btc", "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "testnet p2wsh"},
      {"btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "mainnet p2tr"},  // BIP 350
      {"ltc", "M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX", "mainnet p2sh"},
      {"dash", "XanAvE5GMB8CsPH78B9moJq9viEVKvCS4f", "mainnet p2pkh"},
      {"dash", "7SVyqiBykMKdoNuuf1AehnVxASmtdfqsFF", "mainnet p2sh"},
      {"doge", "D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1", "mainnet p2pkh"},
      {"doge", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", "mainnet p2pkh"},
      {"trx", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "mainnet"},  // the contract of USDT
      {"xrp", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "mainnet"},  // genesis account
      {"xrp", "rrrrrrrrrrrrrrrrrrrrrhoLvTp", "mainnet"},         // account zero
      {"zec", "t1Hxw6JqWMnhDK5jRCieg5bFHM2qt7UtQvu", "mainnet p2pkh"},
      {"zec", "t3Vz22vK5z2LcKEdg16Yv4FFneEL1zg9ojd", "mainnet p2sh"},  // founders' reward
      {"zec",
       "zc8E7R3StiJq1T1UaCdygazuEVBe9xddGdYBLMe8WNgnBTVRGiGwY9MEeVKqhWNtmbPmwi4S1uJtPobqCq4azuLJrKCFjcj",
       "mainnet sprout"},
      {"zec", "zs1q4stk9n3esnc9hfcj0hynf8lt263q67xy97dwv5dappea7254u9xtsqmwmgjeplz8kv0xr2qa7s",
       "mainnet sapling"},
      {"zec",
       "u1pvc9275lcn5suv6c0k3v0mq3xedcpfw2au2rjh5r4rxly9euvxr2h584rglkfzdw60up6sn83jcad7eqg44gldxelc35smvjklw"
       "qzfj"
       "twz2m4hcy99888x9augrjc5tkn0qw2z3023ueaslgp5e9wl9pcm43qd2607jvnmsn8pwc9f7v7ytrkcy94t8lgxf7vga0la",
       "mainnet unified"},
      {"xmr",
       "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
       "mainnet standard"},  // the Monero project's own
      {"xmr",
       "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
       "mainnet sub-address"},  // its general fund
      {"xmr",
       "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES"
       "9khP"
       "K",
       "mainnet integrated"},  // Monero's documentation
      {"eth", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "EIP-55"},
      {"eth", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "EIP-55"},
      {"eth", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "EIP-55"},
      {"eth", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", "EIP-55"},
  };
  return kExamples;
}

// The CashAddr specification's, without their prefix.
inline const std::vector<std::string_view>& CashExamples() {
  static const std::vector<std::string_view> kExamples = {
      "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy",
      "qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r", "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq",
      "pr95sy3j9xwd2ap32xkykttr4cvcu7as4yc93ky28e", "pqq3728yw0y47sqn6l2na30mcw6zm78dzq5ucqzc37"};
  return kExamples;
}

}  // namespace nightjar::coins
