// SPDX-License-Identifier: Apache-2.0
// A fresh archive whose writer accepts ExchangeMaker's key.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "archive/captures/archive.h"
#include "tests/unit/crawler/exchange_maker.h"

namespace nightjar::crawler {

class ArchiveTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "crawler-" + HexEncode(SystemRandom().Take(6));
    std::filesystem::create_directories(folder_);
    OpenArchive({.folder = folder_ + "/archive"});
  }
  void OpenArchive(const captures::ArchivePaths& paths) {
    auto opened = captures::Writer::Open({.paths = paths,
                                          .origin = "test.example/log/1",
                                          .log_key = *SigningKey::FromSeed(std::string(32, 'l')),
                                          .fetchers = {maker_.key.public_key()},
                                          .clock = &SystemClock(),
                                          .random = &SystemRandom()});
    ASSERT_TRUE(opened) << opened.error().Format();
    writer_ = std::move(*opened);
    archive_ = *captures::Reader::Open(paths);
  }
  void TearDown() override {
    writer_.reset();
    archive_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string folder_;
  ExchangeMaker maker_;
  std::unique_ptr<captures::Writer> writer_;
  std::unique_ptr<captures::Reader> archive_;
};

}  // namespace nightjar::crawler
