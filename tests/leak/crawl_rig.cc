// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/crawl_rig.h"

#include <filesystem>
#include <regex>

#include "base/url.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

wire::Facts ReadPage(const captures::StoredCapture& capture) {
  wire::Facts facts;
  facts.extractor = std::string(wire::kExtractor);
  facts.text = capture.body;
  const Url base = *Url::Parse(capture.record.url);
  const std::regex link("(href=\"|Location: )([^\"\r]+)");
  const std::string text = capture.head + capture.body;
  for (std::sregex_iterator found(text.begin(), text.end(), link), end; found != end; ++found) {
    const auto url = Url::Parse((*found)[2].str(), &base);
    if (url) facts.links.push_back({wire::LinkKind::kAnchor, url->WithoutFragment(), ""});
  }
  return facts;
}

}  // namespace

void TinySite::Put(const std::string& path, std::string response) {
  const std::scoped_lock lock(mutex_);
  responses_[path] = std::move(response);
}

std::vector<TinySite::Hit> TinySite::hits() const {
  const std::scoped_lock lock(mutex_);
  return hits_;
}

Service TinySite::AsService() {
  return [this](const Stream& stream) {
    for (std::string request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest()) {
      const std::string path = request.substr(4, request.find(' ', 4) - 4);
      std::unique_lock lock(mutex_);
      hits_.push_back({path, SystemClock().Mono()});
      const auto found = responses_.find(path);
      const std::string response =
          found != responses_.end() ? found->second : "HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n";
      lock.unlock();
      stream.Write(response);
    }
  };
}

std::string Page(const std::vector<std::string>& links) {
  std::string body;
  for (const auto& link : links) body += "<a href=\"" + link + "\">x</a>";
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

void CrawlTest::SetUp() {
  folder_ = ::testing::TempDir() + "crawl-" + HexEncode(SystemRandom().Take(6));
  std::filesystem::create_directories(folder_ + "/tor");
  host_ = OnionHost();
  settings_.data = folder_ + "/data";
  settings_.tor.socks = folder_ + "/tor/socks";
  settings_.tor.consensus = folder_ + "/none";
  settings_.blocklist = {.md5 = "none", .waiver = "a stand-in for Tor leads nowhere"};
  settings_.crawl.retry_delay = std::chrono::seconds(1);
  settings_.evidence.checkpoint_interval = std::chrono::seconds(1);
  tor_ = std::make_unique<TorStub>(settings_.tor.socks);
  tor_->Serve(site_.AsService());
  archive_env_ = *store::Env::Open({.folder = settings_.ArchiveFolder(), .tables = {}});
  indexer_ = std::thread([this] { Index(); });
}

void CrawlTest::TearDown() {
  indexing_ = false;
  indexer_.join();
  tor_.reset();
  archive_env_.reset();
  std::filesystem::remove_all(folder_);
}

// Polls, as the index role does.
void CrawlTest::Index() {
  auto facts = facts::FactsStore::Open(settings_.FactsFolder(), facts::FactsStore::Mode::kWrite);
  std::uint64_t next = 0;
  while (indexing_) {
    const auto archive = captures::Reader::Open({.folder = settings_.ArchiveFolder()});
    for (const std::uint64_t size = archive ? (*archive)->Size().value_or(0) : 0; next < size; ++next) {
      const auto capture = (*archive)->Get(CaptureNumber{next});
      if (!capture || capture->record.http_status == 0) continue;
      ASSERT_TRUE((*facts)->Put(std::vector{std::pair{CaptureNumber{next}, ReadPage(*capture)}}));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void CrawlTest::AddJob(const std::function<void(jobs::Job&)>& change) {
  jobs::Job job;
  job.id.value = "job-1";
  job.case_id.value = "case-1";
  job.legal_basis = "order 1";
  job.seeds = {"http://" + host_ + "/"};
  job.delay = std::chrono::milliseconds(0);
  job.created = SystemClock().Utc();
  change(job);
  auto checked = jobs::Validate(job);
  ASSERT_TRUE(checked) << checked.error().Format();
  ASSERT_TRUE((*jobs::JobStore::Open(settings_.ControlFolder()))->Add(*checked));
}

Status CrawlTest::Crawl() {
  return crawler::RunCrawl(settings_, {.until_idle = true}, StopSignal::Install());
}

std::unique_ptr<captures::Reader> CrawlTest::OpenArchive() const {
  auto archive = captures::Reader::Open({.folder = settings_.ArchiveFolder()});
  EXPECT_TRUE(archive) << archive.error().Format();
  return archive ? std::move(*archive) : nullptr;
}

std::map<std::string, std::vector<captures::Record>> CrawlTest::RecordsByPath() const {
  std::map<std::string, std::vector<captures::Record>> records;
  const auto archive = OpenArchive();
  for (std::uint64_t number = 0; number < *archive->Size(); ++number) {
    const auto row = archive->GetRow(CaptureNumber{number});
    EXPECT_TRUE(row && row->rejected.empty());
    records[Url::Parse(row->record.url)->PathAndQuery()].push_back(row->record);
  }
  return records;
}

}  // namespace nightjar::leak
