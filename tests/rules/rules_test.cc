// SPDX-License-Identifier: Apache-2.0
// The rules of CONTRIBUTING.md and the include table of the design, read against the tree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/rules/source_tree.h"

namespace nightjar::rules {
namespace {

using Rooms = std::set<std::string>;

// Who may include whom, beside itself and (below) everything that comes before it. Sub-rooms are listed where
// the rule is finer than the room's.
const std::map<std::string, Rooms>& MayInclude() {
  static const Rooms kArchive{"archive/store",     "archive/keyring", "archive/evidence", "archive/captures",
                              "archive/facts",     "archive/cases",   "archive/bundle",   "archive/alerts",
                              "archive/blocklist", "archive/masks",   "archive/witness",  "archive/notary",
                              "archive/consensus", "archive/import",  "archive/wacz",     "archive/places",
                              "archive/retention"};
  static const auto kWith = [](Rooms rooms, const Rooms& more) {
    rooms.insert(more.begin(), more.end());
    return rooms;
  };
  static const Rooms kCrawler =
      kWith({"base", "config", "sandbox/wire", "crawler/handover", "crawler/jobs", "crawler/scope",
             "crawler/frontier", "crawler/routes", "crawler/robots", "crawler/tor_control",
             "crawler/availability", "crawler/sessions"},
            kArchive);
  static const Rooms kIndexer =
      kWith({"base", "config", "sandbox/wire", "sandbox/pool", "indexer", "indexer/columns", "indexer/query",
             "indexer/rates", "indexer/words", "indexer/repetition", "indexer/items", "indexer/watch",
             "indexer/sinks", "indexer/hunt", "indexer/coverage", "indexer/identity"},
            kArchive);
  static const Rooms kSearch = kWith(
      {"base", "config", "sandbox/wire", "indexer", "indexer/query", "search/api", "search/web"}, kArchive);
  static const std::map<std::string, Rooms> kTable{
      {"base", {}},
      {"config", {"base", "sandbox/wire", "sandbox/css", "sandbox/profile"}},
      {"sandbox/wire", {"base"}},
      {"sandbox/css", {"base"}},
      {"sandbox/profile", {"base", "sandbox/wire"}},
      {"sandbox/pool", {"base", "sandbox/wire"}},
      {"sandbox/walls", {"base"}},
      {"sandbox/parse", {"base", "sandbox/wire"}},
      {"sandbox/values", {"base", "sandbox/wire", "sandbox/parse", "sandbox/profile"}},
      {"sandbox/match", {"base", "sandbox/parse", "sandbox/css"}},
      {"sandbox/style", {"base", "sandbox/parse", "sandbox/css", "sandbox/match"}},
      {"sandbox/language", {"base"}},
      {"sandbox/fingerprint", {"base", "sandbox/parse"}},
      {"sandbox/extract",
       {"base", "sandbox/wire", "sandbox/parse", "sandbox/css", "sandbox/profile", "sandbox/values",
        "sandbox/style", "sandbox/match", "sandbox/language", "sandbox/fingerprint", "sandbox/entities"}},
      {"sandbox/entities/coins", {"base"}},
      {"sandbox/entities/openpgp", {"base"}},
      {"sandbox/entities", {"base", "sandbox/entities/coins", "sandbox/entities/openpgp"}},
      {"sandbox/media", {"base", "sandbox/parse"}},
      {"sandbox/warc", {"base", "sandbox/wire", "sandbox/parse", "sandbox/media"}},
      {"sandbox/importer", {"base", "sandbox/wire", "sandbox/walls", "sandbox/warc", "sandbox/media"}},
      {"sandbox/worker",
       {"base", "sandbox/wire", "sandbox/walls", "sandbox/parse", "sandbox/extract", "sandbox/profile"}},
      {"archive/store", {"base"}},
      {"archive/evidence", {"base"}},
      {"archive/keyring", {"base"}},
      {"archive/captures", {"base", "archive/store", "archive/evidence", "archive/keyring"}},
      {"archive/places", {"base", "config", "archive/captures"}},
      {"archive/witness", {"base", "archive/store", "archive/evidence"}},
      {"archive/notary",
       {"base", "config", "archive/store", "archive/evidence", "archive/captures", "archive/places",
        "archive/alerts", "archive/witness"}},
      {"archive/facts", {"base", "archive/store", "sandbox/wire"}},
      {"archive/cases", {"base", "archive/store"}},
      {"archive/retention", {"base", "config", "archive/store", "archive/evidence", "archive/captures"}},
      {"archive/alerts", {"base", "archive/store"}},
      {"archive/blocklist", {"base", "config"}},
      {"archive/masks", {"base", "archive/store", "sandbox/wire"}},
      {"archive/consensus", {"base", "archive/store"}},
      {"archive/bundle",
       {"base", "archive/evidence", "archive/captures", "archive/cases", "archive/consensus"}},
      {"archive/wacz", {"base", "archive/captures", "archive/bundle"}},
      {"archive/import", {"base", "archive/captures", "sandbox/wire"}},
      {"crawler/scope", {"base"}},
      {"crawler/jobs", {"base", "config", "archive/store", "archive/blocklist", "crawler/scope"}},
      {"crawler/frontier", {"base", "archive/store", "crawler/scope"}},
      {"crawler/routes", {"base"}},
      {"crawler/robots", {"base"}},
      {"crawler/sessions", {"base", "config", "archive/store", "sandbox/wire"}},
      {"crawler/tor_control", {"base"}},
      {"crawler/availability", {"base", "archive/store"}},
      {"crawler/handover", {"base", "config", "archive/captures"}},
      {"crawler/fetcher",
       {"base", "config", "crawler/handover", "archive/captures", "sandbox/walls", "sandbox/media"}},
      {"crawler", kCrawler},
      {"indexer/columns", {"base", "archive/store"}},
      {"indexer/query", kIndexer},
      {"indexer/rates", {"base", "sandbox/wire"}},
      {"indexer/words", {"base", "config"}},
      {"indexer/repetition", {"base", "sandbox/wire"}},
      {"indexer/coverage", {"base", "sandbox/wire"}},
      {"indexer/identity", {"base"}},
      {"indexer/items", {"base", "archive/store", "sandbox/wire"}},
      {"indexer/watch", {"base", "archive/store", "indexer/query"}},
      {"indexer/sinks", {"base", "indexer/watch"}},
      {"indexer/hunt", {"base", "archive/store", "archive/captures", "archive/facts", "sandbox/wire"}},
      {"indexer", kIndexer},
      {"search/api", kSearch},
      {"search/web", kSearch},
      {"search/report", kSearch},
      {"search/http", kSearch},
      {"cli", kWith({"crawler", "crawler/jobs", "crawler/scope", "crawler/frontier", "crawler/robots",
                     "crawler/tor_control", "crawler/availability", "crawler/sessions", "indexer/items",
                     "indexer/watch", "indexer/sinks", "indexer/hunt", "indexer/coverage", "indexer/identity",
                     "search/http", "search/api", "search/report", "sandbox/pool", "sandbox/profile"},
                    kSearch)},
  };
  return kTable;
}

// The one room (with its sub-rooms) where a foreign library's headers may appear.
const std::map<std::string, Rooms>& ForeignHeaders() {
  static const std::map<std::string, Rooms> kTable{
      {"curl/", {"crawler/fetcher", "archive/notary", "indexer/sinks"}},
      {"lmdb.h", {"archive/store"}},
      {"gumbo.h", {"sandbox/parse"}},
      {"cld2/", {"sandbox/language"}},
      {"libxml/", {"sandbox/fingerprint"}},
      {"xapian", {"indexer", "indexer/query"}},
      {"yaml-cpp/", {"config"}},
      {"boost/beast", {"search/http"}},
      {"boost/asio", {"search/http"}},
      {"boost/json", {"base"}},
      {"seccomp.h", {"sandbox/walls"}},
      {"re2/", {"crawler/scope", "sandbox/profile", "indexer/hunt"}},
      {"kainjow/", {"search/web"}},
      {"CLI/", {"cli"}},
      {"openssl/", {"base"}},
      {"spdlog/", {"base"}},
      {"idn2.h", {"base"}},
      {"unicode/", {"sandbox/parse"}},
      {"uchardet", {"sandbox/parse"}},
      {"brotli/", {"sandbox/parse"}},
      {"zlib.h", {"sandbox/parse", "archive/wacz"}},
      {"cairo", {"search/report"}},
      {"pango/", {"search/report"}},
      {"qrencode.h", {"search/report"}},
      {"zstd.h", {"sandbox/parse", "archive/store"}},
  };
  return kTable;
}

std::string At(const SourceFile& file, int line) { return file.path + ":" + std::to_string(line); }

TEST(Rooms, IncludeOnlyWhatTheTableOfTheDesignAllows) {
  for (const SourceFile& file : ReadRooms()) {
    const auto rule = MayInclude().find(file.room);
    ASSERT_NE(rule, MayInclude().end()) << file.path << " lies in a folder that the table does not know";
    for (const Include& include : file.includes) {
      if (include.angled || include.target.starts_with("embedded/") || include.target == "build_revision.h")
        continue;
      const std::string target = std::filesystem::path(include.target).parent_path().string();
      EXPECT_TRUE(target == file.room || rule->second.contains(target))
          << At(file, include.line) << ": " << file.room << " must not include " << include.target;
    }
  }
}

TEST(Rooms, MeetEachForeignLibraryInOnePlaceOnly) {
  for (const SourceFile& file : ReadRooms()) {
    for (const Include& include : file.includes) {
      for (const auto& [header, rooms] : ForeignHeaders()) {
        if (!include.target.starts_with(header)) continue;
        EXPECT_TRUE(rooms.contains(file.room))
            << At(file, include.line) << ": " << include.target << " belongs to " << *rooms.begin();
      }
    }
  }
}

TEST(Rooms, AllStillExist) {
  std::set<std::string> seen;
  for (const SourceFile& file : ReadRooms()) seen.insert(file.room);
  for (const auto& [room, allowed] : MayInclude())
    EXPECT_TRUE(seen.contains(room)) << room << " is listed but empty";
  EXPECT_GT(ReadRooms().size(), 100U) << "the walk over the tree found too little to be trusted";
}

TEST(Rooms, HaveAReadmeThatOpensWithTheQuestionTheyAnswer) {
  const std::filesystem::path root(NIGHTJAR_SOURCE);
  for (const char* room :
       {"base", "config", "archive", "crawler", "sandbox", "indexer", "search", "cli", "tests"}) {
    std::ifstream readme(root / room / "README.md");
    std::string first;
    std::getline(readme, first);
    EXPECT_TRUE(first.starts_with("# ") && first.ends_with("?"))
        << room << "/README.md opens with: " << first;
  }
}

TEST(Sources, StayShort) {
  constexpr std::size_t kHardFile = 700;
  constexpr int kHardFunction = 100;
  std::vector<std::size_t> sizes;
  for (const SourceFile& file : ReadRooms()) {
    sizes.push_back(file.lines.size());
    EXPECT_LE(file.lines.size(), kHardFile) << file.path;
    if (file.lines.size() > 400)
      std::printf("long file: %s has %zu lines\n", file.path.c_str(), file.lines.size());
    for (const Function& function : FunctionsOf(file)) {
      EXPECT_LE(function.length, kHardFunction) << At(file, function.line) << ": " << function.name;
      if (function.length > 40)
        std::printf("long function: %s: %d lines\n", At(file, function.line).c_str(), function.length);
    }
  }
  std::ranges::sort(sizes);
  EXPECT_LE(sizes[sizes.size() / 2], 140U) << "the median file should be near 100 lines";
}

TEST(Sources, CarryOneLicenceLineAndHeadersOneGuard) {
  for (const SourceFile& file : ReadRooms()) {
    ASSERT_FALSE(file.lines.empty()) << file.path;
    EXPECT_EQ(file.lines[0], "// SPDX-License-Identifier: Apache-2.0") << file.path;
    if (file.IsHeader()) {
      EXPECT_NE(std::ranges::find(file.lines, "#pragma once"), file.lines.end()) << file.path;
    }
  }
}

TEST(Sources, LeaveNothingForLater) {
  // Built from pieces so that this file does not find itself.
  const std::regex later(std::string("\\b(TO") + "DO|FIX" + "ME|X" + "XX|not imple" + "mented)\\b|DISABLED" +
                         "_");
  const std::regex vague(R"(\b\w*(Manager|Helper|Util|Utils|Impl)\b *(final )?[{:;])");
  for (const SourceFile& file : ReadRooms()) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      EXPECT_FALSE(std::regex_search(file.lines[i], later)) << At(file, static_cast<int>(i) + 1);
      EXPECT_FALSE(std::regex_search(file.lines[i], vague))
          << At(file, static_cast<int>(i) + 1) << ": name what it is";
    }
  }
}

TEST(RuleTests, FindTheFunctionsOfASource) {
  SourceFile file;
  file.lines = {"int Short() {",          "  return 1;",   "}",   "struct S {",
                "  int Member() const {", "    return 2;", "  }", "};"};
  const auto functions = FunctionsOf(file);
  ASSERT_EQ(functions.size(), 2U);
  EXPECT_EQ(functions[0].length, 2);
  EXPECT_EQ(functions[1].line, 5);
}

}  // namespace
}  // namespace nightjar::rules
