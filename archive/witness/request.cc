// SPDX-License-Identifier: Apache-2.0
#include "archive/witness/request.h"

#include "archive/evidence/lines.h"
#include "base/decimal.h"

namespace nightjar::witness {
namespace {

tl::unexpected<Error> Malformed(std::string what) { return Fail(Code::kInvalidInput, std::move(what)); }

}  // namespace

std::string FormatAddCheckpoint(const AddRequest& request) {
  std::string body = "old " + std::to_string(request.old_size) + '\n';
  for (const Digest& hash : request.proof) body += Base64Encode(hash.View()) + '\n';
  return body + '\n' + request.note;
}

Result<AddRequest> ParseAddCheckpoint(std::string_view untrusted_body) {
  if (untrusted_body.size() > kMaxRequest) return Malformed("the request is too long");
  evidence::Lines lines(untrusted_body);
  const auto old_text = lines.NextAfter("old ");
  const auto old_size = old_text ? ParseDecimal(*old_text) : std::nullopt;
  if (!old_size) return Malformed("the first line is not \"old\" and a size");
  AddRequest request{*old_size, {}, {}};
  for (;;) {
    const auto line = lines.Next();
    if (!line) return Malformed("there is no empty line before the checkpoint");
    if (line->empty()) break;
    const auto raw = Base64Decode(*line);
    if (!raw || raw->size() != Digest::kSize) return Malformed("a line of the proof is not a hash in base64");
    if (request.proof.size() == kMaxProof) return Malformed("the proof has more than 63 hashes");
    request.proof.push_back(*Digest::FromBytes(*raw));
  }
  request.note = std::string(lines.rest());
  return request;
}

}  // namespace nightjar::witness
