// SPDX-License-Identifier: Apache-2.0
// A decoded body as valid UTF-8, and the way back: every offset in the text to its offset in the bytes,
// because the spans of facts must point into what was captured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "sandbox/parse/encodings.h"

namespace nightjar::parse {

// Runs of characters with equal widths on both sides ("two bytes of text for one byte of body") are one
// segment: exact for every character, small for real text.
class OffsetMap final {
 public:
  // A character of `text_width` bytes follows in the text; it stands at `byte_offset`. `byte_width` is the
  // distance to the next character there.
  void Add(std::uint32_t byte_offset, std::uint32_t byte_width, std::uint32_t text_width);

  // The body's offset of the character at `text_offset`; offsets past the end map past the end.
  [[nodiscard]] std::uint32_t ToBytes(std::uint32_t text_offset) const;

 private:
  struct Segment {
    std::uint32_t text, byte, text_width, byte_width;
  };
  std::vector<Segment> segments_;  // by text; empty: the two sides are the same
  std::uint32_t text_end_ = 0;
};

struct Text {
  std::string utf8;
  OffsetMap offsets;
};

// Bytes that are no character of the encoding become U+FFFD; a byte order mark is left out. Never fails.
[[nodiscard]] Text ToText(const Encoding& encoding, Bytes body);

// Loads what ToText() would load late. Call before the jail: inside it no file can be opened.
void PrepareConverters();

}  // namespace nightjar::parse
