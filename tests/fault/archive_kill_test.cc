// SPDX-License-Identifier: Apache-2.0
// kill -9 of the archive's writer at random moments: what it had acknowledged is there, nothing is there
// twice, and no checkpoint says more than the tree holds.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "archive/captures/archive.h"
#include "archive/evidence/tree.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

constexpr int kRounds = 25;

// What the writer says once it may be relied upon. Smaller than PIPE_BUF, so it arrives whole or not at all.
struct Acknowledgement {
  enum class Kind : std::uint64_t { kCaptures, kCheckpoint } kind;
  std::uint64_t end;  // captures [0, end) are stored, or in the tree of the checkpoint
  Digest root;        // of the checkpoint
};

// A market page of 1 to 40 kB, the same for the same number.
Exchange PageNumber(std::uint64_t n) {
  SeededRandom random(n);
  const Bytes body = "<html>" + HexEncode(random.Take(500 + random.Next() % 20000)) + "</html>";
  return Signed(ExampleRecord(n, "request", "head", body), "request", "head", body);
}

class KilledWriter : public ArchiveTest {
 protected:
  // The child: appends pages from `next` on in batches of every size, and signs now and then, for ever.
  [[noreturn]] void WriteForEver(int pipe, std::uint64_t next, std::uint64_t seed) {
    SeededRandom random(seed);
    const auto writer = Writer::Open(Options());
    if (!writer) ::_exit(1);
    for (;;) {
      std::vector<Exchange> batch;
      for (std::uint64_t left = 1 + random.Next() % 12; left > 0; --left) batch.push_back(PageNumber(next++));
      if (!(*writer)->Append(batch)) ::_exit(2);
      Acknowledgement done{Acknowledgement::Kind::kCaptures, next, {}};
      if (random.Next() % 3 == 0) {
        const auto checkpoint = (*writer)->SignCheckpoint();
        if (!checkpoint) ::_exit(3);
        done = {Acknowledgement::Kind::kCheckpoint, checkpoint->checkpoint.size, checkpoint->checkpoint.root};
      }
      if (::write(pipe, &done, sizeof done) != sizeof done) ::_exit(4);
    }
  }

  // Starts the child, lets it acknowledge a while, and kills it at no particular moment.
  void RunAndKill(std::uint64_t seed) {
    SeededRandom random(seed);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) WriteForEver(ends[1], acknowledged_, seed);
    ::close(ends[1]);
    Acknowledgement done{};
    for (std::uint64_t patience = random.Next() % 8;; --patience) {
      ASSERT_EQ(::read(ends[0], &done, sizeof done), static_cast<ssize_t>(sizeof done));
      Note(done);
      if (patience == 0) break;
    }
    ::usleep(static_cast<useconds_t>(random.Next() % 8000));  // the moment within a batch is what we vary
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself with " << WEXITSTATUS(status);
    while (::read(ends[0], &done, sizeof done) == static_cast<ssize_t>(sizeof done)) Note(done);
    ::close(ends[0]);
  }
  void Note(const Acknowledgement& done) {
    acknowledged_ = done.end;
    if (done.kind == Acknowledgement::Kind::kCheckpoint) shown_.emplace_back(done.end, done.root);
  }

  void CheckEverything() {
    const auto writer = OpenWriter();
    ASSERT_NE(writer, nullptr);
    ASSERT_GE(writer->size(), acknowledged_);
    const auto reader = OpenReader();
    evidence::Frontier tree;
    std::vector<evidence::Node> nodes;
    std::map<std::uint64_t, Digest> roots;
    std::set<std::string> records;
    for (std::uint64_t n = 0; n < writer->size(); ++n) {
      const auto capture = reader->Get(CaptureNumber{n});
      ASSERT_TRUE(capture) << capture.error().Format();
      EXPECT_EQ(capture->record.fetch_id, ExampleId(n));
      EXPECT_TRUE(records.insert(capture->record_text).second) << "capture " << n << " is there twice";
      tree.Append(evidence::LeafHash(capture->leaf), nodes);
      roots[n + 1] = tree.Root();
    }
    for (const auto& [size, root] : shown_) EXPECT_EQ(roots[size], root) << "checkpoint of " << size;
    const auto latest = reader->LatestCheckpoint();
    if (!shown_.empty()) {
      ASSERT_TRUE(latest) << latest.error().Format();
      EXPECT_GE(latest->checkpoint.size, shown_.back().first);
      EXPECT_LE(latest->checkpoint.size, writer->size());
      EXPECT_EQ(latest->checkpoint.root, roots[latest->checkpoint.size]);
    }
  }

  std::uint64_t acknowledged_ = 0;
  std::vector<std::pair<std::uint64_t, Digest>> shown_;
};

TEST_F(KilledWriter, LosesNothingItHadAcknowledgedAndRepeatsNothing) {
  for (int round = 0; round < kRounds && !HasFatalFailure(); ++round) {
    RunAndKill(1000 + round);
    CheckEverything();
  }
  EXPECT_GE(acknowledged_, 100U);
  EXPECT_GE(shown_.size(), 10U);
}

}  // namespace
}  // namespace nightjar::captures
