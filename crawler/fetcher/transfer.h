// SPDX-License-Identifier: Apache-2.0
// One exchange under way: a libcurl handle, and everything it says while it works.
#pragma once

#include <array>

#include "base/clock.h"
#include "base/url.h"
#include "crawler/fetcher/curl_handles.h"
#include "crawler/fetcher/ending.h"
#include "crawler/fetcher/response.h"

namespace nightjar::fetcher {

// What is known of an exchange at its end, still unsigned.
struct Observation {
  UtcTime started;
  UtcTime ended;
  MonoTime started_mono;
  MonoTime ended_mono;
  int http_status = 0;
  bool connected = false;     // a stream to the service stood
  std::string circuit = "-";  // what Tor said of the circuit it went over
  Ending ending;
  Bytes request;
  Response::Kept response;
};

// Stays where it is: libcurl holds pointers into it.
class Transfer final {
 public:
  // What every transfer of a fetcher shares; outlives them all.
  struct Rules {
    const handover::Limits& limits;
    const HashLists& hash_lists;
    std::vector<std::string>& begun;  // takes the fetch ids of tasks that ask to be told
    RouteClass route;
  };
  // A copy of `pattern` made ready for the task; `url` has passed the gate.
  Transfer(CURL* pattern, handover::Task task, const Url& url, const Rules& rules);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Before the transfer begins: this header instead of the pattern's, and the task's form if it has one.
  void SendSessionPart(HeaderList header);

  [[nodiscard]] CURL* easy() const { return easy_.get(); }
  [[nodiscard]] const handover::Task& task() const { return task_; }

  // Once, after libcurl said that it is over and with the handle out of the multi handle.
  [[nodiscard]] Observation Finish(CURLcode code);

 private:
  static std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* self);
  static int OnDebug(CURL* easy, curl_infotype type, char* data, std::size_t size, void* self);
  static curl_socket_t OnOpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);

  void Prepare(const Url& url, RouteClass route);
  [[nodiscard]] Ending Explain(CURLcode code) const;

  const handover::Limits& limits_;
  handover::Task task_;
  HeaderList own_header_;  // before easy_, which points into it
  Easy easy_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Bytes request_;
  Response response_;
  std::vector<std::string>* begun_;  // null: nobody is to be told, or was
  int refused_family_ = -1;          // an address family other than AF_UNIX that libcurl asked for
  UtcTime started_;
  MonoTime started_mono_;
};

}  // namespace nightjar::fetcher
