// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/circuits.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nightjar::tor_control {
namespace {

using ::testing::HasSubstr;

const std::string kGuard = "$5DCC16D04A58BD4795E92E38F421C613D23A53C5";
const std::string kMiddle = "$FA7F3C64B8D6C2E2F51802CC62B24543F726CF85";
const std::string kPoint = "$316C51898874072CCABB9F6A9B0AB32F18D2FF17";
const std::string kPath = kGuard + "~auth0," + kMiddle + "~relay1," + kPoint + "~auth1";
const UtcTime kNow = FromUnixMicros(1795419187507000);

// As Tor 0.4.9.11 tells of one fetch: a circuit built earlier is taken, stands again, and joins; a second one
// goes to the introduction point.
void Fetch(CircuitBook& book, const std::string& user) {
  const std::string socks = " SOCKS_USERNAME=\"" + user + "\" SOCKS_PASSWORD=\"pw\"";
  const std::string created = " TIME_CREATED=2026-11-23T07:32:28.812673";
  book.TakeMinor(
      SplitWords("28 CANNIBALIZED " + kPath + " PURPOSE=HS_CLIENT_REND HS_STATE=HSCR_CONNECTING" + created));
  book.TakeCircuit(SplitWords("28 BUILT " + kPath + " PURPOSE=HS_CLIENT_REND" + created), kNow);
  book.TakeCircuit(SplitWords("33 BUILT " + kGuard + "~a PURPOSE=HS_CLIENT_INTRO" + created + socks), kNow);
  book.TakeMinor(SplitWords("28 PURPOSE_CHANGED " + kPath + " PURPOSE=HS_CLIENT_REND HS_STATE=HSCR_JOINED" +
                            created + socks));
  book.TakeStream(SplitWords("41 SENTCONNECT 28 x.onion:80" + socks));
  book.TakeStream(SplitWords("41 SUCCEEDED 28 x.onion:80" + socks));
}

TEST(CircuitBook, TellsWhichCircuitCarriesASocksUser) {
  CircuitBook book;
  Fetch(book, "owls/x/-/0");
  const auto notes = book.TakeNotes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].socks_user, "owls/x/-/0");
  EXPECT_EQ(notes[0].text, "id=28 purpose=HS_CLIENT_REND created=2026-11-23T07:32:28.812673Z built=" +
                               FormatUtc(kNow) + " length=3 hops=" + kGuard + "," + kMiddle + "," + kPoint);
  EXPECT_TRUE(book.TakeNotes().empty()) << "each is told once";
}

TEST(CircuitBook, TellsOfTheNewCircuitWhenAUserChangesIts) {
  CircuitBook book;
  Fetch(book, "u");
  (void)book.TakeNotes();
  book.TakeCircuit(SplitWords("28 CLOSED " + kPath + " REASON=DESTROYED"), kNow);
  book.TakeCircuit(SplitWords("40 BUILT " + kGuard + "~g PURPOSE=HS_CLIENT_REND"), kNow);
  book.TakeStream(SplitWords("50 SENTCONNECT 40 x.onion:80 SOCKS_USERNAME=\"u\""));
  const auto notes = book.TakeNotes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0].text, HasSubstr("id=40 "));
  EXPECT_THAT(notes[0].text, HasSubstr("created=- "));
}

TEST(CircuitBook, LearnsOfCircuitsThatStoodBefore) {
  CircuitBook book;
  book.TakeStatus("7 BUILT " + kPath +
                  " PURPOSE=HS_CLIENT_REND TIME_CREATED=2026-11-23T07:32:28.812673\n9 LAUNCHED\n");
  book.TakeStream(SplitWords("1 SENTCONNECT 7 x.onion:80 SOCKS_USERNAME=\"u\""));
  const auto notes = book.TakeNotes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0].text, HasSubstr("built=- length=3"));
}

TEST(CircuitBook, DoesNotTakeAnIntroductionForTheCircuitOfPages) {
  CircuitBook book;
  book.TakeCircuit(SplitWords("33 BUILT " + kPath + " PURPOSE=HS_CLIENT_INTRO SOCKS_USERNAME=\"u\""), kNow);
  EXPECT_TRUE(book.TakeNotes().empty());
}

TEST(CircuitBook, WritesNothingOfAStrangersWordsIntoARecord) {
  CircuitBook book;
  book.TakeCircuit(SplitWords("1 BUILT $evil~x PURPOSE=HS_CLIENT_REND SOCKS_USERNAME=\"u\""), kNow);
  book.TakeCircuit(SplitWords("2 BUILT " + kGuard + "~\"x\ny PURPOSE=bad\\words SOCKS_USERNAME=\"v\""), kNow);
  book.TakeStream(SplitWords("1 SENTCONNECT 2 x:80 SOCKS_USERNAME=\"v\""));
  book.TakeStream(SplitWords("1 SENTCONNECT 1 x:80 SOCKS_USERNAME=\"" + std::string(300, 'u') + "\""));
  book.TakeStream(SplitWords("1 SENTCONNECT zero x:80 SOCKS_USERNAME=\"u\""));
  for (const auto& note : book.TakeNotes()) EXPECT_THAT(note.text, HasSubstr("purpose=- "));
}

TEST(CircuitBook, ForgetsTheOldestOfTooMany) {
  CircuitBook book;
  for (std::size_t id = 1; id <= CircuitBook::kMostCircuits + 100; ++id)
    book.TakeCircuit(SplitWords(fmt::format("{} LAUNCHED", id)), kNow);
  EXPECT_EQ(book.size(), CircuitBook::kMostCircuits);
  book.TakeCircuit(SplitWords("5 LAUNCHED"), kNow);
  EXPECT_EQ(book.size(), CircuitBook::kMostCircuits);
}

}  // namespace
}  // namespace nightjar::tor_control
