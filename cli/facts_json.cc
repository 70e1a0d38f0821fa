// SPDX-License-Identifier: Apache-2.0
#include "cli/facts_json.h"

#include "base/bytes.h"

namespace nightjar::cli {
namespace {

using wire::Facts;

void Put(json::object& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out[key] = text;
}

json::array SpanOf(const wire::Span& span) { return {span.begin, span.end}; }

template <typename T, typename AsJson>
void PutList(json::object& out, std::string_view key, const std::vector<T>& list, AsJson as_json) {
  if (list.empty()) return;
  json::array array;
  for (const T& element : list) array.push_back(as_json(element));
  out[key] = std::move(array);
}

json::object FieldAsJson(const wire::Field& field) {
  json::object out{{"name", field.name}, {"value", field.value}};
  Put(out, "unit", field.unit);
  out["type"] = wire::FieldTypeName(field.type);
  Put(out, "raw", field.raw);
  out["span"] = SpanOf(field.span);
  out["confidence"] = field.confidence;
  out["by"] = field.by == wire::FoundBy::kProfile ? "profile" : "generic";
  return out;
}

json::object ItemAsJson(const wire::Item& item) {
  json::object out{{"kind", item.kind}, {"span", SpanOf(item.span)}};
  PutList(out, "fields", item.fields, FieldAsJson);
  return out;
}

json::object EntityAsJson(const wire::Entity& entity) {
  json::object out{{"kind", entity.kind}, {"value", entity.value}};
  Put(out, "note", entity.note);
  if (entity.hidden) out["hidden"] = true;
  out["span"] = SpanOf(entity.span);
  out["confidence"] = entity.confidence;
  return out;
}

json::object LinkAsJson(const wire::Link& link) {
  json::object out{{"kind", wire::LinkKindName(link.kind)}, {"url", link.url}};
  Put(out, "text", link.text);
  Put(out, "rel", link.rel);
  return out;
}

json::object FormAsJson(const wire::Form& form) {
  json::object out{{"method", form.method}};
  Put(out, "action", form.action);
  PutList(out, "inputs", form.inputs, [](const wire::FormInput& input) {
    return json::object{{"name", input.name}, {"type", input.type}, {"value", input.value}};
  });
  return out;
}

json::object ClassAsJson(const Facts& facts) {
  json::object out{{"name", wire::PageClassName(facts.page_class)},
                   {"confidence", facts.decision.confidence},
                   {"by", facts.decision.by == wire::FoundBy::kProfile ? "profile" : "generic"}};
  PutList(out, "reasons", facts.decision.reasons,
          [](const std::string& reason) { return json::string(reason); });
  Put(out, "proxy_suspect", facts.decision.proxy_suspect);
  return out;
}

json::object FingerprintsAsJson(const wire::Fingerprints& prints) {
  json::object out;
  Put(out, "body_sha256", prints.body_sha256);
  Put(out, "simhash", prints.simhash);
  Put(out, "dom_hash", prints.dom_hash);
  Put(out, "hhhash", prints.hhhash);
  Put(out, "favicon_mmh3", prints.favicon_mmh3);
  return out;
}

void PutTexts(json::object& out, const Facts& facts) {
  Put(out, "text", facts.text);
  Put(out, "hidden_text", facts.hidden_text);
  Put(out, "folded_text", facts.folded_text);
  PutList(out, "furniture", facts.furniture, SpanOf);
  out["marks"] = json::object{{"zero_width", facts.marks.zero_width}, {"bidi", facts.marks.bidi}};
  PutList(out, "headings", facts.headings, [](const wire::Heading& heading) {
    return json::object{{"level", heading.level}, {"text", heading.text}};
  });
  PutList(out, "languages", facts.languages, [](const wire::Language& language) {
    return json::object{{"code", language.code}, {"percent", language.percent}};
  });
}

}  // namespace

json::object FactsAsJson(const Facts& facts) {
  json::object out{{"extractor", facts.extractor}, {"verdict", wire::VerdictName(facts.verdict)}};
  Put(out, "reason", facts.reason);
  Put(out, "profile", facts.profile);
  out["sandbox"] = facts.sandbox;
  Put(out, "charset", facts.charset);
  out["decoded_size"] = facts.decoded_size;
  out["class"] = ClassAsJson(facts);
  out["kind"] = wire::PageKindName(facts.page_kind);
  Put(out, "title", facts.title);
  PutList(out, "fields", facts.fields, FieldAsJson);
  PutList(out, "items", facts.items, ItemAsJson);
  PutList(out, "entities", facts.entities, EntityAsJson);
  PutTexts(out, facts);
  PutList(out, "links", facts.links, LinkAsJson);
  PutList(out, "forms", facts.forms, FormAsJson);
  PutList(out, "images", facts.images, [](const wire::Image& image) {
    return json::object{{"url", image.url}, {"alt", image.alt}};
  });
  PutList(out, "statements", facts.statements, [](const wire::Statement& statement) {
    return json::object{
        {"vocabulary", statement.vocabulary}, {"name", statement.name}, {"value", statement.value}};
  });
  if (facts.refresh_seconds != wire::kNoRefresh) out["refresh_seconds"] = facts.refresh_seconds;
  PutList(out, "wall_pictures", facts.wall_pictures, [](const wire::Picture& picture) {
    return json::object{{"url", picture.url}, {"bytes", picture.bytes.size()}};
  });
  out["fingerprints"] = FingerprintsAsJson(facts.fingerprints);
  return out;
}

}  // namespace nightjar::cli
