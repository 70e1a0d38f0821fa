// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/server.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "tests/world/server/listen.h"

namespace nightjar::world {
namespace {

// A site of one page, big enough that an answer does not fit into a socket's buffer.
class OnePage final : public Site {
 public:
  explicit OnePage(Bytes body) : Site({"one", "one.test"}), body_(std::move(body)) {}
  [[nodiscard]] Page Answer(const Request& request) const override {
    Page page;
    page.content_type = "text/plain";
    page.body = body_;
    page.framing = request.path == "/close" ? Framing::kClose : Framing::kLength;
    return page;
  }
  [[nodiscard]] std::vector<Place> Places() const override { return {{PlaceKind::kHome, "/"}}; }
  void Tell(Truth&) const override {}

 private:
  Bytes body_;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    folder_ = ::testing::TempDir() + "njw-XXXXXX";
    EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    Result<AccessLog> log = AccessLog::Open(LogPath(), SystemClock());
    EXPECT_TRUE(log);
    log_.emplace(std::move(*log));
    server_.emplace(*log_);
    Result<UniqueFd> listening = Listen("unix:" + folder_ + "/s");
    EXPECT_TRUE(listening) << listening.error().Format();
    EXPECT_TRUE(server_->Add(std::move(*listening), service_));
    thread_ = std::thread([this] { ended_ = server_->Run({stop_.get()}); });
  }
  ~ServerTest() override {
    Stop();
    std::filesystem::remove_all(folder_);
  }

  void Stop() {
    if (!thread_.joinable()) return;
    const std::uint64_t one = 1;
    EXPECT_EQ(::write(stop_.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
    thread_.join();
    EXPECT_TRUE(ended_);
  }

  [[nodiscard]] std::string LogPath() const { return folder_ + "/log"; }

  [[nodiscard]] UniqueFd Connect() const {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, (folder_ + "/s").c_str());
    EXPECT_EQ(::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return fd;
  }

  static void Send(const UniqueFd& fd, std::string_view bytes) {
    EXPECT_TRUE(WriteAll(fd.get(), bytes, "test"));
  }

  // One answer that has a Content-Length.
  static Bytes ReadAnswer(const UniqueFd& fd) {
    Bytes got;
    std::size_t expected = std::string::npos;
    char piece[4096];
    while (got.size() < expected) {
      const ssize_t count = ::recv(fd.get(), piece, std::min(sizeof piece, expected - got.size()), 0);
      if (count <= 0) break;
      got.append(piece, static_cast<std::size_t>(count));
      const std::size_t head = got.find("\r\n\r\n");
      const std::size_t length = got.find("Content-Length: ");
      if (head != got.npos && length < head) expected = head + 4 + std::stoul(got.substr(length + 16));
    }
    return got;
  }

  static Bytes ReadToEnd(const UniqueFd& fd) {
    Bytes got;
    char piece[4096];
    for (ssize_t count = 0; (count = ::recv(fd.get(), piece, sizeof piece, 0)) > 0;)
      got.append(piece, static_cast<std::size_t>(count));
    return got;
  }

  const Bytes body_ = Bytes(2 << 20, 'x') + "end";

 private:
  std::string folder_;
  OnePage site_{body_};
  SiteService service_{site_};
  std::optional<AccessLog> log_;
  std::optional<Server> server_;
  UniqueFd stop_{::eventfd(0, EFD_CLOEXEC)};
  Status ended_;
  std::thread thread_;
};

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: one.test\r\n\r\n";

TEST_F(ServerTest, AnswersManyRequestsOnOneConnection) {
  const UniqueFd fd = Connect();
  for (int i = 0; i < 3; ++i) {
    Send(fd, kGet);
    const Bytes answer = ReadAnswer(fd);
    EXPECT_EQ(answer.substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_EQ(answer.substr(answer.size() - body_.size()), body_);
  }
}

TEST_F(ServerTest, AnswersARequestThatComesInPieces) {
  const UniqueFd fd = Connect();
  for (const char c : kGet) Send(fd, std::string_view(&c, 1));
  EXPECT_EQ(ReadAnswer(fd).substr(0, 15), "HTTP/1.1 200 OK");
}

TEST_F(ServerTest, AnswersRequestsThatComeTogetherInTheirOrder) {
  const UniqueFd fd = Connect();
  Send(fd, std::string(kGet) + "GET /close HTTP/1.1\r\nHost: one.test\r\n\r\n");
  EXPECT_NE(ReadAnswer(fd).find("Content-Length"), std::string::npos);
  EXPECT_NE(ReadToEnd(fd).find("Connection: close"), std::string::npos);
}

TEST_F(ServerTest, EndsTheConnectionAfterABodyWithoutLength) {
  const UniqueFd fd = Connect();
  Send(fd, "GET /close HTTP/1.1\r\nHost: one.test\r\n\r\n");
  const Bytes answer = ReadToEnd(fd);
  EXPECT_EQ(answer.substr(answer.find("\r\n\r\n") + 4), body_);
}

TEST_F(ServerTest, RefusesWhatIsNoRequestAndEndsTheConnection) {
  const UniqueFd fd = Connect();
  Send(fd, "nonsense\r\n\r\n and more that is never read");
  EXPECT_EQ(ReadToEnd(fd).substr(0, 12), "HTTP/1.1 400");
}

TEST_F(ServerTest, OutlivesClientsThatLeaveInTheMiddle) {
  for (int i = 0; i < 50; ++i) Send(Connect(), i % 2 == 0 ? kGet : kGet.substr(0, 10));
  const UniqueFd fd = Connect();
  Send(fd, kGet);
  EXPECT_EQ(ReadAnswer(fd).substr(0, 15), "HTTP/1.1 200 OK");
}

TEST_F(ServerTest, WritesOneLineIntoTheLogForEveryAnswer) {
  const UniqueFd fd = Connect();
  Send(fd, "HEAD / HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n");
  const Bytes head = ReadToEnd(fd);
  EXPECT_EQ(head.substr(head.size() - 4), "\r\n\r\n") << "a HEAD answer has no body";
  Stop();
  const Result<Bytes> log = ReadFile(LogPath());
  ASSERT_TRUE(log);
  EXPECT_NE(log->find("Z\tone.test\t/\t200\t"), log->npos) << *log;
}

TEST(Listen, TakesOnlyUnixSocketsAndLoopback) {
  EXPECT_EQ(Listen("0.0.0.0:80").error().code, Code::kInvalidInput);
  EXPECT_EQ(Listen("127.0.0.1:x").error().code, Code::kInvalidInput);
  EXPECT_EQ(Listen("unix:/" + std::string(120, 'a')).error().code, Code::kInvalidInput);
}

}  // namespace
}  // namespace nightjar::world
