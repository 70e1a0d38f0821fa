// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::config {
namespace {

// Settings in which no member has its default. Structured bindings count the members: whoever adds one to a
// struct is sent here by the compiler, and from here to keys.cc.
Settings AllDifferent() {
  Settings settings;
  auto& [data, archive, disk, log, tor, i2p, evidence, crawl, sessions, blocklist, media, walls, index,
         alerts, serve, notary, witness, retention] = settings;
  data = "/data/with space/and \"quotes\" \\ # and: colon";
  auto& [keyring] = archive;
  keyring = "/other/disk/keyring";
  auto& [pause_below_mib] = disk;
  pause_below_mib = 77;
  auto& [level, format] = log;
  level = "error";
  format = "json";
  auto& [socks, control, consensus, managed, program, torrc, clearnet_socks] = tor;
  socks = "/run/other/socks /run/third/socks";
  control = "/run/other/control /run/third/control";
  managed = 2;
  program = "/opt/tor";
  torrc = "/etc/more";
  clearnet_socks = "/run/clear/socks";
  auto& [proxy] = i2p;
  proxy = "/run/i2p/proxy";
  consensus = "/consensus/\xC3\xBC";
  auto& [origin, checkpoint_interval, witness_url, witness_vkey] = evidence;
  witness_url = "http://127.0.0.1:7000/w";
  witness_vkey = "w.example/w+01234567+BAAA";
  origin = "other.example/nightjar/2027b";
  checkpoint_interval = std::chrono::seconds(9);
  auto& [profiles, anonymous_cookies] = sessions;
  profiles = "/other/profiles";
  anonymous_cookies = "on";
  auto& [concurrency, per_host, circuits, tries, retry_delay, lease, commit_batch, down_tries, down_after,
         limits] = crawl;
  circuits = 9;
  down_tries = 4;
  down_after = std::chrono::hours(25);
  concurrency = 99;
  per_host = 7;
  tries = 8;
  retry_delay = std::chrono::seconds(31);
  lease = std::chrono::seconds(5000);
  commit_batch = 65;
  auto& [body_bytes, header_bytes, header_fields, connect, total, low_speed_bytes, low_speed_time] = limits;
  body_bytes = (200ULL << 20) + 1;
  header_bytes = 65537;
  header_fields = 201;
  connect = std::chrono::seconds(61);
  total = std::chrono::seconds(301);
  low_speed_bytes = 101;
  low_speed_time = std::chrono::seconds(62);
  auto& [blocklist_md5, blocklist_sha256, max_age, waiver] = blocklist;
  blocklist_md5 = "none";
  blocklist_sha256 = "/lists/of ours";
  max_age = std::remove_cvref_t<decltype(max_age)>(15);
  waiver = "a private world: \"nobody\" lives there";
  auto& [hash_list_md5, hash_list_sha256] = media;
  hash_list_md5 = "/lists/files.md5";
  hash_list_sha256 = "/lists/files.sha256";
  auto& [tor_side] = walls;
  tor_side = "warn";
  auto& [workers, document_deadline, documents_per_worker, worker_memory_mib, commit_interval,
         commit_documents, rates, categories, slang] = index;
  workers = 3;
  document_deadline = std::chrono::seconds(11);
  documents_per_worker = 501;
  worker_memory_mib = 513;
  commit_interval = std::chrono::milliseconds(1001);
  commit_documents = 1001;
  rates = "/lists/rates.csv";
  categories = "/lists/categories.yaml";
  slang = "/lists/slang.yaml";
  auto& [webhook_url, webhook_secret, webhook_proxy, mail_folder, mail_from, mail_to] = alerts;
  webhook_url = "https://hooks.example/nightjar?unit=3";
  webhook_secret = "/etc/nightjar/webhook secret";
  webhook_proxy = "socks5h://127.0.0.1:9050";
  mail_folder = "/var/mail/drop";
  mail_from = "crawler@unit.example";
  mail_to = "desk+alerts@unit.example";
  auto& [listen, threads, connections, header_timeout, serve_header_bytes] = serve;
  listen = "[::1]:0";
  threads = 3;
  connections = 1001;
  header_timeout = std::chrono::seconds(11);
  serve_header_bytes = 16385;
  auto& [tsa_url, tsa_ca, interval] = notary;
  tsa_url = "https://tsa.example/?a=b&c";
  tsa_ca = "/etc/tsa.pem";
  interval = std::chrono::seconds(3601);
  auto& [witness_listen, name, logs] = witness;
  witness_listen = "127.0.0.1:7000";
  name = "other.example/witness/2027";
  logs = "/etc/witnessed logs";
  auto& [classes] = retention;
  classes = "long:1:2 short:0:0";
  return settings;
}

std::string WithoutComments(const std::string& yaml) {
  std::string out;
  for (std::size_t at = 0; at < yaml.size();) {
    const std::size_t end = yaml.find('\n', at) + 1;
    const std::string line = yaml.substr(at, end - at);
    const std::size_t first = line.find_first_not_of(' ');
    if (line[first] != '#' && line[first] != '\n') out += line;
    at = end;
  }
  return out;
}

TEST(Settings, SurviveARoundTripThroughYaml) {
  for (const Settings& settings : {Settings{}, AllDifferent()}) {
    const auto read = Parse(Print(settings), "printed");
    ASSERT_TRUE(read) << read.error().Format();
    EXPECT_EQ(*read, settings);
    EXPECT_EQ(Print(*read), Print(settings));
  }
}

TEST(Settings, PrintEveryMemberThatIsChanged) {
  const std::string defaults = Print(Settings{});
  const std::string changed = Print(AllDifferent());
  std::size_t same = 0;
  for (std::size_t at = 0; at < defaults.size(); at = defaults.find('\n', at) + 1) {
    const std::string line = defaults.substr(at, defaults.find('\n', at) + 1 - at);
    if (!line.ends_with(":\n")) same += changed.find(line) != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(same, 0U);
}

TEST(Example, IsTheFileInTheTreeByteForByte) {
  EXPECT_EQ(ReadFile(NIGHTJAR_SOURCE "/config/example.yaml").value(), Example());
}

TEST(Example, IsTheDefaultsWithComments) {
  const auto read = Parse(Example(), "example.yaml");
  ASSERT_TRUE(read) << read.error().Format();
  EXPECT_EQ(*read, Settings{});
  EXPECT_EQ(WithoutComments(Example()), Print(Settings{}));
}

TEST(Load, ReadsAFileAndNamesItInErrors) {
  const TemporaryFolder folder;
  const std::string path = folder / "nightjar.yaml";
  ASSERT_TRUE(WriteFileDurably(path, Example()));
  EXPECT_EQ(Load(path).value(), Settings{});
  ASSERT_TRUE(WriteFileDurably(path, "\ntries: 3\n"));
  EXPECT_EQ(Load(path).error().where, path + ":2");
  EXPECT_EQ(Load(folder / "missing.yaml").error().code, Code::kNotFound);
}

TEST(Load, RefusesAFileOverOneMebibyte) {
  const TemporaryFolder folder;
  ASSERT_TRUE(WriteFileDurably(folder / "big.yaml", Example() + std::string(1 << 20, '#')));
  EXPECT_EQ(Load(folder / "big.yaml").error().code, Code::kFull);
}

}  // namespace
}  // namespace nightjar::config
