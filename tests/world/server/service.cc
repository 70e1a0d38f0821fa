// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/service.h"

namespace nightjar::world {
namespace {

std::string KeyOf(const Request& request) {
  const char flags = static_cast<char>('0' + (request.accepts_gzip ? 1 : 0) + (request.keep_alive ? 2 : 0) +
                                       (request.http10 ? 4 : 0));
  return flags + request.target;
}

}  // namespace

void SiteService::Show(const Site& site) {
  site_ = &site;
  kept_.clear();
  kept_bytes_ = 0;
}

Answer SiteService::Respond(const Request& request) {
  const bool keep = request.method == "GET";
  const std::string key = keep ? KeyOf(request) : std::string();
  if (const auto found = kept_.find(key); keep && found != kept_.end()) return found->second;
  const Page page = site_->Answer(request);
  Answer answer{std::make_shared<const Bytes>(EncodeAnswer(page, request)), page.status,
                ClosesAfter(page, request)};
  if (!keep) return answer;
  if (kept_bytes_ + answer.bytes->size() > kMaxKeptBytes) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  kept_bytes_ += answer.bytes->size();
  return kept_.emplace(key, answer).first->second;
}

}  // namespace nightjar::world
