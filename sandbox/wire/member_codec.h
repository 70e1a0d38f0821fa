// SPDX-License-Identifier: Apache-2.0
// Visitors of members (members.h says what a visitor is): to bytes and back. Whoever lists the members of a
// struct in VisitMembers() has its codec.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::wire {

// Appends members to bytes.
class MemberWriter final {
 public:
  explicit MemberWriter(std::uint8_t format) { out_.U8(format); }

  void Text(const std::string& text, std::size_t) { out_.Str(text); }
  void Whole(const std::string& text, std::size_t) { out_.Str(text); }
  void Raw(const Bytes& bytes, std::size_t) { out_.Str(bytes); }
  template <typename Enum>
  void Choice(Enum value, Enum) {
    out_.U8(static_cast<std::uint8_t>(value));
  }
  void Number(std::uint8_t value, std::uint8_t) { out_.U8(value); }
  void Flag(bool value) { out_.U8(value ? 1 : 0); }
  void U32(std::uint32_t value) { out_.U32(value); }
  void Range(const Span& span) { out_.U32(span.begin).U32(span.end); }
  template <typename T>
  void List(const std::vector<T>& list, std::size_t) {
    out_.U32(static_cast<std::uint32_t>(list.size()));
    for (const T& element : list) VisitMembers(*this, element);
  }
  Bytes Take() { return out_.Take(); }

 private:
  Encoder out_;
};

// A Decoder that also insists on what the format says about texts and enumerations.
class MemberReader final {
 public:
  explicit MemberReader(ByteView bytes) : in_(bytes) {}

  void Text(std::string& text, std::size_t max) {
    text = in_.Str(max);
    sound_ = sound_ && IsValidUtf8(text);
  }
  void Whole(std::string& text, std::size_t max) { Text(text, max); }
  void Raw(Bytes& bytes, std::size_t max) { bytes = in_.Str(max); }
  template <typename Enum>
  void Choice(Enum& choice, Enum last) {
    const std::uint8_t value = in_.U8();
    sound_ = sound_ && value <= static_cast<std::uint8_t>(last);
    choice = sound_ ? static_cast<Enum>(value) : Enum{};
  }
  void Number(std::uint8_t& value, std::uint8_t max) {
    value = in_.U8();
    sound_ = sound_ && value <= max;
  }
  void Flag(bool& value) {
    std::uint8_t byte = 0;
    Number(byte, 1);
    value = byte == 1;
  }
  void U32(std::uint32_t& value) { value = in_.U32(); }
  void Range(Span& span) {
    span.begin = in_.U32();
    span.end = in_.U32();
    sound_ = sound_ && span.begin <= span.end;
  }
  template <typename T>
  void List(std::vector<T>& list, std::size_t max) {
    list.resize(in_.Count(max));
    for (T& element : list) {
      VisitMembers(*this, element);
      if (!in_.ok()) break;  // a lying count must not cost time
    }
  }
  [[nodiscard]] Status Finish(const std::string& what) const {
    RETURN_IF_ERROR(in_.Finish(what));
    if (!sound_) return Fail(Code::kCorrupt, what + " holds a value outside its format");
    return {};
  }

 private:
  Decoder in_;
  bool sound_ = true;
};

}  // namespace nightjar::wire
