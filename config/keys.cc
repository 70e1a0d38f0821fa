// SPDX-License-Identifier: Apache-2.0
#include "config/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <type_traits>

#include "config/text_forms.h"

namespace nightjar::config {
namespace {

constexpr std::uint64_t kKiB = 1 << 10;
constexpr std::uint64_t kMiB = 1 << 20;

std::uint64_t CountOf(std::uint64_t value) { return value; }
template <typename Rep, typename Period>
std::uint64_t CountOf(std::chrono::duration<Rep, Period> value) {
  return static_cast<std::uint64_t>(value.count());
}

// `Member` is a lambda without captures that gives the member of const and non-const Settings alike.
template <typename Member>
Number NumberIn(Member, std::uint64_t least, std::uint64_t most) {
  return {.least = least,
          .most = most,
          .get = [](const Settings& settings) { return CountOf(Member{}(settings)); },
          .set =
              [](Settings& settings, std::uint64_t value) {
                auto& member = Member{}(settings);
                member = std::remove_cvref_t<decltype(member)>(value);
              }};
}

template <typename Member>
Text TextIn(Member, TextForm form) {
  return {.form = form.phrase,
          .allowed = form.allowed,
          .get = [](const Settings& settings) -> const std::string& { return Member{}(settings); },
          .set = [](Settings& settings, std::string_view value) { Member{}(settings) = value; }};
}

#define MEMBER(path) \
  [](auto& settings) -> auto& { return settings.path; }

std::vector<Key> GeneralKeys() {
  return {
      {"data", "All stores: one folder, on one machine's own disk", TextIn(MEMBER(data), kAbsolutePath)},

      {"archive.keyring", "The data keys, on another disk if you like; none: in <data>/archive/keyring",
       TextIn(MEMBER(archive.keyring), kAbsolutePathOrNone)},

      {"disk.pause_below_mib", "Crawl and index pause while less is free there; 0: they never do",
       NumberIn(MEMBER(disk.pause_below_mib), 0, 1 << 20)},

      {"log.level", "The least that is written", TextIn(MEMBER(log.level), kLogLevel)},
      {"log.format", "Lines for people, or JSON objects for machines",
       TextIn(MEMBER(log.format), kLogFormat)},

      {"tor.socks", "Tor's SOCKS socket; hosts are spread over the Tors where there are several",
       TextIn(MEMBER(tor.socks), kSocketPaths)},
      {"tor.control",
       "Their control sockets, in the same order: with them nothing is fetched before Tor is ready, and "
       "records name the circuit; never in the folder of a SOCKS socket",
       TextIn(MEMBER(tor.control), kSocketPathsOrNone)},
      {"tor.consensus", "Tor's cached consensus, which dates captures; may be missing",
       TextIn(MEMBER(tor.consensus), kAbsolutePath)},
      {"tor.managed",
       "Tors that Nightjar runs itself, in <data>/tor, with control; the three keys above are then not used",
       NumberIn(MEMBER(tor.managed), 0, 16)},
      {"tor.program", "The tor that it runs", TextIn(MEMBER(tor.program), kAbsolutePath)},
      {"tor.torrc", "A file with more lines for their torrc", TextIn(MEMBER(tor.torrc), kAbsolutePathOrNone)},
      {"tor.clearnet_socks",
       "Another SOCKS socket of Tor, without OnionTrafficOnly, for jobs that name hosts outside onion space",
       TextIn(MEMBER(tor.clearnet_socks), kSocketPathOrNone)},

      {"i2p.proxy",
       "A unix socket that leads to an I2P router's HTTP proxy (systemd-socket-proxyd makes one)",
       TextIn(MEMBER(i2p.proxy), kSocketPathOrNone)},

      {"evidence.origin",
       "Name of the log and of its key; change its version to change the key (nightjar archive rotate-key)",
       TextIn(MEMBER(evidence.origin), kOrigin)},
      {"evidence.checkpoint_interval_seconds", "A new leaf is under a signed checkpoint within this time",
       NumberIn(MEMBER(evidence.checkpoint_interval), 1, 10)},
      {"evidence.witness_url", "The witness that cosigns our checkpoints (C2SP tlog-witness)",
       TextIn(MEMBER(evidence.witness_url), kHttpUrlOrNone)},
      {"evidence.witness_vkey", "Its key, as `nightjar witness key` prints it there",
       TextIn(MEMBER(evidence.witness_vkey), kVkeyOrNone)},
  };
}

std::vector<Key> OutsideKeys() {
  return {
      {"notary.tsa_url",
       "An RFC 3161 time stamp authority; reached through Tor unless it is a loopback address",
       TextIn(MEMBER(notary.tsa_url), kHttpUrlOrNone)},
      {"notary.tsa_ca", "The certificates that vouch for it, root and any between, in PEM",
       TextIn(MEMBER(notary.tsa_ca), kAbsolutePathOrNone)},
      {"notary.interval_seconds", "A token is fetched this often while there is something new",
       NumberIn(MEMBER(notary.interval), 1, 86400)},

      {"witness.listen", "Address and port on which `nightjar witness` answers",
       TextIn(MEMBER(witness.listen), kListenAddressOrNone)},
      {"witness.name", "Name of its key", TextIn(MEMBER(witness.name), kOrigin)},
      {"witness.logs", "File of the logs it watches: a line for each, with its keys, the oldest first",
       TextIn(MEMBER(witness.logs), kAbsolutePathOrNone)},

      {"retention.classes",
       "How long captures are kept: name:days to review:days to erasure; a job names its class",
       TextIn(MEMBER(retention.classes), kRetentionClasses)},
  };
}

std::vector<Key> CrawlKeys() {
  return {
      {"crawl.concurrency", "Exchanges under way at once, all hosts",
       NumberIn(MEMBER(crawl.concurrency), 1, 512)},
      {"crawl.per_host", "Exchanges under way at once to one host", NumberIn(MEMBER(crawl.per_host), 1, 16)},
      {"crawl.circuits", "Isolated circuits to one host at once, as far as per_host lets them be used",
       NumberIn(MEMBER(crawl.circuits), 1, 16)},
      {"crawl.tries", "Attempts at a URL that fails for a passing cause",
       NumberIn(MEMBER(crawl.tries), 1, 20)},
      {"crawl.retry_delay_seconds", "Wait before the second attempt; doubled at each further one",
       NumberIn(MEMBER(crawl.retry_delay), 1, 3600)},
      {"crawl.lease_seconds",
       "A task not finished by then is given out again; more than both time limits below together",
       NumberIn(MEMBER(crawl.lease), 2, 14400)},
      {"crawl.commit_batch", "Captures in one archive transaction at most",
       NumberIn(MEMBER(crawl.commit_batch), 1, 4096)},
      {"crawl.down_tries", "A host counts as down after this many failures to find it ...",
       NumberIn(MEMBER(crawl.down_tries), 1, 1000)},
      {"crawl.down_hours", "... over at least this time", NumberIn(MEMBER(crawl.down_after), 1, 8760)},
  };
}

std::vector<Key> LimitKeys() {
  return {
      {"crawl.limits.body_bytes", "A longer body is cut here, and its record says so",
       NumberIn(MEMBER(crawl.limits.body_bytes), kKiB, 256 * kMiB)},
      {"crawl.limits.header_bytes", "All response headers together",
       NumberIn(MEMBER(crawl.limits.header_bytes), kKiB, kMiB)},
      {"crawl.limits.header_fields", "Response headers in number",
       NumberIn(MEMBER(crawl.limits.header_fields), 10, 1000)},
      {"crawl.limits.connect_seconds", "Until the circuit and the stream stand",
       NumberIn(MEMBER(crawl.limits.connect), 1, 600)},
      {"crawl.limits.total_seconds", "The whole exchange", NumberIn(MEMBER(crawl.limits.total), 1, 7200)},
      {"crawl.limits.low_speed_bytes_per_second",
       "Least speed; an exchange that stays below it for low_speed_seconds is ended",
       NumberIn(MEMBER(crawl.limits.low_speed_bytes), 1, kMiB)},
      {"crawl.limits.low_speed_seconds", "How long an exchange may stay below the least speed",
       NumberIn(MEMBER(crawl.limits.low_speed_time), 1, 600)},
  };
}

std::vector<Key> RuleKeys() {
  return {
      {"sessions.profiles",
       "Folder of site profiles, *.yaml, which say how a persona logs in; may be missing",
       TextIn(MEMBER(sessions.profiles), kAbsolutePath)},
      {"sessions.anonymous_cookies",
       "Whether jobs without a persona keep the cookies of each host, in memory, while the crawl runs",
       TextIn(MEMBER(sessions.anonymous_cookies), kOnOrOff)},
      {"blocklist.md5", "Hosts that must not be touched: a list in Ahmia's format, MD5 of the host name",
       TextIn(MEMBER(blocklist.md5), kAbsolutePathOrNone)},
      {"blocklist.sha256", "... and one in ours, SHA-256",
       TextIn(MEMBER(blocklist.sha256), kAbsolutePathOrNone)},
      {"blocklist.max_age_days", "Nothing is crawled by a list that is older",
       NumberIn(MEMBER(blocklist.max_age), 1, 365)},
      {"blocklist.waiver", "Why it is right to crawl with no list at all; needed where both above are none",
       TextIn(MEMBER(blocklist.waiver), kNoneOrReason)},

      {"media.hash_list_md5", "Files that must not be kept even where a job allows their type: MD5 of each",
       TextIn(MEMBER(media.hash_list_md5), kAbsolutePathOrNone)},
      {"media.hash_list_sha256", "... and by SHA-256",
       TextIn(MEMBER(media.hash_list_sha256), kAbsolutePathOrNone)},

      {"walls.tor_side",
       "What to do when Tor's socket would also fetch from the clearnet (SocksPort without OnionTrafficOnly)",
       TextIn(MEMBER(walls.tor_side), kRefuseOrWarn)},
  };
}

std::vector<Key> ReaderKeys() {
  return {
      {"index.workers", "Jailed parsers; one for each processor core is plenty",
       NumberIn(MEMBER(index.workers), 1, 256)},
      {"index.document_deadline_seconds", "A parser that takes longer over one page is killed",
       NumberIn(MEMBER(index.document_deadline), 1, 300)},
      {"index.documents_per_worker", "A parser is replaced by a fresh one after this many pages",
       NumberIn(MEMBER(index.documents_per_worker), 1, 1000000)},
      {"index.worker_memory_mib", "Memory of one parser",
       NumberIn(MEMBER(index.worker_memory_mib), 64, 16384)},
      {"index.commit_interval_milliseconds", "The index is committed at least this often while there is work",
       NumberIn(MEMBER(index.commit_interval), 10, 60000)},
      {"index.commit_documents", "... and whenever this many documents wait",
       NumberIn(MEMBER(index.commit_documents), 1, 1000000)},
      {"index.rates",
       "CSV file of daily rates, date,currency,usd, by which prices are compared in US dollars",
       TextIn(MEMBER(index.rates), kAbsolutePathOrNone)},
      {"index.categories", "Shared words for sites' categories, instead of config/categories.yaml",
       TextIn(MEMBER(index.categories), kAbsolutePathOrNone)},
      {"index.slang", "Other names of words for `nightjar search --slang`, instead of config/slang.yaml",
       TextIn(MEMBER(index.slang), kAbsolutePathOrNone)},

      {"alerts.webhook_url", "Alerts are posted here, signed; no other address is ever called",
       TextIn(MEMBER(alerts.webhook_url), kHttpUrlOrNone)},
      {"alerts.webhook_secret", "File of the signing key, readable by its owner only",
       TextIn(MEMBER(alerts.webhook_secret), kAbsolutePathOrNone)},
      {"alerts.webhook_proxy", "The proxy to it; the environment has no say",
       TextIn(MEMBER(alerts.webhook_proxy), kProxyOrNone)},
      {"alerts.mail_folder", "Maildir in which alerts are laid down as messages for a mail transfer agent",
       TextIn(MEMBER(alerts.mail_folder), kAbsolutePathOrNone)},
      {"alerts.mail_from", "Their sender", TextIn(MEMBER(alerts.mail_from), kMailAddress)},
      {"alerts.mail_to", "Their receiver", TextIn(MEMBER(alerts.mail_to), kMailAddress)},

      {"serve.listen", "Address and port of the search service; port 0 takes any free one",
       TextIn(MEMBER(serve.listen), kListenAddress)},
      {"serve.threads", "Threads that answer", NumberIn(MEMBER(serve.threads), 1, 256)},
      {"serve.connections", "Connections open at once; more have to wait",
       NumberIn(MEMBER(serve.connections), 1, 100000)},
      {"serve.header_timeout_seconds", "A client that takes longer over its request head is dropped",
       NumberIn(MEMBER(serve.header_timeout), 1, 60)},
      {"serve.header_bytes", "Longest request head", NumberIn(MEMBER(serve.header_bytes), kKiB, kMiB)},
  };
}

std::vector<Key> MakeKeys() {
  std::vector<Key> keys;
  for (auto& part : {GeneralKeys(), CrawlKeys(), LimitKeys(), RuleKeys(), ReaderKeys(), OutsideKeys()})
    keys.insert(keys.end(), part.begin(), part.end());
  return keys;
}

#undef MEMBER

// Levenshtein's distance, one row at a time.
std::size_t Edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string_view LastWord(std::string_view name) { return name.substr(name.rfind('.') + 1); }

template <typename Named>
std::string_view Nearest(std::string_view name, const std::vector<Named>& candidates) {
  name = name.substr(0, 100);  // no key is nearly as long
  const auto edits = [&](const Named& candidate) {
    // A name in the wrong section is one mistake.
    return std::min(Edits(name, candidate.name), Edits(LastWord(name), LastWord(candidate.name)) + 1);
  };
  return std::ranges::min_element(candidates, {}, edits)->name;
}

}  // namespace

const std::vector<Key>& Keys() {
  static const std::vector<Key> kKeys = MakeKeys();
  return kKeys;
}

const std::vector<Section>& Sections() {
  static const std::vector<Section> kSections = {
      {"archive", "What was captured, and the keys it is sealed with"},
      {"disk", "The disk that `data` lies on"},
      {"log", "The log, on standard error"},
      {"tor", "How Tor is reached; nothing is ever fetched any other way"},
      {"i2p", "How I2P is reached, for jobs that name its hosts"},
      {"evidence", "The log that proves what was captured, and when"},
      {"crawl", "The crawler"},
      {"crawl.limits", "Limits of one exchange; what is cut off by them is still a capture"},
      {"sessions", "Logins, cookies and walls"},
      {"blocklist", "Hosts that must not be touched; without a good list nothing is crawled"},
      {"media", "Text is kept; other types where a job names them, and never what these lists know"},
      {"walls", "Walls against leaks that stand outside the fetcher"},
      {"index", "Parsing and indexing"},
      {"alerts", "Where alerts of saved searches go, beside the inbox (`nightjar alerts`)"},
      {"serve", "The search service"},
      {"notary", "Time stamps of others on our checkpoints"},
      {"witness", "The witness that this installation is for other logs"},
      {"retention", "How long what was captured is kept"},
  };
  return kSections;
}

const std::vector<Rule>& Rules() {
  static const std::vector<Rule> kRules = {
      {"crawl.per_host", [](const Settings& s) { return s.crawl.per_host <= s.crawl.concurrency; },
       "must not be more than crawl.concurrency"},
      {"tor.control",
       [](const Settings& s) {
         return s.tor.control == kNone || ListOf(s.tor.control).size() == ListOf(s.tor.socks).size();
       },
       "must name as many sockets as tor.socks, or none"},
      {"evidence.witness_vkey",
       [](const Settings& s) {
         return (s.evidence.witness_url == kNone) == (s.evidence.witness_vkey == kNone);
       },
       "and evidence.witness_url must both be given, or both be none"},
      {"alerts.webhook_secret",
       [](const Settings& s) {
         return (s.alerts.webhook_url == kNone) == (s.alerts.webhook_secret == kNone);
       },
       "and alerts.webhook_url must both be given, or both be none"},
      {"notary.tsa_ca",
       [](const Settings& s) { return (s.notary.tsa_url == kNone) == (s.notary.tsa_ca == kNone); },
       "and notary.tsa_url must both be given, or both be none"},
      {"witness.logs", [](const Settings& s) { return s.witness.listen == kNone || s.witness.logs != kNone; },
       "must name a file where witness.listen is not none"},
      {"blocklist.waiver",
       [](const Settings& s) {
         return s.blocklist.md5 != kNone || s.blocklist.sha256 != kNone || s.blocklist.waiver != kNone;
       },
       "must say why, where blocklist.md5 and blocklist.sha256 are both none"},
      {"crawl.lease_seconds",
       [](const Settings& s) { return s.crawl.lease > s.crawl.limits.connect + s.crawl.limits.total; },
       "must be more than crawl.limits.connect_seconds and crawl.limits.total_seconds together, or a task is "
       "given "
       "out again while it is still being fetched"},
  };
  return kRules;
}

const Key* FindKey(std::string_view name) {
  const auto found = std::ranges::find(Keys(), name, &Key::name);
  return found == Keys().end() ? nullptr : &*found;
}

std::string_view NearestKey(std::string_view name) { return Nearest(name, Keys()); }

std::string_view NearestSection(std::string_view name) { return Nearest(name, Sections()); }

std::string FormOf(const Key& key) {
  if (const auto* text = std::get_if<Text>(&key.value)) return std::string(text->form);
  const auto& number = std::get<Number>(key.value);
  return fmt::format("a whole number from {} to {}", number.least, number.most);
}

}  // namespace nightjar::config
