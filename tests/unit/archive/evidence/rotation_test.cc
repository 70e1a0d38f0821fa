// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/rotation.h"

#include <gtest/gtest.h>

namespace nightjar::evidence {
namespace {

SigningKey KeyNumber(char n) { return SigningKey::FromSeed(std::string(32, n)).value(); }
NoteKey Named(char n) { return {std::string("unit.example/log/2026") + n, KeyNumber(n).public_key()}; }
Rotation FromTo(char from, char to) { return {Named(from), Named(to), FromUnixMicros(1767225600000000)}; }

TEST(Rotation, IsReadBackAsItWasWritten) {
  const std::string text = FormatRotation(FromTo('a', 'b'));
  const auto opened = OpenRotation(text, SignRotation(text, KeyNumber('a'), KeyNumber('b')));
  ASSERT_TRUE(opened) << opened.error().Format();
  EXPECT_EQ(opened->old_key.name, "unit.example/log/2026a");
  EXPECT_EQ(opened->new_key.key, KeyNumber('b').public_key());
}

TEST(Rotation, IsRefusedAfterAnyChangeOrCut) {
  const std::string text = FormatRotation(FromTo('a', 'b'));
  const Bytes signatures = SignRotation(text, KeyNumber('a'), KeyNumber('b'));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenRotation(changed, signatures)) << "byte " << i;
    EXPECT_FALSE(ParseRotation(text.substr(0, i))) << "cut at " << i;
  }
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    Bytes changed = signatures;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenRotation(text, changed)) << "signature byte " << i;
    EXPECT_FALSE(OpenRotation(text, signatures.substr(0, i)));
  }
}

TEST(Rotation, NeedsBothKeysAndANewName) {
  const std::string text = FormatRotation(FromTo('a', 'b'));
  EXPECT_FALSE(OpenRotation(text, SignRotation(text, KeyNumber('a'), KeyNumber('a'))));
  EXPECT_FALSE(OpenRotation(text, SignRotation(text, KeyNumber('b'), KeyNumber('b'))));
  Rotation same_name = FromTo('a', 'b');
  same_name.new_key.name = same_name.old_key.name;
  EXPECT_FALSE(ParseRotation(FormatRotation(same_name)));
}

TEST(KeyChain, KnowsWhichKeySignsWhichTree) {
  const auto chain = KeyChain::Make(Named('c'), {{10, FromTo('a', 'b')}, {20, FromTo('b', 'c')}});
  ASSERT_TRUE(chain) << chain.error().Format();
  EXPECT_EQ(chain->At(1).name, Named('a').name);
  EXPECT_EQ(chain->At(10).name, Named('a').name);  // leaves 0..9: the rotation is not in it
  EXPECT_EQ(chain->At(11).name, Named('b').name);
  EXPECT_EQ(chain->At(20).name, Named('b').name);
  EXPECT_EQ(chain->At(21).name, Named('c').name);
  EXPECT_EQ(chain->first().name, Named('a').name);
  EXPECT_TRUE(chain->Holds(Named('b')));
  EXPECT_FALSE(chain->Holds({Named('b').name, KeyNumber('a').public_key()}));
  EXPECT_EQ(KeyChain(Named('a')).At(1000).name, Named('a').name);
}

TEST(KeyChain, RefusesGapsLoopsAndDisorder) {
  EXPECT_FALSE(KeyChain::Make(Named('d'), {{10, FromTo('a', 'b')}, {20, FromTo('b', 'c')}}));
  EXPECT_FALSE(KeyChain::Make(Named('d'), {{10, FromTo('a', 'b')}, {20, FromTo('c', 'd')}}));
  EXPECT_FALSE(KeyChain::Make(Named('c'), {{20, FromTo('a', 'b')}, {20, FromTo('b', 'c')}}));
  EXPECT_FALSE(KeyChain::Make(Named('a'), {{10, FromTo('a', 'b')}, {20, FromTo('b', 'a')}}));
}

}  // namespace
}  // namespace nightjar::evidence
