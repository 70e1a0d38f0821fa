// SPDX-License-Identifier: Apache-2.0
// Single bits that rot in stored evidence, a thousand of them, each in a copy of an archive of about 60
// captures with a dictionary and a rotation: every one is found, with what and where, or proven harmless, and
// none gets into an export.
//
// Stored evidence is what an archive cannot do without: the pages of data.mdb that its newest commit uses
// (found by archive/store/page_check.h; both meta pages too), checkpoints.log, and the files of the keyring.
// Not: pages that LMDB has freed (old states; their bytes are reachable by nobody), lock.mdb and writer.lock.
//
// A flip is *found* when the scrub reports it, or opening, reading a capture or exporting ends with an error
// that says where. It is *harmless* when the scrub is clean and every capture, proof and exported byte is
// what it was before: then it lies in bytes that nothing reads (the free middle of a page, padding, the older
// meta page, the rest of an overflow page).
//
// The scrub must neither crash nor hang, whatever the flip. Reading without a scrub goes through LMDB, which
// trusts its pages: there a flip in a page's structure may end the process by a signal, in a read-only
// process and with no byte given out. How often is counted and printed, and each must be one that the scrub
// finds.
//
//   NIGHTJAR_BIT_FLIPS=10000 fault_bit_flip      the long form; without it 1,000
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "archive/bundle/bundle.h"
#include "archive/captures/scrub.h"
#include "archive/captures/tables.h"
#include "archive/store/page_check.h"
#include "base/file.h"
#include "base/unique_fd.h"
#include "tests/fault/workload/steps.h"

namespace nightjar::fault {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr rlim_t kSeconds = 20;  // of processor time: more is a hang

std::uint64_t WantedFlips() {
  const char* text = std::getenv("NIGHTJAR_BIT_FLIPS");
  return text == nullptr ? 1000 : std::strtoull(text, nullptr, 10);
}

captures::ArchivePaths PathsOf(const std::string& folder) { return {.folder = folder, .map_size = 64 << 20}; }

struct Flip {
  std::string file;
  std::uint64_t byte = 0;
  int bit = 0;
  [[nodiscard]] std::string Format() const { return fmt::format("{} byte {} bit {}", file, byte, bit); }
};

// How a process that looked at the damaged copy ended.
struct Verdict {
  enum class Kind { kSame, kFound, kDifferent, kSignal, kHang } kind = Kind::kSame;
  std::string text;
};

// What the archive holds, as one digest; an error where anything of it cannot be read.
Result<Digest> ReadAll(const std::string& folder) {
  ASSIGN_OR_RETURN(const auto reader, captures::Reader::Open(PathsOf(folder)));
  ASSIGN_OR_RETURN(const std::uint64_t size, reader->Size());
  ASSIGN_OR_RETURN(const auto checkpoint, reader->LatestCheckpoint());
  Encoder all;
  all.Str(checkpoint.note);
  for (std::uint64_t n = 0; n < size; ++n) {
    ASSIGN_OR_RETURN(const auto capture, reader->Get(CaptureNumber{n}));
    all.Str(capture.leaf).Str(capture.record_text).Str(capture.signature).Str(capture.rejected);
    all.Str(capture.request).Str(capture.head).Str(capture.body);
    ASSIGN_OR_RETURN(const auto proof, reader->Prove(CaptureNumber{n}, size));
    for (const Digest& hash : proof.hashes) all.Hash(hash);
  }
  return Sha256(all.bytes());
}

// The bytes of an export of all captures of the larger case.
Result<Digest> ExportAll(const std::string& folder, const std::string& to) {
  ASSIGN_OR_RETURN(const auto reader, captures::Reader::Open(PathsOf(folder)));
  ASSIGN_OR_RETURN(const std::uint64_t size, reader->Size());
  bundle::ExportRequest request;
  request.exported_case = {
      .id = CaseId{"owl-7"}, .title = "Owl", .legal_basis = "Order 12/2026", .officer = "", .opened = {}};
  request.selection = "all";
  request.out_path = to;
  for (std::uint64_t n = 0; n < size; ++n) {
    ASSIGN_OR_RETURN(const auto row, reader->GetRow(CaptureNumber{n}));
    if (row.rejected.empty() && row.record.case_id == CaseId{"owl-7"})
      request.captures.push_back(CaptureNumber{n});
  }
  ASSIGN_OR_RETURN(const auto summary, bundle::Export(*reader, request));
  return summary.sha256;
}

class BitFlip : public testing::Test {
 protected:
  BitFlip() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = (memory ? "/dev/shm/" : testing::TempDir()) + "nightjar-flip-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    good_ = folder_ + "/good";
  }
  ~BitFlip() override { std::filesystem::remove_all(folder_); }

  using Look = std::function<Verdict()>;
  // In a process of its own, for LMDB must not be open across fork().
  static Verdict Ask(const Look& look) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const rlimit time{kSeconds, kSeconds};
      const rlimit no_core{0, 0};
      ::setrlimit(RLIMIT_CPU, &time);
      ::setrlimit(RLIMIT_CORE, &no_core);
      ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);  // LMDB's assertions
      const Verdict verdict = look();
      (void)WriteAll(ends[1], std::to_string(static_cast<int>(verdict.kind)) + verdict.text, "pipe");
      ::_exit(0);
    }
    ::close(ends[1]);
    const UniqueFd pipe(ends[0]);
    Bytes said;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(pipe.get(), buffer, sizeof buffer)) > 0;)
      said.append(buffer, static_cast<std::size_t>(got));
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) && !said.empty())
      return {static_cast<Verdict::Kind>(said[0] - '0'), said.substr(1)};
    const bool hang = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
    return {hang ? Verdict::Kind::kHang : Verdict::Kind::kSignal, fmt::format("status {}", status)};
  }

  static Verdict Compare(const Result<Digest>& read, const Digest& expected) {
    if (!read) return {Verdict::Kind::kFound, read.error().Format()};
    return {*read == expected ? Verdict::Kind::kSame : Verdict::Kind::kDifferent, ""};
  }
  static Verdict AskScrub(const std::string& folder) {
    return Ask([&]() -> Verdict {
      const auto report = captures::Scrub(PathsOf(folder), [](auto, auto) { return true; });
      if (!report) return {Verdict::Kind::kFound, report.error().Format()};
      if (report->problems_found == 0) return {};
      return {Verdict::Kind::kFound, report->problems[0].where + ": " + report->problems[0].text};
    });
  }

  // The archive; what it holds; and all its bytes that are evidence.
  void MakeArchive() {
    const Verdict made = Ask([&]() -> Verdict {
      auto writer = captures::Writer::Open(WriterOptions(good_, false));
      if (!writer) return {Verdict::Kind::kFound, writer.error().Format()};
      for (const Step& step : Steps()) {
        const Status done = Do(**writer, step);
        if (!done) return {Verdict::Kind::kFound, done.error().Format()};
      }
      return {};
    });
    ASSERT_EQ(made.kind, Verdict::Kind::kSame) << made.text;
    const Verdict in_use = Ask([&]() -> Verdict {
      std::string pages;
      const auto report = store::CheckPages(captures::StoreOptions(PathsOf(good_), true),
                                            [&](std::uint64_t page) { pages += std::to_string(page) + " "; });
      if (!report || !report->damages.empty()) return {Verdict::Kind::kDifferent, "the archive is damaged"};
      return {Verdict::Kind::kFound, pages};
    });
    ASSERT_EQ(in_use.kind, Verdict::Kind::kFound) << in_use.text;
    std::istringstream numbers(in_use.text);
    std::set<std::uint64_t> pages{0, 1};
    for (std::uint64_t page = 0; numbers >> page;) pages.insert(page);
    pages_.assign(pages.begin(), pages.end());
    std::filesystem::remove(good_ + "/lock.mdb");
    std::filesystem::remove(good_ + "/writer.lock");
    content_ = DigestIn(Ask([&] { return Told(ReadAll(good_)); }));
    export_ = DigestIn(Ask([&] { return Told(ExportAll(good_, folder_ + "/good.tar")); }));
    std::filesystem::remove(good_ + "/lock.mdb");
  }
  static Status Do(captures::Writer& writer, const Step& step) {
    std::vector<captures::Exchange> batch;
    for (std::uint64_t n = step.first; n < step.end; ++n) batch.push_back(Page(n));
    if (step.kind == Step::Kind::kAppend) RETURN_IF_ERROR(writer.Append(batch));
    if (step.kind == Step::Kind::kSign) RETURN_IF_ERROR(writer.SignCheckpoint());
    return step.kind == Step::Kind::kRotate ? writer.Rotate(NewOrigin(), NewLogKey()) : Status();
  }
  static Verdict Told(const Result<Digest>& digest) {
    return {Verdict::Kind::kFound, digest ? digest->Hex() : digest.error().Format()};
  }
  static Digest DigestIn(const Verdict& verdict) {
    const auto digest = Digest::FromHex(verdict.text);
    EXPECT_TRUE(digest) << verdict.text;
    return digest.value_or(Digest{});
  }

  // Four in five in the database, the others in the files beside it.
  Flip ChooseFlip(SeededRandom& random) const {
    Flip flip{.file = "data.mdb", .bit = static_cast<int>(random.Next() % 8)};
    if (random.Next() % 5 != 0) {
      flip.byte = pages_[random.Next() % pages_.size()] * kPage + random.Next() % kPage;
      return flip;
    }
    static const std::vector<std::string> kFiles{"checkpoints.log", "keyring/owl-7.case-key",
                                                 "keyring/owl-7.data-keys", "keyring/owl-8.case-key",
                                                 "keyring/owl-8.data-keys"};
    flip.file = kFiles[random.Next() % kFiles.size()];
    flip.byte = random.Next() % std::filesystem::file_size(good_ + "/" + flip.file);
    return flip;
  }

  [[nodiscard]] std::string CopyWith(const Flip& flip) const {
    std::string copy = folder_ + "/copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(good_, copy, std::filesystem::copy_options::recursive);
    const UniqueFd fd(::open((copy + "/" + flip.file).c_str(), O_RDWR | O_CLOEXEC));
    char byte = 0;
    EXPECT_EQ(::pread(fd.get(), &byte, 1, static_cast<off_t>(flip.byte)), 1);
    byte = static_cast<char>(byte ^ (1 << flip.bit));
    EXPECT_EQ(::pwrite(fd.get(), &byte, 1, static_cast<off_t>(flip.byte)), 1);
    return copy;
  }

  void LookAt(const Flip& flip) {
    using Kind = Verdict::Kind;
    const std::string copy = CopyWith(flip);
    const Verdict scrub = AskScrub(copy);
    const Verdict read = Ask([&] { return Compare(ReadAll(copy), content_); });
    const std::string out = folder_ + "/copy.tar";
    std::filesystem::remove(out);
    const Verdict exported = Ask([&] { return Compare(ExportAll(copy, out), export_); });
    EXPECT_TRUE(scrub.kind == Kind::kSame || scrub.kind == Kind::kFound) << "the scrub: " << scrub.text;
    EXPECT_NE(read.kind, Kind::kDifferent) << "other bytes were read, and nobody noticed";
    EXPECT_NE(exported.kind, Kind::kDifferent) << "other bytes were exported, and nobody noticed";
    EXPECT_EQ(std::filesystem::exists(out), exported.kind == Kind::kSame) << "a refused export left a bundle";
    for (const Verdict& verdict : {read, exported}) {
      if (verdict.kind != Kind::kSignal && verdict.kind != Kind::kHang) continue;
      EXPECT_EQ(scrub.kind, Kind::kFound) << "reading dies of it and the scrub does not find it";
      ++counts_[verdict.kind == Kind::kHang ? "reading hangs" : "reading ends by a signal"];
    }
    for (const Verdict& verdict : {scrub, read, exported}) {
      if (verdict.kind == Kind::kFound) {
        EXPECT_GT(verdict.text.size(), 10U) << "found, but not said where";
      }
    }
    const bool harmless =
        scrub.kind == Kind::kSame && read.kind == Kind::kSame && exported.kind == Kind::kSame;
    ++counts_[harmless ? "harmless" : "found"];
    if (scrub.kind == Kind::kFound) ++counts_["found by the scrub"];
    if (read.kind == Kind::kFound) ++counts_["found by reading"];
    if (exported.kind == Kind::kFound) ++counts_["found by exporting"];
    if (scrub.kind == Kind::kSame && !harmless) ++counts_["not found by the scrub"];
    if (harmless && flip.file != "data.mdb") ++counts_["harmless beside the database"];
  }

  std::string folder_;
  std::string good_;
  std::vector<std::uint64_t> pages_;  // of data.mdb in use
  Digest content_;
  Digest export_;
  std::map<std::string, std::uint64_t> counts_;
};

TEST_F(BitFlip, IsFoundOrHarmlessWhereverInStoredEvidenceItLies) {
  MakeArchive();
  if (HasFailure()) return;
  SeededRandom random(9);
  const std::uint64_t flips = WantedFlips();
  for (std::uint64_t i = 0; i < flips; ++i) {
    const Flip flip = ChooseFlip(random);
    SCOPED_TRACE(flip.Format());
    LookAt(flip);
  }
  fmt::print("{} flips in {} pages and 5 files\n", flips, pages_.size());
  for (const auto& [what, count] : counts_) fmt::print("  {}: {}\n", what, count);
  EXPECT_EQ(counts_["found"] + counts_["harmless"], flips);
  EXPECT_GT(counts_["found"], flips / 2) << "too few to say anything";
}

}  // namespace
}  // namespace nightjar::fault
