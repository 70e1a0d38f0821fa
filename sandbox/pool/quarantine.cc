// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/quarantine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/url.h"

namespace nightjar::pool {

std::string SiteOf(std::string_view url) {
  constexpr std::string_view kOnion = ".onion";
  const auto parsed = Url::Parse(url);
  if (!parsed) return std::string(url);
  std::string_view host = parsed->host();
  if (!host.ends_with(kOnion)) return std::string(host);
  host.remove_suffix(kOnion.size());
  const std::size_t dot = host.rfind('.');
  return std::string(dot == std::string_view::npos ? host : host.substr(dot + 1));
}

std::optional<std::string> Quarantine::Ask(const std::string& site) {
  const std::scoped_lock lock(mutex_);
  ++asked_;
  const auto found = sites_.find(site);
  if (found == sites_.end()) return std::nullopt;
  Record& record = found->second;
  record.last_asked = asked_;
  ++record.documents;
  if (record.sentence == 0) return std::nullopt;
  if (record.left == 0 && !record.probing) {
    record.probing = true;
    return std::nullopt;
  }
  if (record.left > 0) --record.left;
  return fmt::format("site in quarantine after {} faults: read as linear text", rules_.faults);
}

void Quarantine::Note(const std::string& site, bool fault) {
  const std::scoped_lock lock(mutex_);
  if (fault) return NoteFault(site);
  const auto found = sites_.find(site);
  if (found == sites_.end()) return;
  Record& record = found->second;
  const bool quiet = record.documents > record.fault_numbers.back() + rules_.window;
  // A full reading that began before the sentence says nothing about it.
  if (record.probing || (record.sentence == 0 && quiet)) sites_.erase(found);
}

void Quarantine::NoteFault(const std::string& site) {
  if (!sites_.contains(site) && sites_.size() >= rules_.most_sites) ForgetTheQuietest();
  Record& record = sites_[site];
  record.last_asked = asked_;
  if (record.sentence > 0) {
    if (!record.probing) return;
    record.probing = false;
    record.sentence = std::min(2 * record.sentence, rules_.longest);
    record.left = record.sentence;
    return;
  }
  record.fault_numbers.push_back(record.documents);
  std::erase_if(record.fault_numbers,
                [&](std::uint64_t number) { return number + rules_.window <= record.documents; });
  if (record.fault_numbers.size() < rules_.faults) return;
  record.sentence = record.left = rules_.sentence;
}

void Quarantine::ForgetTheQuietest() {
  sites_.erase(std::min_element(sites_.begin(), sites_.end(), [](const auto& a, const auto& b) {
    return a.second.last_asked < b.second.last_asked;
  }));
}

std::size_t Quarantine::sites() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(sites_, [](const auto& entry) { return entry.second.sentence > 0; }));
}

}  // namespace nightjar::pool
