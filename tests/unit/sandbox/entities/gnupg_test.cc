// SPDX-License-Identifier: Apache-2.0
// Keys in real pages and keys made here: what is read must equal what `gpg --show-keys --with-colons` prints.
// GnuPG gets a home of its own and never a network: --show-keys and key generation use none.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "base/file.h"
#include "sandbox/entities/entities.h"
#include "sandbox/entities/openpgp/armor.h"
#include "sandbox/entities/openpgp/keys.h"
#include "sandbox/extract/extract.h"

namespace nightjar::entities {
namespace {

const std::string kPages = std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages";
constexpr const char* kGpg = "/usr/bin/gpg";

// One line for each key and user id, in GnuPG's order.
using Lines = std::vector<std::string>;

class GnuPg : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kGpg)) GTEST_SKIP() << "SKIP: no " << kGpg;
    std::string pattern = std::filesystem::temp_directory_path() / "nightjar-gnupg-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    home_ = pattern;
  }
  void TearDown() override {
    if (home_.empty()) return;
    static_cast<void>(Run("gpgconf --homedir " + home_ + " --kill all"));
    std::filesystem::remove_all(home_);
  }

  static std::string Run(const std::string& command) {
    std::string output;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>/dev/null").c_str(), "r"),
                                                     ::pclose);
    if (!pipe) return output;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
      output.append(buffer.data(), size);
    return output;
  }

  [[nodiscard]] std::string Gpg(const std::string& arguments) const {
    return Run(std::string(kGpg) + " --homedir " + home_ +
               " --batch --no-autostart --pinentry-mode loopback " + "--passphrase '' " + arguments);
  }
  // Making keys needs the agent.
  [[nodiscard]] std::string Make(const std::string& user, const std::string& algorithm) const {
    static_cast<void>(Run(std::string(kGpg) + " --homedir " + home_ +
                          " --batch --pinentry-mode loopback --passphrase '' --quick-generate-key '" + user +
                          "' " + algorithm + " default never"));
    return Gpg("--armor --export '" + user + "'");
  }

  [[nodiscard]] Lines Shown(const std::string& block) const {
    const std::string path = home_ + "/block.asc";
    std::ofstream(path) << block;
    std::istringstream lines(Gpg("--with-colons --show-keys " + path));
    Lines shown;
    std::string fields;
    for (std::string line; std::getline(lines, line);) {
      std::vector<std::string> columns;
      std::istringstream row(line);
      for (std::string column; std::getline(row, column, ':');) columns.push_back(column);
      if (columns[0] == "pub" || columns[0] == "sub")
        fields = columns[0] + " " + columns[2] + " " + columns[3] + " " + columns[5] + " ";
      if (columns[0] == "fpr") shown.push_back(fields + columns[9]);
      if (columns[0] == "uid") shown.push_back("uid " + columns[9]);
    }
    std::sort(shown.begin(), shown.end());
    return shown;
  }

  std::string home_;
};

std::string LineOf(const openpgp::Key& key) {
  return std::string(key.is_subkey ? "sub " : "pub ") + std::to_string(key.bits) + " " +
         std::to_string(key.algorithm) + " " + std::to_string(key.created) + " " + key.fingerprint;
}

Lines ReadHere(std::string_view block) {
  Lines lines;
  const auto armor = openpgp::ReadArmor(block, block.find("-----BEGIN"));
  if (!armor) return lines;
  const auto certificates = openpgp::ReadCertificates(armor->data);
  if (!certificates) return lines;
  for (const openpgp::Certificate& certificate : *certificates) {
    lines.push_back(LineOf(certificate.primary));
    for (const openpgp::Key& subkey : certificate.subkeys) lines.push_back(LineOf(subkey));
    for (const std::string& user_id : certificate.user_ids) lines.push_back("uid " + user_id);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> BlocksIn(const std::string& text) {
  std::vector<std::string> blocks;
  constexpr std::string_view kEnd = "-----END PGP PUBLIC KEY BLOCK-----";
  for (std::size_t at = text.find("-----BEGIN PGP PUBLIC KEY"); at != std::string::npos;
       at = text.find("-----BEGIN PGP PUBLIC KEY", at + 1)) {
    const std::size_t end = text.find(kEnd, at);
    if (end != std::string::npos) blocks.push_back(text.substr(at, end + kEnd.size() - at));
  }
  return blocks;
}

std::set<std::string> FingerprintsOf(const Lines& lines) {
  std::set<std::string> fingerprints;
  for (const std::string& line : lines)
    if (!line.starts_with("uid")) fingerprints.insert(line.substr(line.rfind(' ') + 1));
  return fingerprints;
}

std::set<std::string> FingerprintsFound(std::string_view text) {
  std::set<std::string> fingerprints;
  for (const Found& found : FindEntities(text))
    if (found.kind == "pgp_key" || found.kind == "pgp_subkey") fingerprints.insert(found.value);
  return fingerprints;
}

TEST_F(GnuPg, AgreesOnEveryKeyOfTheRealPages) {
  if (!std::filesystem::exists(kPages)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  int blocks = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kPages)) {
    if (entry.path().extension() != ".html") continue;
    const std::string page = *ReadFile(entry.path());
    if (page.find("BEGIN PGP PUBLIC KEY BLOCK") == std::string::npos) continue;
    wire::Document document;
    document.url = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion/";
    document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    document.body = page;
    std::set<std::string> wanted;
    for (const std::string& block : BlocksIn(page)) {
      const Lines shown = Shown(block);
      EXPECT_EQ(ReadHere(block), shown) << entry.path();
      wanted.merge(FingerprintsOf(shown));
      ++blocks;
    }
    EXPECT_EQ(FingerprintsFound(extract::ReadDocument(document).text), wanted) << entry.path();
    EXPECT_FALSE(wanted.empty()) << entry.path();
  }
  EXPECT_GE(blocks, 5);
}

TEST_F(GnuPg, AgreesOnKeysOfEveryUsualAlgorithm) {
  for (const char* algorithm : {"rsa2048", "ed25519", "nistp256", "nistp521", "dsa2048", "brainpoolP256r1",
                                "secp256k1", "future-default"}) {
    const std::string user = std::string("A User <") + algorithm + "@example.org>";
    const std::string block = Make(user, algorithm);
    ASSERT_NE(block.find("BEGIN PGP PUBLIC"), std::string::npos) << algorithm;
    const Lines shown = Shown(block);
    EXPECT_FALSE(shown.empty()) << algorithm;
    EXPECT_EQ(ReadHere(block), shown) << algorithm;
    EXPECT_EQ(FingerprintsFound("my key:\n" + block + "\nthanks"), FingerprintsOf(shown)) << algorithm;
  }
  const Lines all = Shown(Gpg("--armor --export"));
  EXPECT_EQ(ReadHere(Gpg("--armor --export")), all);
  EXPECT_EQ(all.size(), 17U);  // a primary and a user id each, one sub-key
}

TEST_F(GnuPg, AgreesOnAnElGamalSubKey) {
  const std::string parameters = home_ + "/parameters";
  std::ofstream(parameters) << "%no-protection\nKey-Type: DSA\nKey-Length: 1024\nSubkey-Type: ELG-E\n"
                               "Subkey-Length: 1024\nName-Real: Old Style\nExpire-Date: 0\n%commit\n";
  static_cast<void>(Run(std::string(kGpg) + " --homedir " + home_ + " --batch --generate-key " + parameters));
  const std::string block = Gpg("--armor --export");
  const Lines shown = Shown(block);
  EXPECT_EQ(shown.size(), 3U);
  EXPECT_EQ(ReadHere(block), shown);
}

TEST_F(GnuPg, AgreesOnWhoMadeAMessageAndForWhom) {
  const std::string fingerprint =
      *FingerprintsOf(ReadHere(Make("Signer <s@example.org>", "ed25519"))).begin();
  Lines keys = Shown(Gpg("--armor --export"));
  std::string primary;
  for (const std::string& line : keys)
    if (line.starts_with("pub")) primary = line.substr(line.rfind(' ') + 1);
  const std::string path = home_ + "/text";
  std::ofstream(path) << "mirror list\n- one\n";
  const std::string sign =
      std::string(kGpg) + " --homedir " + home_ + " --batch --pinentry-mode loopback --armor -o - ";
  const std::string text = Run(sign + "--clear-sign " + path) + "\n" + Run(sign + "--detach-sign " + path);
  std::vector<std::string> found;
  for (const Found& one : FindEntities(text)) found.push_back(std::string(one.kind) + " " + one.value);
  const std::string id = primary.substr(primary.size() - 16);
  EXPECT_EQ(found, (std::vector<std::string>{"pgp_signed " + id, "pgp_signature " + id}));
}

}  // namespace
}  // namespace nightjar::entities
