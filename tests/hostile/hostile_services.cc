// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile/hostile_services.h"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <thread>

namespace nightjar::hostile {
namespace {

using captures::Outcome;
using leak::Service;
using leak::Stream;
using namespace std::string_literals;

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
constexpr auto kDrip = std::chrono::milliseconds(200);
constexpr int kDrips = 60;  // longer than any exchange may take

// Sends this for each request until the client goes.
Service Saying(const std::string& bytes) {
  return [bytes](const Stream& stream) {
    while (!stream.ReadRequest().empty()) stream.Write(bytes);
  };
}

// Sends this once and closes.
Service SayingOnce(const std::string& bytes) {
  return [bytes](const Stream& stream) {
    if (!stream.ReadRequest().empty()) stream.Write(bytes);
  };
}

// Sends this and is silent until the client goes.
Service FallingSilent(const std::string& bytes) {
  return [bytes](const Stream& stream) {
    if (stream.ReadRequest().empty()) return;
    stream.Write(bytes);
    stream.WaitForEnd();
  };
}

// Sends `first`, then `piece` so many times, fast.
Service Flooding(const std::string& first, const std::string& piece, int times) {
  return [=](const Stream& stream) {
    if (stream.ReadRequest().empty()) return;
    stream.Write(first);
    for (int i = 0; i < times; ++i) stream.Write(piece);
  };
}

// Sends `first`, then one byte of `rest` after another, slowly.
Service Dripping(const std::string& first, const std::string& rest) {
  return [=](const Stream& stream) {
    if (stream.ReadRequest().empty()) return;
    stream.Write(first);
    for (int i = 0; i < kDrips; ++i) {
      stream.Write(rest.substr(static_cast<std::size_t>(i) % rest.size(), 1));
      std::this_thread::sleep_for(kDrip);
    }
  };
}

std::string Redirect(const std::string& where) {
  return "HTTP/1.1 302 Found\r\nLocation: " + where + "\r\nContent-Length: 0\r\n\r\n";
}

// Every page leads one farther, and there is no last one.
Service Chain(const std::string& made_of) {
  return [made_of](const Stream& stream) {
    for (std::string request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest()) {
      const std::string path = request.substr(4, request.find(' ', 4) - 4);
      if (made_of == "redirects") {
        stream.Write(Redirect(path + "x"));
        continue;
      }
      std::string page;
      for (int i = 0; i < 3; ++i) page += fmt::format("<a href=\"{}{}/\">next month</a>", path, i);
      stream.Write(fmt::format("{}Content-Length: {}\r\n\r\n{}", kOk, page.size(), page));
    }
  };
}

std::string Repeated(const std::string& piece, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece;
  return all;
}

const std::set<Outcome> kWhole{Outcome::kOk};
const std::set<Outcome> kCut{Outcome::kTruncated};
const std::set<Outcome> kNoHttp{Outcome::kProtocol};
const std::set<Outcome> kLate{Outcome::kTimedOut, Outcome::kTruncated};
const std::set<Outcome> kGone{Outcome::kDisconnected};

std::vector<Behaviour> Bodies() {
  const std::string zeros = "\x1F\x8B\x08\0\0\0\0\0\0\3"s + std::string(200000, '\0');
  return {{"endless body", Flooding(kOk + "\r\n", std::string(65536, 'x'), 400), kCut},
          {"endless chunks",
           Flooding(kOk + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + std::string(4096, 'x') + "\r\n",
                    4000),
           kCut},
          {"endless tiny chunks",
           Flooding(kOk + "Transfer-Encoding: chunked\r\n\r\n", Repeated("1\r\nx\r\n", 1000), 200), kCut},
          {"endless trailers",
           Flooding(kOk + "Transfer-Encoding: chunked\r\n\r\n0\r\n",
                    "X-T: " + std::string(4000, 'x') + "\r\n", 400),
           {Outcome::kTruncated, Outcome::kOk, Outcome::kDisconnected, Outcome::kProtocol}},
          {"body that drips", Dripping(kOk + "\r\n", "drip"), kLate},
          {"silent after the head", FallingSilent(kOk + "Content-Length: 10\r\n\r\n"), kLate},
          {"silent in the body", FallingSilent(kOk + "Content-Length: 10\r\n\r\nhalf"), kLate},
          {"longer than it says", SayingOnce(kOk + "Content-Length: 4\r\n\r\n" + std::string(100000, 'x')),
           kWhole},
          {"shorter than it says", SayingOnce(kOk + "Content-Length: 4000\r\n\r\nhalf"), kGone},
          {"gzip bomb",
           SayingOnce(kOk + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(zeros.size()) +
                      "\r\n\r\n" + zeros),
           {Outcome::kOk, Outcome::kWithheld}},
          {"brotli that is none",
           Saying(kOk + "Content-Encoding: br\r\nContent-Length: 5\r\n\r\n\xFF\xFF\xFF\xFF\xFF"),
           {Outcome::kOk, Outcome::kWithheld}},
          {"ten codings over each other",
           Saying(kOk + "Content-Encoding: gzip, br, zstd, gzip, br, zstd, gzip, br, gzip, "
                        "x\r\nContent-Length: 4\r\n\r\n\1\2\3\4"),
           {Outcome::kOk, Outcome::kWithheld}},
          {"a picture that says it is a page",
           FallingSilent(kOk + "Content-Length: 9999999\r\n\r\n\xFF\xD8\xFF\xE0" + std::string(2000, 'p')),
           {Outcome::kWithheld}}};
}

std::vector<Behaviour> Heads() {
  return {
      {"header flood by bytes", Flooding(kOk, "X-Flood: " + std::string(8000, 'x') + "\r\n", 100), kNoHttp},
      {"header flood by fields", Flooding(kOk, "X: y\r\n", 5000), kNoHttp},
      {"one endless header line", Flooding(kOk + "X-Long: ", std::string(65536, 'x'), 20), kNoHttp},
      {"cookie bomb", Flooding(kOk, "Set-Cookie: a=" + std::string(4000, 'c') + "; Max-Age=99999\r\n", 300),
       kNoHttp},
      {"header that drips",
       Dripping("HTTP/1.1 200 OK\r\nX-Slow: ", "abc"),
       {Outcome::kTimedOut, Outcome::kTruncated}},
      {"flood of interim responses", Flooding("", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n", 5000), kNoHttp},
      {"nothing at all", FallingSilent(""), {Outcome::kTimedOut}},
      {"closes at once", [](const Stream&) {}, kGone},
      {"closes after the request", SayingOnce(""), kGone},
      {"half a status line", SayingOnce("HTTP/1.1 2"), {Outcome::kDisconnected, Outcome::kProtocol}},
      {"a head without an end",
       SayingOnce("HTTP/1.1 200 OK\r\nX: y\r\n"),
       {Outcome::kDisconnected, Outcome::kOk, Outcome::kProtocol}},
      {"HTTP/0.9", SayingOnce("<html>old</html>"), kNoHttp},
      {"another protocol", SayingOnce("SSH-2.0-OpenSSH_9.2\r\n"), kNoHttp},
      {"HTTP/2 unasked", SayingOnce("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), kNoHttp},
      {"HTTP/2 in the status line", SayingOnce("HTTP/2 200\r\n\r\nbody"), kNoHttp},
      {"noise", SayingOnce(Repeated("\x01\x80\xFE\x00\x7F"s, 5000)), kNoHttp},
      {"an impossible status", SayingOnce("HTTP/1.1 999999 X\r\n\r\n"), {Outcome::kProtocol, Outcome::kOk}},
      {"zeros in the head",
       Saying(kOk + "X: a\0b\r\nContent-Length: 0\r\n\r\n"s),
       {Outcome::kOk, Outcome::kProtocol}},
      {"folded header lines",
       Saying(kOk + "X: a\r\n b\r\n\tc\r\nContent-Length: 0\r\n\r\n"),
       {Outcome::kOk, Outcome::kProtocol}}};
}

std::vector<Behaviour> Framings() {
  return {{"a negative length",
           SayingOnce(kOk + "Content-Length: -5\r\n\r\nbody"),
           {Outcome::kProtocol, Outcome::kOk}},
          {"an enormous length",
           FallingSilent(kOk + "Content-Length: 99999999999999999999\r\n\r\nbody"),
           {Outcome::kProtocol, Outcome::kTruncated}},
          {"two lengths",
           SayingOnce(kOk + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!"),
           {Outcome::kOk, Outcome::kProtocol}},
          {"length and chunks",
           SayingOnce(kOk + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"),
           {Outcome::kOk, Outcome::kProtocol}},
          {"a chunk that is no number", SayingOnce(kOk + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nbody"),
           kNoHttp},
          {"a chunk larger than memory",
           FallingSilent(kOk + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nbody"),
           {Outcome::kProtocol, Outcome::kTruncated}},
          {"redirect to itself", Saying(Redirect("/")), kWhole},
          {"redirects without end", Chain("redirects"), kWhole},
          {"redirect to the clearnet", Saying(Redirect("http://203.0.113.80/")), kWhole},
          {"redirect to a file", Saying(Redirect("file:///etc/passwd")), kWhole},
          {"redirect to a host no proxy can name",
           Saying(Redirect("http://" + std::string(1800, 'a') + ".onion/")), kWhole},
          {"a calendar without end", Chain("links"), kWhole}};
}

}  // namespace

const std::vector<Behaviour>& Behaviours() {
  static const std::vector<Behaviour> kAll = [] {
    std::vector<Behaviour> all = Bodies();
    for (const auto& more : {Heads(), Framings()}) all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return kAll;
}

}  // namespace nightjar::hostile
