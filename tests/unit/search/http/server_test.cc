// SPDX-License-Identifier: Apache-2.0
// The service over loopback, spoken to byte by byte.
#include "search/http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "archive/facts/readers.h"
#include "base/json.h"
#include "base/unique_fd.h"
#include "indexer/follower.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A client that sends exactly these bytes. Reads give up after 50 seconds, so that a hanging server fails a
// test.
class Client final {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{50, 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  [[nodiscard]] bool connected() const { return connected_; }
  void Send(std::string_view bytes) const { ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); }

  // Everything up to the end of the connection.
  [[nodiscard]] std::string ReadAll() const {
    std::string all;
    char piece[4096];
    for (ssize_t count = 0; (count = ::recv(fd_.get(), piece, sizeof piece, 0)) > 0;)
      all.append(piece, static_cast<std::size_t>(count));
    return all;
  }
  // One response, by its Content-Length.
  [[nodiscard]] std::string ReadOne() const {
    std::string all;
    char byte = 0;
    while (!all.ends_with("\r\n\r\n") && ::recv(fd_.get(), &byte, 1, 0) == 1) all.push_back(byte);
    const std::size_t field = all.find("Content-Length: ");
    std::size_t length = field == std::string::npos ? 0 : std::stoul(all.substr(field + 16));
    for (; length > 0 && ::recv(fd_.get(), &byte, 1, 0) == 1; --length) all.push_back(byte);
    return all;
  }

 private:
  UniqueFd fd_;
  bool connected_ = false;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    settings_.data = folder_.path();
    settings_.blocklist = {.md5 = "none", .waiver = "a test"};
    settings_.serve.listen = "127.0.0.1:0";
    settings_.serve.header_timeout = std::chrono::seconds(60);
  }
  void Start() { server_ = std::move(Server::Start(settings_, clock_).value()); }

  std::string Ask(const std::string& bytes) {
    const Client client(server_->port());
    client.Send(bytes);
    return client.ReadAll();
  }
  std::string Get(const std::string& target) {
    return Ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }
  std::string Post(const std::string& target, const std::string& type, const std::string& body) {
    return Ask("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\nContent-Type: " +
               type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  static std::string BodyOf(const std::string& response) {
    return response.substr(response.find("\r\n\r\n") + 4);
  }

  // Two captures, indexed and under a checkpoint.
  void FillStores() {
    indexer::SampleArchive archive(settings_.ArchiveFolder());
    archive.Append({{.path = "/item/1", .body = "Barn owl\nclay <script>alert(1)</script> owl"},
                    {.path = "/item/2", .body = "Raven\nfeather"}});
    archive.SignCheckpoint();
    const auto facts =
        std::move(facts::FactsStore::Open(settings_.FactsFolder(), facts::FactsStore::Mode::kWrite).value());
    const auto index = std::move(indexer::IndexWriter::Open(settings_.IndexFolder()).value());
    ASSERT_TRUE(indexer::Follower({.archive = &archive.reader(),
                                   .facts = facts.get(),
                                   .index = index.get(),
                                   .clock = &clock_,
                                   .read = indexer::PlainReader{},
                                   .until_caught_up = true})
                    .Run({}));
  }

  TemporaryFolder folder_;
  config::Settings settings_;
  ManualClock clock_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersBeforeThereIsAnythingAndRecoversByItself) {
  Start();
  EXPECT_THAT(Get("/"), HasSubstr("There is no archive yet"));
  EXPECT_THAT(Get("/healthz"), HasSubstr("\"status\":\"waiting\""));
  EXPECT_THAT(Post("/api/v1/search", "application/json", R"({"q":"owl"})"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(Get("/healthz"), HasSubstr("\"sandbox\":\"unknown\""));
  FillStores();
  EXPECT_THAT(Get("/healthz"), HasSubstr("\"status\":\"ok\""));
  ASSERT_TRUE(facts::NoteReaders(settings_.FactsFolder(), "reduced"));
  EXPECT_THAT(Get("/healthz"), HasSubstr("\"sandbox\":\"reduced\""));
  EXPECT_THAT(Post("/", "application/x-www-form-urlencoded", "q=owl"), HasSubstr("Barn owl"));
}

TEST_F(ServerTest, ServesPagesAndJson) {
  FillStores();
  Start();
  EXPECT_THAT(Get("/"), HasSubstr("In this archive"));
  EXPECT_THAT(Get("/?q=raven"), HasSubstr("href=\"/capture/1\""));
  const std::string capture = Get("/capture/0");
  EXPECT_THAT(capture, HasSubstr("nightjar-capture/v1"));
  EXPECT_THAT(capture, HasSubstr("c2sp.org/tlog-proof@v1"));
  EXPECT_THAT(capture, HasSubstr("The checkpoint is signed by the log’s key"));
  EXPECT_THAT(capture, Not(HasSubstr("class=\"fail\""))) << "every check must pass on an intact archive";
  EXPECT_THAT(capture, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(capture, Not(HasSubstr("<script")));
  EXPECT_THAT(Get("/static/style.css?v=1"), HasSubstr("Content-Type: text/css"));
  const json::value found =
      json::parse(BodyOf(Post("/api/v1/search", "application/json", R"({"q":"owl","limit":5})")));
  EXPECT_EQ(found.at("total").to_number<int>(), 1);
  EXPECT_EQ(found.at("hits").at(0).at("title").as_string(), "Barn owl");
  EXPECT_EQ(json::parse(BodyOf(Get("/api/v1/search?q=owl"))).at("total").to_number<int>(), 1);
  const json::value one = json::parse(BodyOf(Get("/api/v1/captures/0")));
  EXPECT_EQ(one.at("case").as_string(), "owl-7");
  for (const json::value& check : one.at("checks").as_array())
    EXPECT_TRUE(check.at("passed").as_bool()) << check;
}

TEST_F(ServerTest, NeverServesStoredBytesAsAPage) {
  FillStores();
  Start();
  const std::string raw = Get("/capture/0/raw");
  EXPECT_THAT(raw, HasSubstr("Content-Type: application/octet-stream\r\n"));
  EXPECT_THAT(raw, HasSubstr("Content-Disposition: attachment; filename=\"capture.bin\"\r\n"));
  EXPECT_THAT(raw, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(BodyOf(raw), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(raw, HasSubstr("<script>alert(1)</script>"));
}

TEST_F(ServerTest, PutsTheSecurityFieldsOnEveryResponse) {
  FillStores();
  Start();
  for (const std::string& response : {Get("/"), Get("/capture/0"), Get("/capture/0/raw"), Get("/healthz"),
                                      Get("/nothing"), Get("/api/v1/search?q=vender:x"), Ask("GARBAGE\n")}) {
    EXPECT_THAT(
        response,
        HasSubstr("Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'; "
                  "frame-ancestors 'none'; base-uri 'none'\r\n"));
    for (const char* field :
         {"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Cache-Control: no-store",
          "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin"}) {
      EXPECT_THAT(response, HasSubstr(std::string(field) + "\r\n"));
    }
    EXPECT_THAT(response, Not(HasSubstr("Server:")));
  }
}

TEST_F(ServerTest, TellsErrorsInTheLanguageOfWhoAsked) {
  FillStores();
  Start();
  EXPECT_THAT(Get("/nothing"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get("/capture/99"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get("/capture/x"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get("/capture/99999999999999999999999"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get("/api/v1/captures/99"), HasSubstr(R"({"code":"not-found")"));
  EXPECT_THAT(Get("/api/v1/search?q=vender%3Ax"), HasSubstr(R"("where":"character 1")"));
  EXPECT_THAT(Post("/", "application/x-www-form-urlencoded", "q=vender%3Ax"),
              HasSubstr("<mark>vender:x</mark>"));
  const std::string wrong = Post("/healthz", "text/plain", "x");
  EXPECT_THAT(wrong, StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(wrong, HasSubstr("Allow: GET, HEAD\r\n"));
  EXPECT_THAT(Ask("BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 405"));
}

TEST_F(ServerTest, AnswersHeadLikeGetWithoutABody) {
  Start();
  const std::string head = Ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(BodyOf(head), "");
}

TEST_F(ServerTest, AnswersSeveralRequestsOnOneConnection) {
  Start();
  const Client client(server_->port());
  client.Send(
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(client.ReadOne(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(client.ReadOne(), StartsWith("HTTP/1.1 404"));
  client.Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(client.ReadOne(), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, RefusesNamesThatAreNotItsOwn) {
  Start();
  const auto with_host = [&](const std::string& host) {
    return Ask("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  };
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:9", "[::1]:8080"})
    EXPECT_THAT(with_host(host), StartsWith("HTTP/1.1 200")) << host;
  for (const char* host : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""})
    EXPECT_THAT(with_host(host), StartsWith("HTTP/1.1 421")) << host;
}

TEST_F(ServerTest, RefusesMalformedRequestsAndCloses) {
  Start();
  const std::string host = "Host: localhost\r\n";
  EXPECT_THAT(Ask("GET / HTTP/1.1\n" + host + "\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(std::string("GET /\0 HTTP/1.1\r\n", 17) + host + "\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(
      Ask("POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      StartsWith("HTTP/1.1 411"));
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n" + host + "Bad Name: x\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET /\r\n" + host + "\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET / HTTP/3.0\r\n" + host + "\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n" + host + "X: " + std::string(17 << 10, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431"));
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X: y\r\n";
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n" + host + many + "\r\n"), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\n" + host + "Content-Length: 9999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerTest, DropsWhoDripsItsHeadPastTheDeadline) {
  settings_.serve.header_timeout = std::chrono::seconds(1);
  Start();
  const Client client(server_->port());
  client.Send("GET / HTTP/1.1\r\nHost: local");
  EXPECT_EQ(client.ReadAll(), "");
}

TEST_F(ServerTest, HoldsNoMoreConnectionsThanAllowed) {
  settings_.serve.connections = 2;
  Start();
  std::vector<Client> held;
  for (int i = 0; i < 2; ++i) {
    held.emplace_back(server_->port());
    held.back().Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_THAT(held.back().ReadOne(), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_EQ(Get("/healthz"), "");
  held.pop_back();
  EXPECT_TRUE(indexer::Eventually([&] { return Get("/healthz").starts_with("HTTP/1.1 200"); }));
}

TEST_F(ServerTest, StopsAtOnceWhenNothingIsUnderWay) {
  Start();
  const std::uint16_t port = server_->port();
  const Client waiting(port);
  waiting.Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(waiting.ReadOne(), StartsWith("HTTP/1.1 200"));
  server_->Stop(std::chrono::seconds(20));
  EXPECT_EQ(waiting.ReadAll(), "");
  EXPECT_FALSE(Client(port).connected());
}

TEST_F(ServerTest, RefusesAnAddressThatIsNoneOrTaken) {
  for (const char* listen : {"localhost:8080", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999", ":80", ""}) {
    settings_.serve.listen = listen;
    const auto server = Server::Start(settings_, clock_);
    ASSERT_FALSE(server.has_value()) << listen;
    EXPECT_EQ(server.error().code, Code::kInvalidInput) << listen;
  }
  settings_.serve.listen = "127.0.0.1:0";
  Start();
  settings_.serve.listen = "127.0.0.1:" + std::to_string(server_->port());
  EXPECT_EQ(Server::Start(settings_, clock_).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace nightjar::http
