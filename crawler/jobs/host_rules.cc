// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/host_rules.h"

#include <algorithm>

#include "archive/store/store.h"
#include "base/codec.h"
#include "base/site_host.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kRules{0};
constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kMaxReason = 500;
constexpr auto kLongestDelay = std::chrono::hours(24);

Bytes Encode(const HostRule& rule) {
  return Encoder()
      .U8(kFormat)
      .U8(rule.blocked ? 1 : 0)
      .I64(rule.min_delay.count())
      .Str(rule.reason)
      .I64(UnixMicros(rule.since))
      .Take();
}

Result<HostRule> Decode(std::string_view host, ByteView bytes) {
  Decoder row(bytes);
  const std::uint8_t format = row.U8();
  const std::uint8_t blocked = row.U8();
  HostRule rule;
  rule.blocked = blocked == 1;
  rule.min_delay = std::chrono::milliseconds(row.I64());
  rule.reason = row.Str(kMaxReason);
  rule.since = FromUnixMicros(row.I64());
  RETURN_IF_ERROR(row.Finish("the rule of a host"));
  if (format != kFormat || blocked > 1 || rule.min_delay.count() < 0 || rule.min_delay > kLongestDelay)
    return Fail(Code::kCorrupt, "the rule of a host has a value that none can have", std::string(host));
  return rule;
}

Status Check(const HostRule& rule) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (rule.reason.size() > kMaxReason || !IsValidUtf8(rule.reason) ||
      std::ranges::any_of(rule.reason, control))
    return Fail(Code::kInvalidInput, "a reason is one line of UTF-8 text of at most 500 bytes");
  if (rule.min_delay.count() < 0 || rule.min_delay > kLongestDelay)
    return Fail(Code::kInvalidInput, "the delay of a host is 0 to 24 hours");
  return {};
}

}  // namespace

struct HostRules::State {
  std::shared_ptr<store::Env> env;
};

HostRules::HostRules(std::unique_ptr<State> state) : state_(std::move(state)) {}
HostRules::~HostRules() = default;

Result<std::unique_ptr<HostRules>> HostRules::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"host_rules"}}));
  return std::unique_ptr<HostRules>(new HostRules(std::make_unique<State>(State{std::move(env)})));
}

Result<std::string> HostRules::Change(const std::string& host, const std::function<void(HostRule&)>& change) {
  const auto site = SiteHost::Parse(host);
  if (!site) return Fail(site.error().code, "the host " + site.error().text, host);
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kRules, site->name()));
  HostRule rule;
  if (row) {
    ASSIGN_OR_RETURN(rule, Decode(site->name(), *row));
  }
  change(rule);
  RETURN_IF_ERROR(Check(rule));
  RETURN_IF_ERROR(txn.Put(kRules, site->name(), Encode(rule)));
  RETURN_IF_ERROR(txn.Commit());
  return site->name();
}

Result<std::map<std::string, HostRule>> HostRules::List() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kRules));
  std::map<std::string, HostRule> rules;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto rule, Decode(entry->key, entry->value));
    rules.emplace(entry->key, std::move(rule));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return rules;
}

}  // namespace nightjar::jobs
