// SPDX-License-Identifier: Apache-2.0
// Every setting of every role, with its default. One struct per role; keys.cc gives each member its YAML key,
// range and comment, and example.yaml lists them (tests hold the three together). Durations and sizes carry
// their unit in the key's name. Settings are values: read once at start, then passed on by const reference.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

struct EvidenceSettings {
  std::string origin = "unit.example/nightjar/2026a";  // name of the log and of its key; carries a version
  std::chrono::seconds checkpoint_interval{5};  // a new leaf is under a checkpoint within this time; 1..10
  std::string witness_url = "none";             // prefix of a C2SP tlog-witness, or none
  std::string witness_vkey = "none";            // its key

  friend bool operator==(const EvidenceSettings&, const EvidenceSettings&) = default;
};

// The word that stands for "no such thing" in settings that are paths.
inline constexpr std::string_view kNone = "none";

// The entries of a setting that is a list parted by blanks; none for kNone.
[[nodiscard]] std::vector<std::string> ListOf(std::string_view text);

// Time stamps of others on our checkpoints (RFC 3161).
struct NotarySettings {
  std::string tsa_url = "none";
  std::string tsa_ca = "none";          // PEM file: the root, and what lies between it and the TSA
  std::chrono::seconds interval{3600};  // between tokens, while there is something new

  friend bool operator==(const NotarySettings&, const NotarySettings&) = default;
};

// The witness this installation is for other logs. Its own process, user and `data` folder.
struct WitnessSettings {
  std::string listen = "none";
  std::string name = "unit.example/witness/2026a";  // of its key; carries a version
  std::string logs = "none";                        // file of the logs it watches

  friend bool operator==(const WitnessSettings&, const WitnessSettings&) = default;
};

struct TorSettings {
  std::string socks = "/run/tor/socks";  // list of Tor's unix SOCKS sockets
  std::string control = "none";          // list of their control sockets in the same order, or none
  std::string consensus =
      "/var/lib/tor/cached-microdesc-consensus";  // for the "not before" time; may be missing
  std::uint32_t managed = 0;                      // Tors that Nightjar runs itself, instead of those above
  std::string program = "/usr/bin/tor";
  std::string torrc = "none";           // further torrc lines of managed Tors
  std::string clearnet_socks = "none";  // another SOCKS socket, without OnionTrafficOnly

  friend bool operator==(const TorSettings&, const TorSettings&) = default;
};

struct I2pSettings {
  std::string proxy = "none";  // a unix socket that leads to an I2P router's HTTP proxy

  friend bool operator==(const I2pSettings&, const I2pSettings&) = default;
};

struct FetchLimits {
  std::uint64_t body_bytes = 8ULL << 20;
  std::uint32_t header_bytes = 64 << 10;
  std::uint32_t header_fields = 200;
  std::chrono::seconds connect{60};         // until the circuit and stream stand
  std::chrono::seconds total{300};          // whole exchange
  std::uint32_t low_speed_bytes = 100;      // slower than this many bytes a second ...
  std::chrono::seconds low_speed_time{60};  // ... for this long ends the exchange

  friend bool operator==(const FetchLimits&, const FetchLimits&) = default;
};

struct CrawlSettings {
  std::uint32_t concurrency = 16;  // exchanges under way at once, all hosts
  std::uint32_t per_host = 1;      // exchanges under way at once to one host
  std::uint32_t circuits = 8;      // isolated circuits to one host at once, where per_host lets them be used
  std::uint32_t tries = 3;         // attempts at a URL that fails for a passing cause
  std::chrono::seconds retry_delay{30};  // doubled at each try
  std::chrono::seconds lease{420};       // longer than limits.connect and limits.total together
  std::uint32_t commit_batch = 64;       // captures in one archive transaction at most
  std::uint32_t down_tries = 3;          // a host is down after so many failures to find it ...
  std::chrono::hours down_after{24};     // ... over at least so long
  FetchLimits limits;

  friend bool operator==(const CrawlSettings&, const CrawlSettings&) = default;
};

struct SessionSettings {
  std::string profiles = "/etc/nightjar/profiles";  // folder of site profiles; may be missing
  std::string anonymous_cookies = "off";            // "on": jobs without a persona keep cookies, in memory

  friend bool operator==(const SessionSettings&, const SessionSettings&) = default;
};

// Hosts that must not be touched: archive/blocklist. Fail closed.
struct BlocklistSettings {
  std::string md5 = "/etc/nightjar/blocklist.md5";                     // Ahmia's format, or none
  std::string sha256{kNone};                                           // ours, or none
  std::chrono::duration<std::int64_t, std::ratio<86400>> max_age{14};  // days
  std::string waiver{kNone};                                           // why there may be neither

  friend bool operator==(const BlocklistSettings&, const BlocklistSettings&) = default;
};

// Files that must not be kept, whatever a job allows: digests of known ones.
struct MediaSettings {
  std::string hash_list_md5{kNone};
  std::string hash_list_sha256{kNone};

  friend bool operator==(const MediaSettings&, const MediaSettings&) = default;
};

struct WallSettings {
  std::string tor_side = "refuse";  // what a Tor that would fetch from the clearnet means: refuse, warn

  friend bool operator==(const WallSettings&, const WallSettings&) = default;
};

struct IndexSettings {
  std::uint32_t workers = 2;  // jailed parsers
  std::chrono::seconds document_deadline{10};
  std::uint32_t documents_per_worker = 500;
  std::uint32_t worker_memory_mib = 512;
  std::chrono::milliseconds commit_interval{1000};  // index commits at least this often while there is work
  std::uint32_t commit_documents = 1000;            // or after this many documents
  std::string rates = "none";       // CSV of what currencies were worth in US dollars (indexer/rates)
  std::string categories = "none";  // shared words for categories, instead of those that are shipped
  std::string slang = "none";       // other names of words, instead of those that are shipped

  friend bool operator==(const IndexSettings&, const IndexSettings&) = default;
};

// Where alerts of saved searches go, beside the inbox.
struct AlertSettings {
  std::string webhook_url = "none";     // the one address they are posted to
  std::string webhook_secret = "none";  // file of the key they are signed with
  std::string webhook_proxy = "none";
  std::string mail_folder = "none";  // Maildir from which a mail transfer agent takes messages
  std::string mail_from = "nightjar@localhost";
  std::string mail_to = "nightjar@localhost";

  friend bool operator==(const AlertSettings&, const AlertSettings&) = default;
};

struct ServeSettings {
  std::string listen = "127.0.0.1:8080";
  std::uint32_t threads = 2;
  std::uint32_t connections = 1000;
  std::chrono::seconds header_timeout{10};
  std::uint32_t header_bytes = 16 << 10;

  friend bool operator==(const ServeSettings&, const ServeSettings&) = default;
};

struct ArchiveSettings {
  std::string keyring = "none";  // folder of the data keys; none: inside the archive's own
  friend bool operator==(const ArchiveSettings&, const ArchiveSettings&) = default;
};

struct DiskSettings {
  std::uint32_t pause_below_mib = 2048;  // free space in `data`; 0: never

  [[nodiscard]] std::uint64_t PauseBelow() const { return std::uint64_t{pause_below_mib} << 20; }
  friend bool operator==(const DiskSettings&, const DiskSettings&) = default;
};

struct RetentionSettings {
  std::string classes = "standard:180:730";  // name:days to review:days to erasure, see retention_classes.h

  friend bool operator==(const RetentionSettings&, const RetentionSettings&) = default;
};

struct LogSettings {
  std::string level = "info";   // debug, info, warn, error
  std::string format = "text";  // text, json

  friend bool operator==(const LogSettings&, const LogSettings&) = default;
};

struct Settings {
  std::string data = "/var/lib/nightjar";  // all stores; one folder, one machine
  ArchiveSettings archive;
  DiskSettings disk;
  LogSettings log;
  TorSettings tor;
  I2pSettings i2p;
  EvidenceSettings evidence;
  CrawlSettings crawl;
  SessionSettings sessions;
  BlocklistSettings blocklist;
  MediaSettings media;
  WallSettings walls;
  IndexSettings index;
  AlertSettings alerts;
  ServeSettings serve;
  NotarySettings notary;
  WitnessSettings witness;
  RetentionSettings retention;

  friend bool operator==(const Settings&, const Settings&) = default;

  // Folders under `data`; the only place that knows these names.
  [[nodiscard]] std::string ArchiveFolder() const { return data + "/archive"; }
  [[nodiscard]] std::string KeyringFolder() const {
    return archive.keyring == kNone ? ArchiveFolder() + "/keyring" : archive.keyring;
  }
  [[nodiscard]] std::string ControlFolder() const { return data + "/control"; }
  [[nodiscard]] std::string FrontierFolder() const { return data + "/frontier"; }
  [[nodiscard]] std::string FactsFolder() const { return data + "/facts"; }
  [[nodiscard]] std::string IndexFolder() const { return data + "/index"; }
  [[nodiscard]] std::string AlertsFolder() const { return data + "/alerts"; }
  [[nodiscard]] std::string WatchFolder() const { return data + "/watch"; }
  [[nodiscard]] std::string HuntFolder() const { return data + "/hunt"; }
  [[nodiscard]] std::string NotaryFolder() const { return data + "/notary"; }
  [[nodiscard]] std::string WitnessFolder() const { return data + "/witness"; }
  [[nodiscard]] std::string KeysFolder() const { return data + "/keys"; }
  [[nodiscard]] std::string SessionsFolder() const { return data + "/sessions"; }
  [[nodiscard]] std::string SecretsFolder() const { return data + "/secrets"; }
  [[nodiscard]] std::string ConsensusFolder() const { return data + "/consensus"; }
  [[nodiscard]] std::string AvailabilityFolder() const { return data + "/availability"; }
  [[nodiscard]] std::string ClientKeysFolder() const { return data + "/secrets/client-auth"; }
  [[nodiscard]] std::string ManagedTorFolder(std::size_t number) const {
    return data + "/tor/" + std::to_string(number);
  }
  [[nodiscard]] std::string SessionKeyPath() const { return data + "/secrets/sessions.key"; }
};

// Reads a YAML file strictly: every key must be there, none may be unknown or twice, every value must be of
// its type and in its range, and the values must agree with each other. kInvalidInput with `where` =
// "file:line"; for an unknown key the text names the nearest known one, for a missing one its default. (A
// forgotten key is a decision nobody took; `nightjar config example` prints a complete file to start from.)
// kFull for a file over 1 MiB, other codes as ReadFile. Anchors, aliases, tags and second documents are
// refused. Never throws.
[[nodiscard]] Result<Settings> Load(const std::string& path);

// The same from text; `name` stands for the file in errors.
[[nodiscard]] Result<Settings> Parse(const std::string& yaml, const std::string& name);

// Every key with its value, in the order and form of example.yaml but without comments. Parse(Print(s)) == s
// for every s that Parse can give; also the text that is hashed into records as config-sha256.
[[nodiscard]] std::string Print(const Settings& settings);

// The text of example.yaml: every key with what it means, its range and its default.
[[nodiscard]] std::string Example();

}  // namespace nightjar::config
