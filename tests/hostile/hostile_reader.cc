// SPDX-License-Identifier: Apache-2.0
// A worker that was taken over: speaks the protocol, and does to each document what its URL names.
#include <signal.h>
#include <unistd.h>

#include <string>

#include "base/frame.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"
#include "sandbox/wire/hello.h"
#include "tests/hostile/lies.h"

namespace {

namespace hostile = nightjar::hostile;
namespace wire = nightjar::wire;

wire::Facts Honest(const wire::Document& document) {
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.sandbox = "full";
  facts.decoded_size = static_cast<std::uint32_t>(document.body.size());
  facts.text = document.mode == wire::ReadMode::kLinear ? "linear" : "full";
  return facts;
}

bool Names(const wire::Document& document, std::string_view deed) {
  return document.url.find(deed) != std::string::npos;
}

// What a deed makes of the answer; the whole frame payload.
std::string Answer(const wire::Document& document) {
  wire::Facts facts = Honest(document);
  for (const hostile::Lie& lie : hostile::kLies) {
    if (document.url.ends_with(lie.name)) lie.tell(facts);
  }
  if (Names(document, "lie-form")) return "rubbish";
  return wire::Encode(facts);
}

void Misbehave(const wire::Document& document) {
  const bool first_try = document.mode == wire::ReadMode::kFull;
  if (Names(document, "always-hang") || (first_try && Names(document, "hang"))) ::pause();
  if (Names(document, "always-die") || (first_try && Names(document, "die"))) ::raise(SIGSEGV);
  if (first_try && Names(document, "endless")) {
    (void)nightjar::WriteFrame(1, std::string(wire::kMaxEncodedFacts + 1, 'x'));
  }
  if (first_try && Names(document, "half")) {
    const std::string header = nightjar::FrameHeader(1000) + "only this";
    (void)!::write(1, header.data(), header.size());
    ::pause();
  }
}

}  // namespace

int main() {
  ::close(2);  // deaths on purpose need no noise
  wire::Hello hello;
  hello.sandbox = "full";
  hello.extractor = wire::kExtractor;
  (void)nightjar::WriteFrame(1, wire::EncodeHello(hello));
  if (!nightjar::ReadFrame(0, wire::kMaxEncodedDocument)) return 0;  // the site profiles
  for (;;) {
    const auto frame = nightjar::ReadFrame(0, wire::kMaxEncodedDocument);
    if (!frame) return 0;
    const auto document = wire::DecodeDocument(*frame);
    if (!document) return 1;
    Misbehave(*document);
    const bool lies = document->mode == wire::ReadMode::kFull;
    const std::string answer = lies ? Answer(*document) : wire::Encode(Honest(*document));
    if (!nightjar::WriteFrame(1, answer)) return 0;
  }
}
