// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/curl_handles.h"

#include <cstdlib>

#include "base/log.h"

namespace nightjar::fetcher {

void Die(const std::string& reason) {
  log::error("fetcher ends: {}", reason);
  std::_Exit(3);
}

void Check(CURLcode code, CURLoption option) {
  if (code == CURLE_OK) return;
  const curl_easyoption* known = curl_easy_option_by_id(option);
  Die(std::string("libcurl refused CURLOPT_") + (known != nullptr ? known->name : "?") + ": " +
      curl_easy_strerror(code));
}

void Check(CURLMcode code, const char* call) {
  if (code != CURLM_OK) Die(std::string(call) + ": " + curl_multi_strerror(code));
}

}  // namespace nightjar::fetcher
