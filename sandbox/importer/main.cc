// SPDX-License-Identifier: Apache-2.0
// nightjar-importer: reads a foreign WARC file (standard input), writes exchanges and faults (standard
// output), inside the parser's jail. Started by `nightjar import` with an empty environment:
//
//   nightjar-importer [--allow TYPE]... [--md5 LIST]... [--sha256 LIST]...
//
// The file is mapped and the lists are read before the walls stand; the first frame says whether they do.
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "base/build_info.h"
#include "base/digest.h"
#include "base/digest_list.h"
#include "base/frame.h"
#include "base/md5.h"
#include "sandbox/walls/jail.h"
#include "sandbox/walls/selftest.h"
#include "sandbox/warc/exchanges.h"
#include "sandbox/wire/hello.h"

namespace {

using namespace nightjar;

constexpr int kInput = 0;
constexpr int kOutput = 1;
constexpr int kMisuse = 2;
constexpr std::uint64_t kWorkingMemory = 2ULL
                                         << 30;  // above the mapped file: two blocks, their copies, the lists
constexpr std::uint32_t kCpuSeconds = 6 * 3600;  // one file; the importer has no deadline else

struct Prepared {
  ByteView file;
  media::Policy policy;
  std::vector<DigestList> md5;
  std::vector<DigestList> sha256;
};

bool AnyHolds(const std::vector<DigestList>& lists, ByteView digest) {
  return std::ranges::any_of(lists, [&](const DigestList& list) { return list.Contains(digest); });
}

bool IsKnown(const Prepared& prepared, ByteView file) {
  if (!prepared.sha256.empty() && AnyHolds(prepared.sha256, Sha256(file).View())) return true;
  if (prepared.md5.empty()) return false;
  const auto md5 = Md5(file);
  return !md5 || AnyHolds(prepared.md5, *md5);  // a question that cannot be asked is answered with yes
}

Result<ByteView> MapInput() {
  struct stat info {};
  if (::fstat(kInput, &info) != 0) return FailErrno("cannot look at", "standard input");
  if (!S_ISREG(info.st_mode)) return Fail(Code::kInvalidInput, "is not a regular file", "standard input");
  if (info.st_size == 0) return ByteView();
  const auto size = static_cast<std::size_t>(info.st_size);
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, kInput, 0);
  if (bytes == MAP_FAILED) return FailErrno("cannot map", "standard input");
  return ByteView(static_cast<const char*>(bytes), size);
}

Result<Prepared> Prepare(const std::vector<std::string>& arguments) {
  Prepared prepared;
  std::vector<std::string> allowed;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const std::string& value = arguments[i + 1];
    if (arguments[i] == "--allow") {
      allowed.push_back(value);
    } else if (arguments[i] == "--md5") {
      ASSIGN_OR_RETURN(auto list, DigestList::Load(value, kMd5Size));
      prepared.md5.push_back(std::move(list));
    } else if (arguments[i] == "--sha256") {
      ASSIGN_OR_RETURN(auto list, DigestList::Load(value, Digest::kSize));
      prepared.sha256.push_back(std::move(list));
    } else {
      return Fail(Code::kInvalidInput, "is no option of nightjar-importer", arguments[i]);
    }
  }
  // The jail opens no provider any more: what is missing must show now.
  static_cast<void>(Sha256(""));
  if (!prepared.md5.empty()) RETURN_IF_ERROR(Md5(""));
  prepared.policy = media::Policy(std::move(allowed));
  ASSIGN_OR_RETURN(prepared.file, MapInput());
  return prepared;
}

Result<walls::JailState> EnterJail(std::size_t mapped) {
  return walls::EnterParserJail({.memory_bytes = kWorkingMemory + mapped, .cpu_seconds = kCpuSeconds});
}

int Work(const std::vector<std::string>& arguments) {
  const auto prepared = Prepare(arguments);
  wire::Hello hello;
  hello.extractor = BuildId();
  if (!prepared) {
    hello.failure = prepared.error().Format();
  } else if (const auto jail = EnterJail(prepared->file.size()); jail) {
    hello.sandbox = jail->Name();
  } else {
    hello.failure = jail.error().Format();
  }
  if (!WriteFrame(kOutput, wire::EncodeHello(hello)) || !hello.failure.empty()) return 1;
  warc::Exchanges::Rules rules{.policy = prepared->policy, .known = {}};
  if (!prepared->policy.text_only() && !(prepared->md5.empty() && prepared->sha256.empty()))
    rules.known = [&](ByteView file) { return IsKnown(*prepared, file); };
  warc::Exchanges exchanges(prepared->file, std::move(rules));
  while (const auto item = exchanges.Next())
    if (!WriteFrame(kOutput, wire::EncodeForeign(*item))) return 1;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 2 && arguments[0] == "--selftest") {
    const int code = walls::RunSelftest(argv[2], [] { return EnterJail(0); });
    std::fflush(stdout);
    ::_exit(code);
  }
  if (arguments.size() % 2 == 0)
    ::_exit(Work(arguments));  // not exit(): nothing that the jail would have to allow
  std::fputs("nightjar-importer is started by `nightjar import`\n", stderr);
  return kMisuse;
}
