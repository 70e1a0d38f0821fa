// SPDX-License-Identifier: Apache-2.0
// A log that can grow, and tell another story than it told before.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "archive/evidence/checkpoint.h"
#include "archive/evidence/tree.h"
#include "archive/witness/request.h"

namespace nightjar::witness {

inline const std::string kOrigin = "unit.example/nightjar/2026a";
inline SigningKey KeyNumber(char n) { return SigningKey::FromSeed(std::string(32, n)).value(); }

class ExampleLog final : public evidence::NodeSource {
 public:
  explicit ExampleLog(std::string origin = kOrigin, char key = 'l', std::string word = "leaf")
      : origin_(std::move(origin)), key_(KeyNumber(key)), word_(std::move(word)) {}

  // From here on under another key, with leaves of another word.
  void Turn(std::string origin, char key) {
    origin_ = std::move(origin);
    key_ = KeyNumber(key);
  }
  void Change(std::string word) { word_ = std::move(word); }

  void GrowTo(std::uint64_t size) {
    while (frontier_.size() < size) {
      std::vector<evidence::Node> completed;
      frontier_.Append(evidence::LeafHash(word_ + std::to_string(frontier_.size())), completed);
      for (const evidence::Node& node : completed) nodes_[node.id] = node.hash;
    }
  }
  [[nodiscard]] evidence::SignedCheckpoint At(std::uint64_t size) const {
    return evidence::Sign({origin_, size, evidence::RootAt(size, *this).value()}, key_);
  }
  // What an honest log sends whose witness is at `old_size`.
  [[nodiscard]] AddRequest Request(std::uint64_t old_size, std::uint64_t size) const {
    AddRequest request{old_size, {}, At(size).note};
    if (old_size > 0) request.proof = evidence::ProveConsistency(old_size, size, *this).value();
    return request;
  }
  [[nodiscard]] evidence::NoteKey key() const { return {origin_, key_.public_key()}; }

  [[nodiscard]] Result<Digest> Get(evidence::NodeId id) const override {
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) return Fail(Code::kNotFound, "no such node");
    return found->second;
  }

 private:
  std::string origin_;
  SigningKey key_;
  std::string word_;
  evidence::Frontier frontier_;
  std::map<evidence::NodeId, Digest> nodes_;
};

}  // namespace nightjar::witness
