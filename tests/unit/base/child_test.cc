// SPDX-License-Identifier: Apache-2.0
#include "base/child.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "base/file.h"

namespace nightjar {
namespace {

using namespace std::chrono_literals;
constexpr auto kLong = 30s;  // a deadline no test waits for

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Pipe MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

ChildSpec Shell(std::string script) { return {.program = "/bin/sh", .arguments = {"-c", std::move(script)}}; }

// What the child writes to descriptor 1 until it ends.
std::string OutputOf(ChildSpec spec) {
  Pipe pipe = MakePipe();
  spec.descriptors.emplace_back(pipe.write.get(), 1);
  auto child = Child::Start(spec);
  if (!child) return child.error().Format();
  pipe.write.Reset();
  std::string out;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(pipe.read.get(), buffer, sizeof buffer)) > 0;) {
    out.append(buffer, static_cast<std::size_t>(got));
  }
  EXPECT_TRUE(child->WaitFor(kLong));
  return out;
}

bool Exists(pid_t pid) { return ::kill(pid, 0) == 0 || errno != ESRCH; }

TEST(Child, ReportsItsExitStatus) {
  auto child = Child::Start(Shell("exit 3"));
  ASSERT_TRUE(child) << child.error().Format();
  const auto end = child->WaitFor(kLong);
  ASSERT_TRUE(end);
  EXPECT_FALSE(end->signalled);
  EXPECT_EQ(end->value, 3);
  EXPECT_EQ(end->Format(), "exit status 3");
  EXPECT_FALSE(child->WaitFor(0ms)) << "an end is reported once";
}

TEST(Child, ReportsTheSignalThatKilledIt) {
  auto child = Child::Start(Shell("kill -SEGV $$"));
  ASSERT_TRUE(child);
  const auto end = child->WaitFor(kLong);
  ASSERT_TRUE(end);
  EXPECT_TRUE(end->signalled);
  EXPECT_EQ(end->value, SIGSEGV);
  EXPECT_NE(end->Format().find("killed by signal 11"), std::string::npos);
}

TEST(Child, ThatCannotBeExecutedIsAnError) {
  const auto child = Child::Start({.program = "/nonexistent/program"});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, Code::kNotFound);
  EXPECT_EQ(child.error().where, "/nonexistent/program");
}

TEST(Child, GetsItsDescriptorsAtThePlacesNamed) {
  Pipe first = MakePipe();
  Pipe second = MakePipe();
  ASSERT_TRUE(WriteAll(first.write.get(), "one", "pipe"));
  ASSERT_TRUE(WriteAll(second.write.get(), "two", "pipe"));
  first.write.Reset();
  second.write.Reset();
  ChildSpec spec = Shell("cat <&4; cat <&3");
  // Crossed on purpose where the numbers allow it: no source may be overwritten before it is moved.
  spec.descriptors = {{first.read.get(), 4}, {second.read.get(), 3}};
  EXPECT_EQ(OutputOf(spec), "onetwo");
}

TEST(Child, InheritsNoOtherDescriptor) {
  const UniqueFd leak(::open("/dev/null", O_RDONLY));  // without close-on-exec, as some library would
  ASSERT_GT(leak.get(), 2);
  EXPECT_EQ(
      OutputOf(Shell("test -e /proc/self/fd/" + std::to_string(leak.get()) + " && echo leaked; echo end")),
      "end\n");
}

TEST(Child, StartsWithAnEmptyEnvironmentWhenAsked) {
  ::setenv("NIGHTJAR_CHILD_TEST", "inherited", 1);
  ChildSpec spec = Shell("echo \"$NIGHTJAR_CHILD_TEST\"");
  EXPECT_EQ(OutputOf(spec), "inherited\n");
  spec.clear_environment = true;
  EXPECT_EQ(OutputOf(spec), "\n");
}

TEST(Child, HasNoEndWhileItRuns) {
  Pipe input = MakePipe();
  ChildSpec spec = Shell("read line");
  spec.descriptors = {{input.read.get(), 0}};
  auto child = Child::Start(spec);
  ASSERT_TRUE(child);
  EXPECT_FALSE(child->WaitFor(0ms));
  EXPECT_FALSE(child->WaitFor(20ms));
  input.write.Reset();
  EXPECT_TRUE(child->WaitFor(kLong));
}

TEST(Child, IsAskedToStopAndThenKilled) {
  const auto stop = [](const std::string& script, std::chrono::milliseconds patience) {
    Pipe ready = MakePipe();
    ChildSpec spec = Shell(script);
    spec.descriptors = {{ready.write.get(), 3}};
    auto child = Child::Start(spec);
    ready.write.Reset();
    char byte = 0;
    EXPECT_EQ(::read(ready.read.get(), &byte, 1), 1);  // the trap stands
    return child->Stop(patience);
  };
  const auto polite = stop("trap 'exit 5' TERM; echo >&3; while :; do sleep 0.01; done", kLong);
  EXPECT_EQ(polite.value, 5);
  const auto stubborn = stop("trap '' TERM; echo >&3; while :; do sleep 0.01; done", 50ms);
  EXPECT_TRUE(stubborn.signalled);
  EXPECT_EQ(stubborn.value, SIGKILL);
}

TEST(Child, IsKilledAndReapedWithItsHandle) {
  pid_t pid = 0;
  {
    auto child = Child::Start({.program = "/bin/sleep", .arguments = {"1000"}});
    ASSERT_TRUE(child);
    pid = child->pid();
    EXPECT_TRUE(Exists(pid));
  }
  EXPECT_FALSE(Exists(pid));
}

TEST(Child, BelongsToOneHandleAfterAMove) {
  auto child = Child::Start({.program = "/bin/sleep", .arguments = {"1000"}});
  auto other = Child::Start({.program = "/bin/sleep", .arguments = {"1000"}});
  ASSERT_TRUE(child && other);
  const pid_t first = child->pid();
  const pid_t second = other->pid();
  *other = std::move(*child);
  EXPECT_EQ(other->pid(), first);
  EXPECT_TRUE(Exists(first));
  EXPECT_FALSE(Exists(second));
}

// A process of ours starts a grandchild that holds a pipe open, and dies by SIGKILL: the pipe must close.
TEST(Child, DiesWithItsOwner) {
  Pipe life = MakePipe();
  const pid_t owner = ::fork();
  ASSERT_GE(owner, 0);
  if (owner == 0) {
    auto child = Child::Start(
        {.program = "/bin/sleep", .arguments = {"1000"}, .descriptors = {{life.write.get(), 9}}});
    ::raise(SIGKILL);
    ::_exit(child ? 0 : 1);
  }
  life.write.Reset();
  ASSERT_EQ(::waitpid(owner, nullptr, 0), owner);
  char byte = 0;
  EXPECT_EQ(::read(life.read.get(), &byte, 1), 0);
}

TEST(OwnFolder, IsWhereThisProgramLies) { EXPECT_EQ(OwnFolder(), NIGHTJAR_BIN); }

}  // namespace
}  // namespace nightjar
