// SPDX-License-Identifier: Apache-2.0
// The fetcher as a witness: what it observed becomes a record, signed with the key it was given.
#pragma once

#include "base/signature.h"
#include "crawler/fetcher/transfer.h"

namespace nightjar::fetcher {

class Witness final {
 public:
  Witness(SigningKey key, std::string config_sha256);

  [[nodiscard]] handover::Done Testify(const handover::Task& task, Observation seen) const;

  // The testimony about a task that never became a transfer.
  [[nodiscard]] handover::Done TestifyNotAttempted(const handover::Task& task,
                                                   const std::string& reason) const;

 private:
  SigningKey key_;
  std::string key_id_;
  std::string config_sha256_;
  std::string boot_id_;  // read before the walls stand: /proc is not in the jail
};

}  // namespace nightjar::fetcher
