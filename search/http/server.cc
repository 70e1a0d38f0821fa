// SPDX-License-Identifier: Apache-2.0
#include "search/http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <thread>

#include "base/log.h"
#include "search/http/connection.h"
#include "search/http/site.h"

namespace nightjar::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using net::ip::tcp;

constexpr std::chrono::milliseconds kStopPatience(5000);
constexpr std::chrono::milliseconds kAcceptPause(100);  // when the process is out of descriptors
constexpr std::chrono::milliseconds kStopPoll(20);

// "127.0.0.1:8080", "[::1]:8080". Addresses only: a name could resolve to more than one interface.
Result<tcp::endpoint> ParseListen(const std::string& listen) {
  const auto bad = [&] {
    return Fail(Code::kInvalidInput, "is not address:port, for example 127.0.0.1:8080", listen);
  };
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return bad();
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const auto [end, failed] = std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port);
  beast::error_code error;
  const net::ip::address address = net::ip::make_address(host, error);
  if (error || failed != std::errc() || end != listen.data() + listen.size()) return bad();
  return tcp::endpoint(address, port);
}

Status Listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, const std::string& listen) {
  beast::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
  if (!error) return {};
  return Fail(Code::kUnavailable, "cannot listen: " + error.message() + "; choose another address or port",
              listen);
}

net::awaitable<void> Accept(tcp::acceptor& acceptor, Service& service, std::size_t most) {
  const auto executor = acceptor.get_executor();
  while (!service.stopping) {
    beast::error_code error;
    tcp::socket socket = co_await acceptor.async_accept(net::redirect_error(net::use_awaitable, error));
    if (error == net::error::operation_aborted) break;
    if (error) {
      log::warn("cannot accept a connection: {}", error.message());
      net::steady_timer pause(executor, kAcceptPause);
      co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
    } else if (service.open < most) {  // beyond that the socket closes here
      net::co_spawn(executor, ServeConnection(beast::tcp_stream(std::move(socket)), service), net::detached);
    }
  }
}

}  // namespace

struct Server::State {
  State(const config::ServeSettings& serve, Handler handler)
      : answers(std::max(1U, serve.threads)),
        service{.handler = std::move(handler),
                .answers = answers,
                .header_timeout = serve.header_timeout,
                .header_bytes = serve.header_bytes} {}

  net::thread_pool answers;
  Service service;             // owned by `thread` while it runs
  net::io_context sockets{1};  // run by `thread` alone; after `service`, for it destroys the last connections
  tcp::acceptor acceptor{sockets};
  std::jthread thread;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() {
  try {
    Stop(std::chrono::milliseconds(0));
  } catch (...) {  // no memory left to close things in order
    state_->sockets.stop();
  }
}

Result<std::unique_ptr<Server>> Server::Start(const config::Settings& settings, const Clock& clock) {
  auto site = std::make_shared<Site>(settings, clock);
  return Start(settings.serve, [site](const Request& request) { return site->Handle(request); });
}

Result<std::unique_ptr<Server>> Server::Start(const config::ServeSettings& serve, Handler handler) {
  ASSIGN_OR_RETURN(const tcp::endpoint endpoint, ParseListen(serve.listen));
  auto state = std::make_unique<State>(serve, std::move(handler));
  RETURN_IF_ERROR(Listen(state->acceptor, endpoint, serve.listen));
  net::co_spawn(state->sockets, Accept(state->acceptor, state->service, serve.connections), net::detached);
  state->thread = std::jthread([&sockets = state->sockets] { sockets.run(); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::Stop(std::chrono::milliseconds patience) {
  if (!state_->thread.joinable()) return;
  // Runs on the socket thread: closes what waits, then looks until the answers under way have left.
  net::co_spawn(
      state_->sockets,
      [&state = *state_, until = std::chrono::steady_clock::now() + patience]() -> net::awaitable<void> {
        state.service.stopping = true;
        beast::error_code ignored;
        state.acceptor.close(ignored);
        for (beast::tcp_stream* stream : state.service.idle) stream->cancel();
        while (state.service.open > 0 && std::chrono::steady_clock::now() < until) {
          net::steady_timer pause(state.sockets, kStopPoll);
          co_await pause.async_wait(net::use_awaitable);
        }
        state.sockets.stop();
      },
      net::detached);
  state_->thread.join();
  state_->answers.join();
}

Status RunServe(const config::Settings& settings, StopSignal& stop) {
  ASSIGN_OR_RETURN(const auto server, Server::Start(settings, SystemClock()));
  log::info("serving on http://{}", settings.serve.listen);
  while (!stop.WaitFor(std::chrono::hours(1))) {
  }
  server->Stop(kStopPatience);
  return {};
}

}  // namespace nightjar::http
