// SPDX-License-Identifier: Apache-2.0
#include "base/child.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>

namespace nightjar {
namespace {

// Moves the descriptors to their places in two steps, so that a target number never overwrites a source still
// needed. Only async-signal-safe calls: this runs between fork and exec.
bool PlaceDescriptors(const std::vector<std::pair<int, int>>& descriptors, int* parked) {
  constexpr int kParkingFloor = 200;
  for (std::size_t i = 0; i < descriptors.size(); ++i) {
    parked[i] = ::fcntl(descriptors[i].first, F_DUPFD, kParkingFloor);
    if (parked[i] < 0) return false;
  }
  for (std::size_t i = 0; i < descriptors.size(); ++i) {
    if (::dup2(parked[i], descriptors[i].second) < 0) return false;
    ::close(parked[i]);
  }
  return true;
}

[[noreturn]] void RunChild(const ChildSpec& spec, char** argv, pid_t parent, int* parked) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);  // the parent died before the line above
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  // Whatever a library opened without close-on-exec stays here: a child gets what it was given and nothing
  // else.
  if (::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) ::_exit(126);
  if (!PlaceDescriptors(spec.descriptors, parked)) ::_exit(126);
  char* empty[] = {nullptr};
  ::execve(spec.program.c_str(), argv, spec.clear_environment ? empty : environ);
  ::_exit(127);
}

}  // namespace

std::string ChildEnd::Format() const {
  if (signalled)
    return std::string("killed by signal ") + std::to_string(value) + " (" + ::strsignal(value) + ")";
  if (value == 127) return "could not be executed";
  return "exit status " + std::to_string(value);
}

Result<Child> Child::Start(const ChildSpec& spec) {
  if (::access(spec.program.c_str(), X_OK) != 0) return FailErrno("cannot execute", spec.program);
  std::vector<std::string> words = spec.arguments;
  words.insert(words.begin(), spec.program);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<int> parked(spec.descriptors.size() + 1, -1);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return FailErrno("cannot fork", spec.program);
  if (pid == 0) RunChild(spec, argv.data(), parent, parked.data());
  return Child(pid);
}

Child& Child::operator=(Child&& other) noexcept {
  if (this != &other) {
    const Child dying(std::exchange(pid_, std::exchange(other.pid_, -1)));  // ends with this block
  }
  return *this;
}

Child::~Child() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

void Child::Signal(int signal) const {
  if (pid_ > 0) ::kill(pid_, signal);
}

std::optional<ChildEnd> Child::WaitFor(std::chrono::milliseconds patience) {
  if (pid_ <= 0) return std::nullopt;
  const UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd waiting{handle.get(), POLLIN, 0};
  if (handle && patience.count() > 0) ::poll(&waiting, 1, static_cast<int>(patience.count()));
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  if (WIFSIGNALED(status)) return ChildEnd{true, WTERMSIG(status)};
  return ChildEnd{false, WEXITSTATUS(status)};
}

ChildEnd Child::Stop(std::chrono::milliseconds patience) {
  Signal(SIGTERM);
  if (auto end = WaitFor(patience)) return *end;
  Signal(SIGKILL);
  return WaitFor(std::chrono::seconds(10)).value_or(ChildEnd{true, SIGKILL});
}

std::string OwnFolder() {
  char path[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  return std::filesystem::path(std::string(path, size > 0 ? static_cast<std::size_t>(size) : 0))
      .parent_path();
}

}  // namespace nightjar
