// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/handoff.h"

#include <algorithm>

namespace nightjar::sessions {
namespace {

json::array InputsOf(const wire::Form& form) {
  const std::vector<std::string> to_fill = FieldsToFill(form);
  json::array inputs;
  for (const wire::FormInput& input : form.inputs) {
    const bool ask = std::ranges::find(to_fill, input.name) != to_fill.end();
    inputs.emplace_back(
        json::object{{"name", input.name}, {"type", input.type}, {"value", input.value}, {"ask", ask}});
  }
  return inputs;
}

json::array PicturesOf(const Wall& wall) {
  json::array pictures;
  for (const WallPicture& picture : wall.pictures) {
    const bool known = picture.sha256 != Digest{};
    pictures.emplace_back(json::object{{"url", picture.url},
                                       {"bytes", picture.bytes.size()},
                                       {"sha256", known ? picture.sha256.Hex() : std::string()}});
  }
  return pictures;
}

Status CheckAnswers(const Wall& wall, const Answers& answers) {
  if (wall.form.action.empty())
    return Fail(Code::kInvalidInput,
                "this wall has no form; bring cookies with `nightjar session import-cookies`");
  if (answers.empty() || answers.size() > kMaxAnswers)
    return Fail(Code::kInvalidInput, "give 1 to 128 answers, each FIELD=VALUE");
  for (const auto& [name, value] : answers) {
    const bool known =
        std::ranges::find(wall.form.inputs, name, &wire::FormInput::name) != wall.form.inputs.end();
    if (!known) return Fail(Code::kInvalidInput, "the form has no such field", name);
    if (value.size() > kMaxAnswer) return Fail(Code::kInvalidInput, "an answer has at most 1024 bytes", name);
  }
  return {};
}

}  // namespace

Result<std::vector<Wall>> ListOpenWalls(const SessionStore& store) {
  ASSIGN_OR_RETURN(auto walls, store.ListWalls());
  std::erase_if(walls, [](const Wall& wall) { return wall.state != WallState::kOpen; });
  return walls;
}

json::object ToJson(const Wall& wall) {
  return {
      {"wall", wall.id.value},
      {"state", WallStateName(wall.state)},
      {"persona", wall.persona},
      {"job", wall.job.value},
      {"host", wall.host},
      {"url", wall.url},
      {"class", wall.page_class},
      {"capture", wall.capture.value},
      {"opened", FormatUtc(wall.opened)},
      {"changed", FormatUtc(wall.changed)},
      {"title", wall.title},
      {"text", wall.text},
      {"form", {{"action", wall.form.action}, {"method", wall.form.method}, {"inputs", InputsOf(wall.form)}}},
      {"pictures", PicturesOf(wall)},
      {"note", wall.note}};
}

Status SubmitAnswer(SessionStore& store, WallId id, const Answers& answers) {
  return store.ChangeWall(id, [&](Wall& wall) -> Status {
    const std::string where = "wall " + std::to_string(id.value);
    if (wall.state != WallState::kOpen)
      return Fail(Code::kRefused, "is " + std::string(WallStateName(wall.state)) + " already", where);
    if (Status good = CheckAnswers(wall, answers); !good)
      return Fail(good.error().code, good.error().text,
                  where + (good.error().where.empty() ? "" : ", " + good.error().where));
    wall.answers = answers;
    wall.state = WallState::kAnswered;
    return {};
  });
}

}  // namespace nightjar::sessions
