// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/circuits.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"

namespace nightjar::tor_control {
namespace {

constexpr std::size_t kFingerprint = 41;  // '$' and 40 hex digits
constexpr std::size_t kMostHops = 16;
constexpr std::size_t kLongestUser = 255;    // RFC 1929
constexpr std::size_t kLongestKeyword = 40;  // longer than any purpose Tor has
constexpr std::string_view kCarriesPages = "HS_CLIENT_REND";

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

// "$FP" of one hop "$FP~nickname" or "$FP=nickname"; empty for anything else.
std::string_view FingerprintOf(std::string_view hop) {
  if (hop.size() < kFingerprint || hop.front() != '$') return {};
  const std::string_view print = hop.substr(0, kFingerprint);
  return std::ranges::all_of(print.substr(1), IsHex) ? print : std::string_view();
}

struct Path {
  std::string hops;
  std::size_t length = 0;
};

Path ReadPath(std::string_view text) {
  Path path;
  while (!text.empty() && path.length < kMostHops) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view print = FingerprintOf(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (print.empty()) return {};
    path.hops += path.length == 0 ? "" : ",";
    path.hops += print;
    ++path.length;
  }
  return path;
}

// Upper-case words of the specification; anything else is not believed.
std::string Keyword(std::string_view text) {
  const auto good = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  return text.size() <= kLongestKeyword && std::ranges::all_of(text, good) ? std::string(text)
                                                                           : std::string();
}

// Tor writes "2026-11-23T07:32:28.812673", in UTC.
std::string ReadTime(std::string_view text) {
  const auto time = ParseUtc(std::string(text) + "Z");
  return time ? FormatUtc(*time) : std::string();
}

}  // namespace

CircuitBook::Circuit* CircuitBook::Keep(CircuitId id) {
  if (id == 0) return nullptr;
  Circuit& circuit = circuits_[id];
  if (circuits_.size() > kMostCircuits) {
    const bool itself = circuits_.begin()->first == id;
    circuits_.erase(circuits_.begin());
    if (itself) return nullptr;
  }
  return &circuit;
}

// The plain words are id, status, and the path once there is one.
void CircuitBook::Describe(CircuitId id, const Words& words) {
  Circuit* circuit = Keep(id);
  if (circuit == nullptr) return;
  if (auto path = ReadPath(words.At(2)); path.length > 0) {
    circuit->hops = std::move(path.hops);
    circuit->length = path.length;
  }
  if (auto purpose = Keyword(words.Of("PURPOSE")); !purpose.empty()) circuit->purpose = std::move(purpose);
  if (auto created = ReadTime(words.Of("TIME_CREATED")); !created.empty())
    circuit->created = std::move(created);
  const std::string_view user = words.Of("SOCKS_USERNAME");
  if (!user.empty() && user.size() <= kLongestUser && circuit->purpose == kCarriesPages) circuit->user = user;
}

void CircuitBook::TakeCircuit(const Words& words, UtcTime now) {
  const CircuitId id = ParseDecimal(words.At(0)).value_or(0);
  if (words.At(1) == "CLOSED" || words.At(1) == "FAILED") {
    circuits_.erase(id);
    return;
  }
  Describe(id, words);
  const auto found = circuits_.find(id);
  if (found == circuits_.end()) return;
  if (words.At(1) == "BUILT") found->second.built = FormatUtc(now);
  Note(id, found->second);
}

void CircuitBook::TakeMinor(const Words& words) {
  const CircuitId id = ParseDecimal(words.At(0)).value_or(0);
  Describe(id, words);
  if (const auto found = circuits_.find(id); found != circuits_.end()) Note(id, found->second);
}

// The plain words are stream id, status, circuit id, target.
void CircuitBook::TakeStream(const Words& words) {
  if (words.At(1) != "SENTCONNECT" && words.At(1) != "SUCCEEDED") return;
  const std::string_view user = words.Of("SOCKS_USERNAME");
  const CircuitId id = ParseDecimal(words.At(2)).value_or(0);
  if (user.empty() || user.size() > kLongestUser) return;
  Circuit* circuit = Keep(id);
  if (circuit == nullptr) return;
  circuit->user = user;
  Note(id, *circuit);
}

void CircuitBook::TakeStatus(const std::string& circuit_status) {
  std::string_view rest = circuit_status;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    TakeMinor(SplitWords(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void CircuitBook::Note(CircuitId id, Circuit& circuit) {
  if (circuit.user.empty() || circuit.hops.empty()) return;
  const auto known = [](const std::string& value) { return value.empty() ? "-" : value.c_str(); };
  std::string text =
      fmt::format("id={} purpose={} created={} built={} length={} hops={}", id, known(circuit.purpose),
                  known(circuit.created), known(circuit.built), circuit.length, circuit.hops);
  if (text == circuit.noted) return;
  circuit.noted = text;
  notes_[circuit.user] = std::move(text);
}

std::vector<CircuitNote> CircuitBook::TakeNotes() {
  std::vector<CircuitNote> notes;
  for (auto& [user, text] : std::exchange(notes_, {})) notes.push_back({user, std::move(text)});
  return notes;
}

void CircuitBook::Clear() {
  circuits_.clear();
  notes_.clear();
}

}  // namespace nightjar::tor_control
