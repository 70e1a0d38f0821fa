// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/facts.h"

#include "base/codec.h"
#include "sandbox/wire/members.h"

namespace nightjar::wire {
namespace {

class Writer final {
 public:
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
  Encoder out_;
};

// A Decoder that also insists on what the format says about texts and enumerations.
class Reader final {
 public:
  explicit Reader(ByteView bytes) : in_(bytes) {}

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
  [[nodiscard]] Status Finish() const {
    RETURN_IF_ERROR(in_.Finish("a facts record"));
    if (!sound_) return Fail(Code::kCorrupt, "a facts record holds a value outside its format");
    return {};
  }

 private:
  Decoder in_;
  bool sound_ = true;
};

}  // namespace

bool IsWall(PageClass page_class) {
  return page_class == PageClass::kLogin || page_class == PageClass::kCaptcha ||
         page_class == PageClass::kDdosWait || page_class == PageClass::kLoggedOut ||
         page_class == PageClass::kBanned;
}

Bytes Encode(const Facts& facts) {
  Writer writer;
  writer.out_.U8(kFactsFormat);
  VisitMembers(writer, facts);
  return writer.out_.Take();
}

Result<Facts> Decode(ByteView bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != kFactsFormat) {
    return Fail(Code::kCorrupt, "a facts record has an unknown format");
  }
  Reader reader(bytes.substr(1));
  Facts facts;
  VisitMembers(reader, facts);
  RETURN_IF_ERROR(reader.Finish());
  return facts;
}

}  // namespace nightjar::wire
