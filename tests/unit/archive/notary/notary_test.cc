// SPDX-License-Identifier: Apache-2.0
#include "archive/notary/notary.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "archive/evidence/cosignature.h"
#include "archive/witness/witness.h"
#include "base/file.h"
#include "base/unique_fd.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::notary {
namespace {

using captures::ExampleLogKey;
using captures::kExampleOrigin;

const std::string kWitnessName = "witness.example/2026a";
SigningKey WitnessKey() { return SigningKey::FromSeed(std::string(32, 'w')).value(); }

// A notary whose posts go to a witness in this process, or to whatever a test puts in its place.
class NotaryTest : public captures::ArchiveTest {
 protected:
  NotaryTest() {
    writer_ = OpenWriter();
    AppendExamples(*writer_, 0, 3);
    EXPECT_TRUE(writer_->SignCheckpoint());
    reader_ = OpenReader();
    store_ = std::move(NotaryStore::Open(folder_ + "/notary", NotaryStore::Mode::kWrite).value());
    witness_ = std::move(witness::Witness::Open({folder_ + "/witness",
                                                 kWitnessName,
                                                 WitnessKey(),
                                                 {{{{kExampleOrigin, ExampleLogKey().public_key()}}}},
                                                 &clock_})
                             .value());
    outside_.witness_url = "http://127.0.0.1:1/prefix";
    outside_.witness = evidence::NoteKey{kWitnessName, WitnessKey().public_key()};
    outside_.interval = std::chrono::seconds(3600);
  }

  Result<PostAnswer> ToWitness(const PostRequest& request) {
    ++asked_;
    EXPECT_EQ(request.url, "http://127.0.0.1:1/prefix/add-checkpoint");
    const auto answer = witness_->AddCheckpoint(request.body);
    switch (answer.verdict) {
      case witness::Verdict::kCosigned:
        return PostAnswer{200, answer.text};
      case witness::Verdict::kConflict:
        return PostAnswer{409, answer.text};
      case witness::Verdict::kBadProof:
        return PostAnswer{422, answer.text};
      default:
        return PostAnswer{403, answer.text};
    }
  }
  Status Step(bool now = false) {
    Notary notary({.archive = reader_.get(),
                   .store = store_.get(),
                   .clock = &clock_,
                   .random = &random_,
                   .outside = outside_,
                   .post = post_});
    return notary.Step(now);
  }
  void Grow(std::uint64_t end) {
    AppendExamples(*writer_, writer_->size(), end);
    EXPECT_TRUE(writer_->SignCheckpoint());
  }

  std::unique_ptr<captures::Writer> writer_;
  std::unique_ptr<captures::Reader> reader_;
  std::unique_ptr<NotaryStore> store_;
  std::unique_ptr<witness::Witness> witness_;
  Outside outside_;
  Post post_ = [this](const PostRequest& request) { return ToWitness(request); };
  int asked_ = 0;
};

TEST_F(NotaryTest, GetsACosignatureForEachNewCheckpointAndAsksNoMore) {
  for (const std::uint64_t size : {3, 4, 9}) {
    if (size > 3) Grow(size);
    ASSERT_TRUE(Step());
    const auto cosigned = store_->NewestCosigned().value();
    ASSERT_TRUE(cosigned);
    EXPECT_EQ(cosigned->checkpoint.size, size);
    EXPECT_TRUE(evidence::OpenCosignature(cosigned->note, *outside_.witness));
    EXPECT_TRUE(evidence::VerifyNote(cosigned->note, {kExampleOrigin, ExampleLogKey().public_key()}));
    const int before = asked_;
    ASSERT_TRUE(Step());
    EXPECT_EQ(asked_, before);
  }
  EXPECT_EQ(asked_, 3);
}

TEST_F(NotaryTest, LearnsTheWitnesssSizeWhenItsOwnMemoryIsGone) {
  ASSERT_TRUE(Step());
  Grow(8);
  store_.reset();
  store_ = std::move(NotaryStore::Open(folder_ + "/notary2", NotaryStore::Mode::kWrite).value());
  ASSERT_TRUE(Step());
  EXPECT_EQ(asked_, 3) << "one conflict, one good answer";
  EXPECT_EQ(store_->NewestCosigned().value()->checkpoint.size, 8U);
}

TEST_F(NotaryTest, TakesNothingFromAWitnessThatDoesNotSign) {
  for (const PostAnswer& bad : {PostAnswer{200, ""}, PostAnswer{200, "words\n"}, PostAnswer{500, ""},
                                PostAnswer{404, "who?\n"}, PostAnswer{409, "many\n"}, PostAnswer{409, ""}}) {
    post_ = [&](const PostRequest&) { return bad; };
    const Status step = Step();
    ASSERT_FALSE(step) << bad.status << bad.body;
    EXPECT_EQ(step.error().code, Code::kUnavailable) << step.error().Format();
  }
  post_ = [](const PostRequest&) -> Result<PostAnswer> { return Fail(Code::kTimeout, "no answer"); };
  EXPECT_EQ(Step().error().code, Code::kTimeout);
  EXPECT_FALSE(store_->NewestCosigned().value());
}

TEST_F(NotaryTest, RaisesTheAlarmWhenTheWitnessHasSeenMoreOrOther) {
  for (const PostAnswer& alarm : {PostAnswer{409, "4\n"}, PostAnswer{409, "0\n"}, PostAnswer{422, ""}}) {
    post_ = [&](const PostRequest&) { return alarm; };
    EXPECT_EQ(Step().error().code, Code::kCorrupt) << alarm.status << alarm.body;
  }
}

TEST_F(NotaryTest, RaisesTheAlarmWhenTheArchiveIsNotTheOneThatWasAttested) {
  ASSERT_TRUE(Step());
  const evidence::SignedCheckpoint good = store_->NewestCosigned().value().value();
  asked_ = 0;
  evidence::SignedCheckpoint larger = good;
  larger.checkpoint.size = 4;
  ASSERT_TRUE(store_->PutCosigned(evidence::Sign(larger.checkpoint, ExampleLogKey())));
  EXPECT_EQ(Step().error().code, Code::kCorrupt);
  evidence::SignedCheckpoint other = good;
  other.checkpoint.root = Sha256("other");
  ASSERT_TRUE(store_->PutCosigned(evidence::Sign(other.checkpoint, ExampleLogKey())));
  EXPECT_EQ(Step().error().code, Code::kCorrupt);
  EXPECT_EQ(asked_, 0) << "nobody needs to be asked";
}

TEST_F(NotaryTest, AsksTheAuthorityWhenItIsTimeAndOnlyForWhatIsCosigned) {
  int queries = 0;
  outside_.tsa_url = "http://127.0.0.1:1/tsa";
  outside_.tsa_certificates = "none is looked at before there is an answer";
  post_ = [&](const PostRequest& request) -> Result<PostAnswer> {
    if (request.url != outside_.tsa_url) return ToWitness(request);
    ++queries;
    EXPECT_EQ(request.content_type, "application/timestamp-query");
    const auto cosigned = store_->NewestCosigned().value();
    EXPECT_TRUE(cosigned && request.body.find(Bytes(Sha256(cosigned->note).View())) != Bytes::npos);
    return PostAnswer{200, "no token"};
  };
  EXPECT_EQ(Step().error().code, Code::kUnavailable);
  EXPECT_EQ(queries, 1);
  // A token of half an hour ago: not due, but wanted when an export asks.
  auto checkpoint = reader_->LatestCheckpoint().value();
  ASSERT_TRUE(store_->PutStamp({checkpoint, "response", "certificates", clock_.Utc()}));
  clock_.Advance(std::chrono::minutes(30));
  EXPECT_TRUE(Step());
  EXPECT_TRUE(Step(true)) << "nothing is new";
  Grow(5);
  EXPECT_TRUE(Step());
  EXPECT_EQ(queries, 1);
  EXPECT_FALSE(Step(true));
  EXPECT_EQ(queries, 2);
  clock_.Advance(std::chrono::minutes(30));
  EXPECT_FALSE(Step());
  EXPECT_EQ(queries, 3);
}

TEST_F(NotaryTest, HasNothingToDoBeforeTheFirstCheckpoint) {
  const captures::ArchivePaths empty{.folder = folder_ + "/empty", .map_size = 1 << 28};
  auto options = Options();
  options.paths = empty;
  const auto writer = captures::Writer::Open(std::move(options));
  reader_ = std::move(captures::Reader::Open(empty).value());
  EXPECT_TRUE(Step(true));
  EXPECT_EQ(asked_, 0);
}

TEST(NotaryStore, KeepsWhatIsStampedAndTheNewestThatIsCosigned) {
  std::string pattern = testing::TempDir() + "nightjar-notary-XXXXXX";
  const std::string folder = ::mkdtemp(pattern.data());
  EXPECT_EQ(NotaryStore::Open(folder + "/none", NotaryStore::Mode::kReadOnly).error().code, Code::kNotFound);
  const auto store = std::move(NotaryStore::Open(folder, NotaryStore::Mode::kWrite).value());
  const auto at = [](std::uint64_t size) {
    return evidence::Sign({kExampleOrigin, size, Sha256("r")}, ExampleLogKey());
  };
  ASSERT_TRUE(store->PutCosigned(at(5)));
  const Stamp stamp{at(5), Bytes("\0\xFF", 2), "pem", FromUnixMicros(1767225600000000)};
  ASSERT_TRUE(store->PutStamp(stamp));
  ASSERT_TRUE(store->PutCosigned(at(6)));
  EXPECT_EQ(store->NewestCosigned().value()->note, at(6).note);
  const auto read = store->NewestStamp().value();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->checkpoint.note, at(5).note);
  EXPECT_EQ(read->response, stamp.response);
  EXPECT_EQ(read->certificates, "pem");
  EXPECT_EQ(read->time, stamp.time);
  ASSERT_TRUE(store->SetTrouble(Trouble{stamp.time, "no way"}));
  EXPECT_EQ(store->ReadTrouble().value()->text, "no way");
  ASSERT_TRUE(store->SetTrouble(std::nullopt));
  EXPECT_FALSE(store->ReadTrouble().value());
  std::filesystem::remove_all(folder);
}

TEST(Door, IsTorsForAllButThisMachine) {
  const Doors doors{"/run/tor/socks", "/run/tor/exit"};
  EXPECT_EQ(DoorTo("http://127.0.0.1:8081", doors).value(), "");
  EXPECT_EQ(DoorTo("http://[::1]:8081", doors).value(), "");
  const std::string onion(56, 'a');
  EXPECT_EQ(DoorTo("http://" + onion + ".onion/w", doors).value(), "/run/tor/socks");
  EXPECT_EQ(DoorTo("https://tsa.example/", doors).value(), "/run/tor/exit");
  EXPECT_EQ(DoorTo("https://10.0.0.1/", doors).value(), "/run/tor/exit");
  EXPECT_EQ(DoorTo("http://localhost/", doors).value(), "/run/tor/exit") << "a name could be anybody's";
  EXPECT_EQ(DoorTo("https://127.0.0.1.example/", doors).value(), "/run/tor/exit");
  EXPECT_THAT(DoorTo("https://tsa.example/", {"/run/tor/socks", ""}).error().text,
              testing::HasSubstr("tor.clearnet_socks"));
  EXPECT_EQ(DoorTo("http://" + onion + ".onion/w", {}).error().code, Code::kUnavailable);
  EXPECT_FALSE(DoorTo("ftp://127.0.0.1/", doors));
}

TEST(Post, NeverLeavesThisMachineWithoutTor) {
  // No such socket: the request must fail there, and not find another way.
  const Post post = PostThrough({"/nonexistent/socks", "/nonexistent/socks"});
  EXPECT_EQ(post({"http://192.0.2.1/", "text/plain", "x"}).error().code, Code::kUnavailable);
  EXPECT_EQ(post({"http://127.0.0.1:1/", "text/plain", "x"}).error().code, Code::kUnavailable);
}

// Plays Tor's SOCKS socket for one connection (RFC 1928, 1929) and one request behind it.
class OneTor final {
 public:
  OneTor() {
    std::string pattern = testing::TempDir() + "nightjar-socks-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listening_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening_.get(), 1), 0);
    thread_ = std::jthread([this] { Serve(); });
  }
  ~OneTor() {
    ::shutdown(listening_.get(), SHUT_RDWR);
    thread_.join();
    std::filesystem::remove_all(folder_);
  }
  [[nodiscard]] std::string path() const { return folder_ + "/socks"; }
  // What came in, once the request was answered.
  [[nodiscard]] const Bytes& asked() const { return asked_; }
  [[nodiscard]] const Bytes& request() const { return request_; }

 private:
  Bytes Take(int fd, const std::function<bool(const Bytes&)>& whole) const {
    Bytes got;
    for (char c = 0; !whole(got) && ::read(fd, &c, 1) == 1;) got += c;
    return got;
  }
  Bytes TakeCount(int fd, std::size_t count) const {
    return Take(fd, [count](const Bytes& got) { return got.size() == count; });
  }
  void Serve() {
    const UniqueFd fd(::accept(listening_.get(), nullptr, nullptr));
    if (!fd) return;
    const Bytes hello = TakeCount(fd.get(), 2);
    if (hello.size() != 2) return;
    (void)TakeCount(fd.get(), static_cast<std::size_t>(hello[1]));
    EXPECT_TRUE(WriteAll(fd.get(), "\x05\x02", "socks"));  // user name and password
    const Bytes user = TakeCount(fd.get(), 2);
    (void)TakeCount(fd.get(), static_cast<std::size_t>(user.at(1)));
    (void)TakeCount(fd.get(), static_cast<std::size_t>(TakeCount(fd.get(), 1).at(0)));
    EXPECT_TRUE(WriteAll(fd.get(), Bytes("\x01\0", 2), "socks"));
    const Bytes head = TakeCount(fd.get(), 5);
    asked_ = head + TakeCount(fd.get(), static_cast<std::size_t>(head.at(4)) + 2);
    EXPECT_TRUE(WriteAll(fd.get(), Bytes("\x05\0\0\x01\0\0\0\0\0\0", 10), "socks"));
    request_ = Take(fd.get(), [](const Bytes& got) { return got.ends_with("the question"); });
    EXPECT_TRUE(WriteAll(fd.get(), "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nthe answer", "http"));
  }

  std::string folder_;
  UniqueFd listening_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  Bytes asked_;
  Bytes request_;
  std::jthread thread_;
};

TEST(Post, GoesThroughTorAndLeavesTheNameToIt) {
  Bytes asked;
  Bytes request;
  {
    OneTor tor;
    const Post post = PostThrough({"", tor.path()});
    const auto answer = post({"http://tsa.example/stamp", "application/timestamp-query", "the question"});
    ASSERT_TRUE(answer) << answer.error().Format();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "the answer");
    asked = tor.asked();
    request = tor.request();
  }
  EXPECT_EQ(asked, Bytes("\x05\x01\0\x03\x0B", 5) + "tsa.example" + Bytes("\0\x50", 2))
      << "a name, not an address";
  EXPECT_THAT(request, testing::StartsWith("POST /stamp HTTP/1.1\r\nHost: tsa.example\r\n"));
  EXPECT_THAT(request, testing::HasSubstr("Content-Type: application/timestamp-query\r\n"));
  EXPECT_THAT(request, testing::Not(testing::HasSubstr("User-Agent")));
}

}  // namespace
}  // namespace nightjar::notary
