// SPDX-License-Identifier: Apache-2.0
// What an attacker with a tar, a text editor and sha256sum can do to a bundle.
#pragma once

#include <string>
#include <vector>

#include "archive/bundle/tar.h"
#include "base/bytes.h"

namespace nightjar::contract {

struct File {
  std::string name;
  Bytes content;
};

// A bundle taken apart.
struct Bag {
  std::string folder;
  std::vector<File> files;

  [[nodiscard]] std::size_t IndexOf(const std::string& name) const;
  [[nodiscard]] Bytes& operator[](const std::string& name) { return files.at(IndexOf(name)).content; }
};

[[nodiscard]] Bag Unpack(const std::string& path);
[[nodiscard]] Bytes Pack(const Bag& bag);

// Makes bag-info and both manifests fit again: everything nobody signs.
void FixManifests(Bag& bag);

// The first `from` in `text` becomes `to`; aborts if there is none, for the attack would not have happened.
void Replace(Bytes& text, const std::string& from, const std::string& to);

}  // namespace nightjar::contract
