// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sandbox/wire/facts.h"

namespace nightjar::wire {
namespace {

void Cut(std::string& text, std::size_t max) {
  if (text.size() > max) text.resize(Utf8Prefix(text, max).size());
}

constexpr std::size_t kPerString = sizeof(std::uint32_t);

std::size_t EncodedSize(const Link& link) { return 1 + 2 * kPerString + link.url.size() + link.text.size(); }

std::size_t EncodedSize(const FormInput& input) {
  return 3 * kPerString + input.name.size() + input.type.size() + input.value.size();
}

std::size_t EncodedSize(const Form& form) {
  std::size_t size = 3 * kPerString + form.action.size() + form.method.size();
  for (const FormInput& input : form.inputs) size += EncodedSize(input);
  return size;
}

std::size_t EncodedSize(const Field& field) {
  return 4 * kPerString + 2 * sizeof(std::uint32_t) + 1 + field.name.size() + field.value.size() +
         field.unit.size() + field.raw.size();
}

// Keeps the longest prefix of at most `max` elements that fits the budget, and takes it from the budget.
template <typename T>
void Keep(std::vector<T>& list, std::size_t max, std::size_t& budget) {
  std::size_t kept = 0;
  while (kept < list.size() && kept < max && EncodedSize(list[kept]) <= budget) {
    budget -= EncodedSize(list[kept++]);
  }
  list.resize(kept);
}

void CutForm(Form& form) {
  if (form.action.size() > kMaxUrl) form.action.clear();  // half a URL is another URL
  Cut(form.method, kMaxShort);
  if (form.inputs.size() > kMaxInputs) form.inputs.resize(kMaxInputs);
  for (FormInput& input : form.inputs) {
    Cut(input.name, kMaxShort);
    Cut(input.type, kMaxShort);
    Cut(input.value, kMaxShort);
  }
}

void CutField(Field& field) {
  Cut(field.name, kMaxShort);
  Cut(field.unit, kMaxShort);
  Cut(field.value, kMaxFieldValue);
  Cut(field.raw, kMaxFieldValue);
}

}  // namespace

void HoldCaps(Facts& facts) {
  for (std::string* text : {&facts.extractor, &facts.reason, &facts.sandbox, &facts.charset})
    Cut(*text, kMaxShort);
  Cut(facts.title, kMaxTitle);
  Cut(facts.text, kMaxText);
  Cut(facts.hidden_text, kMaxHiddenText);
  std::erase_if(facts.links, [](const Link& link) { return link.url.size() > kMaxUrl; });
  for (Link& link : facts.links) Cut(link.text, kMaxShort);
  std::for_each(facts.forms.begin(), facts.forms.end(), CutForm);
  std::for_each(facts.fields.begin(), facts.fields.end(), CutField);
  std::erase_if(facts.wall_pictures, [](const Picture& picture) {
    return picture.url.size() > kMaxUrl || picture.bytes.size() > kMaxPictureBytes;
  });
  if (facts.wall_pictures.size() > kMaxPictures) facts.wall_pictures.resize(kMaxPictures);
  // What stands outside the lists is below 2 MiB + 256 KiB + 5 KiB and the pictures; the rest of the frame is
  // theirs.
  std::size_t budget = kMaxEncodedFacts - kMaxText - kMaxHiddenText - kMaxTitle - 8 * kMaxShort -
                       kMaxPictures * (kMaxUrl + kMaxPictureBytes);
  Keep(facts.fields, kMaxFields, budget);
  Keep(facts.links, kMaxLinks, budget);
  Keep(facts.forms, kMaxForms, budget);
}

}  // namespace nightjar::wire
