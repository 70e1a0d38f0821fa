// SPDX-License-Identifier: Apache-2.0
#include "search/http/connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "base/json.h"
#include "base/log.h"
#include "search/api/answers.h"
#include "search/http/head_check.h"

namespace nightjar::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using net::use_awaitable;

constexpr std::chrono::seconds kBodyTimeout(20);
constexpr std::chrono::seconds kWriteTimeout(60);  // a slow reader of a large capture
constexpr std::size_t kLargestBody = 64 << 10;     // a form with one query
constexpr std::size_t kPiece = 4096;

// Everything default-deny: a page of ours loads our style sheet and posts to us, and that is all it can do.
constexpr std::pair<const char*, const char*> kSecurityFields[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

std::string_view Arrived(const beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

Response FaultResponse(const HeadFault& fault) {
  const Error error{Code::kInvalidInput, fault.text, "request"};
  return {.status = fault.status,
          .content_type = "application/json",
          .body = json::serialize(api::ToJson(error))};
}

// One request, read; or the fault to answer with before closing.
struct Incoming {
  Request request;
  bool keep_alive = false;
  std::optional<HeadFault> fault;
};

class Connection {
 public:
  Connection(beast::tcp_stream stream, Service& service) : stream_(std::move(stream)), service_(service) {
    ++service_.open;
  }
  ~Connection() {
    service_.idle.erase(&stream_);
    --service_.open;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  net::awaitable<void> Run() {
    while (!service_.stopping) {
      service_.idle.insert(&stream_);
      Incoming incoming = co_await Read();
      service_.idle.erase(&stream_);
      Response response;
      if (incoming.fault) {
        response = FaultResponse(*incoming.fault);
      } else {
        response = co_await Answer(incoming.request);
      }
      const bool keep = !incoming.fault && incoming.keep_alive && !service_.stopping;
      co_await Write(std::move(response), incoming.request.method == "HEAD", keep);
      if (!keep) break;
    }
    beast::error_code ignored;
    stream_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  }

 private:
  // Reads one request. Throws system_error when the client left or a deadline passed.
  net::awaitable<Incoming> Read() {
    Incoming incoming;
    stream_.expires_after(service_.header_timeout);  // for the whole head: dripping bytes does not extend it
    incoming.fault = co_await ReadHead();
    if (incoming.fault) co_return incoming;
    beast::http::request_parser<beast::http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(service_.header_bytes));
    parser.body_limit(kLargestBody);
    stream_.expires_after(kBodyTimeout);
    beast::error_code error;
    co_await beast::http::async_read(stream_, buffer_, parser, net::redirect_error(use_awaitable, error));
    if (error) {
      incoming.fault = ParserFault(error);
    } else {
      TakeMessage(parser.release(), incoming);
    }
    co_return incoming;
  }

  static void TakeMessage(beast::http::request<beast::http::string_body> message, Incoming& incoming) {
    incoming.keep_alive = message.keep_alive();
    incoming.request.method = message.method_string();
    incoming.request.target = message.target();
    incoming.request.host = message[beast::http::field::host];
    incoming.request.content_type = message[beast::http::field::content_type];
    incoming.request.body = std::move(message.body());
  }

  // Collects a whole head in buffer_, judging bytes as they come.
  net::awaitable<std::optional<HeadFault>> ReadHead() {
    std::optional<HeadFault> fault;
    while (!HeadIsComplete(fault)) {
      const std::size_t room = std::min(kPiece, service_.header_bytes - buffer_.size());
      const std::size_t count = co_await stream_.async_read_some(buffer_.prepare(room), use_awaitable);
      buffer_.commit(count);
    }
    co_return fault;
  }

  // True when no more is to be read: the head is whole, or has a fault.
  bool HeadIsComplete(std::optional<HeadFault>& fault) const {
    const std::string_view arrived = Arrived(buffer_);
    HeadScan scan = ScanHead(arrived);
    if (scan.fault) {
      fault = std::move(scan.fault);
    } else if (scan.head_size) {
      fault = CheckHead(arrived.substr(0, *scan.head_size));
    } else if (arrived.size() >= service_.header_bytes) {
      fault = HeadFault{431, "the request head is too large"};
    } else {
      return false;
    }
    return true;
  }

  // A broken connection is thrown on: there is nobody to answer.
  static HeadFault ParserFault(const beast::error_code& error) {
    static const beast::error_code kAnyParserError = beast::http::error::bad_method;
    if (error.category() != kAnyParserError.category()) throw boost::system::system_error(error);
    if (error == beast::http::error::body_limit) return {413, "the request body is too large"};
    return {400, "the request is not HTTP/1.1: " + error.message()};
  }

  // The stores block, so answers are made on other threads; this coroutine goes on with its socket
  // afterwards.
  net::awaitable<Response> Answer(const Request& request) {
    const auto make = [this, &request]() -> net::awaitable<Response> { co_return service_.handler(request); };
    Response response = co_await net::co_spawn(service_.answers, make, use_awaitable);
    const std::string_view target = request.target;
    log::debug("{} {} {} {} bytes", log::Safe(request.method), log::Safe(target.substr(0, target.find('?'))),
               response.status, response.body.size());
    co_return response;
  }

  net::awaitable<void> Write(Response response, bool head_only, bool keep_alive) {
    beast::http::response<beast::http::string_body> message;
    message.result(static_cast<unsigned>(response.status));
    message.version(11);
    message.set(beast::http::field::content_type, response.content_type);
    message.set(beast::http::field::cache_control,
                response.cacheable ? "public, max-age=31536000, immutable" : "no-store");
    for (const auto& [name, value] : kSecurityFields) message.set(name, value);
    for (const auto& [name, value] : response.fields) message.set(name, value);
    message.keep_alive(keep_alive);
    const std::size_t length = response.body.size();
    if (!head_only) message.body() = std::move(response.body);
    message.content_length(length);
    stream_.expires_after(kWriteTimeout);
    beast::http::response_serializer<beast::http::string_body> serializer(message);
    if (head_only) {
      co_await beast::http::async_write_header(stream_, serializer, use_awaitable);
    } else {
      co_await beast::http::async_write(stream_, serializer, use_awaitable);
    }
  }

  beast::tcp_stream stream_;
  Service& service_;
  beast::flat_buffer buffer_;  // what has arrived and was not consumed yet
};

}  // namespace

net::awaitable<void> ServeConnection(beast::tcp_stream stream, Service& service) {
  Connection connection(std::move(stream), service);
  try {
    co_await connection.Run();
  } catch (const boost::system::system_error& gone) {
    log::debug("a connection ended: {}", gone.code().message());
  }
}

}  // namespace nightjar::http
