// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/wall.h"

#include <algorithm>
#include <array>

#include "base/codec.h"

namespace nightjar::sessions {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::array<std::string_view, 4> kStates = {"open", "answered", "submitted", "closed"};

bool IsTextLike(const wire::FormInput& input) {
  constexpr std::array<std::string_view, 7> kTypes = {"text",   "email",    "number", "tel",
                                                      "search", "textarea", "url"};
  return std::ranges::find(kTypes, input.type) != kTypes.end();
}
bool IsPassword(const wire::FormInput& input) { return input.type == "password"; }
bool IsButton(const wire::FormInput& input) {
  constexpr std::array<std::string_view, 5> kTypes = {"submit", "button", "image", "reset", "file"};
  return std::ranges::find(kTypes, input.type) != kTypes.end();
}

int ScoreOf(const wire::Form& form) {
  int score = 0;
  bool search = false;
  for (const wire::FormInput& input : form.inputs) {
    if (IsPassword(input)) score += 100;
    if (IsTextLike(input)) score += 10;
    search = search || input.type == "search" || input.name == "q";
  }
  return search && score == 10 ? 1 : score;
}

void AppendEncoded(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '*' || c == '-' || c == '.' || c == '_';
    if (plain)
      out += c;
    else if (c == ' ')
      out += '+';
    else
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
}

void Put(Encoder& row, const wire::Form& form) {
  row.Str(form.action).Str(form.method).U32(static_cast<std::uint32_t>(form.inputs.size()));
  for (const wire::FormInput& input : form.inputs) row.Str(input.name).Str(input.type).Str(input.value);
}

wire::Form TakeForm(Decoder& row) {
  wire::Form form;
  form.action = row.Str(wire::kMaxUrl);
  form.method = row.Str(wire::kMaxShort);
  form.inputs.resize(row.Count(wire::kMaxInputs, 3 * sizeof(std::uint32_t)));
  for (wire::FormInput& input : form.inputs) {
    input.name = row.Str(wire::kMaxShort);
    input.type = row.Str(wire::kMaxShort);
    input.value = row.Str(wire::kMaxShort);
  }
  return form;
}

}  // namespace

std::string_view WallStateName(WallState state) { return kStates.at(static_cast<std::size_t>(state)); }

const wire::Form* FormToFill(const std::vector<wire::Form>& forms) {
  const wire::Form* best = nullptr;
  for (const wire::Form& form : forms) {
    if (form.action.empty() || ScoreOf(form) == 0) continue;
    if (best == nullptr || ScoreOf(form) > ScoreOf(*best)) best = &form;
  }
  return best;
}

std::vector<std::string> FieldsToFill(const wire::Form& form) {
  std::vector<std::string> names;
  for (const wire::FormInput& input : form.inputs)
    if (!input.name.empty() && (IsTextLike(input) || IsPassword(input))) names.push_back(input.name);
  return names;
}

std::string FillIn(const wire::Form& form, const std::vector<std::pair<std::string, std::string>>& set) {
  std::vector<std::pair<std::string, std::string>> fields;
  bool submitted = false;
  for (const wire::FormInput& input : form.inputs) {
    if (input.name.empty()) continue;
    if (IsButton(input) && (submitted || input.type == "reset" || input.type == "file")) continue;
    submitted = submitted || IsButton(input);
    // Boxes are ticked only by an answer: facts do not say which were ticked.
    if (input.type == "checkbox" || input.type == "radio") continue;
    fields.emplace_back(input.name, input.value);
  }
  for (const auto& wanted : set) {
    const auto at =
        std::ranges::find_if(fields, [&](const auto& field) { return field.first == wanted.first; });
    if (at != fields.end())
      at->second = wanted.second;
    else
      fields.push_back(wanted);
  }
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    AppendEncoded(out, name);
    out += '=';
    AppendEncoded(out, value);
  }
  return out;
}

Bytes Encode(const Wall& wall) {
  Encoder row;
  row.U8(kFormat).U64(wall.id.value).Str(wall.persona).Str(wall.job.value).Str(wall.host).Str(wall.url);
  row.Str(wall.page_class).U64(wall.capture.value);
  row.I64(UnixMicros(wall.opened)).I64(UnixMicros(wall.changed)).Str(wall.title).Str(wall.text);
  Put(row, wall.form);
  row.U32(static_cast<std::uint32_t>(wall.pictures.size()));
  for (const WallPicture& picture : wall.pictures)
    row.Str(picture.url).Str(picture.bytes).Hash(picture.sha256);
  row.U8(static_cast<std::uint8_t>(wall.state)).U32(static_cast<std::uint32_t>(wall.answers.size()));
  for (const auto& [name, value] : wall.answers) row.Str(name).Str(value);
  return row.Str(wall.note).Take();
}

Result<Wall> DecodeWall(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat) return Fail(Code::kCorrupt, "a wall is stored in an unknown format");
  Wall wall;
  wall.id.value = row.U64();
  wall.persona = row.Str();
  wall.job.value = row.Str();
  wall.host = row.Str();
  wall.url = row.Str();
  wall.page_class = row.Str();
  wall.capture.value = row.U64();
  wall.opened = FromUnixMicros(row.I64());
  wall.changed = FromUnixMicros(row.I64());
  wall.title = row.Str(wire::kMaxTitle);
  wall.text = row.Str(kMaxWallText);
  wall.form = TakeForm(row);
  wall.pictures.resize(row.Count(wire::kMaxPictures, 2 * sizeof(std::uint32_t)));
  for (WallPicture& picture : wall.pictures) {
    picture.url = row.Str(wire::kMaxUrl);
    picture.bytes = row.Str();
    picture.sha256 = row.Hash();
  }
  const std::uint8_t state = row.U8();
  wall.answers.resize(row.Count(kMaxAnswers, 2 * sizeof(std::uint32_t)));
  for (auto& [name, value] : wall.answers) {
    name = row.Str(wire::kMaxShort);
    value = row.Str(kMaxAnswer);
  }
  wall.note = row.Str();
  RETURN_IF_ERROR(row.Finish("a stored wall"));
  if (state >= kStates.size()) return Fail(Code::kCorrupt, "a stored wall has an unknown state");
  wall.state = static_cast<WallState>(state);
  return wall;
}

}  // namespace nightjar::sessions
