// SPDX-License-Identifier: Apache-2.0
// Pages per second of processor time, one thread: raw Gumbo (parse and destroy), the flat tree, tree with
// visible text and links, and the whole reading from bytes to facts. Prints one JSON line; each figure is the
// best of the rounds.
//
// Usage: bench_reading FOLDER [ROUNDS] (reads every *.html below the folder; default: 5 rounds)
#include <gumbo.h>
#include <malloc.h>

#include <cmath>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>

#include "base/file.h"
#include "base/json.h"
#include "sandbox/extract/extract.h"
#include "sandbox/extract/layout.h"
#include "sandbox/extract/links.h"
#include "sandbox/fingerprint/dom_hash.h"
#include "sandbox/parse/page.h"

namespace nightjar::bench {
namespace {

std::vector<std::string> ReadPages(const std::string& folder) {
  std::vector<std::string> pages;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".html") pages.push_back(*ReadFile(entry.path()));
  }
  return pages;
}

wire::Document DocumentOf(const std::string& page) {
  wire::Document document;
  document.url = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion/item/7?x=1";
  document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
  document.body = page;
  return document;
}

void ParseRaw(const std::string& page) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, page.data(), page.size());
  gumbo_destroy_output(&options, output);
}

void ReadTextAndLinks(const std::string& page) {
  const wire::Document document = DocumentOf(page);
  const auto read = parse::ReadPage(document);
  if (read->tree == nullptr) return;
  const extract::Visibility visibility(*read->tree);
  (void)extract::LayOut(*read->tree, visibility);
  (void)extract::ReadLinks(*read, *Url::Parse(document.url), &visibility);
}

double PagesPerSecond(const std::vector<std::string>& pages,
                      const std::function<void(const std::string&)>& work) {
  const std::clock_t begin = std::clock();
  for (const std::string& page : pages) work(page);
  return static_cast<double>(pages.size()) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - begin);
}

const std::map<std::string, std::function<void(const std::string&)>> kWorks = {
    {"raw_gumbo", ParseRaw},
    {"page", [](const std::string& page) { (void)parse::ReadPage(DocumentOf(page)); }},
    {"text_and_links", ReadTextAndLinks},
    {"dom_hash", [](const std::string& page) { (void)fingerprint::DomHash(page); }},
    {"whole", [](const std::string& page) { (void)extract::ReadDocument(DocumentOf(page)); }},
};

int Run(const std::string& folder, int rounds) {
  const std::vector<std::string> pages = ReadPages(folder);
  if (pages.empty()) return 1;
  extract::Prepare();
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);  // as nightjar-parser does
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  std::map<std::string, double> best;
  for (int round = 0; round < rounds; ++round) {
    for (const auto& [name, work] : kWorks) best[name] = std::max(best[name], PagesPerSecond(pages, work));
  }
  json::object result;
  result["pages"] = pages.size();
  for (const auto& [name, figure] : best) result[name] = std::lround(figure);
  std::cout << json::serialize(result) << "\n";
  return 0;
}

}  // namespace
}  // namespace nightjar::bench

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  return nightjar::bench::Run(argv[1], argc > 2 ? std::atoi(argv[2]) : 5);
}
