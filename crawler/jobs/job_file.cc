// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "config/yaml_document.h"
#include "crawler/jobs/job_fields.h"

namespace nightjar::jobs {
namespace {

using config::Entry;

bool IsSection(std::string_view name) {
  return std::ranges::any_of(JobFields(), [&](const JobField& field) {
    return field.name.starts_with(name) && field.name.substr(name.size()).starts_with('.');
  });
}

tl::unexpected<Error> Refuse(const std::string& file, const Entry& entry, const std::string& text) {
  return Fail(Code::kInvalidInput, fmt::format("\"{}\" {}", log::Safe(entry.name), text),
              config::Place(file, entry.line));
}

Status CheckKind(const std::string& file, const Entry& entry, const JobField& field) {
  const bool list = field.kind == JobField::Kind::kList;
  if (entry.kind == Entry::Kind::kSection) return Refuse(file, entry, "is a field, not a section");
  if (list && entry.kind != Entry::Kind::kList) return Refuse(file, entry, "must be a list, such as [a, b]");
  if (!list && entry.kind == Entry::Kind::kList) return Refuse(file, entry, "must be one value, not a list");
  return {};
}

std::string Quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string ValueText(const JobField& field, const std::vector<std::string>& texts) {
  if (field.kind == JobField::Kind::kNumber || field.kind == JobField::Kind::kFlag) return texts.at(0);
  if (field.kind == JobField::Kind::kText) return Quoted(texts.at(0));
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "" : ", ") + Quoted(text);
  return "[" + list + "]";
}

}  // namespace

Result<Job> ParseJobFile(const std::string& yaml, const std::string& file) {
  ASSIGN_OR_RETURN(const auto entries, config::ReadYaml(yaml, file, config::Lists::kAllowed));
  Job job;
  for (auto entry = entries.begin(); entry != entries.end();) {
    const Entry& at = *entry++;
    std::vector<std::string> texts;
    for (; entry != entries.end() && entry->kind == Entry::Kind::kItem; ++entry)
      texts.push_back(entry->value);
    if (at.name == "name") {
      job.id.value = at.value;
      continue;
    }
    const JobField* field = FindJobField(at.name);
    if (field == nullptr && IsSection(at.name) && at.kind == Entry::Kind::kSection) continue;
    if (field == nullptr)
      return Refuse(file, at, "is no field of a job; `nightjar job example` shows them all");
    RETURN_IF_ERROR(CheckKind(file, at, *field));
    if (at.kind != Entry::Kind::kList) texts = {at.value};
    const Status set = field->set(job, texts);
    if (!set) return Refuse(file, at, set.error().text);
  }
  if (job.id.value.empty())
    return Fail(Code::kInvalidInput, "a job needs a \"name\"", config::Place(file, 1));
  return job;
}

std::string FormatJobFile(const Job& job) {
  std::string out = fmt::format("name: {}\n", job.id.value);
  std::string_view section;
  for (const JobField& field : JobFields()) {
    const std::size_t dot = field.name.find('.');
    const std::string_view own = dot == std::string_view::npos ? "" : field.name.substr(0, dot);
    if (own != section && !own.empty()) out += fmt::format("{}:\n", own);
    section = own;
    const std::string_view indent = own.empty() ? "" : "  ";
    out += fmt::format("{}# {}\n{}{}: {}\n", indent, field.help, indent,
                       field.name.substr(own.empty() ? 0 : dot + 1), ValueText(field, field.get(job)));
  }
  return out;
}

}  // namespace nightjar::jobs
