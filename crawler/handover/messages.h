// SPDX-License-Identifier: Apache-2.0
// What the crawl role and nightjar-fetcher say to each other, as frames (base/frame.h) over a socket pair:
//
//   role     Hello  ->            once: limits, key, header profile
//   fetcher         <- Ready      once, after its walls stand
//   role     Task   ->            one URL
//   role     Circuit ->           what Tor says of the circuit of a SOCKS user, whenever it says so
//   fetcher         <- Begun      its request went out; only where the task asks to be told, before its Done
//   fetcher         <- Done       its exchange, signed; exactly one for each task, in any order
//
// The end of the stream is the order to stop. A payload is a type byte and the fields in the order declared
// here (base/codec.h). Both ends run the same build, so there is no version to negotiate, only one to
// compare: Hello carries it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "archive/captures/record.h"
#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/site_host.h"

namespace nightjar::handover {

// Bounds of one exchange; as config::FetchLimits, which the fetcher does not link.
struct Limits {
  std::uint64_t body_bytes = 0;
  std::uint32_t header_bytes = 0;
  std::uint32_t header_fields = 0;
  std::chrono::milliseconds connect{0};
  std::chrono::milliseconds total{0};
  std::uint32_t low_speed_bytes = 0;  // a second
  std::chrono::seconds low_speed_time{0};
  friend bool operator==(const Limits&, const Limits&) = default;
};

struct Hello {
  std::string build;       // BuildId(): another build is refused
  std::string tor_socket;  // path outside the jail: of the proxy that its route class leads through
  RouteClass route_class = RouteClass::kOnion;  // the only hosts it may fetch from
  std::uint32_t concurrency = 0;
  Limits limits;
  Bytes signing_seed;               // 32 bytes, Ed25519
  std::vector<std::string> header;  // "Name: value", in the order to send
  std::string config_sha256;
  bool json_log = false;
  // Paths of lists of digests of files that must not be kept; read before the walls stand.
  std::vector<std::string> hash_lists_md5;
  std::vector<std::string> hash_lists_sha256;
};

struct Ready {
  std::string sandbox;  // walls::JailState::Name(): "full" or "reduced"
};

// Why something is asked for. Sent as a number: append only.
enum class Purpose : std::uint8_t {
  kPage,       // a URL of the frontier
  kLogin,      // a persona's login form, or the page that holds it
  kAnswer,     // a wall's form, filled in by a person
  kWait,       // is the waiting room still there?
  kWallImage,  // the picture a wall asks a person about
};
[[nodiscard]] std::string_view PurposeName(Purpose purpose);  // as in the record; "" for kPage

inline constexpr std::size_t kMaxCookieLine = 20 << 10;  // as much as a jar may hold, with separators
inline constexpr std::size_t kMaxForm = 32 << 10;

struct Task {
  std::string fetch_id;  // 32 hex digits
  std::string url;       // normalised, without fragment
  JobId job;
  CaseId case_id;
  std::string legal_basis;
  std::uint32_t depth = 0;
  std::string via;         // or "-"
  std::string socks_user;  // the route's tag
  std::string socks_password;
  std::string clock_state;  // as in the record; the jail cannot ask the kernel
  std::string consensus;    // as in the record; the jail cannot read Tor's files
  std::string robots;       // as in the record
  Purpose purpose = Purpose::kPage;
  bool post = false;      // else GET; refused by the fetcher unless the purpose is kLogin or kAnswer
  Bytes form{};           // body of a POST, application/x-www-form-urlencoded
  std::string cookies{};  // value of the Cookie line; empty: no such line
  bool redact = false;    // the exchange holds secrets of a session: sign its redacted form too
  std::vector<std::string> media{};  // types that may be kept besides text (sandbox/media/policy.h)
  bool tell_begin = false;           // say Begun: others wait for it (frontier.h, Task::has_company)
  // Not to be asked for at all, and why (crawler/refusal.h): the fetcher only signs a record that says so.
  std::string refusal{};
};

// For the records of exchanges that travel as `socks_user`, from now on.
struct Circuit {
  std::string socks_user;
  std::string text;  // one line, as in the record
};

struct Begun {
  std::string fetch_id;
};

struct Done {
  std::string fetch_id;
  captures::Exchange exchange;
};

using Message = std::variant<Hello, Ready, Task, Done, Circuit, Begun>;

[[nodiscard]] Bytes Encode(const Message& message);

// kCorrupt: unknown type, cut short, bytes left over, or a field over its cap.
[[nodiscard]] Result<Message> Decode(ByteView payload);

// Longest payloads. The role's are small; a Done holds at most one body, one head and 256 KiB besides.
inline constexpr std::size_t kMaxToFetcher = 256 << 10;
[[nodiscard]] std::size_t MaxFromFetcher(const Limits& limits);

}  // namespace nightjar::handover
