// SPDX-License-Identifier: Apache-2.0
// A small fixed corpus in an index and a facts store of its own.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "archive/facts/facts_store.h"
#include "indexer/index_writer.h"
#include "indexer/query/query.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::query {

class Corpus : public testing::Test {
 protected:
  Corpus() : index_(folder_ / "index"), facts_folder_(folder_ / "facts") {
    writer_ = std::move(indexer::IndexWriter::Open(index_).value());
    facts_ = std::move(facts::FactsStore::Open(facts_folder_, facts::FactsStore::Mode::kWrite).value());
  }

  // Indexes and commits one observation as the next capture. `day` counts from 2026-01-01.
  CaptureNumber Add(const std::string& path, const wire::Facts& page, int day = 0,
                    const std::string& case_id = "owl-7", const std::string& job = "owls",
                    const std::function<void(indexer::Observation&)>& adapt = {}) {
    indexer::Observation seen;
    seen.number = {next_++};
    seen.record.url = path.starts_with("http") ? path : "http://" + indexer::kSampleHost + path;
    seen.record.case_id = {case_id};
    seen.record.job = {job};
    seen.record.ended = FromUnixMicros((1767225600LL + day * 86400LL) * 1'000'000);
    seen.facts = page;
    if (adapt) adapt(seen);
    const std::pair<CaptureNumber, wire::Facts> row{seen.number, page};
    EXPECT_TRUE(facts_->Put({&row, 1}).has_value());
    EXPECT_TRUE(writer_->Add(seen).has_value());
    EXPECT_TRUE(writer_->Commit(next_).has_value());
    return seen.number;
  }

  std::unique_ptr<Searcher> OpenSearcher() {
    return std::move(Searcher::Open(index_, facts_folder_).value());
  }

  // Titles of all hits, sorted; or the error.
  std::vector<std::string> Titles(const std::string& text) {
    const auto answer = OpenSearcher()->Search({.text = text, .limit = 100});
    if (!answer) return {answer.error().Format()};
    std::vector<std::string> titles;
    for (const Hit& hit : answer->hits) titles.push_back(hit.title);
    EXPECT_EQ(titles.size(), answer->total) << text;
    std::ranges::sort(titles);
    return titles;
  }

  TemporaryFolder folder_;
  const std::string index_;
  const std::string facts_folder_;
  std::unique_ptr<indexer::IndexWriter> writer_;
  std::unique_ptr<facts::FactsStore> facts_;
  std::uint64_t next_ = 0;
};

}  // namespace nightjar::query
