// SPDX-License-Identifier: Apache-2.0
// Yesterday's files put back, and two sequencers that went on from one copy, at 50 points each: refused every
// time, by the writer at its start or by the witness.
//
// At its start a writer refuses
//   - yesterday's data.mdb, or yesterday's checkpoints.log, beside today's rest;
//   - yesterday's whole folder, where the second place of checkpoints lies elsewhere
//     (ArchivePaths::checkpoint_log), or where others attested more (<data>/notary, Options::attested);
//   - one of two forks, where it meets the other's second place or what others attested of the other.
// It cannot refuse yesterday's whole folder with both places of checkpoints in it when it is told of nobody
// who attested more: nothing is left that knows of today. The witness knows: it refuses every checkpoint that
// such a log signs (409 where the log asks from where it believes to be, 422 where it asks from where the
// witness is, as the specification has it; 400 for a tree smaller than that). Nor can anybody refuse a
// roll-back to a state that holds the newest checkpoint: captures after it were promised to the
// crawl, not yet to the outside.
//
//   NIGHTJAR_ROLLBACKS=1000 fault_rollback      points of each kind; without it 50
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "archive/notary/notary_role.h"
#include "archive/notary/notary_store.h"
#include "archive/witness/witness.h"
#include "base/file.h"
#include "base/log.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

using witness::Verdict;

constexpr std::size_t kDays = 14;

int WantedPoints() {
  const char* text = std::getenv("NIGHTJAR_ROLLBACKS");
  return text == nullptr ? 50 : std::atoi(text);
}

void Copy(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}
void CopyFile(const std::string& from, const std::string& to) {
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

// A log's witness: another machine, which nobody rolls back.
class Outside final {
 public:
  explicit Outside(const std::string& folder) {
    witness_ = std::move(*witness::Witness::Open({folder,
                                                  "witness.example/2026a",
                                                  SigningKey::FromSeed(std::string(32, 'w')).value(),
                                                  {{{{kExampleOrigin, ExampleLogKey().public_key()}}}},
                                                  nullptr}));
  }
  // The newest checkpoint of the archive, as a log asks for it that believes the witness to be at `old_size`.
  witness::Answer Ask(const Reader& archive, std::uint64_t old_size) {
    const auto newest = archive.LatestCheckpoint().value();
    witness::AddRequest request{old_size, {}, newest.note};
    if (old_size > 0 && old_size <= newest.checkpoint.size)
      request.proof = archive.ProveConsistency(old_size, newest.checkpoint.size).value();
    return witness_->AddCheckpoint(witness::FormatAddCheckpoint(request));
  }

 private:
  std::unique_ptr<witness::Witness> witness_;
};

class RollBack : public ArchiveTest {
 protected:
  // An archive that grew for some days; a copy of it lies by for the end of each, with its checkpoint.
  RollBack() {
    spdlog::set_level(spdlog::level::off);  // the witness has much to say of all this
    for (std::size_t day = 0; day < kDays; ++day) {
      GrowAndSign(dice_.Next() % 4 + 1);
      const auto reader = OpenReader();
      checkpoints_.push_back(reader->LatestCheckpoint().value());
      Copy(paths_.folder, Day(day));
    }
  }
  [[nodiscard]] std::string Day(std::size_t day) const { return folder_ + "/day-" + std::to_string(day); }

  void GrowAndSign(std::uint64_t more) {
    const auto writer = OpenWriter();
    ASSERT_NE(writer, nullptr);
    const std::uint64_t size = writer->size();
    std::vector<Exchange> exchanges;
    for (std::uint64_t n = 0; n < more; ++n) exchanges.push_back(ExampleExchange(next_page_++));
    ASSERT_TRUE(writer->Append(exchanges));
    ASSERT_EQ(writer->size(), size + more);
    ASSERT_TRUE(writer->SignCheckpoint());
  }

  // Two days, one before the other.
  struct Days {
    std::size_t yesterday;
    std::size_t today;
  };
  Days ChooseDays() {
    const std::size_t yesterday = dice_.Next() % (kDays - 1);
    return {yesterday, yesterday + 1 + dice_.Next() % (kDays - 1 - yesterday)};
  }

  void ExpectRefused(const Writer::Options& options) {
    const auto writer = Writer::Open(options);
    ASSERT_FALSE(writer) << "it started";
    EXPECT_EQ(writer.error().code, Code::kCorrupt) << writer.error().Format();
    EXPECT_NE(writer.error().text.find("rolled back or replaced files"), std::string::npos)
        << writer.error().Format();
  }

  // What the notary of this installation keeps of a checkpoint that was cosigned, as the crawl role reads it.
  std::vector<evidence::Checkpoint> Attested(const evidence::SignedCheckpoint& checkpoint,
                                             const std::string& cosignature) {
    config::Settings settings;
    settings.data = folder_ + "/data";
    std::filesystem::remove_all(settings.data);
    const auto store =
        notary::NotaryStore::Open(settings.NotaryFolder(), notary::NotaryStore::Mode::kWrite).value();
    EXPECT_TRUE(store->PutCosigned({checkpoint.checkpoint, checkpoint.note + cosignature}));
    auto attested = notary::AttestedCheckpoints(settings);
    EXPECT_TRUE(attested && attested->size() == 1);
    return attested.value_or(std::vector<evidence::Checkpoint>{});
  }

  // The witness, which was shown some of the days up to `today` and that one.
  std::unique_ptr<Outside> WitnessUpTo(std::size_t today, std::string* cosignature = nullptr) {
    const std::string folder = folder_ + "/witness";
    std::filesystem::remove_all(folder);
    auto outside = std::make_unique<Outside>(folder);
    std::uint64_t known = 0;
    for (std::size_t day = 0; day <= today; ++day) {
      if (day < today && dice_.Next() % 2 == 0) continue;
      const auto answer = outside->Ask(*Reader::Open({.folder = Day(day)}).value(), known);
      EXPECT_EQ(answer.verdict, Verdict::kCosigned) << answer.text;
      known = checkpoints_[day].checkpoint.size;
      if (cosignature != nullptr) *cosignature = answer.text;
    }
    return outside;
  }

  // Whatever the log asks from, it gets no cosignature.
  void ExpectNoCosignature(Outside& outside, std::uint64_t believed, std::uint64_t known) {
    const auto reader = OpenReader();
    const std::uint64_t size = reader->LatestCheckpoint()->checkpoint.size;
    const auto first = outside.Ask(*reader, believed);
    if (believed < known) {
      EXPECT_EQ(first.verdict, Verdict::kConflict) << "409: the witness is further";
      EXPECT_EQ(first.text, std::to_string(known) + "\n");
    }
    const auto second = outside.Ask(*reader, known);
    const Verdict expected = size < known    ? Verdict::kMalformed
                             : size == known ? Verdict::kConflict
                                             : Verdict::kBadProof;
    EXPECT_EQ(second.verdict, expected) << size << " leaves where the witness knows " << known;
  }

  SeededRandom dice_{21};
  std::uint64_t next_page_ = 0;
  std::vector<evidence::SignedCheckpoint> checkpoints_;  // of each day
};

TEST_F(RollBack, OfTheDatabaseAloneIsRefusedAtStart) {
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    Copy(Day(days.today), paths_.folder);
    CopyFile(Day(days.yesterday) + "/data.mdb", paths_.folder + "/data.mdb");
    ExpectRefused(Options());
  }
}

TEST_F(RollBack, OfTheSecondPlaceAloneIsRefusedAtStart) {
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    Copy(Day(days.today), paths_.folder);
    CopyFile(Day(days.yesterday) + "/checkpoints.log", paths_.folder + "/checkpoints.log");
    ExpectRefused(Options());
  }
}

TEST_F(RollBack, OfTheWholeFolderIsRefusedAtStartWhereTheSecondPlaceLiesElsewhere) {
  const std::string elsewhere = folder_ + "/elsewhere.log";
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    Copy(Day(days.yesterday), paths_.folder);
    CopyFile(Day(days.today) + "/checkpoints.log", elsewhere);
    auto options = Options();
    options.paths.checkpoint_log = elsewhere;
    ExpectRefused(options);
  }
}

TEST_F(RollBack, OfTheWholeFolderIsRefusedAtStartWhereOthersAttestedMore) {
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    std::string cosignature;
    const auto outside = WitnessUpTo(days.today, &cosignature);
    Copy(Day(days.yesterday), paths_.folder);
    auto options = Options();
    options.attested = Attested(checkpoints_[days.today], cosignature);
    ExpectRefused(options);
  }
}

TEST_F(RollBack, OfEverythingStartsWhereNobodyIsAskedAndNeverGetsACosignatureAgain) {
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    const auto outside = WitnessUpTo(days.today);
    const std::uint64_t known = checkpoints_[days.today].checkpoint.size;
    Copy(Day(days.yesterday), paths_.folder);
    for (int grows = 0; grows < 3; ++grows) {
      GrowAndSign(dice_.Next() % 6 + 1);
      ExpectNoCosignature(*outside, checkpoints_[days.yesterday].checkpoint.size, known);
    }
  }
}

TEST_F(RollBack, IsNoneWhereTheLogOnlyGrew) {
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const Days days = ChooseDays();
    std::string cosignature;
    const auto outside = WitnessUpTo(days.yesterday, &cosignature);
    Copy(Day(days.today), paths_.folder);
    auto options = Options();
    options.attested = Attested(checkpoints_[days.yesterday], cosignature);
    const auto writer = Writer::Open(options);
    ASSERT_TRUE(writer) << writer.error().Format();
    const auto answer = outside->Ask(*OpenReader(), checkpoints_[days.yesterday].checkpoint.size);
    EXPECT_EQ(answer.verdict, Verdict::kCosigned) << answer.text;
  }
}

TEST_F(RollBack, AndTwoSequencersOfOneCopyAreToldApartAtTheStartOfTheSecond) {
  const std::string first = folder_ + "/first";
  for (int point = 0; point < WantedPoints() && !HasFailure(); ++point) {
    const std::size_t day = dice_.Next() % kDays;
    const std::uint64_t size = checkpoints_[day].checkpoint.size;
    const auto outside = WitnessUpTo(day);
    Copy(Day(day), paths_.folder);
    GrowAndSign(dice_.Next() % 5 + 1);
    const auto reader = OpenReader();
    const auto ahead = reader->LatestCheckpoint().value();
    const auto answer = outside->Ask(*reader, size);
    ASSERT_EQ(answer.verdict, Verdict::kCosigned) << answer.text;
    Copy(paths_.folder, first);

    Copy(Day(day), paths_.folder);  // the second sequencer's
    auto options = Options();
    options.paths.checkpoint_log = first + "/checkpoints.log";
    ExpectRefused(options);
    for (int grows = 0; grows < 3; ++grows) {  // smaller than the first, as large, larger
      options = Options();
      options.attested = Attested(ahead, answer.text);
      ExpectRefused(options);
      GrowAndSign(dice_.Next() % 3 + 1);
      ExpectNoCosignature(*outside, size, ahead.checkpoint.size);
      options = Options();
      options.paths.checkpoint_log = first + "/checkpoints.log";
      ExpectRefused(options);
    }
  }
}

}  // namespace
}  // namespace nightjar::captures
