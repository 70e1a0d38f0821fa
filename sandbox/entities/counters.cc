// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/counters.h"

#include <algorithm>

#include "sandbox/entities/hosts.h"
#include "sandbox/entities/letters.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kBetween = 600;  // Matomo's own code: about 200
constexpr std::size_t kMostSites = 16;

Found Account(std::string value, std::string note, std::size_t begin, std::size_t end) {
  return {"analytics_id",
          std::move(value),
          std::move(note),
          static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(end),
          90};
}

// The host behind the last "//" of a text, lower case; empty where there is none.
std::string LastHost(std::string_view text) {
  const std::size_t slashes = text.rfind("//");
  if (slashes == std::string_view::npos) return {};
  const std::size_t begin = slashes + 2;
  const std::size_t end = EndOf(text, begin, [](char c) { return IsAlnum(c) || c == '.' || c == '-'; });
  return ReadHostName(text.substr(begin, end - begin)).name;
}

}  // namespace

void AddMatomo(std::string_view script, std::vector<Found>& all) {
  constexpr std::string_view kCall = "setSiteId";
  std::size_t at = script.find(kCall);
  for (std::size_t sites = 0; at != std::string_view::npos && sites < kMostSites; ++sites) {
    const std::size_t call = at;
    const auto between = [](char c) { return IsBlank(c) || c == '\'' || c == '"' || c == ',' || c == '('; };
    const std::size_t begin = EndOf(script, call + kCall.size(), between);
    const std::size_t end = EndOf(script, begin, IsDigit);
    const std::size_t from = call - std::min(call, kBetween);
    const std::string host = LastHost(script.substr(from, call - from));
    if (end > begin && end - begin <= 8 && !host.empty())
      all.push_back(
          Account(host + "/" + std::string(script.substr(begin, end - begin)), "matomo", begin, end));
    at = script.find(kCall, end);
  }
}

void AddCounterImages(std::string_view text, std::vector<Found>& all) {
  constexpr std::string_view kImage = "mc.yandex.ru/watch/";
  std::size_t at = text.find(kImage);
  for (std::size_t sites = 0; at != std::string_view::npos && sites < kMostSites; ++sites) {
    const std::size_t begin = at + kImage.size();
    const std::size_t end = EndOf(text, begin, IsDigit);
    if (end - begin >= 5 && end - begin <= 9)
      all.push_back(Account(std::string(text.substr(begin, end - begin)), "yandex metrika", begin, end));
    at = text.find(kImage, end);
  }
}

}  // namespace nightjar::entities
