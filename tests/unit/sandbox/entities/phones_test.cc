// SPDX-License-Identifier: Apache-2.0
// The number plans and their matcher against libphonenumber itself, by its Python port.
#include "sandbox/entities/phones.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/random.h"
#include "sandbox/entities/digit_pattern.h"

namespace nightjar::entities {
namespace {

TEST(DigitPattern, KnowsTheFewSignsThatNumberPlansUse) {
  EXPECT_TRUE(MatchesDigits("1\\d{2}", "123"));
  EXPECT_FALSE(MatchesDigits("1\\d{2}", "1234"));
  EXPECT_TRUE(MatchesDigits("(?:1|2[0-35])\\d?", "25"));
  EXPECT_FALSE(MatchesDigits("(?:1|2[0-35])\\d?", "249"));
  EXPECT_TRUE(MatchesDigits("(?:12|1)(?:23|3){1,2}", "123"));
  EXPECT_TRUE(MatchesDigits("(?:12|1)(?:23|3){1,2}", "12323"));
  EXPECT_TRUE(MatchesDigits("7[78]", "7812", true));
  EXPECT_FALSE(MatchesDigits("7[78]", "7912", true));
  EXPECT_FALSE(MatchesDigits("\\d{2}", std::string(kMaxPatternDigits + 1, '1')));
  EXPECT_FALSE(MatchesDigits("\\d", "x"));
}

constexpr const char* kScript = R"(
import sys
try:
    import phonenumbers as p
except ImportError:
    sys.exit(3)
for line in open(sys.argv[1]):
    number = p.PhoneNumber(country_code=int(line.split()[0]), national_number=int(line.split()[1]))
    number.italian_leading_zero = line.split()[1].startswith("0") or None
    print(p.region_code_for_number(number) if p.is_valid_number(number) else "-")
)";

// Numbers near the plans: a calling code, then digits drawn at random, lengths of real ones.
std::vector<std::string> Candidates(Random& random, int count) {
  constexpr std::array kCodes = {"1",   "7",   "20",  "27",  "30",  "31",  "33",  "34",  "36",  "39",  "40",
                                 "41",  "43",  "44",  "45",  "46",  "47",  "48",  "49",  "52",  "54",  "55",
                                 "61",  "62",  "63",  "65",  "66",  "81",  "82",  "84",  "86",  "90",  "91",
                                 "92",  "98",  "212", "234", "351", "353", "358", "359", "370", "371", "372",
                                 "373", "375", "380", "381", "385", "420", "421", "590", "599", "800", "852",
                                 "870", "880", "886", "961", "966", "971", "972", "992", "994", "995", "998"};
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) {
    std::string line = std::string(kCodes[random.Next() % kCodes.size()]) + " ";
    line.push_back(static_cast<char>('1' + random.Next() % 9));
    for (std::uint64_t digits = 6 + random.Next() % 5; digits > 0; --digits)
      line.push_back(static_cast<char>('0' + random.Next() % 10));
    lines.push_back(line);
  }
  return lines;
}

TEST(Phones, AreValidInTheSameRegionAsLibphonenumberSays) {
  std::string folder = std::filesystem::temp_directory_path() / "nightjar-phones-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  SeededRandom random(20230209);
  const auto lines = Candidates(random, 20000);
  {
    std::ofstream numbers(folder + "/numbers");
    for (const std::string& line : lines) numbers << line << "\n";
    std::ofstream(folder + "/ask.py") << kScript;
  }
  const std::string command = "/usr/bin/python3 " + folder + "/ask.py " + folder + "/numbers 2>/dev/null";
  std::string answers;
  FILE* pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    answers.append(buffer.data(), size);
  const int status = ::pclose(pipe);
  std::filesystem::remove_all(folder);
  if (status != 0) GTEST_SKIP() << "SKIP: no python3-phonenumbers";
  std::istringstream wanted(answers);
  int valid = 0;
  for (const std::string& line : lines) {
    std::string region;
    ASSERT_TRUE(std::getline(wanted, region));
    std::string digits = line;
    digits.erase(digits.find(' '), 1);
    const auto phone = CheckPhone(digits);
    const std::string here = phone ? phone->note.substr(0, phone->note.find(' ')) : "-";
    EXPECT_EQ(here == "international" ? "001" : here, region) << line;
    if (phone) ++valid;
  }
  EXPECT_GT(valid, 2000);
}

}  // namespace
}  // namespace nightjar::entities
