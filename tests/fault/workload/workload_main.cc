// SPDX-License-Identifier: Apache-2.0
// The archive's writer at work, to be run under the recorder (crash_states) or the injector (nth_failure).
//
//   fault-workload FOLDER SAID
//
// Does Steps() in FOLDER and writes a line to SAID for each acknowledgement (steps.h). A step that fails is
// reported on the standard output, "error <code> <where>: <text>", and tried again with a writer opened anew,
// up to three times in a row. Ends with 0 when all is done, with 3 when it gave up.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <new>

#include "base/file.h"
#include "base/unique_fd.h"
#include "tests/fault/workload/steps.h"

namespace nightjar::fault {
namespace {

constexpr int kTries = 3;

class Workload final {
 public:
  Workload(std::string folder, int said) : folder_(std::move(folder)), said_(said) {}

  // False when it gave up.
  bool Run() {
    for (const Step& step : Steps()) {
      Status done;
      for (int tries = 0; tries < kTries; ++tries) {
        done = TryWithinMemory(step);
        if (done) break;
        fmt::print("error {} {}\n", CodeName(done.error().code), done.error().Format());
        std::fflush(stdout);
        writer_.reset();
      }
      if (!done) return false;
    }
    return true;
  }

 private:
  // As the crawl role does it (crawler/committer.cc).
  Status TryWithinMemory(const Step& step) {
    try {
      return Try(step);
    } catch (const std::bad_alloc&) {
      return Fail(Code::kFull, "out of memory", folder_);
    }
  }
  Status Try(const Step& step) {
    if (!writer_) {
      ASSIGN_OR_RETURN(writer_, OpenEither(folder_));
    }
    switch (step.kind) {
      case Step::Kind::kAppend:
        return Append(step);
      case Step::Kind::kSign:
        return Sign();
      case Step::Kind::kRotate:
        return Rotate();
    }
    return {};
  }
  Status Append(const Step& step) {
    std::vector<captures::Exchange> batch;
    for (std::uint64_t n = step.first; n < step.end; ++n) batch.push_back(Page(n));
    RETURN_IF_ERROR(writer_->Append(batch));
    return Say(Acknowledged::SayPages(step.end));
  }
  Status Sign() {
    ASSIGN_OR_RETURN(const auto checkpoint, writer_->SignCheckpoint());
    return Say(Acknowledged::SayNote(checkpoint.note));
  }
  Status Rotate() {
    Status rotated = writer_->Rotate(NewOrigin(), NewLogKey());
    // Of an earlier try that failed after it was done.
    if (!rotated && rotated.error().code != Code::kInvalidInput) return rotated;
    return Say(Acknowledged::SayRotated());
  }
  Status Say(const std::string& line) const { return WriteAll(said_, line, "what was said"); }

  const std::string folder_;
  const int said_;
  std::unique_ptr<captures::Writer> writer_;
};

}  // namespace
}  // namespace nightjar::fault

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: fault-workload FOLDER SAID\n");
    return 2;
  }
  const nightjar::UniqueFd said(
      ::open(arguments[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  try {
    return nightjar::fault::Workload(arguments[1], said.get()).Run() ? 0 : 3;
  } catch (const std::bad_alloc&) {
    std::printf("error full %s: out of memory\n", arguments[1]);
    return 3;
  }
}
