// SPDX-License-Identifier: Apache-2.0
// What reading a page costs, beside raw Gumbo on the same pages in the same process: parse, a walk for text
// and links, destroy. Three readings of ours: text and links (decode, pre-scan, tree, layout, links), the
// whole reading (bytes to facts, by site profiles), and the whole jail (through pool, pipes and recheck, one
// worker). Then a flood of which every tenth page is a bomb, against the same flood without.
//
// The profiles are all of config/profiles and one that fits the made pages: two profiles of closed markets
// fit the real ones. How many pages were read by one is printed.
//
// Processor time of this thread for what runs here; for the jail the clock, for two processes take turns
// there. Rounds alternate between the readings, so that a machine that slows down slows all of them; medians
// are kept.
//
// Prints a line for each set of pages and one JSON line. Usage: bench_read [PAGES [REAL_PAGES_FOLDER]]
// (default: 2000 made pages; real ones are read where the folder is there).
#include <gumbo.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/child.h"
#include "base/file.h"
#include "base/json.h"
#include "base/url.h"
#include "config/site_profile.h"
#include "sandbox/extract/extract.h"
#include "sandbox/extract/layout.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/visibility.h"
#include "sandbox/parse/page.h"
#include "sandbox/pool/pool.h"
#include "tests/bench/must.h"
#include "tests/hostile/made_pages.h"

namespace nightjar::bench {
namespace {

constexpr int kRounds = 3;

using Documents = std::vector<wire::Document>;

double SecondsOf(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// --- raw Gumbo ---

struct RawPage {
  std::string text;
  std::vector<std::string> links;
};

void WalkRaw(const GumboNode* node, RawPage& page) {
  if (node->type == GUMBO_NODE_TEXT) {
    page.text.append(node->v.text.text).push_back(' ');
    return;
  }
  if (node->type != GUMBO_NODE_ELEMENT) return;
  const GumboElement& element = node->v.element;
  if (element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE) return;
  if (element.tag == GUMBO_TAG_A) {
    const GumboAttribute* href = gumbo_get_attribute(&element.attributes, "href");
    if (href != nullptr) page.links.emplace_back(href->value);
  }
  for (unsigned i = 0; i < element.children.length; ++i)
    WalkRaw(static_cast<const GumboNode*>(element.children.data[i]), page);
}

std::size_t ReadRaw(const wire::Document& document) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, document.body.data(), document.body.size());
  RawPage page;
  WalkRaw(output->root, page);
  gumbo_destroy_output(&options, output);
  return page.text.size() + page.links.size();
}

// --- ours ---

std::size_t ReadTextAndLinks(const wire::Document& document) {
  const auto page = parse::ReadPage(document);
  if (page->tree == nullptr) return 0;
  const auto own = Url::Parse(document.url);
  const extract::Visibility visibility(*page->tree);
  const extract::Layout layout = extract::LayOut(*page->tree, visibility);
  return layout.text.size() + extract::ReadLinks(*page, *own, &visibility).size();
}

const std::vector<config::SiteProfile>& Sites() {
  static const std::vector<config::SiteProfile> sites = [] {
    const std::string source = NIGHTJAR_SOURCE;
    const std::string own = source + "/tests/bench/made_market.yaml";
    auto all = Must(config::LoadSiteProfiles(source + "/config/profiles"));
    all.push_back(Must(config::ParseSiteProfile(Must(ReadFile(own)), own)));
    return all;
  }();
  return sites;
}

const extract::Profiles& SiteRules() {
  static const extract::Profiles rules = [] {
    std::vector<profile::Profile> profiles;
    for (const config::SiteProfile& site : Sites()) profiles.push_back(site.rules);
    return extract::Profiles(std::move(profiles));
  }();
  return rules;
}

std::size_t ReadWhole(const wire::Document& document) {
  return wire::Encode(extract::ReadDocument(document, SiteRules())).size();
}

std::size_t CountOfFitted(const Documents& pages) {
  const auto fits = [](const wire::Document& page) {
    return !extract::ReadDocument(page, SiteRules()).profile.empty();
  };
  return static_cast<std::size_t>(std::ranges::count_if(pages, fits));
}

// --- measuring ---

struct Figure {
  std::string name;
  double seconds = 0;  // of processor time, over all pages and rounds
  double gumbo = 0;    // of raw Gumbo, in turns with it
};

double OwnSeconds() { return SecondsOf(CLOCK_THREAD_CPUTIME_ID); }

// Of all children that have ended: one reader's whole life, once its pool is gone.
double ChildrenSeconds() {
  rusage spent{};
  ::getrusage(RUSAGE_CHILDREN, &spent);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(spent.ru_utime) + seconds(spent.ru_stime);
}

std::unique_ptr<pool::Pool> StartPool() {
  return Must(pool::Pool::Start(
      {.program = OwnFolder() + "/nightjar-parser", .profiles = config::ReadingRulesOf(Sites())}));
}

// The readings take turns page by page.
std::vector<Figure> MeasureHere(const Documents& pages) {
  using Read = std::size_t (*)(const wire::Document&);
  const std::pair<const char*, Read> ways[] = {
      {"gumbo", ReadRaw}, {"text_and_links", ReadTextAndLinks}, {"whole", ReadWhole}};
  std::vector<Figure> figures;
  for (const auto& [name, read] : ways) figures.push_back({name});
  for (int round = 0; round < kRounds; ++round) {
    for (const wire::Document& page : pages) {
      for (std::size_t i = 0; i < figures.size(); ++i) {
        const double begin = OwnSeconds();
        if (ways[i].second(page) == 0) throw std::runtime_error(figures[i].name + " read nothing");
        figures[i].seconds += OwnSeconds() - begin;
      }
    }
  }
  for (Figure& figure : figures) figure.gumbo = figures[0].seconds;
  return figures;
}

// Both sides of the wall: this thread's time and that of the reader.
Figure MeasureJail(const Documents& pages) {
  Figure figure{"jail"};
  const double children = ChildrenSeconds();
  auto jail = StartPool();
  for (int round = 0; round < kRounds; ++round) {
    for (const wire::Document& page : pages) {
      const double begin = OwnSeconds();
      (void)ReadRaw(page);
      const double between = OwnSeconds();
      (void)Must(jail->Read(page));
      figure.gumbo += between - begin;
      figure.seconds += OwnSeconds() - between;
    }
  }
  jail.reset();
  figure.seconds += ChildrenSeconds() - children;
  return figure;
}

json::object MeasureSet(const std::string& name, const Documents& pages) {
  std::vector<Figure> figures = MeasureHere(pages);
  figures.push_back(MeasureJail(pages));
  std::size_t bytes = 0;
  for (const wire::Document& page : pages) bytes += page.body.size();
  const auto total = static_cast<double>(pages.size()) * kRounds;
  json::object result{{"pages", pages.size()}, {"mean_bytes", bytes / pages.size()}};
  const std::size_t fitted = CountOfFitted(pages);
  result["read_by_profile"] = fitted;
  std::cerr << name << ", " << pages.size() << " pages of " << bytes / pages.size() << " bytes, " << fitted
            << " of them read by a profile:";
  for (const Figure& figure : figures) {
    const double rate = total / figure.seconds;
    const double share = figure.gumbo / figure.seconds;
    result[figure.name] = json::object{
        {"pages_per_s", rate},
        {"mb_per_s", rate * static_cast<double>(bytes) / static_cast<double>(pages.size()) / 1e6},
        {"of_gumbo", share}};
    std::cerr << "  " << figure.name << " " << static_cast<int>(rate) << "/s ("
              << static_cast<int>(100 * share) << " %)";
  }
  std::cerr << "\n";
  return result;
}

// --- bombs ---

// Bombs of the catalogue: small to send. The large ones cost megabytes of somebody's line each; what they
// cost here is in `bomb_ms`.
std::vector<const hostile::Bomb*> SmallBombs() {
  constexpr std::size_t kSmall = 3 << 19;
  std::vector<const hostile::Bomb*> small;
  for (const hostile::Bomb& bomb : hostile::Bombs())
    if (bomb.body.size() <= kSmall) small.push_back(&bomb);
  return small;
}

// Processor time for the clean pages of a flood, in which every tenth document may be a bomb.
double FloodSeconds(const Documents& pages, bool bombs) {
  const auto small = SmallBombs();
  Documents each;
  for (const hostile::Bomb* bomb : small) each.push_back(hostile::DocumentOf(bomb->body, bomb->more_head));
  const double children = ChildrenSeconds();
  const double own = OwnSeconds();
  auto jail = StartPool();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (bombs && i % 9 == 0) (void)Must(jail->Read(each[i / 9 % each.size()]));
    (void)Must(jail->Read(pages[i]));
  }
  jail.reset();
  return OwnSeconds() - own + ChildrenSeconds() - children;
}

json::object MeasureFlood(const Documents& pages) {
  double alone = 0;
  double among = 0;
  for (int round = 0; round < kRounds; ++round) {
    alone += FloodSeconds(pages, false);
    among += FloodSeconds(pages, true);
  }
  const auto total = static_cast<double>(pages.size()) * kRounds;
  std::cerr << "clean pages/s: " << static_cast<int>(total / alone) << " alone, "
            << static_cast<int>(total / among) << " with 10 % bombs among them ("
            << static_cast<int>(100 * alone / among) << " %)\n";
  return {{"clean_pages_per_s_alone", total / alone},
          {"clean_pages_per_s_among", total / among},
          {"of_alone", alone / among}};
}

// What each bomb costs the jail, one after another in one worker.
json::object MeasureBombs() {
  const auto jail = StartPool();
  json::object milliseconds;
  for (const hostile::Bomb& bomb : hostile::Bombs()) {
    const wire::Document document = hostile::DocumentOf(bomb.body, bomb.more_head);
    const double begin = SecondsOf(CLOCK_MONOTONIC);
    (void)Must(jail->Read(document));
    milliseconds[bomb.name] = (SecondsOf(CLOCK_MONOTONIC) - begin) * 1000;
  }
  return milliseconds;
}

Documents MadePages(std::size_t count) {
  Documents pages;
  for (std::size_t i = 0; i < count; ++i) pages.push_back(hostile::DocumentOf(hostile::OrdinaryPage(i)));
  return pages;
}

Documents RealPages(const std::string& folder) {
  Documents pages;
  std::error_code none;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder, none)) {
    if (file.path().extension() == ".html") pages.push_back(hostile::DocumentOf(Must(ReadFile(file.path()))));
  }
  const Documents once = pages;  // short rounds measure noise
  for (int i = 1; i < 10; ++i) pages.insert(pages.end(), once.begin(), once.end());
  return pages;
}

int Main(std::size_t count, const std::string& real_folder) {
  const Documents made = MadePages(count);
  json::object result{{"bench", "read"}, {"made", MeasureSet("made pages", made)}};
  const Documents real = RealPages(real_folder);
  if (!real.empty()) result["real"] = MeasureSet("real pages of " + real_folder, real);
  result["flood"] = MeasureFlood(made);
  result["bomb_ms"] = MeasureBombs();
  std::cout << json::serialize(result) << "\n";
  return 0;
}

}  // namespace
}  // namespace nightjar::bench

int main(int argc, char** argv) {
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);  // as nightjar-parser has it, for Gumbo's sake too
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return nightjar::bench::Main(argc > 1 ? std::stoul(argv[1]) : 2000,
                               argc > 2 ? argv[2] : std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages");
}
