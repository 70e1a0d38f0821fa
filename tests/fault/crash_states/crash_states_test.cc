// SPDX-License-Identifier: Apache-2.0
// A power cut at every point of the archive's work: the writer is recorded call by call, legal states of the
// disk after a cut at each of them are made (disk_model.h says which and why), and in each everything that
// was acknowledged before the cut must be there, and work must go on.
//
//   NIGHTJAR_CRASH_STATES=20000 fault_crash_states      the long form: that many cuts; without it 800,
// which make about 600 distinct states
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>

#include "base/child.h"
#include "base/file.h"
#include "base/unique_fd.h"
#include "tests/fault/crash_states/disk_model.h"
#include "tests/fault/workload/steps.h"

namespace nightjar::fault {
namespace {

using Kind = Op::Kind;

constexpr std::size_t kWorkers = 2;
constexpr std::size_t kMixtures = 6;  // random ones at each cut

std::size_t WantedStates() {
  const char* text = std::getenv("NIGHTJAR_CRASH_STATES");
  return text == nullptr ? 800 : std::strtoull(text, nullptr, 10);
}

// A power cut before the call number `cut` returned.
struct Cut {
  std::size_t cut = 0;
  Fates fates;
};

class CrashStates : public testing::Test {
 protected:
  CrashStates() {
    // In memory where that can be had: what a state holds is the model's affair, not this disk's.
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = (memory ? "/dev/shm/" : testing::TempDir()) + "nightjar-crash-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~CrashStates() override { std::filesystem::remove_all(folder_); }

  // Runs the workload to its end under the recorder.
  void Record() {
    std::filesystem::create_directory(folder_ + "/archive");
    const std::string bin = NIGHTJAR_BIN;
    auto child = Child::Start(
        {.program = "/usr/bin/env",
         .arguments = {
             "LD_PRELOAD=" + bin + "/libfault-recorder.so", "NIGHTJAR_RECORD_FOLDER=" + folder_ + "/archive",
             "NIGHTJAR_RECORD_TRACE=" + folder_ + "/trace", "NIGHTJAR_RECORD_SAID=" + folder_ + "/said",
             bin + "/fault-workload", folder_ + "/archive", folder_ + "/said"}});
    ASSERT_TRUE(child) << child.error().Format();
    const auto end = child->WaitFor(std::chrono::seconds(120));
    ASSERT_TRUE(end && !end->signalled && end->value == 0) << (end ? end->Format() : "it hangs");
    trace_ = DecodeTrace(ReadFile(folder_ + "/trace").value());
    LeaveLocksEmpty();
  }

  // The two lock files hold nothing that outlives their processes: in every state they are there and empty,
  // and the states are kept for what matters.
  void LeaveLocksEmpty() {
    std::set<std::uint64_t> locks;
    for (const Op& op : trace_)
      if (op.kind == Kind::kCreate && (op.path == "lock.mdb" || op.path == "writer.lock"))
        locks.insert(op.file);
    ASSERT_EQ(locks.size(), 2U);
    std::erase_if(trace_, [&](const Op& op) {
      return locks.contains(op.file) && (op.kind == Kind::kWrite || op.kind == Kind::kTruncate);
    });
  }

  // Cuts at every call, with every fate of what was not yet durable; of these `wanted`, the same every time,
  // in the order of the trace.
  void ChooseCuts(std::size_t wanted) {
    SeededRandom random(5);
    Disk disk;
    for (std::size_t cut = 0; cut <= trace_.size(); ++cut) {
      for (Fates& fates : ChooseFates(AtCut(disk, cut).open_ops(), kMixtures, random))
        cuts_.push_back({cut, std::move(fates)});
      if (cut < trace_.size()) disk.Done(trace_[cut]);
    }
    possible_ = cuts_.size();
    for (std::size_t i = cuts_.size(); i > 1; --i) std::swap(cuts_[i - 1], cuts_[random.Next() % i]);
    cuts_.resize(std::min(cuts_.size(), wanted));
    std::ranges::stable_sort(cuts_, {}, &Cut::cut);
  }

  [[nodiscard]] Disk AtCut(const Disk& before, std::size_t cut) const {
    Disk disk = before;
    if (cut < trace_.size()) disk.Begun(trace_[cut]);
    return disk;
  }

  using Visit = std::function<void(const Cut&, const Disk&, const Tree&, const Acknowledged&)>;
  // The states of the chosen cuts, each once.
  void ForEachState(const Visit& visit) const {
    Disk disk;
    Acknowledged acknowledged;
    std::set<Digest> seen;
    std::size_t at = 0;
    for (const Cut& cut : cuts_) {
      for (; at < cut.cut; ++at) {
        disk.Done(trace_[at]);
        if (trace_[at].kind == Kind::kSaid) acknowledged.Hear(trace_[at].data);
      }
      const Disk at_cut = AtCut(disk, at);
      const Tree tree = at_cut.After(cut.fates);
      if (seen.insert(DigestOf(tree)).second) visit(cut, at_cut, tree, acknowledged);
    }
  }

  // Looks at every kWorkers-th state, in a process of its own: what it dies of is a fault too. Writes a line
  // to `pipe` before each state, and one about what is wrong with it.
  void WorkOn(std::size_t worker, int pipe) const {
    std::size_t number = 0;
    ForEachState([&](const Cut& cut, const Disk& disk, const Tree& tree, const Acknowledged& acknowledged) {
      if (number++ % kWorkers != worker) return;
      const std::string where =
          fmt::format("cut {} of {} [{}]: ", cut.cut, trace_.size(), Describe(disk.open_ops(), cut.fates));
      EXPECT_TRUE(WriteAll(pipe, "at " + where + "\n", "pipe"));
      const std::string folder = fmt::format("{}/state-{}", folder_, worker);
      WriteTree(tree, folder);
      const Status left = CheckWhatIsLeft(folder, acknowledged);
      if (!left) {
        EXPECT_TRUE(WriteAll(pipe, "bad " + where + left.error().Format() + "\n", "pipe"));
      }
      std::filesystem::remove_all(folder);
    });
    EXPECT_TRUE(WriteAll(pipe, "end\n", "pipe"));
  }

  struct Worker {
    pid_t pid = 0;
    UniqueFd pipe;
  };
  [[nodiscard]] Worker StartWorker(std::size_t worker) const {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const pid_t pid = ::fork();
    if (pid == 0) {
      WorkOn(worker, ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    return {pid, UniqueFd(ends[0])};
  }

  // What the worker found wrong; how many states it looked at.
  static std::size_t Await(const Worker& worker, std::vector<std::string>& faults) {
    Bytes said;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(worker.pipe.get(), buffer, sizeof buffer)) > 0;)
      said.append(buffer, static_cast<std::size_t>(got));
    int status = 0;
    ::waitpid(worker.pid, &status, 0);
    std::size_t states = 0;
    std::string last;
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("at ")) ++states;
      if (line.starts_with("bad ")) faults.push_back(line.substr(4));
      last = line;
    }
    if (last != "end") faults.push_back(fmt::format("died with status {} {}", status, last));
    return states;
  }

  std::string folder_;
  std::vector<Op> trace_;
  std::vector<Cut> cuts_;
  std::size_t possible_ = 0;
};

TEST_F(CrashStates, LoseNothingAcknowledgedAndLetWorkGoOn) {
  Record();
  if (HasFatalFailure()) return;
  for (const Op& op : trace_) ASSERT_NE(op.kind, Kind::kStray) << op.data;
  ChooseCuts(WantedStates());
  std::vector<Worker> workers;
  for (std::size_t i = 0; i < kWorkers; ++i) workers.push_back(StartWorker(i));
  std::vector<std::string> faults;
  std::size_t states = 0;
  for (const Worker& worker : workers) states += Await(worker, faults);
  fmt::print("{} calls recorded, {} cuts possible, {} distinct states looked at, {} bad\n", trace_.size(),
             possible_, states, faults.size());
  EXPECT_GE(states, std::min<std::size_t>(500, possible_));
  EXPECT_EQ(faults.size(), 0U);
  for (std::size_t i = 0; i < std::min<std::size_t>(faults.size(), 10); ++i) ADD_FAILURE() << faults[i];
}

}  // namespace
}  // namespace nightjar::fault
