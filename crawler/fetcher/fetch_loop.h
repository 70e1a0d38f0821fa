// SPDX-License-Identifier: Apache-2.0
// The whole work of the fetcher: one thread around one libcurl multi handle and the channel to the crawl
// role.
#pragma once

#include <memory>
#include <unordered_map>

#include "crawler/fetcher/circuit_notes.h"
#include "crawler/fetcher/curl_handles.h"
#include "crawler/fetcher/transfer.h"
#include "crawler/fetcher/witness.h"
#include "crawler/handover/channel.h"

namespace nightjar::fetcher {

class FetchLoop final {
 public:
  // libcurl's multi handle opens descriptors of its own, so this is made after the walls, which close those
  // they do not know.
  FetchLoop(handover::Channel channel, const handover::Hello& hello, HashLists hash_lists, Witness witness,
            std::string authorities);
  FetchLoop(const FetchLoop&) = delete;
  FetchLoop& operator=(const FetchLoop&) = delete;
  ~FetchLoop();

  // Until the crawl role closes its end (OK) or does not speak as agreed.
  [[nodiscard]] Status Run();

 private:
  Status TakeMessages();
  Status Begin(handover::Task task);
  Status ReportBegun();
  Status ReportEnded();
  void Wait();

  const handover::Limits limits_;
  const RouteClass route_;
  const std::vector<std::string> profile_;
  const HashLists hash_lists_;
  const HeaderList header_;
  const Easy pattern_;
  const Multi multi_;
  handover::Channel channel_;
  const Witness witness_;
  CircuitNotes circuits_;
  std::vector<std::string> begun_;  // fetch ids, for the next ReportBegun()
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> under_way_;
};

}  // namespace nightjar::fetcher
