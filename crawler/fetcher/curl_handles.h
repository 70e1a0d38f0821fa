// SPDX-License-Identifier: Apache-2.0
// libcurl's handles with owners, and option setting that cannot fail unseen: an option that libcurl does not
// take (a build without it, an empty protocol list) would leave a wall standing only in our belief, so the
// process ends.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace nightjar::fetcher {

struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyFree>;

struct MultiFree {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Multi = std::unique_ptr<CURLM, MultiFree>;

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListFree>;

// Says why on standard error and ends the process at once; the crawl role starts another fetcher.
[[noreturn]] void Die(const std::string& reason);

void Check(CURLcode code, CURLoption option);
void Check(CURLMcode code, const char* call);

// Numbers are long in libcurl's interface, whatever the platform: write 0L, not 0.
inline void Set(CURL* easy, CURLoption option, long value) {
  Check(curl_easy_setopt(easy, option, value), option);
}
inline void Set(CURL* easy, CURLoption option, const char* value) {
  Check(curl_easy_setopt(easy, option, value), option);
}
inline void Set(CURL* easy, CURLoption option, const std::string& value) { Set(easy, option, value.c_str()); }
template <typename T>
void SetPointer(CURL* easy, CURLoption option, T pointer) {  // callbacks, their data, lists
  Check(curl_easy_setopt(easy, option, pointer), option);
}

}  // namespace nightjar::fetcher
