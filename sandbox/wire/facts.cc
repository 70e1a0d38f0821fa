// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/facts.h"

#include "base/codec.h"

namespace nightjar::wire {
namespace {

// A Decoder that also insists on what the format says about texts and enumerations.
class FactsReader final {
 public:
  explicit FactsReader(ByteView bytes) : in_(bytes) {}

  std::string Text(std::size_t max) {
    std::string text = in_.Str(max);
    sound_ = sound_ && IsValidUtf8(text);
    return text;
  }
  template <typename Enum>
  Enum Choice(Enum last) {
    const std::uint8_t value = in_.U8();
    sound_ = sound_ && value <= static_cast<std::uint8_t>(last);
    return sound_ ? static_cast<Enum>(value) : Enum{};
  }
  template <typename T, typename ReadOne>
  std::vector<T> List(std::size_t max, ReadOne read_one) {
    std::vector<T> list(in_.Count(max));
    for (T& element : list) {
      element = read_one(*this);
      if (!in_.ok()) break;  // a lying count must not cost time
    }
    return list;
  }
  Span Range() {
    const std::uint32_t begin = in_.U32();
    const std::uint32_t end = in_.U32();
    sound_ = sound_ && begin <= end;
    return {begin, end};
  }
  std::uint8_t Number(std::uint8_t max) {
    const std::uint8_t value = in_.U8();
    sound_ = sound_ && value <= max;
    return value;
  }
  std::uint32_t U32() { return in_.U32(); }
  Bytes Raw(std::size_t max) { return in_.Str(max); }
  [[nodiscard]] Status Finish() const {
    RETURN_IF_ERROR(in_.Finish("a facts record"));
    if (!sound_) return Fail(Code::kCorrupt, "a facts record holds a value outside its format");
    return {};
  }

 private:
  Decoder in_;
  bool sound_ = true;
};

Link ReadLink(FactsReader& in) {
  Link link;
  link.kind = in.Choice(LinkKind::kOnionLocation);
  link.url = in.Text(kMaxUrl);
  link.text = in.Text(kMaxShort);
  return link;
}

FormInput ReadInput(FactsReader& in) {
  FormInput input;
  input.name = in.Text(kMaxShort);
  input.type = in.Text(kMaxShort);
  input.value = in.Text(kMaxShort);
  return input;
}

Form ReadForm(FactsReader& in) {
  Form form;
  form.action = in.Text(kMaxUrl);
  form.method = in.Text(kMaxShort);
  form.inputs = in.List<FormInput>(kMaxInputs, ReadInput);
  return form;
}

Picture ReadPicture(FactsReader& in) {
  Picture picture;
  picture.url = in.Text(kMaxUrl);
  picture.bytes = in.Raw(kMaxPictureBytes);
  return picture;
}

Field ReadField(FactsReader& in) {
  Field field;
  field.name = in.Text(kMaxShort);
  field.value = in.Text(kMaxFieldValue);
  field.unit = in.Text(kMaxShort);
  field.raw = in.Text(kMaxFieldValue);
  field.span = in.Range();
  field.confidence = in.Number(100);
  return field;
}

Encoder& Count(Encoder& out, std::size_t count) { return out.U32(static_cast<std::uint32_t>(count)); }

void WriteLists(Encoder& out, const Facts& facts) {
  Count(out, facts.links.size());
  for (const Link& link : facts.links) {
    out.U8(static_cast<std::uint8_t>(link.kind)).Str(link.url).Str(link.text);
  }
  Count(out, facts.forms.size());
  for (const Form& form : facts.forms) {
    Count(out.Str(form.action).Str(form.method), form.inputs.size());
    for (const FormInput& input : form.inputs) out.Str(input.name).Str(input.type).Str(input.value);
  }
  Count(out, facts.fields.size());
  for (const Field& field : facts.fields) {
    out.Str(field.name).Str(field.value).Str(field.unit).Str(field.raw);
    out.U32(field.span.begin).U32(field.span.end).U8(field.confidence);
  }
  Count(out.U32(facts.refresh_seconds), facts.wall_pictures.size());
  for (const Picture& picture : facts.wall_pictures) out.Str(picture.url).Str(picture.bytes);
}

}  // namespace

bool IsWall(PageClass page_class) {
  return page_class == PageClass::kLogin || page_class == PageClass::kCaptcha ||
         page_class == PageClass::kDdosWait || page_class == PageClass::kLoggedOut ||
         page_class == PageClass::kBanned;
}

Bytes Encode(const Facts& facts) {
  Encoder out;
  out.U8(kFactsFormat).Str(facts.extractor).U8(static_cast<std::uint8_t>(facts.verdict)).Str(facts.reason);
  out.U8(static_cast<std::uint8_t>(facts.page_class)).U8(static_cast<std::uint8_t>(facts.page_kind));
  out.Str(facts.sandbox).Str(facts.charset).U32(facts.decoded_size);
  out.Str(facts.title).Str(facts.text).Str(facts.hidden_text);
  WriteLists(out, facts);
  return out.Take();
}

Result<Facts> Decode(ByteView bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != kFactsFormat) {
    return Fail(Code::kCorrupt, "a facts record has an unknown format");
  }
  FactsReader in(bytes.substr(1));
  Facts facts;
  facts.extractor = in.Text(kMaxShort);
  facts.verdict = in.Choice(Verdict::kRefusedAnswer);
  facts.reason = in.Text(kMaxShort);
  facts.page_class = in.Choice(PageClass::kError);
  facts.page_kind = in.Choice(PageKind::kFeedback);
  facts.sandbox = in.Text(kMaxShort);
  facts.charset = in.Text(kMaxShort);
  facts.decoded_size = in.U32();
  facts.title = in.Text(kMaxTitle);
  facts.text = in.Text(kMaxText);
  facts.hidden_text = in.Text(kMaxHiddenText);
  facts.links = in.List<Link>(kMaxLinks, ReadLink);
  facts.forms = in.List<Form>(kMaxForms, ReadForm);
  facts.fields = in.List<Field>(kMaxFields, ReadField);
  facts.refresh_seconds = in.U32();
  facts.wall_pictures = in.List<Picture>(kMaxPictures, ReadPicture);
  RETURN_IF_ERROR(in.Finish());
  return facts;
}

}  // namespace nightjar::wire
