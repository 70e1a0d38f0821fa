// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/kinds.h"

#include <array>

namespace nightjar::entities {
namespace {

constexpr std::array kKinds = {
    Kind{"analytics_id", "account of a visitor counter or advertiser, as printed",
         "Google, Yandex: help pages"},
    Kind{"bch", "Bitcoin Cash address with its prefix", "CashAddr specification", true},
    Kind{"btc", "Bitcoin address", "Base58Check, BIP 173, BIP 350", true},
    Kind{"cve", "known vulnerability, \"CVE-2021-44228\"", "CVE numbering syntax of 2014"},
    Kind{"dash", "Dash address", "Base58Check", true},
    Kind{"discord", "Discord user name beside the word, or invitation code", "discord.com"},
    Kind{"doge", "Dogecoin address", "Base58Check", true},
    Kind{"domain", "host name on the open net, lower case", "top-level domains of publicsuffix.org"},
    Kind{"email", "e-mail address, lower case", "RFC 5321 in the small"},
    Kind{"eth", "Ethereum address; of one case without checksum and less sure", "EIP-55"},
    Kind{"i2p", "I2P host, lower case", "geti2p.net, naming"},
    Kind{"iban", "bank account, without blanks", "ISO 13616, SWIFT IBAN registry", true},
    Kind{"icq", "ICQ number beside the word, digits only", "icq.com"},
    Kind{"ipv4", "public IPv4 address", "RFC 6890"},
    Kind{"ltc", "Litecoin address", "Base58Check, BIP 173, BIP 350", true},
    Kind{"matrix", "Matrix user, \"@name:host\"", "Matrix specification, appendices"},
    Kind{"onion", "onion service of version 3, \"<56>.onion\"", "Tor rend-spec-v3", true},
    Kind{"onion_v2", "onion service of version 2 (ended 2021), \"<16>.onion\"", "Tor rend-spec-v2"},
    Kind{"payment_card", "payment card, all but its first six and last four digits masked", "ISO/IEC 7812",
         true},
    Kind{"pgp_fingerprint", "OpenPGP fingerprint beside a word that says so, upper-case hex", "RFC 9580"},
    Kind{"pgp_key", "OpenPGP public key by its fingerprint, upper-case hex", "RFC 9580, RFC 4880", true},
    Kind{"pgp_key_damaged", "a key block that cannot be read, by SHA-256 of its characters", "RFC 9580"},
    Kind{"pgp_key_id", "OpenPGP key id beside a word that says so, upper-case hex", "RFC 9580"},
    Kind{"pgp_message", "encrypted message, by its recipients' key ids; \"none\" without", "RFC 9580"},
    Kind{"pgp_signature", "signature, by its issuers' key ids; not verified", "RFC 9580"},
    Kind{"pgp_signed", "signed text, by its issuers' key ids; not verified", "RFC 9580"},
    Kind{"pgp_subkey", "sub-key of an OpenPGP key by its fingerprint; note: the primary's", "RFC 9580", true},
    Kind{"pgp_user_id", "user id on an OpenPGP key; note: the key's fingerprint", "RFC 9580", true},
    Kind{"phone", "telephone number, \"+\" and digits; note: region and kind of line",
         "libphonenumber, E.164"},
    Kind{"session", "Session account, 66 hex digits in lower case", "getsession.org"},
    Kind{"signal", "Signal account beside the word: telephone number or user name", "signal.org"},
    Kind{"telegram", "Telegram name in lower case without \"@\", or invitation", "core.telegram.org"},
    Kind{"threema", "Threema ID beside the word", "threema.ch, cryptography white paper"},
    Kind{"tox", "Tox ID, 76 hex digits in upper case", "toktok.ltd/spec, Tox ID", true},
    Kind{"trx", "TRON address", "Base58Check", true},
    Kind{"whatsapp", "WhatsApp account: telephone number, or invitation code", "faq.whatsapp.com"},
    Kind{"wickr", "Wickr name beside the word, lower case", "wickr.com"},
    Kind{"xmpp", "XMPP address (Jabber), lower case", "RFC 7622 in the small"},
    Kind{"xmr", "Monero address", "Monero cryptonote_basic_impl.cpp", true},
    Kind{"xrp", "XRP Ledger account", "xrpl.org, Base58Check", true},
    Kind{"zec", "Zcash address", "Zcash protocol specification 5.6, ZIP 316", true},
};

}  // namespace

std::span<const Kind> Kinds() { return kKinds; }

}  // namespace nightjar::entities
