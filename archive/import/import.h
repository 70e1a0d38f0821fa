// SPDX-License-Identifier: Apache-2.0
// Foreign WARC files as captures, clearly marked: what this is for and what each step is, in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/captures/archive.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/signature.h"
#include "sandbox/wire/foreign.h"

namespace nightjar::import {

struct Request {
  std::string path;     // of the WARC file, plain or gzip
  std::string program;  // nightjar-importer
  CaseId case_id;
  JobId job;  // under which the captures are listed
  std::string legal_basis;
  std::string source;                       // who gave the file
  std::string by;                           // who brings it in; may be empty
  std::vector<std::string> allowed_media;   // "image/png", "image/*"; none: text only
  std::vector<std::string> hash_lists_md5;  // files that nobody may keep
  std::vector<std::string> hash_lists_sha256;
  std::function<bool(std::string_view host)> refuse_host;  // the blocklist
  const Clock* clock = &SystemClock();
};

struct Report {
  Digest sha256;  // of the file
  std::uint64_t bytes = 0;
  CaptureNumber file_capture;  // that says where the file came from
  std::uint64_t records = 0;   // in the file, as far as they could be read
  std::uint64_t captures = 0;  // that are new in the archive, the file's own not counted
  std::uint64_t known = 0;     // that an earlier import had brought in
  std::uint64_t skipped = 0;   // records that hold no exchange over HTTP
  std::uint64_t blocked = 0;   // of hosts on the blocklist: not kept
  std::uint64_t withheld = 0;  // captures without their body: media policy, hash lists
  std::uint64_t faults = 0;    // told to `tell`, one by one
};

// Durable when it returns; what was stored before an error stays, and importing again finds it. `writer` must
// accept `key`. The file's name and the texts of `request` appear in records. kInvalidInput (nothing that can
// be read), kUnavailable (no importer, or it died), kCorrupt (the importer broke its protocol, or the file
// changed meanwhile), and the writer's errors.
[[nodiscard]] Result<Report> ImportWarc(captures::Writer& writer, const SigningKey& key,
                                        const Request& request,
                                        const std::function<void(const wire::ForeignFault&)>& tell);

}  // namespace nightjar::import
