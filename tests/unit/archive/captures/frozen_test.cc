// SPDX-License-Identifier: Apache-2.0
// An archive that an older build wrote stays readable for ever. One archive of each format lies in
// tests/frozen; it is never written again. A new format begins with
//   NIGHTJAR_FREEZE=tests/frozen/archive-N unit_archive_captures --gtest_filter='Frozen*'
// which writes it instead of reading it.
#include <cstdlib>

#include "archive/captures/scrub.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

constexpr std::uint64_t kPages = 40;  // more than make a dictionary
const std::string kLaterOrigin = "unit.example/nightjar/2026b";

SigningKey LaterKey() { return SigningKey::FromSeed(std::string(32, 'm')).value(); }

Exchange SomePage(std::uint64_t n) {
  SeededRandom frame(1);
  const Bytes body = "<html>" + HexEncode(frame.Take(700)) + "<p>page " + std::to_string(n) + "</p></html>";
  return Signed(ExampleRecord(n, "request", "head", body), "request", "head", body);
}

// Pages, a rejected hand-over, a body that was not kept, a rotation of the key, and one page more.
void Freeze(const Writer::Options& options) {
  auto later = options;
  {
    const auto writer = Writer::Open(options).value();
    for (std::uint64_t n = 0; n < kPages; ++n) ASSERT_TRUE(writer->Append(std::vector{SomePage(n)}));
    ASSERT_TRUE(writer->SignCheckpoint());
    Exchange bad = SomePage(kPages);
    bad.body += "x";
    ASSERT_TRUE(writer->Append(
        std::vector{bad, WithheldExchange(kPages + 1, Withheld::By::kMediaPolicy, "a picture")}));
    ASSERT_TRUE(writer->Rotate(kLaterOrigin, LaterKey()));
  }
  later.origin = kLaterOrigin;
  later.log_key = LaterKey();
  const auto writer = Writer::Open(later).value();
  ASSERT_TRUE(writer->Append(std::vector{SomePage(kPages + 2)}));
  ASSERT_TRUE(writer->SignCheckpoint());
}

class Frozen : public ArchiveTest {
 protected:
  void SetUp() override {
    if (const char* folder = std::getenv("NIGHTJAR_FREEZE")) {
      paths_.folder = folder;
      Freeze(Options());
      std::filesystem::remove(paths_.folder + "/lock.mdb");
      std::filesystem::remove(paths_.folder + "/writer.lock");
      GTEST_SKIP() << "written to " << folder;
    }
    const std::string frozen = NIGHTJAR_SOURCE "/tests/frozen/archive-2";
    std::filesystem::copy(frozen, paths_.folder, std::filesystem::copy_options::recursive);
    // A checkout keeps no permissions but the executable bit.
    for (const auto& entry : std::filesystem::directory_iterator(paths_.folder + "/keyring"))
      std::filesystem::permissions(entry, std::filesystem::perms::owner_read);
  }
};

TEST_F(Frozen, AnArchiveOfAnOlderBuildIsReadInFull) {
  const auto reader = OpenReader();
  ASSERT_EQ(reader->Size().value(), kPages + 4);
  for (const std::uint64_t n : {0UL, 31UL, 32UL, 39UL, kPages + 2}) {
    const std::uint64_t number = n < kPages ? n : kPages + 3;
    const auto capture = reader->Get(CaptureNumber{number});
    ASSERT_TRUE(capture) << capture.error().Format();
    const Exchange page = SomePage(n);
    EXPECT_EQ(capture->record_text, page.record);
    EXPECT_EQ(capture->signature, page.signature);
    EXPECT_EQ(capture->request, page.request);
    EXPECT_EQ(capture->head, page.head);
    EXPECT_EQ(capture->body, page.body);
    EXPECT_TRUE(reader->Prove(CaptureNumber{number}, kPages + 4));
  }
  EXPECT_NE(reader->Get(CaptureNumber{kPages})->rejected, "");
  EXPECT_EQ(reader->Get(CaptureNumber{kPages + 1})->record.outcome, Outcome::kWithheld);
  EXPECT_EQ(reader->LogKeys()->rotations().size(), 1U);
  EXPECT_EQ(reader->LatestCheckpoint()->checkpoint.origin, kLaterOrigin);
  EXPECT_TRUE(reader->ProveConsistency(kPages, kPages + 4));
  EXPECT_EQ(reader->ReadStats()->distinct_bodies, kPages + 1);
}

TEST_F(Frozen, AnArchiveOfAnOlderBuildIsSoundAndGrows) {
  const auto scrubbed = Scrub(paths_, [](std::uint64_t, std::uint64_t) { return true; });
  ASSERT_TRUE(scrubbed) << scrubbed.error().Format();
  EXPECT_EQ(scrubbed->problems_found, 0U);
  auto options = Options();
  options.origin = kLaterOrigin;
  options.log_key = LaterKey();
  const auto writer = Writer::Open(options);
  ASSERT_TRUE(writer) << writer.error().Format();
  EXPECT_EQ((*writer)->Append(std::vector{SomePage(3)})->at(0).value, 3U) << "it is known";
  EXPECT_EQ((*writer)->Append(std::vector{SomePage(99)})->at(0).value, kPages + 4);
  EXPECT_TRUE((*writer)->SignCheckpoint());
}

}  // namespace
}  // namespace nightjar::captures
