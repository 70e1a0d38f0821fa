// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/openpgp/packets.h"

namespace nightjar::openpgp {
namespace {

struct Header {
  std::uint8_t type = 0;
  std::optional<std::uint32_t> length;  // nothing: partial or indeterminate
};

// Section 4.2.1: the new format.
std::optional<std::uint32_t> NewLength(Reader& reader) {
  const std::uint32_t first = reader.Number(1);
  if (first < 192) return first;
  if (first < 224) return ((first - 192) << 8) + reader.Number(1) + 192;
  if (first == 255) return reader.Number(4);
  return std::nullopt;
}

// Section 4.2.2: the old format.
std::optional<std::uint32_t> OldLength(Reader& reader, unsigned length_type) {
  if (length_type == 3) return std::nullopt;
  return reader.Number(std::size_t{1} << length_type);
}

// False where these are no packets at all.
bool ReadHeader(Reader& reader, Header& header) {
  const std::uint32_t first = reader.Number(1);
  if ((first & 0x80) == 0) return false;
  const bool is_new = (first & 0x40) != 0;
  header.type = static_cast<std::uint8_t>(is_new ? first & 0x3f : first >> 2 & 0x0f);
  header.length = is_new ? NewLength(reader) : OldLength(reader, first & 3);
  return reader.ok() && header.type != 0;
}

}  // namespace

std::uint32_t Reader::Number(std::size_t bytes) {
  std::uint32_t number = 0;
  for (const char c : Take(bytes)) number = number << 8 | static_cast<std::uint8_t>(c);
  return number;
}

ByteView Reader::Take(std::size_t bytes) {
  if (bytes > rest_.size()) ok_ = false;
  if (!ok_) return {};
  const ByteView taken = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return taken;
}

std::optional<std::vector<Packet>> SplitPackets(ByteView data, Lengths lengths) {
  std::vector<Packet> packets;
  Reader reader(data);
  while (!reader.rest().empty()) {
    Header header;
    if (!ReadHeader(reader, header) || packets.size() == kMaxPackets) return std::nullopt;
    if (!header.length || *header.length > reader.rest().size()) {
      if (lengths == Lengths::kWhole) return std::nullopt;
      break;
    }
    packets.push_back({header.type, reader.Take(*header.length)});
  }
  return packets;
}

}  // namespace nightjar::openpgp
