// SPDX-License-Identifier: Apache-2.0
#include "tests/rules/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>

namespace nightjar::rules {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRooms[] = {"base",    "config",  "archive", "crawler",
                                  "sandbox", "indexer", "search",  "cli"};

SourceFile ReadSource(const fs::path& root, const fs::path& path) {
  static const std::regex kInclude(R"(^\s*#include\s+(["<])([^">]+)[">])");
  SourceFile file;
  file.path = fs::relative(path, root).string();
  file.room = fs::relative(path.parent_path(), root).string();
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_search(line, match, kInclude)) {
      file.includes.push_back({match[2], match[1] == "<", static_cast<int>(file.lines.size()) + 1});
    }
    file.lines.push_back(line);
  }
  return file;
}

bool OpensFunction(const std::string& line) {
  // A definition laid out by clang-format starts in column 0 or (members, nested namespaces) at 2, ends in
  // "{", and is no type, namespace, table or control statement.
  static const std::regex kNot(
      R"(^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|try|catch|return|case|static const|constexpr|const)\b|= *\{$)");
  static const std::regex kIs(R"(\)[^;=]*\{$)");
  return std::regex_search(line, kIs) && !std::regex_search(line, kNot);
}

}  // namespace

std::vector<SourceFile> ReadRooms() {
  const fs::path root(NIGHTJAR_SOURCE);
  std::vector<SourceFile> files;
  for (const char* room : kRooms) {
    for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".h" || extension == ".cc")) {
        files.push_back(ReadSource(root, entry.path()));
      }
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<Function> FunctionsOf(const SourceFile& file) {
  std::vector<Function> functions;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || indent > 2 || !OpensFunction(line)) continue;
    const std::string closing = std::string(indent, ' ') + "}";
    for (std::size_t end = i + 1; end < file.lines.size(); ++end) {
      if (!file.lines[end].starts_with(closing)) continue;
      functions.push_back({line, static_cast<int>(i) + 1, static_cast<int>(end - i)});
      break;
    }
  }
  return functions;
}

}  // namespace nightjar::rules
