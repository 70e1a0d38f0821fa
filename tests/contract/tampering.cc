// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/tampering.h"

#include <cstdlib>

#include "archive/bundle/layout.h"

namespace nightjar::contract {
namespace {

std::vector<bundle::Member> Members(const Bag& bag) {
  std::vector<bundle::Member> members;
  for (const File& file : bag.files)
    members.push_back({file.name, 0, file.content.size(), Sha256(file.content)});
  return members;
}

}  // namespace

std::size_t Bag::IndexOf(const std::string& name) const {
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].name == name) return i;
  std::abort();
}

Bag Unpack(const std::string& path) {
  const auto tar = bundle::TarFile::Open(path);
  const auto listing = tar->List();
  Bag bag{listing->folder, {}};
  for (const bundle::Member& member : listing->members)
    bag.files.push_back({member.name, tar->Read(member, member.size).value()});
  return bag;
}

Bytes Pack(const Bag& bag) {
  constexpr std::size_t kBlock = bundle::kTarBlock;
  Bytes tar;
  for (const File& file : bag.files) {
    tar += bundle::TarHeader(bag.folder, file.name, file.content.size()) + file.content;
    tar.append((kBlock - tar.size() % kBlock) % kBlock, '\0');
  }
  return tar + Bytes(2 * kBlock, '\0');
}

void FixManifests(Bag& bag) {
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
  for (const File& file : bag.files) {
    if (!file.name.starts_with("data/")) continue;
    bytes += file.content.size();
    ++count;
  }
  Bytes& info = bag["bag-info.txt"];
  info = info.substr(0, info.find("Payload-Oxum: ")) + "Payload-Oxum: " + std::to_string(bytes) + "." +
         std::to_string(count) + "\n";
  bag["manifest-sha256.txt"] = bundle::Manifest(Members(bag));
  bag["tagmanifest-sha256.txt"] = bundle::TagManifest(Members(bag));
}

void Replace(Bytes& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == Bytes::npos) std::abort();
  text.replace(at, from.size(), to);
}

}  // namespace nightjar::contract
