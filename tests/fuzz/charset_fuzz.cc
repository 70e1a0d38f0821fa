// SPDX-License-Identifier: Apache-2.0
// Characters of any encoding over any bytes. The first byte chooses the label, the rest is the body: the text
// is valid UTF-8, and offsets lead back into the body, never backwards. Undeclared bytes are guessed the same
// way twice.
#include "base/bytes.h"
#include "sandbox/parse/charset.h"
#include "sandbox/parse/text.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      "\x01<meta charset=windows-1251>\xCF\xF0\xE8\xE2\xE5\xF2",
      "\x02<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>\xF0\xD2\xC9",
      "\x03\xEF\xBB\xBFhi",
      "\x04\xFF\xFEh",
      "\x05\x1B$B\x46\x7C\x4B\x5C\x1B(B ok",
      "\x06\x93\xFA\x96\x7B \x5C",
      "\x07\x84\x31\xA4\x37\x95\x32\x82\x36\x80",
      "\x08\xA4\xA4\xA4\xE5\x87\x40"};
  std::string russian = "\x09";
  for (int i = 0; i < 12; ++i) russian += "\xCF\xF0\xE8\xE2\xE5\xF2 ";
  seeds.push_back(russian);
  return seeds;
}

namespace {

void CheckText(const parse::Encoding& encoding, const Bytes& body) {
  const parse::Text text = parse::ToText(encoding, body);
  Require(IsValidUtf8(text.utf8));
  std::uint32_t last = 0;
  for (std::uint32_t at = 0; at <= text.utf8.size(); ++at) {
    if (at < text.utf8.size() && (static_cast<unsigned char>(text.utf8[at]) & 0xC0) == 0x80) continue;
    const std::uint32_t byte = text.offsets.ToBytes(at);
    Require(byte >= last && byte <= body.size());
    last = byte;
  }
}

}  // namespace
}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  static const auto labels = parse::EncodingLabels();
  static const bool prepared = (parse::PrepareConverters(), true);
  if (size == 0 || size > 4096 || !prepared) return 0;
  const Bytes body(fuzz::Input(data, size).substr(1));
  fuzz::CheckText(*parse::EncodingFor(labels[data[0] % labels.size()]), body);
  const parse::Encoding* decided = parse::DecideEncoding("text/html", body);
  fuzz::Require(decided != nullptr && decided == parse::DecideEncoding("text/html", body));
  fuzz::CheckText(*decided, body);
  return 0;
}
