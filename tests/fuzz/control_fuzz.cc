// SPDX-License-Identifier: Apache-2.0
// tor_control: whatever comes over the control socket is cut into the same replies in one piece or byte by
// byte, stays within its bounds, and what a record would hold of it is one line of printable ASCII.
#include <algorithm>

#include "crawler/tor_control/authentication.h"
#include "crawler/tor_control/circuits.h"
#include "crawler/tor_control/reply.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

using tor_control::Reply;
using tor_control::ReplyParser;

std::vector<std::string> Seeds() {
  return {
      "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/x/control/cookie\"\r\n"
      "250-VERSION Tor=\"0.4.9.11\"\r\n250 OK\r\n",
      "250+circuit-status=\r\n7 BUILT $316C51898874072CCABB9F6A9B0AB32F18D2FF17~a,"
      "$5DCC16D04A58BD4795E92E38F421C613D23A53C5~b PURPOSE=HS_CLIENT_REND\r\n.\r\n250 OK\r\n"
      "650 STREAM 4 SENTCONNECT 7 x.onion:80 SOCKS_USERNAME=\"a\\\"b/\\303\\244\"\r\n",
      "650 CIRC 28 BUILT $316C51898874072CCABB9F6A9B0AB32F18D2FF17~a PURPOSE=HS_CLIENT_REND "
      "TIME_CREATED=2026-11-23T07:32:28.812673 SOCKS_USERNAME=\"owls/x/-/0\"\r\n"
      "650 CIRC 28 CLOSED PURPOSE=HS_CLIENT_REND REASON=DESTROYED\r\n",
      "250 AUTHCHALLENGE SERVERHASH=AB SERVERNONCE=CD\r\n",
  };
}

std::vector<Reply> ReadAll(std::string_view stream, std::size_t piece) {
  ReplyParser parser(1 << 16);
  std::vector<Reply> replies;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    parser.Feed(stream.substr(at, piece));
    while (true) {
      auto reply = parser.Next();
      if (!reply) return replies;
      if (!*reply) break;
      replies.push_back(std::move(**reply));
    }
  }
  return replies;
}

void Same(const std::vector<Reply>& a, const std::vector<Reply>& b) {
  Require(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    Require(a[i].status == b[i].status && a[i].lines.size() == b[i].lines.size());
    for (std::size_t line = 0; line < a[i].lines.size(); ++line)
      Require(a[i].lines[line].text == b[i].lines[line].text &&
              a[i].lines[line].data == b[i].lines[line].data);
  }
}

bool IsPrintable(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F'; });
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto replies = fuzz::ReadAll(fuzz::Input(data, size), size + 1);
  fuzz::Same(replies, fuzz::ReadAll(fuzz::Input(data, size), 1));
  tor_control::CircuitBook book;
  for (const auto& reply : replies) {
    fuzz::Require(!reply.lines.empty());
    (void)tor_control::ReadProtocolInfo(reply);
    (void)tor_control::AnswerChallenge(reply, Bytes(32, 'c'), Bytes(32, 'n'));
    for (const auto& line : reply.lines) {
      auto words = tor_control::SplitWords(line.text);
      if (!words.plain.empty()) words.plain.erase(words.plain.begin());
      book.TakeCircuit(words, UtcTime{});
      book.TakeStream(words);
      book.TakeStatus(line.data);
    }
  }
  for (const auto& note : book.TakeNotes())
    fuzz::Require(fuzz::IsPrintable(note.text) && note.text.size() < 1024);
  return 0;
}
