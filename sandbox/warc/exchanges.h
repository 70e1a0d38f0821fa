// SPDX-License-Identifier: Apache-2.0
// Foreign records as exchanges: a request is joined to the response beside it (WARC-Concurrent-To either way,
// or the same URL), the media policy and the hash lists decide on bodies. Hostile bytes: inside the jail.
#pragma once

#include <functional>
#include <optional>

#include "sandbox/media/policy.h"
#include "sandbox/warc/warc_file.h"
#include "sandbox/wire/foreign.h"

namespace nightjar::warc {

class Exchanges final {
 public:
  struct Rules {
    media::Policy policy;
    // Is this on a list of files that nobody may keep? Null: there is no list, or text only is kept.
    std::function<bool(ByteView file)> known;
  };
  Exchanges(ByteView file, Rules rules) : file_(file), rules_(std::move(rules)) {}

  // Exchanges and faults as they come, the end last, then nothing.
  [[nodiscard]] std::optional<wire::ForeignItem> Next();

 private:
  [[nodiscard]] std::optional<wire::ForeignItem> Take(Record record);
  [[nodiscard]] wire::ForeignExchange Made(const Record& record) const;
  [[nodiscard]] wire::ForeignExchange Joined(const Record& request, const Record& response) const;
  void Judge(wire::ForeignExchange& exchange, std::string_view type) const;

  WarcFile file_;
  Rules rules_;
  std::optional<Record> waiting_;  // a request or response whose partner may come next
  wire::ForeignEnd end_;
  bool ended_ = false;
};

}  // namespace nightjar::warc
