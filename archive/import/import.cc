// SPDX-License-Identifier: Apache-2.0
#include "archive/import/import.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "archive/import/records.h"
#include "base/build_info.h"
#include "base/child.h"
#include "base/frame.h"
#include "base/unique_fd.h"
#include "sandbox/wire/hello.h"

namespace nightjar::import {
namespace {

constexpr std::size_t kPiece = 1 << 20;
constexpr std::size_t kBatchCaptures = 256;       // as a crawl's batches: one fsync for many
constexpr std::size_t kBatchBytes = 32ULL << 20;  // of blocks held at a time

struct Hashed {
  Digest sha256;
  std::uint64_t bytes = 0;
};

Result<Hashed> HashFile(int fd, const std::string& path) {
  Sha256Stream hash;
  Hashed hashed;
  Bytes piece(kPiece, '\0');
  for (;;) {
    const ssize_t got = ::pread(fd, piece.data(), piece.size(), static_cast<off_t>(hashed.bytes));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read", path);
    if (got == 0) break;
    hash.Update(ByteView(piece).substr(0, static_cast<std::size_t>(got)));
    hashed.bytes += static_cast<std::uint64_t>(got);
  }
  hashed.sha256 = hash.Finish();
  return hashed;
}

Result<UniqueFd> OpenWarc(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return FailErrno("cannot open", path);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return FailErrno("cannot look at", path);
  if (!S_ISREG(info.st_mode)) return Fail(Code::kInvalidInput, "is not a regular file", path);
  if (info.st_size == 0) return Fail(Code::kInvalidInput, "is empty", path);
  return file;
}

// The jailed reader of one file.
class Importer final {
 public:
  static Result<Importer> Start(const Request& request, int file) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return FailErrno("cannot make a pipe");
    UniqueFd from(ends[0]);
    const UniqueFd into(ends[1]);
    ChildSpec spec{
        .program = request.program, .descriptors = {{file, 0}, {into.get(), 1}}, .clear_environment = true};
    const auto add = [&spec](const char* option, const std::vector<std::string>& values) {
      for (const std::string& value : values) spec.arguments.insert(spec.arguments.end(), {option, value});
    };
    add("--allow", request.allowed_media);
    add("--md5", request.hash_lists_md5);
    add("--sha256", request.hash_lists_sha256);
    ASSIGN_OR_RETURN(Child child, Child::Start(spec));
    return Importer(std::move(child), std::move(from));
  }

  Status Greet() {
    ASSIGN_OR_RETURN(const Bytes frame, Read(wire::kMaxEncodedHello));
    ASSIGN_OR_RETURN(const wire::Hello hello, wire::DecodeHello(frame));
    if (!hello.failure.empty())
      return Fail(Code::kUnavailable, "nightjar-importer cannot work: " + hello.failure);
    if (hello.extractor != BuildId())
      return Fail(Code::kUnavailable, "nightjar-importer is of another build than this program");
    return {};
  }

  Result<wire::ForeignItem> Next() {
    ASSIGN_OR_RETURN(const Bytes frame, Read(wire::kMaxEncodedForeign));
    return wire::DecodeForeign(frame);
  }

 private:
  Importer(Child child, UniqueFd from) : child_(std::move(child)), from_(std::move(from)) {}

  Result<Bytes> Read(std::size_t max_bytes) {
    auto frame = ReadFrame(from_.get(), max_bytes);
    if (frame) return frame;
    const auto end = child_.WaitFor(std::chrono::seconds(5));
    return Fail(Code::kUnavailable, "nightjar-importer stopped before the end of the file" +
                                        (end ? ": " + end->Format() : std::string()) +
                                        "; what was brought in so far stays, and importing again finds it");
  }

  Child child_;
  UniqueFd from_;
};

// Takes what the importer says and hands batches to the archive.
class Intake final {
 public:
  Intake(captures::Writer& writer, const SigningKey& key, const Request& request, Report& report)
      : writer_(writer), key_(key), request_(request), report_(report) {}

  // What is wrong with it, if it is not brought in.
  Result<std::optional<wire::ForeignFault>> Take(wire::ForeignExchange untrusted) {
    const std::uint64_t offset = untrusted.offset;
    const bool withheld = !untrusted.withheld.empty();
    auto made = MakeExchange(std::move(untrusted), request_, report_.sha256, key_);
    if (!made && made.error().code == Code::kRefused) {
      ++report_.skipped;
      return std::nullopt;
    }
    if (!made) return wire::ForeignFault{offset, made.error().text};
    if (request_.refuse_host && request_.refuse_host(made->host)) {
      ++report_.blocked;
      return std::nullopt;
    }
    if (made->exchange.record.size() > captures::kMaxRecordSize)
      return wire::ForeignFault{offset, "its record would be longer than 64 KiB"};
    report_.withheld += withheld ? 1 : 0;
    held_ += made->exchange.request.size() + made->exchange.head.size() + made->exchange.body.size();
    batch_.push_back(std::move(made->exchange));
    if (batch_.size() >= kBatchCaptures || held_ >= kBatchBytes) RETURN_IF_ERROR(Flush());
    return std::nullopt;
  }

  Status Flush() {
    const std::uint64_t before = writer_.size();
    ASSIGN_OR_RETURN(const auto numbers, writer_.Append(batch_));
    const std::uint64_t added = writer_.size() - before;
    report_.captures += added;
    report_.known += numbers.size() - added;
    batch_.clear();
    held_ = 0;
    return {};
  }

 private:
  captures::Writer& writer_;
  const SigningKey& key_;
  const Request& request_;
  Report& report_;
  std::vector<captures::Exchange> batch_;
  std::size_t held_ = 0;
};

Status TakeAll(Importer& importer, Intake& intake, Report& report,
               const std::function<void(const wire::ForeignFault&)>& tell) {
  const auto say = [&](const wire::ForeignFault& fault) {
    ++report.faults;
    tell(fault);
  };
  for (;;) {
    ASSIGN_OR_RETURN(wire::ForeignItem item, importer.Next());
    if (const auto* end = std::get_if<wire::ForeignEnd>(&item)) {
      report.records = end->records;
      report.skipped += end->skipped;
      return intake.Flush();
    }
    if (const auto* fault = std::get_if<wire::ForeignFault>(&item)) {
      say(*fault);
      continue;
    }
    ASSIGN_OR_RETURN(const auto wrong, intake.Take(std::move(std::get<wire::ForeignExchange>(item))));
    if (wrong) say(*wrong);
  }
}

}  // namespace

Result<Report> ImportWarc(captures::Writer& writer, const SigningKey& key, const Request& request,
                          const std::function<void(const wire::ForeignFault&)>& tell) {
  ASSIGN_OR_RETURN(const UniqueFd file, OpenWarc(request.path));
  ASSIGN_OR_RETURN(const Hashed hashed, HashFile(file.get(), request.path));
  Report report;
  report.sha256 = hashed.sha256;
  report.bytes = hashed.bytes;
  ASSIGN_OR_RETURN(Importer importer, Importer::Start(request, file.get()));
  RETURN_IF_ERROR(importer.Greet());
  const std::array provenance = {
      MakeFileExchange(request, hashed.sha256, hashed.bytes, request.clock->Utc(), key)};
  ASSIGN_OR_RETURN(const auto numbers, writer.Append(provenance));
  report.file_capture = numbers.front();
  Intake intake(writer, key, request, report);
  RETURN_IF_ERROR(TakeAll(importer, intake, report, tell));
  ASSIGN_OR_RETURN(const Hashed after, HashFile(file.get(), request.path));
  if (after.sha256 != hashed.sha256)
    return Fail(Code::kCorrupt,
                "changed while it was read: its captures name a file that is no more; import a copy that "
                "stands still",
                request.path);
  return report;
}

}  // namespace nightjar::import
