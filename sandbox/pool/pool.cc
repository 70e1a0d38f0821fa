// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/pool.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/log.h"
#include "sandbox/pool/crew.h"
#include "sandbox/pool/recheck.h"

namespace nightjar::pool {
namespace {

Fault FaultOf(const Error& error, Worker& worker) {
  if (error.code == Code::kTimeout) return {wire::Verdict::kTimedOut, "the reader's deadline passed"};
  if (error.code == Code::kUnavailable)
    return {wire::Verdict::kCrashed, "the reader died: " + worker.HowItEnded()};
  return {wire::Verdict::kRefusedAnswer, "the reader's answer was refused: " + error.text};
}

Reading ReadWith(Worker& worker, const wire::Document& document, Deadline deadline) {
  const auto untrusted_bytes = worker.Exchange(wire::EncodeDocument(document), deadline);
  if (!untrusted_bytes) return tl::unexpected(FaultOf(untrusted_bytes.error(), worker));
  auto untrusted_facts = wire::Decode(*untrusted_bytes);
  if (!untrusted_facts) return tl::unexpected(FaultOf(untrusted_facts.error(), worker));
  const Status sound = Recheck(*untrusted_facts, worker.hello().sandbox);
  if (!sound) return tl::unexpected(FaultOf(sound.error(), worker));
  return std::move(*untrusted_facts);
}

// A body over the frame's size is read up to it; only a fetcher without its own cap could have stored one.
std::optional<wire::Document> CutToFrame(const wire::Document& document) {
  constexpr std::size_t kSlack = 1024;
  const std::size_t others = document.url.size() + document.head.size() + kSlack;
  if (others + document.body.size() <= wire::kMaxEncodedDocument) return std::nullopt;
  wire::Document cut = document;
  cut.head.resize(std::min(cut.head.size(), wire::kMaxEncodedDocument / 4));
  cut.url.resize(std::min(cut.url.size(), wire::kMaxEncodedDocument / 4));
  cut.body.resize(
      std::min(cut.body.size(), wire::kMaxEncodedDocument - cut.head.size() - cut.url.size() - kSlack));
  return cut;
}

wire::Facts WithVerdict(wire::Facts facts, wire::Verdict verdict, const std::string& reason) {
  facts.verdict = verdict;
  facts.reason = std::string(Utf8Prefix(ToValidUtf8(reason), wire::kMaxShort));
  return facts;
}

// The facts of a reading that succeeded, with what went before it.
wire::Facts Told(wire::Facts facts, const std::optional<Fault>& fault, const std::optional<std::string>& held,
                 bool cut) {
  if (fault) return WithVerdict(std::move(facts), fault->verdict, fault->reason);
  if (held && facts.verdict == wire::Verdict::kOk)
    return WithVerdict(std::move(facts), wire::Verdict::kQuarantined, *held);
  if (cut && !held)
    return WithVerdict(std::move(facts), wire::Verdict::kFallbackLarge, "the body is over the frame's size");
  return facts;
}

wire::Facts NothingRead(std::string sandbox) {
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.page_class = wire::PageClass::kError;
  facts.sandbox = std::move(sandbox);
  return facts;
}

}  // namespace

Pool::Pool(std::unique_ptr<Crew> crew) : crew_(std::move(crew)), quarantine_(crew_->options().quarantine) {}
Pool::~Pool() = default;

Result<std::unique_ptr<Pool>> Pool::Start(PoolOptions options) {
  std::unique_ptr<Pool> pool(new Pool(std::make_unique<Crew>(std::move(options))));
  ASSIGN_OR_RETURN(auto first, pool->crew_->Take());
  pool->crew_->GiveBack(std::move(first));
  return pool;
}

Result<Reading> Pool::ReadOnce(const wire::Document& attempt) {
  ASSIGN_OR_RETURN(auto worker, crew_->Take());
  Reading reading = ReadWith(*worker, attempt, std::chrono::steady_clock::now() + crew_->options().deadline);
  if (reading) {
    crew_->GiveBack(std::move(worker));
    return reading;
  }
  crew_->Discard(std::move(worker));
  crew_->NoteFault();
  log::warn("capture {}: {} ({})", attempt.number, wire::VerdictName(reading.error().verdict),
            reading.error().reason);
  return reading;
}

Result<wire::Facts> Pool::Read(const wire::Document& document) {
  ASSIGN_OR_RETURN(const Crew::Place place, crew_->Enter());
  const std::optional<wire::Document> cut = CutToFrame(document);
  const std::string site = SiteOf(document.url);
  const auto held = document.mode == wire::ReadMode::kFull ? quarantine_.Ask(site) : std::nullopt;
  crew_->NoteDocument(held.has_value());
  wire::Document attempt = cut ? *cut : document;
  std::optional<Fault> first_fault;
  for (const wire::ReadMode mode :
       {held ? wire::ReadMode::kLinear : document.mode, wire::ReadMode::kLinear}) {
    attempt.mode = mode;
    auto reading = ReadOnce(attempt);
    // Without any reader the site is not to blame, and a probe must not stay open.
    if (mode == wire::ReadMode::kFull) quarantine_.Note(site, reading && !*reading);
    if (!reading) return tl::unexpected(reading.error());
    if (*reading) return Told(std::move(**reading), first_fault, held, cut.has_value());
    if (!first_fault) first_fault = std::move(reading->error());
  }
  return WithVerdict(NothingRead(crew_->sandbox()), first_fault->verdict, first_fault->reason);
}

PoolCounts Pool::counts() const {
  PoolCounts counts = crew_->counts();
  counts.quarantined_sites = quarantine_.sites();
  return counts;
}
std::string Pool::sandbox() const { return crew_->sandbox(); }

}  // namespace nightjar::pool
