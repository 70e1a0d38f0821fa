// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/requests.h"

#include <array>

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kRequests{0};
constexpr std::uint8_t kFormat = 1;
constexpr std::array<std::string_view, 3> kWhatNames = {"run-now", "retry-host", "drop"};

Bytes Encode(const Request& request) {
  return Encoder()
      .U8(kFormat)
      .U8(static_cast<std::uint8_t>(request.what))
      .Str(request.job.value)
      .Str(request.host)
      .Str(request.url_prefix)
      .I64(UnixMicros(request.asked))
      .U8(static_cast<std::uint8_t>(request.state))
      .I64(UnixMicros(request.ended))
      .Str(request.result)
      .Take();
}

Result<Request> Decode(std::string_view key, ByteView bytes) {
  Decoder row(bytes);
  const std::uint8_t format = row.U8();
  const std::uint8_t what = row.U8();
  Request request;
  request.id.value = FromBigEndianKey(key);
  request.job.value = row.Str();
  request.host = row.Str();
  request.url_prefix = row.Str();
  request.asked = FromUnixMicros(row.I64());
  const std::uint8_t state = row.U8();
  request.ended = FromUnixMicros(row.I64());
  request.result = row.Str();
  RETURN_IF_ERROR(row.Finish("a request to the crawl role"));
  if (format != kFormat || what >= kWhatNames.size() || state > 2)
    return Fail(Code::kCorrupt, "a request to the crawl role has a value that none can have");
  request.what = static_cast<Request::What>(what);
  request.state = static_cast<Request::State>(state);
  return request;
}

Result<std::vector<Request>> ReadAll(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kRequests));
  std::vector<Request> all;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto request, Decode(entry->key, entry->value));
    all.push_back(std::move(request));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return all;
}

// Old ended requests go, so that reading all stays cheap.
Status Forget(store::WriteTxn& txn, const std::vector<Request>& all) {
  std::size_t ended = 0;
  for (auto request = all.rbegin(); request != all.rend(); ++request) {
    if (request->state == Request::State::kOpen || ++ended <= kKeptRequests) continue;
    RETURN_IF_ERROR(txn.Delete(kRequests, BigEndianKey(request->id.value)));
  }
  return {};
}

}  // namespace

std::string_view WhatName(Request::What what) { return kWhatNames.at(static_cast<std::size_t>(what)); }

struct Requests::State {
  std::shared_ptr<store::Env> env;
};

Requests::Requests(std::unique_ptr<State> state) : state_(std::move(state)) {}
Requests::~Requests() = default;

Result<std::unique_ptr<Requests>> Requests::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"requests"}}));
  return std::unique_ptr<Requests>(new Requests(std::make_unique<State>(State{std::move(env)})));
}

Result<RequestId> Requests::Ask(Request request) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto all, ReadAll(txn));
  RETURN_IF_ERROR(Forget(txn, all));
  request.id.value = all.empty() ? 1 : all.back().id.value + 1;
  request.state = Request::State::kOpen;
  request.ended = {};
  request.result.clear();
  RETURN_IF_ERROR(txn.Put(kRequests, BigEndianKey(request.id.value), Encode(request)));
  RETURN_IF_ERROR(txn.Commit());
  return request.id;
}

Result<Request> Requests::Get(RequestId id) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  const std::string key = BigEndianKey(id.value);
  ASSIGN_OR_RETURN(const auto row, txn.Get(kRequests, key));
  if (!row) return Fail(Code::kNotFound, "there is no such request", std::to_string(id.value));
  return Decode(key, *row);
}

Result<std::vector<Request>> Requests::Open() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto all, ReadAll(txn));
  std::erase_if(all, [](const Request& request) { return request.state != Request::State::kOpen; });
  return all;
}

Status Requests::Finish(RequestId id, const Result<std::string>& result, UtcTime now) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  const std::string key = BigEndianKey(id.value);
  ASSIGN_OR_RETURN(const auto row, txn.Get(kRequests, key));
  if (!row) return Fail(Code::kNotFound, "there is no such request", std::to_string(id.value));
  ASSIGN_OR_RETURN(Request request, Decode(key, *row));
  request.state = result ? Request::State::kDone : Request::State::kFailed;
  request.ended = now;
  request.result = result ? *result : result.error().Format();
  RETURN_IF_ERROR(txn.Put(kRequests, key, Encode(request)));
  return txn.Commit();
}

}  // namespace nightjar::jobs
