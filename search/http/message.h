// SPDX-License-Identifier: Apache-2.0
// A request and its response as the site sees them: no socket, no Beast.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace nightjar::http {

struct Request {
  std::string method;        // "GET", "HEAD", "POST", ...
  std::string target;        // as sent: path, and query after '?'
  std::string host;          // the Host field
  std::string content_type;  // of the body; may be empty
  std::string body;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> fields = {};  // beside those every response carries
  bool cacheable = false;                                        // everything else is no-store
};

// Makes the answer to a request. Called by several threads at once; may block; never throws.
using Handler = std::function<Response(const Request&)>;

}  // namespace nightjar::http
