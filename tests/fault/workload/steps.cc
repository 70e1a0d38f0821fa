// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/workload/steps.h"

#include <set>
#include <sstream>

#include "archive/captures/scrub.h"
#include "archive/evidence/leaf.h"
#include "archive/evidence/tree.h"
#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::fault {
namespace {

constexpr std::uint64_t kLargePage = 21;  // over 64 KiB packed: in one piece, on pages of its own

struct Place {
  const char* host;
  const char* case_id;
};
// Most pages are of one host, so that it gets a dictionary; two new hosts in one batch, in one case.
Place PlaceOf(std::uint64_t n) {
  if (n % 8 == 5) return {"vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd.onion", "owl-7"};
  if (n % 8 == 6) return {"duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion", "owl-7"};
  if (n % 16 == 7) return {"sp3k262uwy4r2k3ycr5awluarykdpag6a7y33jxop4cs2lu5uz5sseqd.onion", "owl-8"};
  return {"pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion", "owl-7"};
}

Bytes BodyOf(std::uint64_t n) {
  SeededRandom random(n + 1);
  Bytes body = "<html><head><title>Owl market, offer " + std::to_string(n) + "</title></head><body>";
  for (int i = 0; i < 6; ++i)
    body += "<div class=\"offer\"><span class=\"price\">" + HexEncode(random.Take(12)) +
            "</span><a href=\"/vendor/" + std::to_string(random.Next() % 30) + "\">vendor</a></div>\n";
  if (n == kLargePage) body += random.Take(90'000);
  return body + "</body></html>";
}

Result<std::set<std::string>> LogLines(const std::string& folder) {
  ASSIGN_OR_RETURN(const Bytes log, ReadFile(folder + "/checkpoints.log"));
  std::set<std::string> notes;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    boost::system::error_code failure;
    const json::value note = json::parse(line, failure);
    if (failure || !note.is_string()) return Fail(Code::kCorrupt, "a line is no note", "checkpoints.log");
    notes.insert(std::string(note.get_string()));
  }
  return notes;
}

Status Demand(bool holds, std::string otherwise) {
  if (holds) return {};
  return Fail(Code::kInternal, std::move(otherwise));
}

// All captures, to the byte and each page once; the roots of all trees they make.
Status CheckPages(const captures::Reader& reader, std::uint64_t acknowledged, std::vector<Digest>& roots) {
  ASSIGN_OR_RETURN(const std::uint64_t size, reader.Size());
  std::set<std::string> found;
  evidence::Frontier tree;
  for (std::uint64_t number = 0; number < size; ++number) {
    ASSIGN_OR_RETURN(const auto capture, reader.Get(CaptureNumber{number}));
    std::vector<evidence::Node> nodes;
    tree.Append(evidence::LeafHash(capture.leaf), nodes);
    roots.push_back(tree.Root());
    if (!capture.rejected.empty()) continue;  // the rotation
    const std::string& id = capture.record.fetch_id;
    const std::uint64_t page = std::strtoull(id.c_str(), nullptr, 10);
    RETURN_IF_ERROR(Demand(found.insert(id).second, "page " + id + " is there twice"));
    RETURN_IF_ERROR(Demand(capture.body == Page(page).body, "page " + id + " has another body"));
  }
  for (std::uint64_t page = 0; page < acknowledged; ++page)
    RETURN_IF_ERROR(Demand(found.contains(captures::ExampleId(page)),
                           "acknowledged page " + std::to_string(page) + " is gone"));
  return {};
}

Status CheckCheckpoints(const captures::Reader& reader, const std::string& folder,
                        const std::vector<std::string>& acknowledged, const std::vector<Digest>& roots) {
  const auto latest = reader.LatestCheckpoint();
  if (!latest && latest.error().code == Code::kNotFound)
    return Demand(acknowledged.empty(), "all checkpoints are gone");
  if (!latest) return tl::unexpected(latest.error());
  const evidence::Checkpoint& checkpoint = latest->checkpoint;
  RETURN_IF_ERROR(Demand(
      checkpoint.size > 0 && checkpoint.size <= roots.size() && roots[checkpoint.size - 1] == checkpoint.root,
      "the newest checkpoint does not speak of the tree"));
  ASSIGN_OR_RETURN(const auto lines, LogLines(folder));
  RETURN_IF_ERROR(Demand(lines.contains(latest->note), "the newest checkpoint is not in checkpoints.log"));
  for (const std::string& note : acknowledged)
    RETURN_IF_ERROR(Demand(lines.contains(note), "an acknowledged checkpoint is gone:\n" + note));
  return {};
}

Status CheckGoingOn(captures::Writer& writer, const std::string& folder) {
  ASSIGN_OR_RETURN(const auto numbers, writer.Append(std::vector{Page(1000), Page(1005)}));
  RETURN_IF_ERROR(Demand(numbers.size() == 2 && numbers.back().value + 1 == writer.size(),
                         "the next pages did not become the last captures"));
  ASSIGN_OR_RETURN(const auto checkpoint, writer.SignCheckpoint());
  RETURN_IF_ERROR(Demand(checkpoint.checkpoint.size == writer.size(), "the next checkpoint is too small"));
  ASSIGN_OR_RETURN(const auto report,
                   captures::Scrub(captures::ArchivePaths{.folder = folder, .map_size = 64 << 20},
                                   [](auto, auto) { return true; }));
  if (report.problems_found == 0) return {};
  return Fail(Code::kCorrupt, "scrub: " + report.problems[0].text, report.problems[0].where);
}

}  // namespace

captures::Exchange Page(std::uint64_t n) {
  const Place place = PlaceOf(n);
  const Bytes request = "GET /item?id=" + std::to_string(n) + " HTTP/1.1\r\nHost: " + place.host + "\r\n\r\n";
  const Bytes head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  const Bytes body = BodyOf(n);
  captures::Record record = captures::ExampleRecord(n, request, head, body);
  record.url = std::string("http://") + place.host + "/item?id=" + std::to_string(n);
  record.case_id = CaseId{place.case_id};
  return captures::Signed(record, request, head, body);
}

std::vector<Step> Steps() {
  std::vector<Step> steps;
  for (std::uint64_t next = 0, batch = 0; next < kPages; ++batch) {
    const std::uint64_t size = std::min<std::uint64_t>(1 + batch * 5 % 7, kPages - next);
    steps.push_back({Step::Kind::kAppend, next, next + size});
    next += size;
    if (batch % 2 == 1) steps.push_back({Step::Kind::kSign});
    if (batch == 10) steps.push_back({Step::Kind::kRotate});
  }
  steps.push_back({Step::Kind::kSign});
  return steps;
}

std::string NewOrigin() { return "unit.example/nightjar/2026b"; }
SigningKey NewLogKey() { return SigningKey::FromSeed(std::string(32, 'n')).value(); }

captures::Writer::Options WriterOptions(const std::string& folder, bool rotated) {
  return {.paths = {.folder = folder, .map_size = 64 << 20},
          .origin = rotated ? NewOrigin() : captures::kExampleOrigin,
          .log_key = rotated ? NewLogKey() : captures::ExampleLogKey(),
          .fetchers = {captures::ExampleFetcherKey().public_key()}};
}

Result<std::unique_ptr<captures::Writer>> OpenEither(const std::string& folder) {
  auto opened = captures::Writer::Open(WriterOptions(folder, false));
  if (opened || opened.error().code != Code::kInvalidInput) return opened;
  return captures::Writer::Open(WriterOptions(folder, true));
}

std::string Acknowledged::SayPages(std::uint64_t end) { return "pages " + std::to_string(end) + "\n"; }
std::string Acknowledged::SayNote(const std::string& note) {
  return "note " + json::serialize(json::string(note)) + "\n";
}
std::string Acknowledged::SayRotated() { return "rotated\n"; }

void Acknowledged::Hear(const std::string& lines) {
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) {
    if (line.starts_with("pages ")) pages = std::strtoull(line.c_str() + 6, nullptr, 10);
    if (line.starts_with("note ")) notes.emplace_back(json::parse(line.substr(5)).get_string());
    if (line == "rotated") rotated = true;
  }
}

Status CheckWhatIsLeft(const std::string& folder, const Acknowledged& acknowledged) {
  auto opened =
      acknowledged.rotated ? captures::Writer::Open(WriterOptions(folder, true)) : OpenEither(folder);
  if (!opened) return tl::unexpected(opened.error());
  ASSIGN_OR_RETURN(const auto reader, captures::Reader::Open({.folder = folder, .map_size = 64 << 20}));
  std::vector<Digest> roots;
  RETURN_IF_ERROR(CheckPages(*reader, acknowledged.pages, roots));
  RETURN_IF_ERROR(CheckCheckpoints(*reader, folder, acknowledged.notes, roots));
  return CheckGoingOn(**opened, folder);
}

}  // namespace nightjar::fault
