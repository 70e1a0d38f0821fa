// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/fold.h"

#include <gtest/gtest.h>

namespace nightjar::extract {
namespace {

TEST(FoldLookAlikes, LeavesPlainTextAndGenuineWordsAlone) {
  EXPECT_EQ(FoldLookAlikes("Blue lamp, 5 EUR"), "");
  EXPECT_EQ(FoldLookAlikes("Продам сосновый стол. Café, naïve, Ωμέγα, ростов"), "");
  EXPECT_EQ(FoldLookAlikes("СОСА"), "");
}

TEST(FoldLookAlikes, FoldsWordsThatMixAlphabets) {
  EXPECT_EQ(FoldLookAlikes("CУРНЕЯ МАГKET"), "CYPHER MARKET");
  EXPECT_EQ(FoldLookAlikes("buy c\u043Ec\u0430ine, hеrоin\nnow"), "buy cocaine, heroin\nnow");
  EXPECT_EQ(FoldLookAlikes("p\u03BFrn"), "porn");
}

TEST(FoldLookAlikes, FoldsRussianWordsWithALatinLetterToRussian) {
  EXPECT_EQ(FoldLookAlikes("кoкаин"), "кокаин");  // the first "o" is Latin
}

TEST(FoldLookAlikes, FoldsPresentationFormsAnywhere) {
  EXPECT_EQ(FoldLookAlikes("ｆｕｌｌ　ｗｉｄｔｈ"), "full width");
  EXPECT_EQ(FoldLookAlikes("𝕱𝖗𝖆𝖐𝖙𝖚𝖗 𝓼𝓬𝓻𝓲𝓹𝓽 𝚖𝚘𝚗𝚘 Ⓒⓞⓓⓔ"), "Fraktur script mono Code");
  EXPECT_EQ(FoldLookAlikes("ᴄᴏᴅᴇ 🅲🅾🅳🅴 🅰🅱"), "code CODE AB");
  EXPECT_EQ(FoldLookAlikes("ﬁne"), "fine");
}

}  // namespace
}  // namespace nightjar::extract
