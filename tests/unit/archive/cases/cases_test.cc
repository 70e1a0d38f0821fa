// SPDX-License-Identifier: Apache-2.0
#include "archive/cases/cases.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace nightjar::cases {
namespace {

class Cases : public testing::Test {
 protected:
  Cases() {
    std::string pattern = testing::TempDir() + "nightjar-cases-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Cases() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::unique_ptr<CaseStore> Open() const {
    auto store = CaseStore::Open(folder_ + "/control");
    EXPECT_TRUE(store) << store.error().Format();
    return store ? std::move(*store) : nullptr;
  }
  static Case Example(const std::string& id) {
    return {.id = CaseId{id},
            .title = "Owls for s\xC3\xA4le",
            .legal_basis = "Order 12/2026",
            .officer = "A. Analyst",
            .opened = FromUnixMicros(1767225600000001)};
  }

  std::string folder_;
};

TEST_F(Cases, AreKeptWithEveryField) {
  { ASSERT_TRUE(Open()->Add(Example("owl-7"))); }
  const auto stored = Open()->Get(CaseId{"owl-7"});
  ASSERT_TRUE(stored) << stored.error().Format();
  const Case example = Example("owl-7");
  EXPECT_EQ(stored->id, example.id);
  EXPECT_EQ(stored->title, example.title);
  EXPECT_EQ(stored->legal_basis, example.legal_basis);
  EXPECT_EQ(stored->officer, example.officer);
  EXPECT_EQ(stored->opened, example.opened);
}

TEST_F(Cases, AreListedByName) {
  const auto store = Open();
  EXPECT_TRUE(store->List()->empty());
  for (const char* id : {"b", "a", "c"}) ASSERT_TRUE(store->Add(Example(id)));
  const auto cases = store->List();
  ASSERT_TRUE(cases);
  ASSERT_EQ(cases->size(), 3U);
  EXPECT_EQ(cases->front().id.value, "a");
  EXPECT_EQ(cases->back().id.value, "c");
}

TEST_F(Cases, AreOpenedOnceAndNeverOverwritten) {
  const auto store = Open();
  ASSERT_TRUE(store->Add(Example("owl-7")));
  Case again = Example("owl-7");
  again.legal_basis = "none";
  EXPECT_EQ(store->Add(again).error().code, Code::kAlreadyExists);
  EXPECT_EQ(store->Get(CaseId{"owl-7"})->legal_basis, "Order 12/2026");
}

TEST_F(Cases, NeedANameALegalBasisAndPlainText) {
  const auto store = Open();
  const auto refused = [&](const Case& bad) {
    const auto added = store->Add(bad);
    return !added && added.error().code == Code::kInvalidInput;
  };
  EXPECT_TRUE(refused(Example("")));
  EXPECT_TRUE(refused(Example("Owl 7")));
  Case bad = Example("a");
  bad.legal_basis = "  ";
  EXPECT_TRUE(refused(bad));
  bad = Example("a");
  bad.title = "two\nlines";
  EXPECT_TRUE(refused(bad));
  bad = Example("a");
  bad.officer = "\xFF";
  EXPECT_TRUE(refused(bad));
  bad = Example("a");
  bad.title = std::string(kMaxText + 1, 't');
  EXPECT_TRUE(refused(bad));
  EXPECT_TRUE(store->List()->empty());
  EXPECT_EQ(store->Get(CaseId{"a"}).error().code, Code::kNotFound);
  EXPECT_EQ(store->Get(CaseId{"no such/name"}).error().code, Code::kInvalidInput);
}

}  // namespace
}  // namespace nightjar::cases
