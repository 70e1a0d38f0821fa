// SPDX-License-Identifier: Apache-2.0
// Pages of two markets that were real, read by the profiles that come with Nightjar, against the values that
// a person read off them. The pages lie outside the checkout and are never copied into it. Prints the table.
#include <gmock/gmock.h>

#include <filesystem>

#include "base/file.h"
#include "config/site_profile.h"
#include "tests/contract/expected_page.h"

namespace nightjar {
namespace {

const std::string kPages = std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages/";

extract::Profiles ProfileNamed(const std::string& name) {
  const std::string file = std::string(NIGHTJAR_SOURCE) + "/config/profiles/" + name + ".yaml";
  auto profile = config::ParseSiteProfile(ReadFile(file).value(), file);
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().Format());
  if (!profile) return extract::Profiles();
  return extract::Profiles({profile->rules});
}

class RealPages : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(RealPages, GiveNearlyEveryValueByTheirProfile) {
  const auto& [market, profile] = GetParam();
  const std::string folder = kPages + market + "/";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  const extract::Profiles profiles = ProfileNamed(profile);
  const json::object expected = json::parse(ReadFile(folder + "expected.json").value()).as_object();
  contract::Score all;
  for (const auto& [name, page] : expected) {
    if (name.starts_with("_")) continue;
    wire::Document document;
    document.url = "http://unknown.invalid/";
    document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    document.body = ReadFile(folder + std::string(name)).value();
    const wire::Facts facts = extract::ReadDocument(document, profiles);
    EXPECT_TRUE(contract::ClassIsRight(page.as_object(), facts))
        << name << " is " << contract::ClassOf(facts);
    contract::Score score = contract::Compare(page.as_object(), facts);
    std::printf("%-20s %4d of %4d\n", std::string(name).c_str(), score.right, score.total);
    for (const std::string& miss : score.misses) std::printf("    %s\n", miss.c_str());
    all.right += score.right;
    all.total += score.total;
  }
  std::printf("%-20s %4d of %4d = %.4f\n", market.c_str(), all.right, all.total,
              static_cast<double>(all.right) / all.total);
  EXPECT_GE(all.right, all.total * 0.98);
}

INSTANTIATE_TEST_SUITE_P(Markets, RealPages,
                         testing::Values(std::pair("market-a", "apollon"), std::pair("market-b", "dream")),
                         [](const auto& market) { return market.param.second; });

}  // namespace
}  // namespace nightjar
