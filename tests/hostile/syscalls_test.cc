// SPDX-License-Identifier: Apache-2.0
// What the shipped reader really asks of the kernel: strace(1) over a run of 1,000 documents of every kind,
// each call after the lock-down held against the list of walls/parser_syscalls.cc. A filter that is too wide
// would not show in the self-test; a filter that an honest page meets would show as a killed reader.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "sandbox/walls/selftest.h"
#include "tests/hostile/made_pages.h"
#include "tests/hostile/standing.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::hostile {
namespace {

constexpr std::size_t kDocuments = 1000;
constexpr char kStrace[] = "/usr/bin/strace";
const std::string kRealPages = std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages";

using Calls = std::set<std::string>;

// As the walls allow them, by hand: a list that the filter itself made could not show that the filter is
// wrong.
const Calls kAllowed = {"read",         "write",           "brk",           "munmap",  "mremap",
                        "madvise",      "futex",           "clock_gettime", "exit",    "exit_group",
                        "rt_sigreturn", "restart_syscall", "mmap",          "mprotect"};

// Calls of the trace after the last filter was loaded, with how often each was made; the complaint is about
// the first that is not in `allowed`, or has arguments the walls forbid.
struct Trace {
  std::map<std::string, std::size_t> calls;
  std::string complaint;
  bool locked_down = false;
};

std::string Complaint(const std::string& line, const std::string& name, const Calls& allowed) {
  if (!allowed.contains(name)) return "not on the list: " + line;
  if (name == "read" && !line.starts_with("read(0,")) return "reads another descriptor: " + line;
  if (name == "write" && !line.starts_with("write(1,")) return "writes another descriptor: " + line;
  if (name == "mmap" && line.find("MAP_ANONYMOUS") == std::string::npos) return "maps a file: " + line;
  if ((name == "mmap" || name == "mprotect") && line.find("PROT_EXEC") != std::string::npos)
    return "asks for code: " + line;
  return {};
}

Trace ReadTrace(const std::string& text, const Calls& allowed) {
  Trace trace;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = line.find('(');
    if (end == std::string::npos || line.starts_with("+++") || line.starts_with("---")) continue;
    const std::string name = line.substr(0, end);
    if (name == "seccomp" && line.find("SECCOMP_SET_MODE_FILTER") != std::string::npos &&
        line.ends_with("= 0")) {
      trace = {};
      trace.locked_down = true;
      continue;
    }
    ++trace.calls[name];
    if (trace.locked_down && trace.complaint.empty()) trace.complaint = Complaint(line, name, allowed);
  }
  return trace;
}

// Every label of the Encoding Standard's families, in a header that lies about a body of all bytes.
wire::Document InACharset(std::size_t number) {
  constexpr const char* kLabels[] = {
      "utf-8",       "ibm866",      "iso-8859-2",  "iso-8859-3",     "iso-8859-4",   "iso-8859-5",
      "iso-8859-6",  "iso-8859-7",  "iso-8859-8",  "logical",        "iso-8859-10",  "iso-8859-13",
      "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r",         "koi8-u",       "macintosh",
      "windows-874", "cp1250",      "cp1251",      "latin1",         "cp1253",       "latin5",
      "cp1255",      "cp1256",      "cp1257",      "cp1258",         "gbk",          "x-mac-cyrillic",
      "gb18030",     "big5",        "euc-jp",      "iso-2022-jp",    "shift_jis",    "euc-kr",
      "replacement", "utf-16be",    "utf-16le",    "x-user-defined", "no-such-thing"};
  Bytes body = "<p>";
  for (int i = 1; i < 256; ++i) body.push_back(static_cast<char>(i));
  wire::Document document = DocumentOf(body + OrdinaryPage(number));
  document.head = std::string("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=") +
                  kLabels[number % std::size(kLabels)] + "\r\n\r\n";
  return document;
}

// Undeclared bytes, which are guessed from their letters.
wire::Document Undeclared(std::size_t number) {
  constexpr std::string_view kWord = "\xCF\xF0\xE8\xE2\xE5\xF2 ";  // windows-1251
  wire::Document document = DocumentOf("<p>" + Repeat(kWord, 40 + number % 7));
  document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  return document;
}

std::vector<wire::Document> RealPages() {
  std::vector<wire::Document> pages;
  std::error_code none;
  for (const auto& file : std::filesystem::recursive_directory_iterator(kRealPages, none)) {
    if (file.path().extension() != ".html") continue;
    pages.push_back(DocumentOf(ReadFile(file.path()).value_or("")));
  }
  return pages;
}

wire::Document DocumentNumber(std::size_t number, const std::vector<wire::Document>& real) {
  if (number % 10 == 9) {
    const Bomb& bomb = Bombs()[number / 10 % Bombs().size()];
    return DocumentOf(bomb.body, bomb.more_head);
  }
  switch (number % 5) {
    case 0:
      return InACharset(number / 5);
    case 1:
      return DocumentOf(Gzip(OrdinaryPage(number)), "Content-Encoding: gzip\r\n");
    case 2:
      return Undeclared(number);
    case 3:
      if (!real.empty()) return real[number / 5 % real.size()];
      [[fallthrough]];
    default:
      return DocumentOf(OrdinaryPage(number));
  }
}

bool MayTrace() {
  return ::access(kStrace, X_OK) == 0 && RunToEnd({kStrace, "-o", "/dev/null", "/bin/true"}).value == 0;
}

class SystemCalls : public testing::Test {
 protected:
  void SetUp() override {
    if (!MayTrace()) GTEST_SKIP() << "strace is missing, or this system does not permit ptrace";
  }
  // The reader is killed by its parent's death, and strace is its parent: it is ended by closing its input.
  std::string TraceOf(const Words& command, std::size_t documents) {
    Words traced = {kStrace, "-qq", "-s", "8", "-o", folder_ / "trace"};
    traced.insert(traced.end(), command.begin(), command.end());
    auto reader = Stand(traced);
    EXPECT_TRUE(reader) << reader.error().Format();
    if (!reader) return {};
    const std::vector<wire::Document> real = RealPages();
    std::size_t answered = 0;
    for (std::size_t i = 0; i < documents; ++i) answered += Ask(*reader, DocumentNumber(i, real)) ? 1 : 0;
    EXPECT_EQ(answered, documents);
    reader->to.Reset();
    EXPECT_TRUE(reader->child.WaitFor(std::chrono::seconds(10)));
    return ReadFile(folder_ / "trace").value_or("");
  }
  TemporaryFolder folder_;
};

TEST_F(SystemCalls, OfAThousandDocumentsAreAllOnTheList) {
  const std::string text = TraceOf({Program("nightjar-parser")}, kDocuments);
  const Trace trace = ReadTrace(text, kAllowed);
  EXPECT_TRUE(trace.locked_down);
  EXPECT_EQ(trace.complaint, "");
  EXPECT_GE(trace.calls.contains("read") ? trace.calls.at("read") : 0, kDocuments);
  EXPECT_GE(trace.calls.contains("write") ? trace.calls.at("write") : 0, kDocuments);
  // A list that lacks a call which the same run needed is caught.
  Calls wrong = kAllowed;
  wrong.erase("brk");
  EXPECT_TRUE(ReadTrace(text, wrong).complaint.starts_with("not on the list: brk"));
}

TEST_F(SystemCalls, OutsideTheListAreSeenInATrace) {
  const Trace trace = ReadTrace(
      "openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY) = 3\n"
      "seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=9, filter=0x1}) = 0\n"
      "read(0, \"x\", 1) = 1\nread(3, \"x\", 1) = 1\n",
      kAllowed);
  EXPECT_EQ(trace.complaint, "reads another descriptor: read(3, \"x\", 1) = 1");
  EXPECT_FALSE(trace.calls.contains("openat"));
  EXPECT_NE(ReadTrace("seccomp(SECCOMP_SET_MODE_FILTER, 0, 0) = 0\nmmap(NULL, 4096, PROT_READ|PROT_EXEC, "
                      "MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x1\n",
                      kAllowed)
                .complaint,
            "");
}

}  // namespace
}  // namespace nightjar::hostile
