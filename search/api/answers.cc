// SPDX-License-Identifier: Apache-2.0
#include "search/api/answers.h"

#include "base/bytes.h"
#include "search/api/snippet_parts.h"

namespace nightjar::api {
namespace {

json::array FieldsJson(const std::vector<wire::Field>& fields) {
  json::array array;
  for (const wire::Field& field : fields) {
    json::object object{{"name", field.name}, {"value", field.value}};
    if (!field.unit.empty()) object["unit"] = field.unit;
    object["raw"] = field.raw;
    object["span"] = json::array{field.span.begin, field.span.end};
    object["confidence"] = field.confidence;
    array.push_back(std::move(object));
  }
  return array;
}

json::object HitJson(const query::Hit& hit) {
  json::array snippet;
  for (const SnippetPart& part : SplitSnippet(hit.snippet)) {
    snippet.push_back(json::object{{"text", part.text}, {"match", part.match}});
  }
  return {{"capture", hit.capture.value},
          {"url", hit.url},
          {"host", hit.host},
          {"case", hit.case_id},
          {"title", hit.title},
          {"kind", hit.kind},
          {"class", hit.page_class},
          {"snippet", std::move(snippet)},
          {"score", hit.score},
          {"first_seen", FormatUtc(hit.first_seen)},
          {"last_seen", FormatUtc(hit.last_seen)},
          {"captures", hit.captures},
          {"fields", FieldsJson(hit.fields)}};
}

json::object FactsJson(const wire::Facts& facts) {
  return {{"extractor", facts.extractor},
          {"verdict", wire::VerdictName(facts.verdict)},
          {"reason", facts.reason},
          {"class", wire::PageClassName(facts.page_class)},
          {"kind", wire::PageKindName(facts.page_kind)},
          {"sandbox", facts.sandbox},
          {"charset", facts.charset},
          {"title", facts.title},
          {"text", facts.text},
          {"fields", FieldsJson(facts.fields)}};
}

json::object DigestsJson(const captures::Record& record) {
  return {{"request_sha256", record.request_sha256.Hex()},
          {"response_sha256", record.response_sha256.Hex()},
          {"body_sha256", record.body_sha256.Hex()}};
}

json::object ErasureJson(CaptureNumber leaf, const evidence::Erasure& erasure) {
  return {{"leaf", leaf.value},
          {"time", FormatUtc(erasure.time)},
          {"rule", erasure.rule},
          {"ordered_by", erasure.ordered_by},
          {"approved_by", erasure.approved_by}};
}

}  // namespace

json::value ToJson(const query::Hit& hit) { return HitJson(hit); }

json::value ToJson(const query::Request& request, const query::Answer& answer) {
  json::array hits;
  for (const query::Hit& hit : answer.hits) hits.push_back(HitJson(hit));
  json::object object{{"query", request.text},
                      {"offset", request.offset},
                      {"limit", request.limit},
                      {"total", answer.total},
                      {"seconds", answer.seconds}};
  if (!answer.corrected.empty()) object["corrected"] = answer.corrected;
  object["hits"] = std::move(hits);
  return object;
}

json::value ToJson(const CaptureView& view) {
  const captures::StoredCapture& capture = view.capture;
  json::object object{{"capture", capture.number.value},
                      {"url", capture.record.url},
                      {"case", capture.record.case_id.value},
                      {"job", capture.record.job.value},
                      {"outcome", captures::OutcomeName(capture.record.outcome)},
                      {"http_status", capture.record.http_status},
                      {"started", FormatUtc(capture.record.started)},
                      {"ended", FormatUtc(capture.record.ended)},
                      {"digests", DigestsJson(capture.record)},
                      {"record", ToValidUtf8(capture.record_text)},
                      {"signature", Base64Encode(capture.signature)},
                      {"leaf", ToValidUtf8(capture.leaf)},
                      {"salt", capture.salt.Hex()}};
  if (view.erasure)
    object["erased"] = ErasureJson(*capture.erased_by, *view.erasure);
  else if (!capture.rejected.empty())
    object["rejected"] = capture.rejected;
  if (view.facts) object["facts"] = FactsJson(*view.facts);
  if (view.checkpoint) {
    object["checkpoint"] = view.checkpoint->note;
    object["proof"] = view.proof_file;
  }
  json::array checks;
  for (const Check& check : view.checks) {
    json::object row{{"statement", check.statement}, {"passed", check.passed}};
    if (!check.passed) row["problem"] = check.problem;
    checks.push_back(std::move(row));
  }
  object["checks"] = std::move(checks);
  return object;
}

json::value ToJson(const Health& health) {
  json::object object{{"status", StateName(health.Overall())},
                      {"archive",
                       {{"state", StateName(health.archive)},
                        {"captures", health.captures},
                        {"bodies", health.distinct_bodies}}},
                      {"index",
                       {{"state", StateName(health.index)},
                        {"documents", health.totals.documents},
                        {"cursor", health.totals.cursor},
                        {"lag", health.index_lag}}},
                      {"checkpoint",
                       {{"size", health.checkpoint_size},
                        {"lag", health.checkpoint_lag},
                        {"delay_seconds", health.checkpoint_delay}}},
                      {"sandbox", health.sandbox}};
  if (!health.problem.empty()) object["problem"] = health.problem;
  return object;
}

json::value ToJson(const Error& error) {
  return json::object{{"code", CodeName(error.code)}, {"text", error.text}, {"where", error.where}};
}

}  // namespace nightjar::api
