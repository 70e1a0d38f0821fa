// SPDX-License-Identifier: Apache-2.0
// nightjar-parser: reads documents on standard input, writes facts on standard output, inside a jail it
// builds around itself before the first byte. Started by sandbox/pool with an empty environment; a person
// only ever runs --selftest.
#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "base/frame.h"
#include "sandbox/extract/extract.h"
#include "sandbox/profile/profile.h"
#include "sandbox/walls/jail.h"
#include "sandbox/walls/selftest.h"
#include "sandbox/wire/hello.h"

namespace {

using nightjar::Bytes;
using nightjar::Result;
namespace wire = nightjar::wire;
namespace walls = nightjar::walls;

constexpr int kInput = 0;
constexpr int kOutput = 1;
constexpr int kMisuse = 2;

// Memory comes from brk and stays with the process between documents: fewer calls, fewer page faults.
void KeepMemory() {
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

Result<walls::JailState> EnterJail() {
  nightjar::extract::Prepare();
  KeepMemory();
  return walls::EnterParserJail({});
}

// The first frame holds the site profiles, or nothing. Config has looked at them: what cannot be read is a
// broken protocol.
Result<nightjar::extract::Profiles> ReceiveProfiles() {
  ASSIGN_OR_RETURN(const Bytes frame, nightjar::ReadFrame(kInput, nightjar::profile::kMaxEncodedProfiles));
  if (frame.empty()) return nightjar::extract::Profiles();
  ASSIGN_OR_RETURN(auto profiles, nightjar::profile::Decode(frame));
  return nightjar::extract::Profiles(std::move(profiles));
}

// One document after another until the pool closes the pipe or a message breaks the protocol.
void Serve(const std::string& sandbox) {
  const auto profiles = ReceiveProfiles();
  if (!profiles) return;
  for (;;) {
    const auto frame = nightjar::ReadFrame(kInput, wire::kMaxEncodedDocument);
    if (!frame) return;
    const auto document = wire::DecodeDocument(*frame);
    if (!document) return;
    wire::Facts facts = nightjar::extract::ReadDocument(*document, *profiles);
    facts.sandbox = sandbox;
    if (!nightjar::WriteFrame(kOutput, wire::Encode(facts))) return;
  }
}

int Work() {
  const auto jail = EnterJail();
  wire::Hello hello;
  hello.extractor = wire::kExtractor;
  if (jail) {
    hello.sandbox = jail->Name();
  } else {
    hello.failure = jail.error().Format();
  }
  if (!nightjar::WriteFrame(kOutput, wire::EncodeHello(hello)) || !jail) return 1;
  Serve(hello.sandbox);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 1)
    ::_exit(Work());  // not exit(): nothing to tidy, and no call that the jail would have to allow
  if (argc == 3 && std::string_view(argv[1]) == "--selftest") {
    const int code = walls::RunSelftest(argv[2], EnterJail);
    std::fflush(stdout);
    ::_exit(code);
  }
  std::fputs(
      "nightjar-parser is started by `nightjar index`. By hand: nightjar-parser --selftest "
      "list|control|ACTION\n",
      stderr);
  return kMisuse;
}
