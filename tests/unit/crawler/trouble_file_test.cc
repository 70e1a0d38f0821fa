// SPDX-License-Identifier: Apache-2.0
#include "crawler/trouble_file.h"

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::crawler {
namespace {

const Error kFullDisk{Code::kFull, "cannot commit: No space left on device", "/data/archive"};

class TroubleFileTest : public testing::Test {
 protected:
  [[nodiscard]] Bytes Content() const { return ReadFile(path_).value(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "crawl-trouble";
  TroubleFile file_{path_};
};

TEST_F(TroubleFileTest, KeepsWhatHappenedAndSinceWhenUntilItIsCleared) {
  EXPECT_FALSE(*TroubleFile::Read(path_)) << "nobody ever crawled";
  ASSERT_TRUE(file_.Reserve());
  EXPECT_FALSE(*TroubleFile::Read(path_));
  ASSERT_TRUE(file_.Set(kFullDisk, FromUnixMicros(1'000'000)));
  const auto trouble = *TroubleFile::Read(path_);
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->since, FromUnixMicros(1'000'000));
  EXPECT_EQ(trouble->text, "/data/archive: cannot commit: No space left on device");
  ASSERT_TRUE(file_.Clear());
  EXPECT_FALSE(*TroubleFile::Read(path_));
}

TEST_F(TroubleFileTest, KeepsTheTimeOfTheFirstOfSeveralAlsoAfterANewStart) {
  ASSERT_TRUE(file_.Set(kFullDisk, FromUnixMicros(1'000'000)));
  TroubleFile again(path_);
  ASSERT_TRUE(again.Set({Code::kIo, "Input/output error", "/data/frontier"}, FromUnixMicros(2'000'000)));
  EXPECT_EQ((*TroubleFile::Read(path_))->since, FromUnixMicros(1'000'000));
  EXPECT_EQ((*TroubleFile::Read(path_))->text, "/data/frontier: Input/output error");
  ASSERT_TRUE(TroubleFile(path_).Clear());
  EXPECT_FALSE(*TroubleFile::Read(path_));
}

TEST_F(TroubleFileTest, NeedsNoMoreRoomThanItReserved) {
  ASSERT_TRUE(file_.Reserve());
  const std::size_t reserved = Content().size();
  ASSERT_TRUE(file_.Set({Code::kFull, Bytes(5000, 'x') + "\x1b[31m", "/data"}, FromUnixMicros(1)));
  EXPECT_EQ(Content().size(), reserved);
  EXPECT_LT((*TroubleFile::Read(path_))->text.size(), 512U);
  ASSERT_TRUE(file_.Clear());
  EXPECT_EQ(Content(), Bytes(reserved, '\0'));
}

TEST_F(TroubleFileTest, RefusesAFileThatIsNoneOfOurs) {
  for (const char* content : {"hello\n", "nightjar-trouble/1\n", "nightjar-trouble/1\n-1\nx\n",
                              "nightjar-trouble/1\n12", "nightjar-trouble/1\n12\nno end"}) {
    ASSERT_TRUE(WriteFileDurably(path_, content));
    const auto read = TroubleFile::Read(path_);
    ASSERT_FALSE(read) << content;
    EXPECT_EQ(read.error().code, Code::kCorrupt);
  }
}

}  // namespace
}  // namespace nightjar::crawler
