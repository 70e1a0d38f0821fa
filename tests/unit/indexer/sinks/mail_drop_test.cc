// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/mail_drop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "indexer/sinks/alert_texts.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::sinks {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

watch::Alert Owl() {
  return {.number = 7,
          .key = std::string(64, 'b'),
          .name = "owls",
          .why = "new",
          .title = "Owl\r\nBcc: everybody@example.org\r\n\r\n \xF0\x9F\xA6\x89",
          .when = UtcTime(std::chrono::seconds(1767225600))};
}

std::vector<std::filesystem::path> FilesIn(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

TEST(MailDrop, LaysAMessageDownWholeAndOnceForOneAlert) {
  const TemporaryFolder folder;
  const Sink drop = DropMail({.folder = folder / "drop", .from = "a@unit.example", .to = "b@unit.example"});
  ASSERT_TRUE(drop(Owl()));
  ASSERT_TRUE(drop(Owl()));
  ASSERT_EQ(FilesIn(folder / "drop/new").size(), 1U);
  EXPECT_TRUE(FilesIn(folder / "drop/tmp").empty());
  EXPECT_EQ(ReadFile(FilesIn(folder / "drop/new")[0]).value(),
            AlertMail(Owl(), "a@unit.example", "b@unit.example"));
}

TEST(MailDrop, FailsWhereTheFolderCannotBeWritten) {
  EXPECT_FALSE(DropMail({.folder = "/proc/nowhere", .from = "a@b", .to = "a@b"})(Owl()));
}

TEST(Mail, IsAMessageWhoseHeadersNoPageCanWrite) {
  const std::string mail = AlertMail(Owl(), "a@unit.example", "b@unit.example");
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  EXPECT_THAT(mail, StartsWith("From: Nightjar <a@unit.example>\r\nTo: b@unit.example\r\n"
                               "Date: Thu, 01 Jan 2026 00:00:00 +0000\r\nMessage-ID: <bbbb"));
  EXPECT_THAT(head, Not(HasSubstr("Bcc")));
  EXPECT_THAT(head, HasSubstr("\r\nSubject: =?utf-8?B?"));
  std::size_t begin = 0;
  for (std::size_t end = mail.find("\r\n"); end != std::string::npos; end = mail.find("\r\n", begin)) {
    EXPECT_LE(end - begin, 90U);
    EXPECT_EQ(mail.substr(begin, end - begin).find('\n'), std::string::npos) << "a line feed alone";
    begin = end + 2;
  }
  EXPECT_EQ(begin, mail.size());
}

}  // namespace
}  // namespace nightjar::sinks
