// SPDX-License-Identifier: Apache-2.0
#include "archive/retention/orders.h"

#include <algorithm>

#include "archive/evidence/erasure.h"
#include "archive/retention/texts.h"
#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::retention {
namespace {

constexpr store::Table kOrders{0};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMostHosts = 10'000'000;

std::string NameOf(OrderNumber number) { return "order " + std::to_string(number.value); }

Bytes Encode(const Order& order) {
  Encoder row;
  row.U8(kVersion)
      .Str(order.selection.case_id.value)
      .Str(order.selection.host)
      .I64(UnixMicros(order.selection.before))
      .U8(order.selection.only_due ? 1 : 0)
      .Str(order.rule)
      .Str(order.ordered_by)
      .I64(UnixMicros(order.ordered))
      .U8(static_cast<std::uint8_t>(order.state))
      .Str(order.ended_by)
      .I64(UnixMicros(order.ended))
      .U64(order.leaf ? order.leaf->value + 1 : 0)
      .U32(static_cast<std::uint32_t>(order.hosts.size()));
  for (const std::string& host : order.hosts) row.Str(host);
  return row.Take();
}

Result<Order> Decode(OrderNumber number, ByteView bytes) {
  Decoder in(bytes);
  if (in.U8() != kVersion) return Fail(Code::kCorrupt, "is stored in an unknown version", NameOf(number));
  Order order;
  order.number = number;
  order.selection.case_id = {in.Str()};
  order.selection.host = in.Str();
  order.selection.before = FromUnixMicros(in.I64());
  order.selection.only_due = in.U8() == 1;
  order.rule = in.Str();
  order.ordered_by = in.Str();
  order.ordered = FromUnixMicros(in.I64());
  const std::uint8_t state = in.U8();
  order.ended_by = in.Str();
  order.ended = FromUnixMicros(in.I64());
  const std::uint64_t leaf = in.U64();
  for (std::uint32_t left = in.Count(kMostHosts); left > 0; --left) order.hosts.push_back(in.Str());
  RETURN_IF_ERROR(in.Finish(NameOf(number)));
  if (state > static_cast<std::uint8_t>(OrderState::kDone))
    return Fail(Code::kCorrupt, "is in an unknown state", NameOf(number));
  order.state = static_cast<OrderState>(state);
  if (leaf > 0) order.leaf = CaptureNumber{leaf - 1};
  return order;
}

// Whether an erasure by these two could be written: the same rules as for the log's text.
Status CheckPersons(const Order& order, const std::string& second) {
  const evidence::Erasure probe{.case_id = order.selection.case_id,
                                .rule = order.rule,
                                .ordered_by = order.ordered_by,
                                .approved_by = second,
                                .time = {},
                                .erased = evidence::NumberRanges::Of({0}),
                                .restricted = {}};
  return evidence::CheckErasure(probe);
}

Status NotOpen(const Order& order) {
  return Fail(Code::kAlreadyExists,
              "is " + std::string(OrderStateName(order.state)) + " by " + order.ended_by + " since " +
                  FormatUtc(order.ended),
              NameOf(order.number));
}

}  // namespace

std::string_view OrderStateName(OrderState state) {
  switch (state) {
    case OrderState::kOpen:
      return "open";
    case OrderState::kWithdrawn:
      return "withdrawn";
    case OrderState::kApproved:
      return "approved";
    case OrderState::kLogged:
    case OrderState::kCleaned:
      return "unfinished";
    case OrderState::kDone:
      break;
  }
  return "done";
}

struct OrderStore::State {
  std::shared_ptr<store::Env> env;
};

OrderStore::OrderStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
OrderStore::~OrderStore() = default;

Result<std::unique_ptr<OrderStore>> OrderStore::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"erasures"}}));
  return std::unique_ptr<OrderStore>(new OrderStore(std::make_unique<State>(State{std::move(env)})));
}

Result<OrderNumber> OrderStore::Add(const Selection& selection, const std::string& rule,
                                    const std::string& by, UtcTime now) {
  Order order{.number = {},
              .selection = selection,
              .rule = rule,
              .ordered_by = by,
              .ordered = now,
              .state = OrderState::kOpen,
              .ended_by = {},
              .ended = {},
              .leaf = {},
              .hosts = {}};
  RETURN_IF_ERROR(CheckPersons(order, by + " and another"));
  if (selection.before > now) return Fail(Code::kInvalidInput, "must not lie in the future", "before");
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(order.number.value, NextNumber(txn, kOrders));
  RETURN_IF_ERROR(txn.PutLast(kOrders, BigEndianKey(order.number.value), Encode(order)));
  RETURN_IF_ERROR(txn.Commit());
  return order.number;
}

Result<Order> OrderStore::Change(OrderNumber number, const std::function<Status(Order&)>& change) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kOrders, BigEndianKey(number.value)));
  if (!row) return Fail(Code::kNotFound, "there is no such order", NameOf(number));
  ASSIGN_OR_RETURN(Order order, Decode(number, *row));
  RETURN_IF_ERROR(change(order));
  RETURN_IF_ERROR(txn.Put(kOrders, BigEndianKey(number.value), Encode(order)));
  RETURN_IF_ERROR(txn.Commit());
  return order;
}

Result<Order> OrderStore::Approve(OrderNumber number, const std::string& by, UtcTime now) {
  return Change(number, [&](Order& order) -> Status {
    if (order.state >= OrderState::kApproved && order.state < OrderState::kDone) return {};
    if (order.state != OrderState::kOpen) return NotOpen(order);
    if (const Status two = CheckPersons(order, by); !two)
      return Fail(Code::kRefused, two.error().text, two.error().where);
    order.state = OrderState::kApproved;
    order.ended_by = by;
    order.ended = now;
    return {};
  });
}

Status OrderStore::Withdraw(OrderNumber number, const std::string& by, UtcTime now) {
  RETURN_IF_ERROR(CheckText("by", by));
  RETURN_IF_ERROR(Change(number, [&](Order& order) -> Status {
    if (order.state != OrderState::kOpen) return NotOpen(order);
    order.state = OrderState::kWithdrawn;
    order.ended_by = by;
    order.ended = now;
    return {};
  }));
  return {};
}

Status OrderStore::SetHosts(OrderNumber number, std::vector<std::string> hosts) {
  RETURN_IF_ERROR(Change(number, [&](Order& order) -> Status {
    order.hosts = std::move(hosts);
    return {};
  }));
  return {};
}

Status OrderStore::SetCleaned(OrderNumber number) {
  RETURN_IF_ERROR(Change(number, [&](Order& order) -> Status {
    order.state = OrderState::kCleaned;
    const auto& hosts = order.hosts;
    if (std::ranges::find(hosts, order.selection.host) != hosts.end()) order.selection.host = kErasedHost;
    order.hosts.clear();
    return {};
  }));
  return {};
}

Status OrderStore::SetLogged(OrderNumber number, CaptureNumber leaf) {
  RETURN_IF_ERROR(Change(number, [&](Order& order) -> Status {
    order.state = OrderState::kLogged;
    order.leaf = leaf;
    return {};
  }));
  return {};
}

Status OrderStore::SetDone(OrderNumber number) {
  RETURN_IF_ERROR(Change(number, [&](Order& order) -> Status {
    order.state = OrderState::kDone;
    return {};
  }));
  return {};
}

Result<Order> OrderStore::Get(OrderNumber number) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kOrders, BigEndianKey(number.value)));
  if (!row) return Fail(Code::kNotFound, "there is no such order", NameOf(number));
  return Decode(number, *row);
}

Result<std::vector<Order>> OrderStore::All() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kOrders));
  std::vector<Order> orders;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto order, Decode({FromBigEndianKey(entry->key)}, entry->value));
    orders.push_back(std::move(order));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return orders;
}

}  // namespace nightjar::retention
