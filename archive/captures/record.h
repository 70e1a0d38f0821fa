// SPDX-License-Identifier: Apache-2.0
// The capture record: the small text that describes one exchange. The fetcher writes and signs it; it is
// stored, hashed and exported verbatim, so there is no canonical form to argue about. One complete example is
// in archive/FORMAT.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/signature.h"

namespace nightjar::captures {

// How an exchange ended, seen from the wire. A failure is evidence too. Names as in `OutcomeName`.
enum class Outcome : std::uint8_t {
  kOk,                 // a whole response arrived
  kTruncated,          // a response was cut by one of our limits; `detail` names the limit
  kProxyUnavailable,   // Tor's socket refused or vanished
  kDescriptorMissing,  // SOCKS F0, F1
  kIntroduction,       // SOCKS F2, F7
  kRendezvous,         // SOCKS F3
  kClientAuth,         // SOCKS F4, F5
  kBadAddress,         // SOCKS F6
  kRefused,            // the service refused the connection
  kTimedOut,
  kDisconnected,  // the connection ended before the response did
  kProtocol,      // not HTTP/1, or header limits broken
  kNotAttempted,  // refused by our own rules before any byte was sent; `detail` says which
  kWithheld,      // a response came whose body we do not keep; `withheld` and `detail` say why
};
[[nodiscard]] std::string_view OutcomeName(Outcome outcome);

// A request or response as exports and views show it: its secrets replaced (redaction.h). In the text
// "<head size> <size> <sha256 in hex>".
struct RedactedBlock {
  std::uint64_t head_size = 0;  // of the redacted block, up to and with the empty line
  std::uint64_t size = 0;
  Digest sha256;
  friend bool operator==(const RedactedBlock&, const RedactedBlock&) = default;
};

// A body that was received, hashed and then thrown away unseen: what the media policy does not allow, or what
// a hash list knows. head, response_* and body_* of the record then describe what was kept, the head alone.
struct Withheld {
  enum class By : std::uint8_t { kNothing, kMediaPolicy, kHashList };
  By by = By::kNothing;
  std::uint64_t size = 0;  // bytes of the body that had arrived; the transfer is cut as soon as it is known
  Digest sha256;           // over those bytes, transfer coding kept
  friend bool operator==(const Withheld&, const Withheld&) = default;
};

// Keys of the text are the members in this order, one "key: value" line each with '-' for '_' ("case" for
// case_id), after the first line "nightjar-capture/v1". Values are never empty ("-" stands for nothing),
// valid UTF-8, and have control characters percent-encoded, so a value never holds a line end. The lines
// origin, purpose, redacted-request and redacted-response are left out where the member is empty; the last
// two stand together or not at all.
struct Record {
  std::string url;  // normalised, without fragment
  JobId job;
  CaseId case_id;
  std::string legal_basis;
  std::string fetch_id;     // 32 hex digits, random: makes every exchange's record unique
  std::uint32_t depth = 0;  // links from a seed
  std::string via;          // URL of the page that linked here, or "-"
  UtcTime started;          // CLOCK_REALTIME when the request was handed to the proxy
  UtcTime ended;            // CLOCK_REALTIME when the last byte had arrived
  MonoTime started_mono;    // CLOCK_BOOTTIME at the same moments, microseconds in the text
  MonoTime ended_mono;
  std::string boot_id;
  std::string clock_state;  // "synchronised" or "unsynchronised" (adjtimex), or "unknown"
  std::string consensus;    // "sha256=<hex> valid-after=<utc>" of Tor's consensus, or "unknown"
  // Empty for what a fetcher received. Else the capture was imported (archive/import): "warc sha256=<of the
  // file> offset=<n> type=<WARC-Type> date=<WARC-Date> id=<WARC-Record-ID>", or "file sha256=<hex>
  // size=<bytes> name=<name>" for the file itself. Then fetcher_key is that of the importer, times are as the
  // file claims them (the leaf has ours), and what only a fetcher can know is "-" or "unknown".
  std::string origin;
  std::string purpose;  // empty for a page; else "login", "answer", "wait" or "wall-image": part of a session
  std::string route;    // SOCKS user name: job/host/persona/epoch tag (the password is never written)
  std::string circuit;  // what Tor said of the route's circuit (crawler/tor_control/circuits.h), or "-"
  // What the host's robots.txt says of this URL, and whether that was asked: "ignored" (the job does not
  // look), "allowed sha256=<hex>" or "disallowed sha256=<hex>" (of the captured body that decided), "none"
  // (there is none), "unreachable", "itself" (this is that file), "unasked" (refused before that).
  std::string robots;
  int socks_reply = -1;  // SOCKS5 reply code (0..255) where the proxy gave one, else -1 ("-")
  Outcome outcome = Outcome::kOk;
  std::string detail;   // one sentence of ours for anything but kOk, else "-"
  int http_status = 0;  // 100..999; 0 where no status line came
  std::uint64_t request_size = 0;
  Digest request_sha256;                           // request bytes as sent
  std::uint64_t head_size = 0;                     // status line and header fields, with the empty line
  std::uint64_t response_size = 0;                 // head and body, transfer coding kept
  Digest response_sha256;                          // over head ‖ body
  Digest body_sha256;                              // over the body alone: the content address
  std::optional<RedactedBlock> redacted_request;   // of captures made with a session's secrets
  std::optional<RedactedBlock> redacted_response;  // head redacted, body as it came
  Withheld withheld;          // "media-policy SIZE SHA256", "hash-list SIZE SHA256", or "-"
  std::string tool;           // BuildId()
  std::string config_sha256;  // digest of the settings the fetcher was given
  std::string fetcher_key;    // KeyId of the signing key
};

// A record is about 1.5 kB; longer ones are refused everywhere.
inline constexpr std::size_t kMaxRecordSize = 64 << 10;

[[nodiscard]] Bytes FormatRecord(const Record& record);

// Strict inverse: FormatRecord(ParseRecord(text)) == text, else kCorrupt with the line's number. Messages
// never repeat the text, which may be hostile.
[[nodiscard]] Result<Record> ParseRecord(ByteView text);

// What a fetcher hands over. `signature` is Ed25519 over `record` by the fetcher's key.
struct Exchange {
  Bytes record;
  Bytes signature;
  Bytes request;
  Bytes head;
  Bytes body;
};

// `withheld` is there exactly when the outcome says so, and then no body was kept. kCorrupt otherwise.
[[nodiscard]] Status CheckWithheld(const Record& record);

// Every size and digest in the record matches these bytes, and CheckWithheld holds. kCorrupt names what
// differs.
[[nodiscard]] Status CheckBytes(const Record& record, ByteView request, ByteView head, ByteView body);

// CheckBytes holds, the record names `key`, and the signature is the
// key's. kCorrupt names what differs.
[[nodiscard]] Status CheckExchange(const Exchange& exchange, const VerifyKey& key);
// The same where exchange.record has been parsed already.
[[nodiscard]] Status CheckExchange(const Exchange& exchange, const Record& parsed, const VerifyKey& key);

}  // namespace nightjar::captures
