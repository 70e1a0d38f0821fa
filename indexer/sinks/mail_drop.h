// SPDX-License-Identifier: Apache-2.0
// A folder in Maildir form (https://cr.yp.to/proto/maildir.html: tmp, new, cur) from which a mail transfer
// agent picks messages up. Nothing is sent by Nightjar.
#pragma once

#include "indexer/sinks/courier.h"

namespace nightjar::sinks {

struct MailDrop {
  std::string folder;
  std::string from;
  std::string to;
};

// A message appears in `new` whole and durable (written in `tmp`, renamed). Its name is made of the alert's
// time and key: a repeated delivery of what was not picked up yet replaces itself.
[[nodiscard]] Sink DropMail(MailDrop drop);

}  // namespace nightjar::sinks
