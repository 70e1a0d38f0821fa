// SPDX-License-Identifier: Apache-2.0
#include "cli/job_fields.h"

#include <algorithm>

namespace nightjar::cli {
namespace {

using jobs::JobField;

std::string HelpOf(const JobField& field) {
  std::string help(field.help);
  if (field.kind == JobField::Kind::kList) return help + "; may be given several times";
  const std::string standard = field.get(jobs::Job{}).at(0);
  return standard.empty() ? help : help + " [" + standard + "]";
}

std::string TypeOf(const JobField& field) {
  if (field.kind == JobField::Kind::kNumber) return "NUMBER";
  return field.kind == JobField::Kind::kFlag ? "yes|no" : "TEXT";
}

}  // namespace

std::shared_ptr<GivenFields> AddJobFlags(CLI::App& verb, const std::vector<std::string>& without) {
  auto fields =
      std::make_shared<GivenFields>(jobs::JobFields().size());  // never resized: options point into it
  for (std::size_t i = 0; i < fields->size(); ++i) {
    GivenField& given = (*fields)[i];
    given.field = &jobs::JobFields()[i];
    const std::string flag(given.field->flag);
    if (std::ranges::find(without, flag) != without.end()) continue;
    given.option = verb.add_option(flag, given.texts, HelpOf(*given.field));
    given.option->type_size(1)->allow_extra_args(false);
    given.option->type_name(TypeOf(*given.field));
    if (given.field->kind != JobField::Kind::kList)
      given.option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    given.option->group(given.field->name.find('.') == std::string_view::npos
                            ? "Options"
                            : std::string(given.field->name.substr(0, given.field->name.find('.'))));
  }
  return fields;
}

Status SetGiven(jobs::Job& job, const GivenFields& fields) {
  for (const GivenField& given : fields) {
    if (given.option == nullptr || given.option->count() == 0) continue;
    std::vector<std::string> texts = given.texts;
    if (given.field->kind == JobField::Kind::kList && texts == std::vector<std::string>{""}) texts.clear();
    const Status set = given.field->set(job, texts);
    if (!set) return Fail(set.error().code, set.error().text, std::string(given.field->flag));
  }
  return {};
}

}  // namespace nightjar::cli
