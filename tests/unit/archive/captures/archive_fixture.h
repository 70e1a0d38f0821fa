// SPDX-License-Identifier: Apache-2.0
// An archive in a temporary folder, with a clock and randomness that do not vary.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/captures/tables.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::captures {

inline const std::string kExampleOrigin = "unit.example/nightjar/2026a";
inline SigningKey ExampleLogKey() { return SigningKey::FromSeed(std::string(32, 'l')).value(); }

class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest() {
    std::string pattern = testing::TempDir() + "nightjar-archive-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    paths_.folder = folder_ + "/archive";
  }
  ~ArchiveTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Writer::Options Options() {
    return {.paths = paths_,
            .origin = kExampleOrigin,
            .log_key = ExampleLogKey(),
            .fetchers = {ExampleFetcherKey().public_key()},
            .clock = &clock_,
            .random = &random_};
  }
  [[nodiscard]] std::unique_ptr<Writer> OpenWriter() {
    auto writer = Writer::Open(Options());
    EXPECT_TRUE(writer) << writer.error().Format();
    return writer ? std::move(*writer) : nullptr;
  }
  [[nodiscard]] std::unique_ptr<Reader> OpenReader() const {
    auto reader = Reader::Open(paths_);
    EXPECT_TRUE(reader) << reader.error().Format();
    return reader ? std::move(*reader) : nullptr;
  }
  // Appends examples [first, end) in one batch.
  static void AppendExamples(Writer& writer, std::uint64_t first, std::uint64_t end) {
    std::vector<Exchange> exchanges;
    for (std::uint64_t n = first; n < end; ++n) exchanges.push_back(ExampleExchange(n));
    const auto numbers = writer.Append(exchanges);
    ASSERT_TRUE(numbers) << numbers.error().Format();
    for (std::uint64_t n = first; n < end; ++n) ASSERT_EQ((*numbers)[n - first].value, n);
  }
  // The tables themselves, for tests that damage them while no writer is open.
  [[nodiscard]] std::shared_ptr<store::Env> OpenTables() const {
    return store::Env::Open(StoreOptions(paths_, false)).value();
  }

  std::string folder_;
  ArchivePaths paths_;
  ManualClock clock_;
  SeededRandom random_{7};
};

}  // namespace nightjar::captures
