// SPDX-License-Identifier: Apache-2.0
// How a transfer ended, in the words of the record.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "archive/captures/record.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

struct Ending {
  captures::Outcome outcome = captures::Outcome::kOk;
  std::string detail = "-";
  int socks_reply = -1;
};

// What libcurl knows when a transfer is over.
struct CurlVerdict {
  CURLcode code = CURLE_OK;
  std::string_view error_text;  // CURLOPT_ERRORBUFFER
  bool connected = false;       // the stream to the service stood
  bool response_begun = false;
};

[[nodiscard]] Ending ExplainEnding(const CurlVerdict& verdict, const handover::Limits& limits);

// The SOCKS5 reply code behind "Can't complete SOCKS5 connection to HOST. (240)" (libcurl's lib/socks.c), the
// only place where libcurl shows it; -1 if the text has none.
[[nodiscard]] int SocksReplyIn(std::string_view error_text);

}  // namespace nightjar::fetcher
