// SPDX-License-Identifier: Apache-2.0
// Bundles that must be refused, and both verifiers' word on each.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "archive/bundle/bundle.h"
#include "base/random.h"
#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
#include "tests/contract/tampering.h"
#include "tests/unit/archive/bundle/temporary_folder.h"

namespace nightjar::contract {

inline const std::string kVerifyScript = NIGHTJAR_SOURCE "/archive/bundle/verify.py";

// A folder of bundles that are all wrong in some way, and what both verifiers say to them.
class Mutants {
 public:
  void Add(const std::string& name, ByteView content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    names_.push_back(name);
  }
  void Add(const std::string& name, const Bag& bag) { Add(name, Pack(bag)); }

  void ExpectAllRejectedByBoth(const std::string& vkey = TheBundle().log_vkey) {
    const auto run = RunIn(folder_.path(), "python3 " NIGHTJAR_SOURCE "/tests/contract/verify_many.py " +
                                               kVerifyScript + " " + folder_.path() + " '" + vkey + "'");
    ASSERT_EQ(run.exit_status, 0) << run.output;
    std::map<std::string, std::string> verdicts;
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);)
      verdicts[line.substr(0, line.find(' '))] = line.substr(line.find(' ') + 1);
    for (const std::string& name : names_) {
      const auto report = bundle::Verify(folder_ / name, vkey);
      ASSERT_FALSE(report) << name << " was accepted by Verify()";
      EXPECT_EQ(report.error().code, Code::kCorrupt) << name << ": " << report.error().Format();
      EXPECT_TRUE(verdicts[name].starts_with("REJECTED: " + report.error().where + ": "))
          << name << ": verify.py says " << verdicts[name] << ", Verify() " << report.error().Format();
    }
    ASSERT_EQ(verdicts.size(), names_.size());
  }

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::string Path(const std::string& name) const { return folder_ / name; }

 private:
  bundle::TemporaryFolder folder_;
  std::vector<std::string> names_;
};

// `bytes` with one bit changed at `at`.
inline Bytes Flipped(Bytes bytes, std::size_t at, Random& random) {
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.Next() % 8));
  return bytes;
}

}  // namespace nightjar::contract
