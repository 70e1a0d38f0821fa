// SPDX-License-Identifier: Apache-2.0
// The canary: a string that a service over Tor says in every way it can is crawled, searched, exported, and
// then erased by two persons. Nothing of it may be left in any file that Nightjar owns, and all other
// evidence must be as it was.
#include <gmock/gmock.h>

#include <filesystem>

#include "base/file.h"
#include "tests/story/byte_scan.h"
#include "tests/story/gate_server.h"
#include "tests/story/installation.h"
#include "tests/world/server/http1.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kPatience{240};
const std::string kCanary = "canary7quillfeather";
const std::string kOtherHost = "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

// Says the canary in title, text, comment, link, header, cookie and robots.txt.
class CanarySite final : public world::Service {
 public:
  explicit CanarySite(std::string host) : host_(std::move(host)) {}
  [[nodiscard]] const std::string& host() const override { return host_; }
  [[nodiscard]] world::Answer Respond(const world::Request& request) override {
    world::Page page;
    page.content_type = "text/html; charset=utf-8";
    page.set_cookies = {"basket=" + kCanary};
    if (request.path == "/robots.txt") {
      page.content_type = "text/plain";
      page.body = "User-agent: *\nDisallow: /private/" + kCanary + "\n";
    } else {
      page.body = "<html><head><title>Shop of " + kCanary + "</title></head><body><!-- " + kCanary +
                  " --><h1>Owls by " + kCanary + "</h1><p>Vendor: " + kCanary + "</p><p>Price: 5 USD</p>" +
                  "<a href='/item/" + kCanary + "'>next</a> <a href='/more/" + kCanary + "/2'>more</a>" +
                  "<p>page " + request.target + "</p></body></html>";
    }
    auto bytes = std::make_shared<const Bytes>(world::EncodeAnswer(page, request));
    return {std::move(bytes), page.status, world::ClosesAfter(page, request)};
  }

 private:
  std::string host_;
};

class Retention : public testing::Test {
 protected:
  void SetUp() override {
    const auto world = FindWorld();
    ASSERT_TRUE(world) << "the private Tor network is not there: run through ctest, which starts it";
    nightjar_ = std::make_unique<Installation>(*world);
    site_ = std::make_unique<CanarySite>(world->gate_host);
    server_ = std::make_unique<GateServer>(*site_, world->gate_socket, nightjar_->scratch() + "/access.log");
    nightjar_->Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026"});
  }
  void TearDown() override { server_.reset(); }

  void Crawl() {
    nightjar_->Command({"job", "add", "shop", "--case", "owl-7", "--seed", "http://" + site_->host() + "/",
                        "--delay-ms", "100", "--robots", "record"});
    Child up = nightjar_->Start("up");
    EXPECT_TRUE(WaitUntil(kPatience, [&] { return nightjar_->Idle() && Total(kCanary) > 1; }))
        << json::serialize(nightjar_->Status());
    up.Stop(std::chrono::seconds(30));
  }
  // A capture of another host in the same case, which is to stay.
  void ImportAnother() {
    const std::string block =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Elk</title><p>moss</p>";
    const std::string path = nightjar_->scratch() + "/other.warc";
    ASSERT_TRUE(WriteFileDurably(
        path, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + kOtherHost +
                  "/\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:x>\r\n" +
                  "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n"));
    nightjar_->Command({"import", "warc", path, "--case", "owl-7", "--source", "Agency B"});
    nightjar_->Command({"index", "--until-caught-up"});
  }
  std::string Export(const std::string& name, const std::string& job) {
    const std::string path = nightjar_->scratch() + "/" + name;
    nightjar_->Command({"export", "--case", "owl-7", "--job", job, "--out", path});
    EXPECT_THAT(nightjar_->Command({"verify", path}), HasSubstr("VERIFIED"));
    return path;
  }
  [[nodiscard]] int Total(const std::string& query) const {
    const Outcome found = nightjar_->Try({"search", query, "--json"});
    return found.status == 0 ? json::parse(found.output).at("total").to_number<int>() : 0;
  }
  [[nodiscard]] std::vector<ByteHit> Scan(const std::string& what) const {
    return ScanBytes(nightjar_->data(), what);
  }
  static std::string FilesOf(const std::vector<ByteHit>& hits) {
    std::string all;
    for (const ByteHit& hit : hits) all += hit.form + " in " + hit.file + "\n";
    return all;
  }
  Outcome Approve(const std::string& by) const {
    return nightjar_->Try({"retention", "erase", "--order", "1", "--approved-by", by});
  }

  std::unique_ptr<Installation> nightjar_;
  std::unique_ptr<CanarySite> site_;
  std::unique_ptr<GateServer> server_;
};

TEST_F(Retention, ErasesACanaryFromEveryFileAndLeavesAllOtherEvidenceAsItWas) {
  Crawl();
  ImportAnother();
  const std::string before = Export("before.tar", "shop");
  const auto present = Scan(kCanary);
  for (const std::string store : {"/facts/", "/index/", "/frontier/", "/control/"})
    EXPECT_THAT(FilesOf(present), HasSubstr(store)) << "the scan finds nothing where there is something";
  nightjar_->Command({"job", "cancel", "shop"});

  const std::string ordered = nightjar_->Command({"retention", "erase", "--case", "owl-7", "--host",
                                                  site_->host(), "--rule", "BDSG s.75", "--by", "Analyst 3"});
  EXPECT_THAT(ordered, HasSubstr("nothing is erased yet"));
  EXPECT_THAT(ordered, HasSubstr("leaves nothing of " + site_->host()));
  EXPECT_THAT(Approve("analyst 3").errors, HasSubstr("another person"));
  EXPECT_GT(Total(kCanary), 0);
  const Outcome erased = Approve("Officer 1");
  ASSERT_EQ(erased.status, 0) << erased.errors;
  EXPECT_THAT(erased.output, HasSubstr("of the log says so"));

  EXPECT_EQ(FilesOf(Scan(kCanary)), "");
  EXPECT_EQ(Total(kCanary), 0);
  EXPECT_EQ(Total("moss"), 1);
  const std::string scrubbed = nightjar_->Command({"archive", "scrub"});
  EXPECT_THAT(scrubbed, HasSubstr("1 other leaves of the log"));
  EXPECT_THAT(scrubbed, Not(HasSubstr(" 0 erased by rule")));
  EXPECT_THAT(nightjar_->Command({"verify", before}), HasSubstr("VERIFIED"))
      << "what was handed out stays true";
  Export("after.tar", "import");
  EXPECT_THAT(nightjar_->Command({"retention", "orders"}), HasSubstr("done"));
  EXPECT_THAT(nightjar_->Command({"retention", "due"}), Not(HasSubstr(site_->host())));
  EXPECT_EQ(Approve("Officer 2").status, 1) << "it is done";
}

// Exhibits that another agency archived; needs no Tor.
class HeldExhibits : public testing::Test {
 protected:
  HeldExhibits() : nightjar_(World{.socks = "/nonexistent/socks", .consensus = "/nonexistent/consensus"}) {
    nightjar_.Command({"case", "add", "owl-7", "--legal-basis", "Order 12/2026"});
    std::string warc;
    for (const std::string word : {"moss", "fern", "clay"}) warc += Record(word);
    const std::string path = nightjar_.scratch() + "/seized.warc";
    EXPECT_TRUE(WriteFileDurably(path, warc));
    nightjar_.Command({"import", "warc", path, "--case", "owl-7", "--source", "Agency B"});
    nightjar_.Command({"index", "--until-caught-up"});
  }
  static std::string Record(const std::string& word) {
    const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + word + "</p>";
    return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + kOtherHost + "/" + word +
           "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:" + word +
           ">\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
  }
  void EraseAll() {
    const std::string said = nightjar_.Command(
        {"retention", "erase", "--case", "owl-7", "--rule", "BDSG s.75", "--by", "Analyst 3"});
    const std::string number = said.substr(6, said.find(',') - 6);
    nightjar_.Command({"retention", "erase", "--order", number, "--approved-by", "Officer 1"});
  }
  [[nodiscard]] int Total(const std::string& query) const {
    return json::parse(nightjar_.Command({"search", query, "--json"})).at("total").to_number<int>();
  }
  Installation nightjar_;
};

TEST_F(HeldExhibits, AreRestrictedInsteadAndErasedOnceTheHoldIsReleased) {
  nightjar_.Command({"retention", "hold", "--case", "owl-7", "--captures", "1", "--reason", "Trial", "--by",
                     "Prosecutor 2", "--until", "2099-01-31"});
  EraseAll();
  for (const std::string word : {"moss", "fern", "clay"}) EXPECT_EQ(Total(word), 0) << word;
  EXPECT_THAT(nightjar_.Command({"retention", "due"}), HasSubstr("1"));
  EXPECT_THAT(nightjar_.Try({"retention", "erase", "--case", "owl-7", "--rule", "r", "--by", "A"}).errors,
              HasSubstr("nothing that is stored is meant"));
  nightjar_.Command({"retention", "release", "1", "--reason", "Judgment is final", "--by", "Prosecutor 2"});
  EraseAll();
  EXPECT_THAT(nightjar_.Command({"archive", "scrub"}), HasSubstr("4 erased by rule"));
  EXPECT_THAT(nightjar_.Command({"retention", "holds"}), HasSubstr("Judgment is final"));
}

TEST_F(HeldExhibits, AreErasedToTheEndByASecondCallWhereTheFirstWasStopped) {
  const std::string index = nightjar_.data() + "/index";
  nightjar_.Command({"retention", "erase", "--case", "owl-7", "--rule", "BDSG s.75", "--by", "Analyst 3"});
  const std::vector<std::string> approve{"retention", "erase", "--order", "1", "--approved-by", "Officer 1"};
  std::filesystem::rename(index, index + ".away");
  ASSERT_TRUE(WriteFileDurably(index, "in the way"));
  EXPECT_EQ(nightjar_.Try(approve).status, 1);
  EXPECT_THAT(nightjar_.Command({"retention", "orders"}), HasSubstr("unfinished"));
  std::filesystem::remove(index);
  std::filesystem::rename(index + ".away", index);
  EXPECT_THAT(nightjar_.Command(approve), HasSubstr("erased 4 capture(s)"));
  EXPECT_THAT(nightjar_.Command({"retention", "orders"}), HasSubstr("done"));
  EXPECT_EQ(Total("moss"), 0);
  for (const ByteHit& hit : ScanBytes(nightjar_.data(), "<p>moss</p>"))
    ADD_FAILURE() << hit.form << " in " << hit.file;
}

TEST_F(HeldExhibits, AreNotTouchedByAnOrderThatIsWithdrawnOrMeansNobody) {
  nightjar_.Command({"retention", "erase", "--case", "owl-7", "--rule", "r", "--by", "Analyst 3"});
  nightjar_.Command({"retention", "withdraw", "1", "--by", "Analyst 3"});
  EXPECT_EQ(nightjar_.Try({"retention", "erase", "--order", "1", "--approved-by", "Officer 1"}).status, 1);
  EXPECT_EQ(Total("moss"), 1);
  const Outcome unclear = nightjar_.Try({"retention", "erase", "--case", "owl-7", "--order", "1"});
  EXPECT_THAT(unclear.errors, HasSubstr("--order and --approved-by"));
  EXPECT_THAT(nightjar_
                  .Try({"retention", "hold", "--case", "owl-7", "--captures", "1-99", "--reason", "r", "--by",
                        "b", "--until", "2099-01-31"})
                  .errors,
              HasSubstr("there is no capture of this number"));
}

}  // namespace
}  // namespace nightjar::story
