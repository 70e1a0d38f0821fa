// SPDX-License-Identifier: Apache-2.0
#include "cli/facts_view.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kCell = 60;

std::string Short(std::string_view text) {
  std::string shown = ForTerminal(text);
  if (shown.size() <= kCell) return shown;
  return std::string(Utf8Prefix(shown, kCell - 3)) + "...";
}

// The line of the text in which the printed form stands, around it.
std::string LineAround(const wire::Facts& facts, const wire::Field& field) {
  if (field.raw.empty()) return {};
  const std::size_t at = facts.text.find(field.raw);
  if (at == std::string::npos) return "(not in the visible text)";
  const std::size_t before = facts.text.rfind('\n', at);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  return Short(std::string_view(facts.text).substr(begin, facts.text.find('\n', at) - begin));
}

std::string SpanOf(const wire::Span& span) {
  return span.begin == span.end ? "" : fmt::format("{}-{}", span.begin, span.end);
}

void AddClass(std::string& out, const wire::Facts& facts) {
  out += fmt::format("class      {} ({} %, by {})\n", wire::PageClassName(facts.page_class),
                     facts.decision.confidence,
                     facts.decision.by == wire::FoundBy::kProfile ? "the site's profile" : "generic rules");
  for (const std::string& reason : facts.decision.reasons)
    out += fmt::format("           {}\n", ForTerminal(reason));
  if (!facts.decision.proxy_suspect.empty())
    out += fmt::format("           proxy-suspect: it says that it is {}\n",
                       ForTerminal(facts.decision.proxy_suspect));
  out += fmt::format("kind       {}\n", wire::PageKindName(facts.page_kind));
}

void AddHead(std::string& out, const wire::Facts& facts) {
  out += fmt::format("verdict    {}{}\n", wire::VerdictName(facts.verdict),
                     facts.reason.empty() ? "" : ": " + ForTerminal(facts.reason));
  AddClass(out, facts);
  out += fmt::format("read by    {}, sandbox {}, profile {}\n", facts.extractor, facts.sandbox,
                     facts.profile.empty() ? "none" : facts.profile);
  out += fmt::format("bytes      {} decoded, {}\n", facts.decoded_size,
                     facts.charset.empty() ? "no text" : "charset " + facts.charset);
  for (const wire::Language& language : facts.languages)
    out += fmt::format("language   {} {} %\n", language.code, language.percent);
  out += fmt::format("title      {}\n", ForTerminal(facts.title));
  if (facts.marks.zero_width + facts.marks.bidi > 0)
    out += fmt::format("marks      {} zero-width, {} bidi taken out of the text\n", facts.marks.zero_width,
                       facts.marks.bidi);
  const auto print = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format("{:<10} {}\n", name, value);
  };
  print("sha256", facts.fingerprints.body_sha256);
  print("simhash", facts.fingerprints.simhash);
  print("dom-hash", facts.fingerprints.dom_hash);
  print("hhhash", facts.fingerprints.hhhash);
  print("mmh3", facts.fingerprints.favicon_mmh3);
}

template <typename T, typename Line>
void AddList(std::string& out, std::string_view title, const std::vector<T>& list, Line line) {
  if (list.empty()) return;
  out += fmt::format("\n{} ({})\n", title, list.size());
  for (const T& element : list) out += "  " + line(element) + "\n";
}

void AddText(std::string& out, std::string_view title, std::string_view text) {
  if (text.empty()) return;
  out += fmt::format("\n{}\n", title);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += "  " + ForTerminal(text.substr(0, end)) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace

std::string FormatFields(const std::vector<wire::Field>& fields, const wire::Facts& facts) {
  Table table({"FIELD", "VALUE", "UNIT", "TYPE", "%>", "BY", "BYTES", "IN THE LINE"});
  for (const wire::Field& field : fields)
    table.Add({ForTerminal(field.name), Short(field.value), ForTerminal(field.unit),
               std::string(wire::FieldTypeName(field.type)), std::to_string(field.confidence),
               field.by == wire::FoundBy::kProfile ? "profile" : "generic", SpanOf(field.span),
               LineAround(facts, field)});
  return table.Format();
}

std::string FormatFacts(const wire::Facts& facts) {
  std::string out;
  AddHead(out, facts);
  if (!facts.fields.empty()) out += "\n" + FormatFields(facts.fields, facts);
  std::size_t number = 0;
  for (const wire::Item& item : facts.items)
    out += fmt::format("\n{} {}\n", ForTerminal(item.kind), ++number) + FormatFields(item.fields, facts);
  AddList(out, "entities", facts.entities, [](const wire::Entity& entity) {
    return fmt::format("{:<14} {}{}{}", entity.kind, ForTerminal(entity.value),
                       entity.note.empty() ? "" : "  (" + ForTerminal(entity.note) + ")",
                       entity.hidden ? "  hidden" : "");
  });
  AddList(out, "links", facts.links, [](const wire::Link& link) {
    return fmt::format("{:<14} {}  {}", wire::LinkKindName(link.kind), ForTerminal(link.url),
                       Short(link.text));
  });
  AddList(out, "forms", facts.forms, [](const wire::Form& form) {
    return fmt::format("{} {} with {} inputs", form.method, ForTerminal(form.action), form.inputs.size());
  });
  AddList(out, "images", facts.images, [](const wire::Image& image) {
    return fmt::format("{}  {}", image.url.empty() ? "(in the page)" : ForTerminal(image.url),
                       Short(image.alt));
  });
  AddList(out, "says of itself", facts.statements, [](const wire::Statement& statement) {
    return fmt::format("{} {}: {}", statement.vocabulary, ForTerminal(statement.name),
                       Short(statement.value));
  });
  AddText(out, "text", facts.text);
  AddText(out, "hidden text", facts.hidden_text);
  return out;
}

}  // namespace nightjar::cli
