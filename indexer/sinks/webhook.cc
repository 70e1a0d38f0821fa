// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/webhook.h"

#include <curl/curl.h>
#include <sys/stat.h>

#include <memory>

#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "indexer/sinks/alert_texts.h"

namespace nightjar::sinks {
namespace {

constexpr std::size_t kMostAnswer = 64 << 10;  // read and thrown away; more ends the exchange
constexpr std::size_t kMostSecret = 4096;
constexpr std::size_t kLeastSecret = 16;

struct EasyFreer {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListFreer {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyFreer>;
using List = std::unique_ptr<curl_slist, ListFreer>;

std::size_t ThrowAway(char*, std::size_t one, std::size_t count, void* read) {
  auto& sum = *static_cast<std::size_t*>(read);
  sum += one * count;
  return sum > kMostAnswer ? 0 : one * count;
}

// libcurl asks about once a second; anything but 0 ends the transfer.
int Stopped(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

List Headers(const Webhook& webhook, const watch::Alert& alert, const std::string& body) {
  const std::string timestamp = std::to_string(UnixSeconds(webhook.clock->Utc()));
  curl_slist* list = nullptr;
  for (const std::string& line : {std::string("Content-Type: application/json"), std::string("Expect:"),
                                  "Idempotency-Key: " + alert.key, "X-Nightjar-Timestamp: " + timestamp,
                                  "X-Nightjar-Signature: " + SignatureOf(webhook.secret, timestamp, body)}) {
    list = curl_slist_append(list, line.c_str());
  }
  return List(list);
}

void SetWay(CURL* easy, const Webhook& webhook) {
  curl_easy_setopt(easy, CURLOPT_URL, webhook.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, webhook.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");  // the environment has no say
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(webhook.patience.count()));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Stopped);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &webhook.stop);
}

Status Post(const Webhook& webhook, const watch::Alert& alert) {
  const Easy easy(curl_easy_init());
  if (!easy) return Fail(Code::kInternal, "libcurl could not be started");
  const std::string body = AlertJson(alert);
  const List headers = Headers(webhook, alert, body);
  std::size_t read = 0;
  char details[CURL_ERROR_SIZE] = "";
  SetWay(easy.get(), webhook);
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, details);
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &ThrowAway);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &read);
  const CURLcode done = curl_easy_perform(easy.get());
  if (done != CURLE_OK) {
    const std::string text = details[0] != '\0' ? details : curl_easy_strerror(done);
    return Fail(done == CURLE_OPERATION_TIMEDOUT ? Code::kTimeout : Code::kUnavailable,
                "the webhook gave no answer: " + log::Safe(text), log::Safe(webhook.url));
  }
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status / 100 == 2) return {};
  return Fail(Code::kRefused, "the webhook answered with status " + std::to_string(status),
              log::Safe(webhook.url));
}

}  // namespace

std::string SignatureOf(ByteView secret, const std::string& timestamp, ByteView body) {
  return "sha256=" + HmacSha256(secret, timestamp + "." + Bytes(body)).Hex();
}

Result<Bytes> ReadSecret(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return FailErrno("cannot read the webhook's secret", path);
  if ((about.st_mode & 077) != 0)
    return Fail(Code::kRefused, "others may read the webhook's secret; chmod 600 it", path);
  ASSIGN_OR_RETURN(Bytes secret, ReadFile(path, kMostSecret));
  secret.resize(secret.find_last_not_of(" \t\r\n") + 1);
  if (secret.size() < kLeastSecret)
    return Fail(Code::kInvalidInput, "the webhook's secret is shorter than 16 bytes", path);
  return secret;
}

Sink PostTo(Webhook webhook) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  return [webhook = std::move(webhook)](const watch::Alert& alert) -> Status {
    if (kReady != CURLE_OK) return Fail(Code::kInternal, "libcurl could not be started");
    return Post(webhook, alert);
  };
}

}  // namespace nightjar::sinks
