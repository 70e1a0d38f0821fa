// SPDX-License-Identifier: Apache-2.0
#include "archive/consensus/consensus.h"

#include <unistd.h>

#include "archive/store/compression.h"
#include "base/file.h"

namespace nightjar::consensus {
namespace {

constexpr std::string_view kDigestKey = "sha256=";
constexpr std::string_view kTimeKey = " valid-after=";

}  // namespace

std::string FormatName(const Name& name) {
  return std::string(kDigestKey) + name.sha256.Hex() + std::string(kTimeKey) + FormatUtc(name.valid_after);
}

Result<Name> ParseName(std::string_view text) {
  const auto bad = [] {
    return Fail(Code::kInvalidInput, "is not of the form sha256=<hex> valid-after=<utc>");
  };
  const std::size_t time_at = text.find(kTimeKey);
  if (!text.starts_with(kDigestKey) || time_at == std::string_view::npos) return bad();
  const auto sha256 = Digest::FromHex(text.substr(kDigestKey.size(), time_at - kDigestKey.size()));
  const auto time = ParseUtc(text.substr(time_at + kTimeKey.size()));
  if (!sha256 || !time) return bad();
  const Name name{*sha256, *time};
  if (FormatName(name) != text) return bad();
  return name;
}

Result<Name> NameOf(ByteView untrusted_document) {
  // "valid-after" SP YYYY-MM-DD SP HH:MM:SS NL
  constexpr std::string_view kLine = "\nvalid-after ";
  constexpr std::size_t kTimeLength = 19;
  const auto at = untrusted_document.find(kLine);
  if (at != ByteView::npos) {
    std::string text(untrusted_document.substr(at + kLine.size(), kTimeLength));
    if (text.size() == kTimeLength && text[10] == ' ') {
      text[10] = 'T';
      if (const auto time = ParseUtc(text + "Z")) return Name{Sha256(untrusted_document), *time};
    }
  }
  return Fail(Code::kInvalidInput, "is no consensus: it has no proper valid-after line");
}

Status Store::Keep(ByteView document) const {
  if (document.size() > kMaxDocument)
    return Fail(Code::kRefused, "a consensus of more than 64 MiB is not kept", folder_);
  const std::string path = folder_ + "/" + Sha256(document).Hex();
  if (::access(path.c_str(), F_OK) == 0) return {};
  RETURN_IF_ERROR(MakeFolders(folder_));
  return WriteFileDurably(path, store::Compressor().Pack(document), 0640);
}

Result<Bytes> Store::Get(const Digest& sha256) const {
  const std::string path = folder_ + "/" + sha256.Hex();
  ASSIGN_OR_RETURN(const Bytes packed, ReadFile(path, kMaxDocument + 1));
  ASSIGN_OR_RETURN(Bytes document, store::Unpack(packed, kMaxDocument));
  if (Sha256(document) != sha256)
    return Fail(Code::kCorrupt, "the consensus kept here is another one than its name says", path);
  return document;
}

}  // namespace nightjar::consensus
