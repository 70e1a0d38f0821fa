// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/shape.h"

#include <gtest/gtest.h>

namespace nightjar::scope {
namespace {

TEST(Shape, FoldsNumbersAndRandomStringsAndKeepsTheRest) {
  const std::pair<const char*, const char*> kTable[] = {
      {"/", "/"},
      {"/about", "/about"},
      {"/listing/123", "/listing/#"},
      {"/listing/9", "/listing/#"},
      {"/owl17/feedback?page=3", "/owl#/feedback?page=#"},
      {"/t/0a1b2c3d4e5f", "/t/*"},
      {"/t/deadbeef", "/t/deadbeef"},
      {"/t/cafebabe1", "/t/*"},
      {"/i/aGVsbG8gd29ybGQx2", "/i/*"},
      {"/stoneware-figurines", "/stoneware-figurines"},
      {"/550e8400-e29b-41d4-a716-446655440000", "/*-e#b-#d#-a#-#"},
      {"/a?id=5&key=6", "/a?id=#&key=#"},
  };
  for (const auto& [given, shape] : kTable) EXPECT_EQ(ShapeOf(given).text, shape) << given;
  EXPECT_FALSE(ShapeOf("/about").folded);
  EXPECT_TRUE(ShapeOf("/listing/1").folded);
}

TEST(Shape, SeesADateInPathOrQuery) {
  for (const char* date : {"/2026/05", "/2026/5/17", "/events/2026-05-17", "/cal?year=2031&month=12",
                           "/cal?date=20260517", "/cal?y=1999&m=1", "/archive/2026_07/", "/?d=2026.05.17"})
    EXPECT_TRUE(ShapeOf(date).calendar) << date;
  for (const char* other : {"/listing/2026", "/listing/2026/99", "/item/5/2026", "/v/20261317x",
                            "/thread/2026?sort=newest&page=12", "/1234/05", "/report-2026"})
    EXPECT_FALSE(ShapeOf(other).calendar) << other;
}

}  // namespace
}  // namespace nightjar::scope
