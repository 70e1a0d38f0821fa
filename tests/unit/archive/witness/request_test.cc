// SPDX-License-Identifier: Apache-2.0
#include "archive/witness/request.h"

#include <gtest/gtest.h>

#include "archive/witness/log_list.h"
#include "tests/unit/archive/witness/example_log.h"

namespace nightjar::witness {
namespace {

TEST(AddCheckpoint, IsReadBackAsItWasWritten) {
  const AddRequest request{3, {Sha256("a"), Sha256("b")}, "note\n\nsignatures\n"};
  const std::string body = FormatAddCheckpoint(request);
  EXPECT_TRUE(body.starts_with("old 3\n" + Base64Encode(Sha256("a").View()) + "\n"));
  const auto read = ParseAddCheckpoint(body);
  ASSERT_TRUE(read) << read.error().Format();
  EXPECT_EQ(read->old_size, 3U);
  EXPECT_EQ(read->proof, request.proof);
  EXPECT_EQ(read->note, request.note);
}

TEST(AddCheckpoint, IsRefusedWhereverItsHeadIsCut) {
  const std::string body = FormatAddCheckpoint({3, {Sha256("a")}, "note"});
  const std::size_t head = body.find("\n\n") + 2;
  for (std::size_t size = 0; size < head; ++size)
    EXPECT_EQ(ParseAddCheckpoint(body.substr(0, size)).error().code, Code::kInvalidInput) << size;
}

TEST(AddCheckpoint, HasOneSpelling) {
  for (const char* body :
       {"", "\n", "old\n\nx", "old \n\nx", "old 01\n\nx", "old -1\n\nx", "old 1 \n\nx", "Old 1\n\nx",
        "old 18446744073709551616\n\nx", "old 1\r\n\r\nx", "old 1\nAAAA\n\nx", "old 1\n!\n\nx"})
    EXPECT_FALSE(ParseAddCheckpoint(body)) << body;
  EXPECT_TRUE(ParseAddCheckpoint("old 0\n\n"));
}

TEST(AddCheckpoint, HasAtMost63Hashes) {
  EXPECT_TRUE(ParseAddCheckpoint(FormatAddCheckpoint({1, std::vector<Digest>(63), "x"})));
  EXPECT_FALSE(ParseAddCheckpoint(FormatAddCheckpoint({1, std::vector<Digest>(64), "x"})));
  EXPECT_FALSE(ParseAddCheckpoint("old 1\n\n" + std::string(kMaxRequest, 'x')));
}

TEST(LogList, HoldsOneLogALineAndTheOldestKeyFirst) {
  const std::string a = evidence::FormatVkey({"a.example/1", KeyNumber('a').public_key()});
  const std::string b = evidence::FormatVkey({"a.example/2", KeyNumber('b').public_key()});
  const std::string c = evidence::FormatVkey({"c.example/1", KeyNumber('c').public_key()});
  const auto logs = ParseLogList("# logs\n\n" + a + "  " + b + "\n" + c, "logs");
  ASSERT_TRUE(logs) << logs.error().Format();
  ASSERT_EQ(logs->size(), 2U);
  ASSERT_EQ((*logs)[0].keys.size(), 2U);
  EXPECT_EQ((*logs)[0].keys[1].name, "a.example/2");
  EXPECT_EQ((*logs)[1].keys[0].name, "c.example/1");
  const auto twice = ParseLogList(a + "\n" + c + " " + a + "\n", "logs");
  EXPECT_EQ(twice.error().where, "logs:2");
  EXPECT_EQ(ParseLogList("\n" + a.substr(1) + "\n", "logs").error().where, "logs:2");
  EXPECT_FALSE(ParseLogList("# nothing\n", "logs"));
}

}  // namespace
}  // namespace nightjar::witness
