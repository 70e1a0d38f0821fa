// SPDX-License-Identifier: Apache-2.0
// The parser's jail, in the binary that ships: every forbidden action dies, and the walls can be seen from
// outside.
#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <climits>
#include <set>

#include "base/file.h"
#include "base/frame.h"
#include "sandbox/walls/selftest.h"
#include "sandbox/wire/hello.h"
#include "tests/hostile/standing.h"
#include "tests/hostile/started.h"

namespace nightjar::hostile {
namespace {

const std::string kParser = Program("nightjar-parser");
const std::string kImporter = Program("nightjar-importer");  // stands in the parser's jail
#ifdef __x86_64__
constexpr std::size_t kActions = 19;
#else
constexpr std::size_t kActions = 18;  // no x32
#endif

using Within = Words (*)(Words);

Words Anywhere(Words command) { return command; }

void ExpectAllKilled(const std::string& program, const Words& (*as)(Words&), Within within = Anywhere) {
  std::size_t tried = 0;
  for (const walls::ForbiddenAction& action : walls::ForbiddenActions()) {
    Words command = within({program, "--selftest", std::string(action.name)});
    const ChildEnd end = RunToEnd(as(command));
    EXPECT_TRUE(end.signalled && end.value == SIGSYS)
        << program << ", " << action.name << ": " << end.Format();
    ++tried;
  }
  EXPECT_EQ(tried, kActions);
  Words control = within({program, "--selftest", "control"});
  const ChildEnd end = RunToEnd(as(control));
  EXPECT_FALSE(end.signalled);
  EXPECT_EQ(end.value, walls::kExitControl);
}

void ExpectAllKilled(const Words& (*as)(Words&)) {
  for (const std::string& program : {kParser, kImporter}) ExpectAllKilled(program, as);
}

std::set<std::string> Names(const std::string& folder) {
  std::set<std::string> names;
  DIR* dir = ::opendir(folder.c_str());
  for (const dirent* entry = dir ? ::readdir(dir) : nullptr; entry != nullptr; entry = ::readdir(dir)) {
    if (entry->d_name[0] != '.') names.insert(entry->d_name);
  }
  if (dir != nullptr) ::closedir(dir);
  return names;
}

std::string LinkTarget(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
  return {target, size > 0 ? static_cast<std::size_t>(size) : 0};
}

TEST(ParserJail, KillsEveryForbiddenActionAndLetsTheControlLive) {
  ExpectAllKilled(+[](Words& command) -> const Words& { return command; });
}

TEST(ParserJail, KillsEveryForbiddenActionForAnOrdinaryUserToo) {
  if (!NobodyCanRun(kParser)) GTEST_SKIP() << "needs root, setpriv, and a build folder others may read";
  ExpectAllKilled(+[](Words& command) -> const Words& { return command = AsNobody(command); });
}

TEST(ParserJail, ListsItsActionsUnderTheNamesOfTheTable) {
  int out[2];
  ASSERT_EQ(::pipe2(out, O_CLOEXEC), 0);
  const UniqueFd reader(out[0]);
  UniqueFd writer(out[1]);
  auto child =
      Child::Start({.program = kParser, .arguments = {"--selftest", "list"}, .descriptors = {{out[1], 1}}});
  ASSERT_TRUE(child);
  writer.Reset();
  std::string listed;
  char piece[4096];
  for (ssize_t got = 0; (got = ::read(reader.get(), piece, sizeof piece)) > 0;) {
    listed.append(piece, static_cast<std::size_t>(got));
  }
  std::string expected;
  for (const walls::ForbiddenAction& action : walls::ForbiddenActions())
    expected.append(action.name).append("\n");
  EXPECT_EQ(listed, expected);
}

TEST(ParserJail, ShowsItsWallsInProc) {
  const auto worker = Stand({kParser});
  ASSERT_TRUE(worker) << worker.error().Format();
  EXPECT_EQ(StatusLine(*worker, "Seccomp"), "2");
  EXPECT_EQ(StatusLine(*worker, "NoNewPrivs"), "1");
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapAmb"}) {
    EXPECT_EQ(StatusLine(*worker, set), "0000000000000000") << set;
  }
  EXPECT_EQ(StatusLine(*worker, "Threads"), "1");
}

TEST(ParserJail, HasNamespacesAnEmptyRootAndTwoDescriptorsOfItsOwn) {
  const auto worker = Stand({kParser});
  ASSERT_TRUE(worker) << worker.error().Format();
  if (worker->hello.sandbox != "full") GTEST_SKIP() << "this system denies namespaces: the jail is reduced";
  if (::geteuid() != 0) GTEST_SKIP() << "only root may look into an undumpable process";
  for (const char* kind : {"net", "mnt", "ipc", "uts"}) {
    const std::string theirs = LinkTarget(Proc(*worker, std::string("ns/") + kind));
    ASSERT_FALSE(theirs.empty());
    EXPECT_NE(theirs, LinkTarget(std::string("/proc/self/ns/") + kind)) << kind;
  }
  EXPECT_EQ(Names(Proc(*worker, "root")), std::set<std::string>());
  EXPECT_EQ(Names(Proc(*worker, "fd")), (std::set<std::string>{"0", "1"}));
  const std::string mounts = ReadFile(Proc(*worker, "mounts")).value_or("");
  EXPECT_EQ(std::count(mounts.begin(), mounts.end(), '\n'), 1) << mounts;
}

void ExpectReducedAndDeadly(const Words& (*as)(Words&)) {
  Words worker = WithoutNamespaces({kParser});
  const auto standing = Stand(as(worker));
  ASSERT_TRUE(standing) << standing.error().Format();
  EXPECT_EQ(standing->hello.sandbox, "reduced");
  EXPECT_EQ(standing->hello.failure, "");
  ExpectAllKilled(kParser, as, WithoutNamespaces);
}

TEST(ParserJail, IsReducedAndStillKillsWhereNamespacesAreDenied) {
  if (!CanDenyNamespaces()) GTEST_SKIP() << "cannot make a user namespace here";
  ExpectReducedAndDeadly(+[](Words& command) -> const Words& { return command; });
}

TEST(ParserJail, IsReducedAndStillKillsForAnOrdinaryUserWhereNamespacesAreDenied) {
  if (!NobodyCanRun(kParser)) GTEST_SKIP() << "needs root, setpriv, and a build folder others may read";
  const ChildEnd possible = RunToEnd(AsNobody(WithoutNamespaces({"/bin/true"})));
  if (possible.value != 0) GTEST_SKIP() << "an ordinary user cannot make a user namespace here";
  ExpectReducedAndDeadly(+[](Words& command) -> const Words& { return command = AsNobody(command); });
}

TEST(ParserJail, DoesNoWorkWithoutSeccomp) {
  const auto standing = Stand({Program("without-seccomp"), kParser});
  ASSERT_TRUE(standing) << standing.error().Format();
  EXPECT_NE(standing->hello.failure.find("seccomp"), std::string::npos) << standing->hello.failure;
}

}  // namespace
}  // namespace nightjar::hostile
