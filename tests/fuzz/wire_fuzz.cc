// SPDX-License-Identifier: Apache-2.0
// Everything that crosses the jail's wall: the first byte chooses the message. What is accepted encodes to
// the same bytes again; frames come out the same in whatever pieces a stream arrives; and what the recheck
// lets pass survives a second trip.
#include "base/frame.h"
#include "sandbox/pool/recheck.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"
#include "sandbox/wire/hello.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.sandbox = "full";
  facts.decoded_size = 4096;
  facts.title = "Blue ceramic owl";
  facts.text = "Blue ceramic owl\nPrice: 12.50 USD";
  facts.links = {{wire::LinkKind::kAnchor, "http://example.onion/a", "next"}};
  facts.forms = {{"http://example.onion/login", "post", {{"user", "text", ""}}}};
  facts.fields = {{"price", wire::FieldType::kMoney, {}, "12.50", "USD", "$12.50", {10, 16}, 90}};
  facts.items = {{"offer", {0, 9}, facts.fields}};
  facts.entities = {{"btc", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "mainnet p2pkh", true, {3, 37}, 100}};
  facts.furniture = {{0, 4}};
  facts.fingerprints.simhash = "0123456789abcdef";
  wire::Hello hello;
  hello.sandbox = "full";
  hello.extractor = wire::kExtractor;
  const wire::Document document{7, "http://example.onion/", "HTTP/1.1 200 OK\r\n\r\n", "<p>x", {}};
  return {'\0' + wire::Encode(facts), '\0' + wire::Encode(wire::Facts{}),
          '\1' + wire::EncodeDocument(document), '\2' + wire::EncodeHello(hello),
          '\3' + FrameHeader(3) + "abc" + FrameHeader(0)};
}

namespace {

// All frames of a stream, and whether it ended in an error.
std::pair<std::vector<Bytes>, bool> Frames(ByteView stream, std::size_t piece) {
  FrameSplitter splitter(1024);
  std::vector<Bytes> frames;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    splitter.Feed(stream.substr(at, piece));
    for (;;) {
      auto frame = splitter.Next();
      if (!frame) return {frames, true};
      if (!*frame) break;
      frames.push_back(std::move(**frame));
    }
  }
  return {frames, false};
}

void CheckFacts(ByteView input) {
  const auto facts = wire::Decode(input);
  if (!facts) return;
  Require(wire::Encode(*facts) == input);
  if (pool::Recheck(*facts, "full"))
    Require(facts->sandbox == "full" && facts->extractor == wire::kExtractor);
}

}  // namespace
}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  if (size == 0) return 0;
  const ByteView input = fuzz::Input(data, size).substr(1);
  if (data[0] % 4 == 0) fuzz::CheckFacts(input);
  if (data[0] % 4 == 1) {
    const auto document = wire::DecodeDocument(input);
    if (document) fuzz::Require(wire::EncodeDocument(*document) == input);
  }
  if (data[0] % 4 == 2) {
    const auto hello = wire::DecodeHello(input);
    if (hello) fuzz::Require(wire::DecodeHello(wire::EncodeHello(*hello)).has_value());
  }
  if (data[0] % 4 == 3) fuzz::Require(fuzz::Frames(input, 1) == fuzz::Frames(input, 7));
  return 0;
}
